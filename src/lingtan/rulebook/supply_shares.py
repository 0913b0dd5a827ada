"""Shares that a direct green supply must keep: self-use of its generation, self-use of its load, export.

Rules 发改能源〔2025〕650号 (one user) and 〔2026〕688号 (several users). Available generation is counted before curtailment, and
self-use is load minus grid import (and minus what other sources brought), so that `self_use + export + curtailment + losses =
available`: what a store loses was used by nobody. Whether a share is kept is judged to `SHARE_AT_BOUND`, here as in a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.rulebook.record import AT_LEAST_ONE, Mismatch, Record
from lingtan.terms import Sense, Share
from lingtan.units import EnergyKwh, ShareOfOne
from lingtan.wording import Words
from lingtan.wording.rule_kinds import ShareName, TechnologyName
from lingtan.wording.rulebook import RULEBOOK_WORDS

Year = Annotated[int, Field(strict=True, ge=1990, le=2100)]


class LeastFrom(Fact):
    """A least share and the first year in which it is asked for."""

    year: Year
    """First year."""
    share: ShareOfOne
    """Least share from that year on [1]."""


class DirectSupplyYear(Fact):
    """A year of a direct supply: what a verdict rests on."""

    year: Year
    """Calendar year."""
    available: EnergyKwh
    """Generation that was available, before curtailment, of the sources that count [kWh]."""
    self_used: EnergyKwh
    """Of it, what the load used: load minus grid import [kWh]."""
    load: EnergyKwh
    """All electricity used [kWh]."""
    exported: EnergyKwh = 0.0
    """Of it, what was fed into the public grid [kWh]."""
    spot_continuous: bool
    """Whether the spot market of the place runs continuously."""


class SharesExample(DirectSupplyYear):
    """A year with its verdicts."""

    self_use_of_generation: bool
    """Whether enough of the generation is self-used."""
    self_use_of_load: bool
    """Whether enough of the load is self-supplied."""
    export_share: bool
    """Whether no more than allowed is exported."""


class ShareVerdict(NamedTuple):
    """One share, its limit in that year, and whether it is kept; None where there is nothing to divide by."""

    name: ShareName
    share: float | None
    limit: float
    met: bool | None


class SupplyShares(Record):
    """Least self-use and most export of a direct green supply."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.supply_shares"]

    kind: Literal["supply_shares"]
    users: Literal["one", "several"]
    """Whether it speaks of projects with one user or with several."""
    self_use_of_generation: ShareOfOne
    """Least self-use over available generation [1]."""
    self_use_of_load: Annotated[tuple[LeastFrom, ...], AT_LEAST_ONE]
    """Least self-use over load, in rising order of years."""
    export: ShareOfOne
    """Most export over available generation [1]."""
    export_needs_spot: bool
    """Whether export is allowed only where the spot market runs continuously."""
    sources: Annotated[tuple[TechnologyName, ...], AT_LEAST_ONE]
    """Whose generation counts; that of others may supply the load but does not fill the shares."""
    examples: tuple[SharesExample, ...] = ()
    """Years with their verdicts."""

    @model_validator(mode="after")
    def _years_rise(self) -> Self:
        years = [step.year for step in self.self_use_of_load]
        if any(later <= earlier for earlier, later in pairwise(years)):
            got = ", ".join(map(str, years))
            raise InputError([Finding("rulebook.years-not-rising", f"{self.id}.self_use_of_load", got=got)])
        return self

    def least_self_use_of_load(self, year: int) -> float:
        """Least self-use over load in a year; years before the first step ask for nothing [1]."""
        return max((step for step in self.self_use_of_load if step.year <= year), key=_year_of, default=_NOTHING).share

    def most_export(self, spot_continuous: bool) -> float:
        """Most export over available generation: 0 where the market that it needs does not run [1]."""
        return self.export if spot_continuous or not self.export_needs_spot else 0.0

    def mismatches(self) -> Iterator[Mismatch]:
        """The years that the rule judges otherwise."""
        for number, example in enumerate(self.examples):
            for verdict in share_verdicts(self, example):
                expected: bool = getattr(example, verdict.name)
                if verdict.met is not expected:
                    yield Mismatch(number, verdict.name, _met_text(expected), _met_text(verdict.met))


_NOTHING = LeastFrom(year=1990, share=0.0)


def _year_of(step: LeastFrom) -> int:
    return step.year


def share_verdicts(rule: SupplyShares, supply: DirectSupplyYear) -> tuple[ShareVerdict, ...]:
    """The three shares of a year, each with its limit and whether it is kept."""
    least_of_load, most_export = rule.least_self_use_of_load(supply.year), rule.most_export(supply.spot_continuous)
    of_generation = _over(supply.self_used, supply.available)
    return (
        _verdict("self_use_of_generation", of_generation, rule.self_use_of_generation, "at_least"),
        _verdict("self_use_of_load", _over(supply.self_used, supply.load), least_of_load, "at_least"),
        _verdict("export_share", _over(supply.exported, supply.available), most_export, "at_most"),
    )


def _verdict(name: ShareName, share: float | None, limit: float, sense: Sense) -> ShareVerdict:
    return ShareVerdict(name, share, limit, Share(name, share, limit, sense, "").met)


def _over(part_kwh: float, whole_kwh: float) -> float | None:
    return part_kwh / whole_kwh if whole_kwh > 0 else None


def _met_text(met: bool | None) -> Words | str:
    return "–" if met is None else RULEBOOK_WORDS["met.yes" if met else "met.no"]
