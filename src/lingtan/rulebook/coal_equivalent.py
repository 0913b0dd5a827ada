"""Fuels and heat as standard coal (GB/T 2589): a figure per tonne, cubic meter or gigajoule, or only a range of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Digits, Mismatch, PerUnit, Record, digits_differ, read_per
from lingtan.units import CoalTce
from lingtan.wording import Words
from lingtan.wording.rule_kinds import FuelName
from lingtan.wording.rulebook import RULEBOOK_WORDS

GJ_PER_TCE = 29.3076
"""A tonne of standard coal is defined as 7,000 kcal/kg, 29.3076 GJ (GB/T 2589)."""


class CoalExample(Fact):
    """An amount of a fuel or of heat, and its standard coal."""

    amount: Annotated[float, Field(strict=True, ge=0)]
    """Amount, in the record's `per`."""
    coal: CoalTce
    """Standard coal [tce]."""
    digits: Digits = 3
    """Digits of the coal that are meant."""


class CoalEquivalent(Record):
    """Standard coal of a fuel or of heat."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.coal_equivalent"]

    kind: Literal["coal_equivalent"]
    carrier: FuelName | Literal["heat"]
    """Which fuel, or heat."""
    per: Literal["t", "m3", "GJ"]
    """What an amount of it is counted in; gas at normal conditions."""
    coal: PerUnit | None = None
    """Standard coal per unit; none where the standard gives a range only [tce per unit]."""
    low: PerUnit | None = None
    """Lowest figure of the standard [tce per unit]."""
    high: PerUnit | None = None
    """Highest figure of the standard [tce per unit]."""
    examples: tuple[CoalExample, ...] = ()
    """Amounts with their coal; for a range they stand at its upper end."""

    @field_validator("coal", "low", "high", mode="before")
    @classmethod
    def _with_unit(cls, value: object, info: ValidationInfo) -> object:
        return read_per(value, "tce/{per}", info)

    @model_validator(mode="after")
    def _figure_or_range(self) -> Self:
        low, high = self.low, self.high
        if self.coal is None and (low is None or high is None):
            raise InputError([Finding("rulebook.neither-figure-nor-range", f"{self.id}.coal")])
        if low is not None and high is not None and low > high:
            got = f"{say_number(low)} … {say_number(high)}"
            raise InputError([Finding("rulebook.range-reversed", f"{self.id}.low", got=got)])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The amounts whose coal the figure does not give."""
        for number, example in enumerate(self.examples):
            got = coal_tce(self, example.amount, self.high if self.coal is None else None)
            if digits_differ(example.coal, got, example.digits):
                yield Mismatch(number, "coal", f"{say_number(example.coal)} tce", f"{say_number(got)} tce")


def coal_tce(equivalent: CoalEquivalent, amount: float, measured: float | None = None) -> float:
    """Standard coal of an amount in the record's `per` [tce]; `measured` is a figure of one's own [tce per unit].

    Raises `InputError` (`rulebook.only-a-range`) when the record gives a range and nobody states a figure.
    """
    if measured is not None:
        return amount * measured
    if equivalent.coal is None:
        ends = " … ".join(say_number(end) for end in (equivalent.low, equivalent.high) if end is not None)
        expected = f"{ends} tce/{equivalent.per}"
        raise InputError([Finding("rulebook.only-a-range", equivalent.id, expected)])
    return amount * equivalent.coal
