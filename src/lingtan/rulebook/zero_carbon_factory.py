"""The zero-carbon factory: how an enterprise is graded, and the share of power it must identify physically."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.rulebook.core_indicator import TonnesPerTce
from lingtan.rulebook.record import AT_LEAST_ONE, Mismatch, Record
from lingtan.tolerances import INDICATOR_RELATIVE
from lingtan.units import EnergyKwh, ShareOfOne
from lingtan.wording import Words
from lingtan.wording.rule_kinds import FactoryGrade, PhysicalClause
from lingtan.wording.rulebook import RULEBOOK_WORDS


class Criteria(Fact):
    """What a grade asks for."""

    grade: Literal["core", "entry"]
    """Which grade."""
    most_intensity: TonnesPerTce
    """Most CO2 per unit of energy use [t/tce]."""
    least_share: ShareOfOne
    """Least non-fossil share of energy use [1]."""


class FactoryExample(Fact):
    """A factory's year with its grade and the verdict on its physical share."""

    intensity: TonnesPerTce
    """CO2 per unit of energy use [t/tce]."""
    share: ShareOfOne
    """Non-fossil share of energy use [1]."""
    physical: ShareOfOne
    """Physically identified non-fossil share of power [1]."""
    electricity: EnergyKwh
    """Electricity use of the year [kWh]."""
    grade: FactoryGrade
    """Its grade."""
    clause: PhysicalClause
    """The verdict on the physical share."""


class ZeroCarbonFactory(Record):
    """Grades of a zero-carbon factory, best first, and its least physically identified share of power."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.zero_carbon_factory"]

    kind: Literal["zero_carbon_factory"]
    grades: Annotated[tuple[Criteria, ...], AT_LEAST_ONE]
    """Criteria of each grade, strictest first."""
    physical_share: ShareOfOne
    """Least share of power that is physically identified as non-fossil; green trade and certificates do not count [1]."""
    physical_above: EnergyKwh
    """Annual electricity use above which that share is asked for [kWh]."""
    examples: tuple[FactoryExample, ...] = ()
    """Factories with their verdicts."""

    @model_validator(mode="after")
    def _strictest_first(self) -> Self:
        asked = [(each.most_intensity, -each.least_share) for each in self.grades]
        if asked != sorted(asked) or len({each.grade for each in self.grades}) < len(self.grades):
            raise InputError([Finding("rulebook.grades-not-falling", f"{self.id}.grades")])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The factories that the criteria judge otherwise."""
        for number, example in enumerate(self.examples):
            grade = factory_grade(self, example.intensity, example.share)
            if grade != example.grade:
                yield Mismatch(number, "grade", _said("factory", example.grade), _said("factory", grade))
            clause = physical_clause(self, example.physical, example.electricity)
            if clause != example.clause:
                yield Mismatch(number, "clause", _said("clause", example.clause), _said("clause", clause))


def factory_grade(rule: ZeroCarbonFactory, intensity_t_per_tce: float, share: float) -> FactoryGrade:
    """The best grade whose criteria are both kept, but for the order in which tonnes and energy were added."""
    slack = 1.0 + INDICATOR_RELATIVE
    for each in rule.grades:
        if intensity_t_per_tce <= each.most_intensity * slack and share * slack >= each.least_share:
            return each.grade
    return "below"


def physical_clause(rule: ZeroCarbonFactory, physical_share: float, electricity_kwh: float) -> PhysicalClause:
    """Whether the physically identified share is enough; a user of no more than `physical_above` is not asked."""
    slack = 1.0 + INDICATOR_RELATIVE
    if electricity_kwh <= rule.physical_above * slack:
        return "not_applicable"
    return "met" if physical_share * slack >= rule.physical_share else "missed"


def _said(group: str, name: str) -> Words:
    return RULEBOOK_WORDS[f"{group}.{name}"]
