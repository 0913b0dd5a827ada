"""A day of 96 quarter-hours with 20 assets, six of them on or off, in lingtan; its demands and prices are drawn by a seed.

    python -m benchmarks.ours.commitment_day SEEDS

Prints a list in JSON: for each seed the seconds, the gap that is left, and whether the search ran out of time.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter, process_time
from typing import Any

import numpy as np

from lingtan.case import Case
from lingtan.finance.investment import operation_terms
from lingtan.optimize import Costs, Start, plan
from lingtan.optimize.objective import shortfall_terms
from lingtan.optimize.start import Was
from lingtan.park import Park
from lingtan.series import Series
from tests.small_parks import HOURS, book_with, bought, hours_grid, park_of, retail

STEPS = 96
EXPORT_CNY_PER_KWH = 0.2
BUSES: dict[str, Any] = {
    "main": {},
    "hot": {"carrier": "heat", "temperature": 85.0},
    "steam": {"carrier": "steam", "temperature": 180.0, "pressure": 8.0},
    "cold": {"carrier": "cooling", "temperature": 7.0},
    "pipe": {"carrier": "gas", "heating_value": 10.0},
}
WAS = {
    "boiler_a": Was(5.0, 4_000.0),
    "boiler_b": Was(-3.0, 0.0),
    "pump_a": Was(2.0, 2_500.0),
    "steam_a": Was(9.0, 5_000.0),
}
"""How some of the committed plants ran before; the others were off for long."""


def commitment(least: float, start: float, up: float, down: float, **more: Any) -> dict[str, Any]:
    """Least load [1], start cost [CNY/kW], times up and down [h]."""
    return {"minimum_load": least, "start_cost": start, "minimum_up": up, "minimum_down": down, **more}


def assets() -> dict[str, Any]:
    """Twenty assets; six boilers, heat pumps and chillers are committed. Powers in kW."""
    fired = {"family": "boiler", "fuel_bus": "pipe"}
    pumped = {"family": "heat_pump", "input": "main", "bus": "hot"}
    chilled = {"family": "compression_chiller", "input": "main", "bus": "cold"}
    return {
        "works": {"family": "load", "bus": "main", "profile": "works"},
        "offices": {"family": "load", "bus": "main", "profile": "offices"},
        "heating": {"family": "demand", "bus": "hot", "profile": "heating"},
        "process": {"family": "demand", "bus": "steam", "profile": "process"},
        "cooling": {"family": "demand", "bus": "cold", "profile": "cooling"},
        "pv": {"family": "pv", "bus": "main", "power": 12_000.0, "availability": "sun", "capex": 0.0},
        "wind": {"family": "wind", "bus": "main", "power": 6_000.0, "availability": "wind", "capex": 0.0},
        "battery": {"family": "battery", "bus": "main", "power": 4_000.0, "energy": 8_000.0, "capex_energy": 0.0},
        "gas": {"family": "supply", "bus": "pipe", "price": 3.2},
        "boiler_a": {**fired, "bus": "hot", "power": 6_000.0, "commitment": commitment(0.35, 0.05, 3.0, 2.0, ramp=1.0)},
        "boiler_b": {
            **fired,
            "bus": "hot",
            "power": 4_000.0,
            "efficiency": 0.9,
            "commitment": commitment(0.3, 0.04, 2.0, 2.0),
        },
        "pump_a": {**pumped, "power": 5_000.0, "cop": 3.2, "commitment": commitment(0.4, 0.03, 1.0, 1.0)},
        "pump_b": {**pumped, "power": 2_500.0, "cop": 2.9, "commitment": commitment(0.4, 0.03, 1.0, 1.0)},
        "kettle": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 3_000.0},
        "steam_a": {
            **fired,
            "bus": "steam",
            "power": 9_000.0,
            "commitment": commitment(0.4, 0.08, 6.0, 4.0, standby_power=0.02),
        },
        "steam_b": {"family": "electric_boiler", "input": "main", "bus": "steam", "power": 6_000.0},
        "chiller_a": {**chilled, "power": 4_000.0, "cop": 5.0, "commitment": commitment(0.3, 0.02, 1.0, 1.0)},
        "chiller_b": {**chilled, "power": 3_000.0, "cop": 4.2},
        "tank": {"family": "thermal_store", "bus": "hot", "power": 3_000.0, "energy": 12_000.0},
        "ice": {"family": "thermal_store", "bus": "cold", "power": 2_000.0, "energy": 8_000.0},
    }


def case_of(seed: int) -> tuple[Case, np.ndarray]:
    """The case of a seed, and its price of electricity [CNY/kWh, (96,)]."""
    drawn = np.random.default_rng(seed)
    hour = np.arange(STEPS) / 4.0
    grid = hours_grid(STEPS, step_minutes=15)
    park: Park = park_of(assets(), {"capacity": 30_000.0, "export_limit": 4_000.0}, buses=BUSES)

    def shape(base: float, swing: float, peak: float) -> np.ndarray:
        wave = base + swing * np.cos((hour - peak) * 2 * np.pi / 24)
        return np.maximum(wave * drawn.uniform(0.8, 1.2) * (1 + 0.08 * drawn.standard_normal(STEPS)), 0.0)

    series = {
        "works": shape(6_000, 2_000, 14),
        "offices": shape(1_500, 1_200, 13),
        "heating": shape(7_000, 3_000, 5),
        "process": shape(5_000, 2_500, 12),
        "cooling": shape(3_000, 2_000, 15),
    }
    shares = {
        "sun": np.clip(np.sin(np.pi * (hour - 6) / 12), 0, None) * drawn.uniform(0.3, 1.0),
        "wind": np.clip(0.3 + 0.25 * np.cumsum(0.3 * drawn.standard_normal(STEPS)) / 2, 0.0, 1.0),
    }
    joined = {name: Series.of(name, values, "kW", grid) for name, values in series.items()}
    joined |= {name: Series.of(name, values, "1", grid) for name, values in shares.items()}
    price = np.select([(hour >= 10) & (hour < 12) | (hour >= 17) & (hour < 22), hour < 7], [1.05, 0.28], 0.62)
    return Case(park, grid, joined, book_with(retail(), HOURS)), price * (1 + 0.1 * drawn.standard_normal(STEPS))


def solve(seed: int) -> dict[str, float]:
    """Plan the day of a seed from a known past; seconds on the clock and of the processor, and what the search has proven."""
    case, price = case_of(seed)
    bill = (bought(case, price), bought(case, EXPORT_CNY_PER_KWH * -1.0, "grid.export_kw"))
    costs = Costs(bill, operation_terms(case.park, case.grid), (), shortfall_terms(case))
    start = Start({"battery": 3_000.0, "tank": 5_000.0, "ice": 2_000.0}, was=WAS)
    begun, used = perf_counter(), process_time()
    made = plan(case, costs, start=start, form="committed")
    search = made.solution.search
    assert search is not None
    assert made.relaxed == ()
    return {
        "seed": seed,
        "wall_s": perf_counter() - begun,
        "cpu_s": process_time() - used,
        "objective_cny": made.objective_cny,
        "gap": search.gap,
        "out_of_time": float(search.is_out_of_time),
    }


if __name__ == "__main__":
    solve(10**6)  # loads code
    print(json.dumps([solve(seed) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5)]))
