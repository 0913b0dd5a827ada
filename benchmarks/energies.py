"""Five carriers, twenty assets: lingtan against PyPSA and oemof-solph; a year of quarters and a day beside it, ours alone."""

from __future__ import annotations

from benchmarks.report import Report
from benchmarks.sides import Missing, Side, ours, peer
from benchmarks.sizing import OBJECTIVE_RELATIVE, figure

PEERS = {"PyPSA": "pypsa_energies", "oemof-solph": "oemof_energies"}
DAY_STEPS = 96
CLAIMS_S = {"hours": 40.0, "quarters": 300.0}
"""From end to end, on the project's machine with nothing beside it."""


def run(hours: int) -> Report:
    """All sides, each in a fresh process; fails where one did not run, objectives differ, or a claim is missed."""
    mine = ours("energies", str(hours))
    rows, failures = [_row(f"lingtan {hours} h", mine, None)], _missing("lingtan", mine)
    for name, module in PEERS.items():
        other = peer(module, str(hours))
        rows.append(_row(f"{name} {hours} h", other, mine))
        failures += _missing(name, other) + _differing(name, mine, other)
    quarters = ours("energies", str(hours), "15")
    rows.append(_row(f"lingtan {hours} h in quarters", quarters, None))
    failures += _missing("quarters", quarters)
    failures += _late("hours", mine) + _late("quarters", quarters)
    day = ours("energies_day", str(DAY_STEPS))
    rows.append(_row(f"lingtan {DAY_STEPS} steps, median of many", day, None))
    failures += _missing("day", day)
    if isinstance(day, Side) and (day.solve_s > 0.015 or day.build_s + day.solve_s > 0.025):
        failures.append(
            f"a day: {1e3 * day.solve_s:.1f} ms to solve, {1e3 * day.build_s:.1f} ms to build; claimed 15, 25 in all"
        )
    what = "one park of 5 carriers and 20 assets, ten sizes free, one thread each; time is build + solve"
    return Report("energies", what, tuple(rows), tuple(failures))


def _row(name: str, side: Side | Missing, mine: Side | Missing | None) -> dict[str, str | float | None]:
    ratio = difference = None
    if isinstance(side, Side) and isinstance(mine, Side):
        ratio = (side.build_s + side.solve_s) / (mine.build_s + mine.solve_s)
        difference = side.objective_cny / mine.objective_cny - 1
    return {
        "name": name,
        "build_s": figure(side, "build_s"),
        "solve_s": figure(side, "solve_s"),
        "peer / ours": ratio,
        "objective_cny": figure(side, "objective_cny"),
        "difference": difference,
        "peak_mb": figure(side, "peak_mb"),
    }


def _missing(who: str, side: Side | Missing) -> list[str]:
    return [f"{who}: {side.reason}"] if isinstance(side, Missing) else []


def _differing(who: str, mine: Side | Missing, other: Side | Missing) -> list[str]:
    if isinstance(mine, Missing) or isinstance(other, Missing):
        return []
    difference = other.objective_cny / mine.objective_cny - 1
    if abs(difference) <= OBJECTIVE_RELATIVE:
        return []
    return [f"{who}: the objective differs by {difference:.1e}; expected at most {OBJECTIVE_RELATIVE:.0e}"]


def _late(what: str, side: Side | Missing) -> list[str]:
    if isinstance(side, Missing) or side.build_s + side.solve_s <= CLAIMS_S[what]:
        return []
    return [f"{what}: {side.build_s + side.solve_s:.1f} s from end to end; claimed {CLAIMS_S[what]:g} s"]
