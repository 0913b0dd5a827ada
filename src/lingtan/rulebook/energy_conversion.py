"""Electricity as standard coal: by the coal a power plant burns for it or by its heat content, never silently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Mismatch, Record, digits_differ
from lingtan.units import CoalTce, EnergyKwh, Quantity
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS

ConversionMode = Literal["equal_value", "calorific"]
"""`equal_value` 等价值: coal burnt to generate it; `calorific` 当量值: heat content of the electricity itself."""
CoalPerKwh = Annotated[float, Quantity("tce/kWh", gt=0)]


class ConversionExample(Fact):
    """An amount of electricity and its standard coal."""

    electricity: EnergyKwh
    """Electricity [kWh]."""
    coal: CoalTce
    """Standard coal [tce]."""
    digits: Annotated[int, Field(strict=True, ge=0, le=9)] = 3
    """Digits of the coal that are meant."""


class EnergyConversion(Record):
    """Standard coal per kilowatt-hour of electricity, in one of two modes."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.energy_conversion"]

    kind: Literal["energy_conversion"]
    mode: ConversionMode
    """What the figure means."""
    coal: CoalPerKwh
    """Standard coal per kWh [tce/kWh]."""
    low: CoalPerKwh | None = None
    """Lowest figure that is as likely, where it is uncertain [tce/kWh]."""
    high: CoalPerKwh | None = None
    """Highest figure that is as likely, where it is uncertain [tce/kWh]."""
    examples: tuple[ConversionExample, ...] = ()
    """Amounts of electricity with their coal."""

    @model_validator(mode="after")
    def _inside_its_range(self) -> Self:
        low, high = self.low, self.high
        if (low is not None and self.coal < low) or (high is not None and self.coal > high):
            ends = ("" if end is None else say_number(end) for end in (low, high))
            expected, got = f"{' … '.join(ends)} tce/kWh".strip(), f"{say_number(self.coal)} tce/kWh"
            raise InputError([Finding("rulebook.outside-own-range", f"{self.id}.coal", expected, got)])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The examples whose coal the figure does not give."""
        for number, example in enumerate(self.examples):
            got = energy_tce(self, example.electricity)
            if digits_differ(example.coal, got, example.digits):
                yield Mismatch(number, "coal", f"{say_number(example.coal)} tce", f"{say_number(got)} tce")


def energy_tce(conversion: EnergyConversion, electricity_kwh: float) -> float:
    """Standard coal of an amount of electricity [tce]."""
    return electricity_kwh * conversion.coal
