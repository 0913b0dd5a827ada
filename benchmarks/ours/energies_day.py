"""A day of the case of five carriers, with every size known: what a re-plan takes.

    python -m benchmarks.ours.energies_day STEPS

Prints one line of JSON: medians over many days in a row, in seconds.
"""

from __future__ import annotations

import json
import resource
import sys
from statistics import median
from time import perf_counter

from benchmarks.ours.energies import case_of, costs_of
from lingtan.optimize import plan
from tests.golden.five_carriers import five_carriers

DAYS = 25
SIZES = {
    "pv": {"power": 30_000.0},
    "wind": {"power": 10_000.0},
    "battery": {"energy": 40_000.0},
    "chp": {"power": 8_000.0},
    "pump": {"power": 12_000.0},
    "heat_store": {"energy": 60_000.0},
    "chiller": {"power": 10_000.0},
    "cold_store": {"energy": 20_000.0},
    "electrolyzer": {"power": 15_000.0},
    "tank": {"mass": 4_000.0},
}
"""Round sizes, about as a year decides them."""


def solve(steps: int) -> dict[str, float]:
    """Plan days of `steps` quarter-hours; the first one, which loads code, is left out."""
    builds, solves, objective = [], [], 0.0
    for seed in range(DAYS + 1):
        given = five_carriers(steps // 4, seed)
        joined = case_of(given, 15)
        assets = {
            name: asset.model_copy(update=SIZES[name]) if name in SIZES else asset
            for name, asset in joined.park.assets.items()
        }
        known = joined.with_park(joined.park.model_copy(update={"assets": assets}))
        costs = costs_of(given, known)
        started = perf_counter()
        decided = plan(known, costs)
        builds.append(perf_counter() - started - decided.solve_s)
        solves.append(decided.solve_s)
        objective += decided.objective_cny
    return {
        "build_s": median(builds[1:]),
        "solve_s": median(solves[1:]),
        "objective_cny": objective,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(solve(int(sys.argv[1]) if len(sys.argv) > 1 else 96)))
