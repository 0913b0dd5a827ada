"""The carbon account of each member, so that the park's account is the sum of theirs.

A member's own activities are its own. Electricity is shared by the trace of its load: what the park drew unbacked goes to
members in proportion to the unbacked part of their loads, and so does what was directly supplied; losses go with their kind.
What no member owns is the park's own account, under the empty name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lingtan.carbon.annex4 import Annex4Rules, Covered, Inventory
from lingtan.carbon.green_purchases import GreenCover
from lingtan.carbon.lines import (
    Category,
    InventoryLine,
    emissions_of,
    energy_of_lines,
    lines_by_member,
    tonnes_by_category,
)
from lingtan.carbon.shares import physical_share
from lingtan.carbon.tracing import Trace


@dataclass(frozen=True)
class MemberCarbon:
    """The account of one member; of the park itself under the empty name."""

    member: str
    lines: tuple[InventoryLine, ...]
    load_kwh: float | None = None
    physical_share: float | None = None
    """Share of its electricity that traces physically to non-fossil plants (zero-carbon factory) [1]."""

    @property
    def emissions_t(self) -> float:
        """Its emissions [t]."""
        return emissions_of(self.lines)

    @property
    def energy_tce(self) -> float:
        """Its energy use [tce]."""
        return energy_of_lines(self.lines)

    @property
    def intensity_t_per_tce(self) -> float | None:
        """Its emissions per energy use; None without energy [t/tce]."""
        return self.emissions_t / self.energy_tce if self.energy_tce > 0 else None

    @property
    def by_category(self) -> dict[Category, float]:
        """Its emissions by category [t]."""
        return tonnes_by_category(self.lines)


def proportions(weights: Mapping[str, float], fallback: Mapping[str, float]) -> dict[str, float]:
    """Weights as shares of their sum; where they are all zero those of `fallback`, and else all to the park itself.

    >>> proportions({"mill": 3.0, "shop": 1.0}, {}), proportions({"mill": 0.0}, {"mill": 0.0})
    ({'mill': 0.75, 'shop': 0.25}, {'': 1.0})
    """
    for given in (weights, fallback):
        whole = sum(given.values())
        if whole > 0:
            return {member: weight / whole for member, weight in given.items()}
    return {"": 1.0}


def import_by_member(traced: Trace) -> dict[str, float]:
    """What each member drew of the park's import [kWh]."""
    return {m: share * traced.import_kwh for m, share in proportions(traced.unbacked_kwh, traced.load_kwh).items()}


def member_accounts(
    rules: Annex4Rules, inventory: Inventory, traced: Trace, cover: GreenCover, covered: Covered | None
) -> tuple[MemberCarbon, ...]:
    """The accounts of all members that use or emit anything, in the order of their loads, then of their activities."""
    electricity = _electricity_lines(rules, inventory, traced, cover, covered)
    own = (line for line in inventory.others if line.category != "electricity")
    lines = lines_by_member((*electricity, *own))
    return tuple(
        MemberCarbon(
            member,
            lines[member],
            traced.load_kwh.get(member),
            physical_share(traced.direct_kwh.get(member, 0.0), traced.load_kwh.get(member, 0.0)),
        )
        for member in lines
    )


def _electricity_lines(
    rules: Annex4Rules, inventory: Inventory, traced: Trace, cover: GreenCover, covered: Covered | None
) -> Iterator[InventoryLine]:
    """What the park took in less what it sent out, shared out: unbacked, covered, directly supplied."""
    unbacked_kwh = traced.import_kwh + traced.fossil_kwh - traced.sent_fossil_kwh
    direct_kwh = inventory.electricity_kwh - unbacked_kwh
    unbacked = proportions(traced.unbacked_kwh, traced.load_kwh)
    direct = proportions(traced.direct_kwh, traced.load_kwh)
    coal = rules.conversion.coal
    for member in dict.fromkeys((*traced.load_kwh, *unbacked, *direct)):
        counted = 0.0 if covered is None else cover.counted_by_member_kwh.get(member, 0.0)
        kinds = [
            (unbacked.get(member, 0.0) * unbacked_kwh - counted, rules.unbacked, "unbacked"),
            (direct.get(member, 0.0) * direct_kwh, rules.direct, "direct_non_fossil"),
        ]
        if covered is not None:
            kinds.append((counted, covered.record, "green_trade"))
        for kwh, record, use in kinds:
            if kwh != 0:
                tonnes = kwh * record.factor
                yield InventoryLine(
                    "electricity",
                    member,
                    "electricity",
                    use,
                    kwh,
                    "kWh",
                    record.factor,
                    tonnes,
                    kwh * coal,
                    rule=record.id,
                )
