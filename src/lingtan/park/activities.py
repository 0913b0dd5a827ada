"""What a park burns, converts, makes and trades besides the electricity of its flows: amounts of the studied year.

An entry may name the member that it belongs to; one without a member is the park's own. Amounts are never negative: what an
entry says about direction stands in its own key.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from lingtan.fact import Fact, Id, Prose
from lingtan.findings import Finding, InputError
from lingtan.units import MassT, Quantity, convert
from lingtan.wording.rule_kinds import FuelName, ProductName

FuelUnit = Literal["t", "m3"]
UNITS: tuple[FuelUnit, ...] = get_args(FuelUnit)


@dataclass(frozen=True)
class FuelAmount:
    """An amount of a fuel with its unit; gas is counted in cubic meters at normal conditions.

    >>> FuelAmount.read("3 万m3")
    FuelAmount(value=30000.0, unit='m3')
    """

    value: float
    unit: FuelUnit

    @classmethod
    def read(cls, given: object) -> FuelAmount:
        """An amount as a file has it, `1200 t` or `3 万m3`.

        Raises `InputError`: `units.*`, and `park.amount-without-unit` where nothing says what the number counts.
        """
        if isinstance(given, FuelAmount):
            return given
        read: dict[FuelUnit, float] = {}
        refused: list[InputError] = []
        for unit in UNITS:
            try:
                read[unit] = Quantity(unit, ge=0).read(given, who="quantity")
            except InputError as error:
                refused.append(error)
        if len(read) == len(UNITS):  # a text with a unit is of one dimension only
            raise InputError([Finding("park.amount-without-unit", "quantity", " | ".join(UNITS), str(given))])
        if not read:
            telling = [error for error in refused if error.findings[0].code != "units.wrong-dimension"]
            raise (telling or refused)[0]
        [(unit, value)] = read.items()
        return cls(value, unit)

    def __str__(self) -> str:
        return f"{self.value!r} {self.unit}"


def _known_fuel(given: object) -> object:
    """A fuel that records name; else the nearest one, or all of them when none is near."""
    fuels: tuple[str, ...] = get_args(FuelName)
    if given in fuels:
        return given
    near = difflib.get_close_matches(str(given), fuels, n=1, cutoff=0.5) or fuels
    raise PydanticCustomError("park.no-such-fuel", "no such fuel", {"expected": ", ".join(near)})


Fuel = Annotated[FuelName, BeforeValidator(_known_fuel)]
Amount = Annotated[
    FuelAmount,
    PlainValidator(FuelAmount.read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["1200 t", "3 万m3"]}),
]
FuelPurpose = Literal["fuel", "conversion_input", "conversion_output", "feedstock", "recovered"]


class _Activity(Fact):
    member: Id | None = None
    """The enterprise that it belongs to; none for the park's own."""


class FuelUse(_Activity):
    """A fuel and what became of it in the year."""

    kind: Literal["fuel_use"]
    """The kind of activity."""
    fuel: Fuel
    """Which fuel, as rule records name it."""
    use: FuelPurpose = "fuel"
    """What became of it.

    `fuel`: burnt, also in power and heat plants. `conversion_input`, `conversion_output`: put into, and made by, a process
    whose product is another fuel (coking, gas making, refining). `feedstock`: raw material. `recovered`: waste gas used as
    energy, whose carbon was counted where it went in; what a conversion gives out is burnt as `fuel`."""
    quantity: Amount
    """Amount of the year: `1200 t`, `3 万m3`."""


class HeatTrade(_Activity):
    """Heat that crosses the boundary of the park, or passes between two of its members."""

    kind: Literal["heat"]
    """The kind of activity."""
    direction: Literal["bought", "sold"]
    """Taken in or sent out, as the member (or the park) sees it."""
    partner: Id | None = None
    """The member on the other side; none where the heat crosses the park's boundary."""
    source: Literal["fossil", "non_fossil"]
    """What the heat was made from."""
    quantity: Annotated[float, Quantity("GJ", ge=0)]
    """Heat of the year [GJ]."""
    factor: Annotated[float, Quantity("t/GJ", ge=0)] | None = None
    """Measured CO2 of fossil heat; none takes the default of the rules [t/GJ]."""
    factor_source: Prose | None = None
    """Who measured the factor, and how."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.partner is not None and self.member in (None, self.partner):
            raise InputError([Finding("park.transfer-one-sided", ".partner", got=self.partner)])
        _check_source(self.factor, self.factor_source)
        return self


class RecoveredHeat(_Activity):
    """Waste heat, cold or pressure used as energy: listed, for its energy was counted where it went in."""

    kind: Literal["recovered_heat"]
    """The kind of activity."""
    quantity: Annotated[float, Quantity("GJ", ge=0)]
    """Energy of the year [GJ]."""


class ProcessOutput(_Activity):
    """A product whose chemistry sets CO2 free."""

    kind: Literal["process"]
    """The kind of activity."""
    product: ProductName
    """Which product, as rule records name it."""
    quantity: MassT
    """Output of the year, own use included [t]."""
    factor: Annotated[float, Quantity("t/t", ge=0)] | None = None
    """CO2 per output; none takes a `process_factor` record, of which none is shipped [t/t]."""
    factor_source: Prose | None = None
    """Provincial inventory, verification report or mass balance that the factor is from."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _check_source(self.factor, self.factor_source)
        return self


class Bunker(_Activity):
    """Fuel of international flights and voyages: counted like any other, and listed apart."""

    kind: Literal["bunker"]
    """The kind of activity."""
    fuel: Fuel
    """Which fuel, as rule records name it."""
    quantity: Amount
    """Amount of the year: `1200 t`."""


Activity = Annotated[FuelUse | HeatTrade | RecoveredHeat | ProcessOutput | Bunker, Field(discriminator="kind")]
"""Any activity of a park."""


class GreenPurchase(_Activity):
    """Certificates, or electricity by green-power trade, bought for the studied year."""

    kind: Literal["gec", "green_trade"]
    """Green electricity certificates (绿证) or green-power trade (绿电交易)."""
    quantity: Annotated[float, Quantity("MWh", ge=0)]
    """Electricity that they stand for; a certificate is one megawatt-hour [MWh]."""
    vintage: Annotated[int, Field(ge=2000, le=2100)]
    """Year of generation [year]."""

    @property
    def energy_kwh(self) -> float:
        """What they stand for [kWh]."""
        return convert(self.quantity, "MWh", "kWh")


def _check_source(factor: float | None, source: str | None) -> None:
    """A figure of one's own needs its source, and a source its figure."""
    if (factor is None) != (source is None):
        absent = "factor" if factor is None else "factor_source"
        raise InputError([Finding("park.factor-without-source", f".{absent}")])
