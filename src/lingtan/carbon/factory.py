"""The zero-carbon factory: how a member is graded, and whether enough of its power is physically identified.

The grade compares the member's own intensity and the non-fossil share of its energy use; electricity that green trade or
certificates cover is non-fossil there, for only the physical share excludes it. The physical share is that of
`lingtan.carbon.tracing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lingtan.carbon.lines import InventoryLine
from lingtan.carbon.members import MemberCarbon
from lingtan.findings import errors_in, raise_errors
from lingtan.rulebook import Found, Place, Rulebook, ZeroCarbonFactory, factory_grade, physical_clause
from lingtan.rulebook.book import NO_RECORD
from lingtan.wording.rule_kinds import FactoryGrade, PhysicalClause

NON_FOSSIL_USES = frozenset({"direct_non_fossil", "green_trade"})
"""Kinds of electricity that count as non-fossil in the share of energy use."""


@dataclass(frozen=True)
class Factory:
    """A member held against the criteria of a zero-carbon factory."""

    rule: ZeroCarbonFactory
    non_fossil_share: float
    """Non-fossil electricity over energy use, both as standard coal [1]."""
    grade: FactoryGrade
    """The best grade of which both criteria are kept."""
    clause: PhysicalClause
    """The verdict on the physically identified share."""


def factory_rule(rulebook: Rulebook, place: Place, year: int) -> Found[ZeroCarbonFactory] | None:
    """The criteria in force at the end of a year, else the first that came later; None where a place has none.

    A year before the notice is held against it all the same: the criteria are a goal, and the record says from when.
    """
    last = date(year, 12, 31)
    days = [last, *sorted(r.valid_from for r in rulebook.records if isinstance(r, ZeroCarbonFactory))]
    for day in (day for day in days if day >= last):
        found = rulebook.find(ZeroCarbonFactory, day, place=place)
        wrong = errors_in(found.findings)
        raise_errors(each for each in wrong if each.code not in NO_RECORD)
        if not wrong:
            return found
    return None


def factories_of(members: Sequence[MemberCarbon], rule: ZeroCarbonFactory) -> dict[str, Factory]:
    """The verdict on each enterprise that used energy; the park itself is none."""
    judged = {each.member: factory_of(each, rule) for each in members if each.member}
    return {member: factory for member, factory in judged.items() if factory is not None}


def factory_of(account: MemberCarbon, rule: ZeroCarbonFactory) -> Factory | None:
    """One enterprise against the criteria, over a whole year; None where it used no electricity or no energy."""
    intensity, physical, electricity = account.intensity_t_per_tce, account.physical_share, account.load_kwh
    if intensity is None or physical is None or electricity is None:
        return None
    share = non_fossil_share(account.lines)
    return Factory(rule, share, factory_grade(rule, intensity, share), physical_clause(rule, physical, electricity))


def non_fossil_share(lines: Sequence[InventoryLine]) -> float:
    """Non-fossil electricity over energy use, both as standard coal [1]; 0 where no energy is used.

    Energy that is sent out makes neither part larger than the whole.
    """
    used = sum(line.energy_tce for line in lines)
    clean = sum(line.energy_tce for line in lines if line.category == "electricity" and line.use in NON_FOSSIL_USES)
    return min(max(clean / used, 0.0), 1.0) if used > 0 else 0.0
