"""Emission factors of electricity and heat: one number, with the view it belongs to and the year it describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lingtan.fact import Fact
from lingtan.findings import say_number
from lingtan.rulebook.place import PlaceName
from lingtan.rulebook.record import Mismatch, Record, digits_differ
from lingtan.units import EnergyKwh, MassT, Quantity
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS

CarbonView = Literal["park_annex4", "location", "market", "product"]
"""The four accounting views; figures of two views are never added."""
EnergyKind = Literal[
    "any", "unbacked", "direct_non_fossil", "green_trade", "fossil", "non_fossil", "coal", "hydro", "wind", "pv"
]
"""Which energy a factor speaks of; `unbacked` is what no direct supply, green trade or certificate covers."""
FactorScope = Literal["national", "regional", "provincial", "not_geographic"]


class EmissionExample(Fact):
    """An amount of energy and the tonnes it stands for."""

    energy: EnergyKwh
    """Energy, heat also counted in kWh [kWh]."""
    emissions: MassT
    """Its emissions [t]."""
    digits: Annotated[int, Field(strict=True, ge=0, le=9)] = 3
    """Digits of the tonnes that are meant."""


class EmissionFactor(Record):
    """Tonnes of CO2 per kilowatt-hour of one kind of energy, in one view."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.emission_factor"]

    kind: Literal["emission_factor"]
    view: CarbonView
    """The accounting view that may use it."""
    carrier: Literal["electricity", "heat"] = "electricity"
    """Electricity or heat."""
    energy: EnergyKind
    """Which electricity or heat it speaks of."""
    scope: FactorScope
    """The area that the figure averages over."""
    region: str | None = None
    """Name of the regional grid, for a regional figure."""
    provinces: tuple[PlaceName, ...] = ()
    """Provinces that lie wholly in the regional grid."""
    factor_year: Annotated[int, Field(strict=True, ge=1990, le=2100)] | None = None
    """Year that the figure describes; none where the document names none."""
    factor: Annotated[float, Quantity("t/kWh", ge=0)]
    """The factor [t/kWh]."""
    gas: Literal["CO2", "CO2e"] = "CO2"
    """CO2 alone, or all greenhouse gases as CO2."""
    examples: tuple[EmissionExample, ...] = ()
    """Energies with their tonnes."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The examples whose tonnes the factor does not give."""
        for number, example in enumerate(self.examples):
            got = example.energy * self.factor
            if digits_differ(example.emissions, got, example.digits):
                yield Mismatch(number, "emissions", f"{say_number(example.emissions)} t", f"{say_number(got)} t")


def emissions_t(factor: EmissionFactor, energy_kwh: float) -> float:
    """Tonnes of an amount of energy [kWh]; sent-out energy is negative and keeps the factor of its kind."""
    return energy_kwh * factor.factor
