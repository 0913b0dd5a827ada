"""Emission factors of fuels, built from what can be measured: calorific value, carbon content, oxidation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from lingtan.fact import Fact
from lingtan.findings import say_number
from lingtan.rulebook.coal_equivalent import GJ_PER_TCE
from lingtan.rulebook.core_indicator import TonnesPerTce
from lingtan.rulebook.record import Digits, Mismatch, PerUnit, Record, digits_differ, read_per
from lingtan.units import Efficiency, MassT, Quantity
from lingtan.wording import Words
from lingtan.wording.rule_kinds import FuelName
from lingtan.wording.rulebook import RULEBOOK_WORDS

CO2_PER_CARBON = 44 / 12
"""Mass of carbon dioxide per mass of carbon."""
CarbonPerGj = Annotated[float, Quantity("t/GJ", gt=0)]


class FuelExample(Fact):
    """An amount of the fuel, its CO2, and its CO2 per standard coal, as a document prints them."""

    amount: Annotated[float, Field(strict=True, gt=0)]
    """Amount, in the record's `per`."""
    emissions: MassT
    """CO2 of the amount [t]."""
    per_coal: TonnesPerTce | None = None
    """CO2 per unit of energy [t/tce]."""
    digits: Digits = 3
    """Digits of both figures that are meant."""


class FuelFactor(Record):
    """Net calorific value, carbon content and oxidation of a fuel; its factor is their product times 44/12."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.fuel_factor"]

    kind: Literal["fuel_factor"]
    fuel: FuelName
    """Which fuel."""
    per: Literal["t", "m3"]
    """What an amount of it is counted in; gas at normal conditions."""
    calorific_value: PerUnit
    """Net calorific value [GJ per unit]."""
    carbon_content: CarbonPerGj
    """Carbon per energy [t/GJ]."""
    oxidation: Efficiency
    """Share of the carbon that burns [1]."""
    examples: tuple[FuelExample, ...] = ()
    """Amounts with their CO2."""

    @field_validator("calorific_value", mode="before")
    @classmethod
    def _with_unit(cls, value: object, info: ValidationInfo) -> object:
        return read_per(value, "GJ/{per}", info)

    @property
    def factor(self) -> float:
        """CO2 per unit of the fuel [t per unit]."""
        return self.calorific_value * self.carbon_content * self.oxidation * CO2_PER_CARBON

    @property
    def factor_t_per_tce(self) -> float:
        """CO2 per unit of energy [t/tce]."""
        return self.factor / self.calorific_value * GJ_PER_TCE

    def mismatches(self) -> Iterator[Mismatch]:
        """The amounts whose CO2 the three figures do not give."""
        for number, example in enumerate(self.examples):
            for what, unit, expected, got in (
                ("emissions", "t", example.emissions, fuel_emissions_t(self, example.amount)),
                ("per_coal", "t/tce", example.per_coal, self.factor_t_per_tce),
            ):
                if expected is not None and digits_differ(expected, got, example.digits):
                    yield Mismatch(number, what, f"{say_number(expected)} {unit}", f"{say_number(got)} {unit}")


def fuel_emissions_t(fuel: FuelFactor, amount: float) -> float:
    """CO2 of an amount in the record's `per`, burnt as fuel [t]; feedstock is not burnt and does not belong here."""
    return amount * fuel.factor


def fuel_tce(fuel: FuelFactor, amount: float) -> float:
    """Standard coal of an amount in the record's `per`, by its own calorific value [tce]."""
    return amount * fuel.calorific_value / GJ_PER_TCE
