"""The targets of a park as they came out, by the accounts and not by the plan's own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lingtan.account import Accounts
from lingtan.carbon.targets import green_terms
from lingtan.optimize.island import MISSED
from lingtan.park import Park
from lingtan.series import Table
from lingtan.terms import Readings, Sense, evaluate
from lingtan.tolerances import INDICATOR_RELATIVE, SHARE_AT_BOUND

Unit = Literal["t", "t/tce", "1", "kWh"]


@dataclass(frozen=True)
class Target:
    """One target: what is asked, what came out, in the same unit; None where it is not defined (no energy used).

    The island target is asked in hours and told by the energy that its worst window lacks [kWh], of which 0 is asked.
    """

    name: str
    sense: Sense
    bound: float
    value: float | None
    unit: Unit
    tolerance: float

    @property
    def met(self) -> bool | None:
        """Whether it is kept, within what a solver leaves."""
        if self.value is None:
            return None
        room = self.value - self.bound if self.sense == "at_least" else self.bound - self.value
        return room >= -self.tolerance

    def as_json(self) -> dict[str, Any]:
        """As summary.json has it."""
        return {
            "name": self.name,
            "sense": self.sense,
            "bound": self.bound,
            "value": self.value,
            "unit": self.unit,
            "met": self.met,
        }


def targets_of(park: Park, table: Table, sizes: Mapping[str, float], accounts: Accounts) -> tuple[Target, ...]:
    """The targets of a park, in the order of the park file; empty for a park without."""
    return tuple(_found(park, table, sizes, accounts))


def _found(park: Park, table: Table, sizes: Mapping[str, float], accounts: Accounts) -> Iterator[Target]:
    asked, carbon = park.targets, accounts.carbon
    if asked.carbon_cap is not None:
        cap = asked.carbon_cap * table.grid.share_of_year
        yield Target("carbon_cap", "at_most", cap, carbon.emissions_t, "t", INDICATOR_RELATIVE * max(cap, 1.0))
    if asked.indicator is not None:
        slack = INDICATOR_RELATIVE * asked.indicator
        yield Target("indicator", "at_most", asked.indicator, carbon.intensity_t_per_tce, "t/tce", slack)
    shares = evaluate(green_terms(park), Readings(table.columns, table.grid.step_hours)).shares
    for share in shares:
        name = share.name.removeprefix("target.")
        yield Target(name, share.sense, share.bound, share.value, "1", SHARE_AT_BOUND)
    if asked.island_hours is not None:
        lacking = sizes.get(MISSED, 0.0)
        yield Target("island_hours", "at_most", 0.0, lacking, "kWh", max(1.0, 1e-6 * sum(sizes.values())))


def targets_summary(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """All targets as summary.json has them."""
    return [each.as_json() for each in targets]
