"""The reference sizing case in lingtan.

    python -m benchmarks.ours.sizing HOURS

Prints one line of JSON, as the peer does.
"""

from __future__ import annotations

import json
import sys


class NotBuiltError(RuntimeError):
    """The program has no builder for this case yet."""


def solve(hours: int) -> dict[str, float]:
    """Build and solve `tests.golden.cases.reference_case(hours)`.

    Returns `build_s`, `solve_s` (wall clock), `objective_cny` and `peak_mb` (largest resident memory of this process).
    Building starts with the series in memory and ends with the matrix ready; the certificate counts as solving.
    """
    raise NotBuiltError(
        f"lingtan cannot build the reference sizing case ({hours} h) yet: fill in benchmarks/ours/sizing.py."
    )


if __name__ == "__main__":
    print(json.dumps(solve(int(sys.argv[1]) if len(sys.argv) > 1 else 8760)))
