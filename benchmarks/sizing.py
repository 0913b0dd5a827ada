"""The reference sizing case: lingtan against PyPSA, linopy and HiGHS' dual simplex."""

from __future__ import annotations

from benchmarks.report import Report
from benchmarks.sides import Missing, Side, ours, peer

OBJECTIVE_RELATIVE = 1e-6
"""Two certified optima of one program may differ by each one's gap, and no more."""


def run(hours: int) -> Report:
    """Both sides, each in a fresh process; fails where one did not run or the objectives differ."""
    return compare(hours, ours("sizing", str(hours)), peer("pypsa_sizing", str(hours)))


def compare(hours: int, mine: Side | Missing, other: Side | Missing) -> Report:
    """One row; the ratio is the peer's time over ours, build and solve together."""
    failures = [f"{who}: {side.reason}" for who, side in (("ours", mine), ("peer", other)) if isinstance(side, Missing)]
    ratio = difference = None
    if isinstance(mine, Side) and isinstance(other, Side):
        ratio = (other.build_s + other.solve_s) / (mine.build_s + mine.solve_s)
        difference = mine.objective_cny / other.objective_cny - 1
        if abs(difference) > OBJECTIVE_RELATIVE:
            failures.append(f"the objectives differ by {difference:.1e}; expected at most {OBJECTIVE_RELATIVE:.0e}")
    row = {
        "name": f"sizing {hours} h",
        "ours build_s": figure(mine, "build_s"),
        "ours solve_s": figure(mine, "solve_s"),
        "peer build_s": figure(other, "build_s"),
        "peer solve_s": figure(other, "solve_s"),
        "peer / ours": ratio,
        "ours objective_cny": figure(mine, "objective_cny"),
        "peer objective_cny": figure(other, "objective_cny"),
        "difference": difference,
        "ours peak_mb": figure(mine, "peak_mb"),
        "peer peak_mb": figure(other, "peak_mb"),
    }
    what = "size ten capacities; peer: PyPSA 1.4.0 with HiGHS dual simplex, one thread each"
    return Report("sizing", what, (row,), tuple(failures))


def figure(side: Side | Missing, name: str) -> float | None:
    """One figure of a side that ran."""
    return None if isinstance(side, Missing) else float(getattr(side, name))
