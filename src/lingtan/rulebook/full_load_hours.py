"""Typical full-load hours of a technology in a place: what a claim about energy from capacity is held against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Digits, Mismatch, Record, digits_differ
from lingtan.units import EnergyKwh, PowerKw, Quantity
from lingtan.wording import Words
from lingtan.wording.rule_kinds import TechnologyName
from lingtan.wording.rulebook import RULEBOOK_WORDS

YearHours = Annotated[float, Quantity("h", gt=0, le=8784)]


class YieldExample(Fact):
    """A plant and the energy of its typical year: at the low, the usual or the high end."""

    power: PowerKw
    """Installed power [kW]."""
    at: Literal["low", "usual", "high"]
    """Which figure of the record."""
    energy: EnergyKwh
    """Energy of a year [kWh]."""
    digits: Digits = 3
    """Digits after the point that are meant, of GWh."""


class FullLoadHours(Record):
    """The range in which the yearly energy of a technology lies in a place, per installed power. No rule, but knowledge."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.full_load_hours"]

    kind: Literal["full_load_hours"]
    technology: TechnologyName
    """Which technology."""
    low: YearHours
    """Hours of a poor site [h]."""
    usual: YearHours | None = None
    """Hours that people reckon with [h]."""
    high: YearHours
    """Hours of a good site [h]."""
    examples: tuple[YieldExample, ...] = ()
    """Plants with their energy."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            got = f"{say_number(self.low)} … {say_number(self.high)} h"
            raise InputError([Finding("rulebook.range-reversed", f"{self.id}.low", got=got)])
        if self.usual is not None and not self.low <= self.usual <= self.high:
            expected = f"{say_number(self.low)} … {say_number(self.high)} h"
            raise InputError(
                [Finding("rulebook.outside-own-range", f"{self.id}.usual", expected, say_number(self.usual))]
            )
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The plants whose energy the hours do not give."""
        for number, example in enumerate(self.examples):
            hours: float | None = getattr(self, example.at)
            got = None if hours is None else hours * example.power
            if got is None or digits_differ(example.energy / 1e6, got / 1e6, example.digits):
                text = "–" if got is None else f"{say_number(got)} kWh"
                yield Mismatch(number, "energy", f"{say_number(example.energy)} kWh", text)
