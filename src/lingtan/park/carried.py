"""Quantities whose unit depends on the carrier at a bus: a rate of 2 t/h or 500 m3/h, a price of 30 CNY/kg or 3 CNY/m3.

A park file writes them with their unit; a plain number is in the unit of the carrier. Whether the unit suits the bus is known
only when the park is whole, so it is checked there (`park.wrong-carrier-unit`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from lingtan.findings import Finding, InputError, say_number
from lingtan.park.carriers import COUNTED, Carrier
from lingtan.units import Quantity, Unit, convert


@dataclass(frozen=True)
class _Carried:
    """A value with the unit it was written in; an empty unit is that of the carrier."""

    value: float
    unit: str = ""

    UNITS: ClassVar[tuple[str, ...]]
    LEAST: ClassVar[float | None] = None

    @classmethod
    def read(cls, given: object) -> Self:
        """A value as a file has it. Raises `InputError` with one finding `units.*`."""
        if isinstance(given, cls):
            return given
        read: dict[str, float] = {}
        refused: list[InputError] = []
        for unit in cls.UNITS:
            try:
                read[unit] = Quantity(unit, ge=cls.LEAST).read(given, who=".")
            except InputError as error:
                refused.append(error)
        if len(read) == len(cls.UNITS):  # a text with a unit is of one dimension only
            return cls(next(iter(read.values())))
        if not read:
            telling = [error for error in refused if error.findings[0].code != "units.wrong-dimension"]
            if telling:
                raise telling[0]
            units = " | ".join(cls.UNITS)
            raise InputError([Finding("units.wrong-dimension", ".", units, str(given), values={"unit": units})])
        [(unit, value)] = read.items()
        return cls(value, unit)

    @classmethod
    def unit_at(cls, carrier: Carrier) -> str:
        """The unit that values of a carrier have."""
        raise NotImplementedError

    def suits(self, carrier: Carrier) -> bool:
        """Whether a value in this unit can be one of a carrier."""
        return not self.unit or Unit.parse(self.unit).dimension == Unit.parse(self.unit_at(carrier)).dimension

    def at(self, carrier: Carrier) -> float:
        """The value in the unit of a carrier. Raises `InputError` where the unit is none of its own."""
        return convert(self.value, self.unit, self.unit_at(carrier)) if self.unit else self.value

    def __str__(self) -> str:
        return f"{say_number(self.value)} {self.unit}".strip() if self.unit else repr(self.value)


@dataclass(frozen=True)
class Rate(_Carried):
    """How fast a carrier flows.

    >>> Rate.read("2 t/h").at("hydrogen"), Rate.read("3 MW").at("heat"), Rate.read(4).at("gas")
    (2000.0, 3000.0, 4.0)
    """

    UNITS: ClassVar[tuple[str, ...]] = ("kW", "kg/h", "m3/h")
    LEAST: ClassVar[float | None] = 0.0

    @classmethod
    def unit_at(cls, carrier: Carrier) -> str:
        """The unit that values of a carrier have."""
        return COUNTED[carrier].rate


@dataclass(frozen=True)
class Amount(_Carried):
    """How much of a carrier.

    >>> Amount.read("300 t").at("hydrogen"), Amount.read("2 万m3").at("gas")
    (300000.0, 20000.0)
    """

    UNITS: ClassVar[tuple[str, ...]] = ("kWh", "kg", "m3")
    LEAST: ClassVar[float | None] = 0.0

    @classmethod
    def unit_at(cls, carrier: Carrier) -> str:
        """The unit that values of a carrier have."""
        return COUNTED[carrier].amount


@dataclass(frozen=True)
class Price(_Carried):
    """What a unit of a carrier costs.

    >>> (
    ...     Price.read("28 CNY/kg").at("hydrogen"),
    ...     Price.read("0.3 CNY/kWh").at("steam"),
    ...     Price.read("900 CNY/t").at("biomass"),
    ... )
    (28.0, 0.3, 900.0)
    """

    UNITS: ClassVar[tuple[str, ...]] = ("CNY/kWh", "CNY/kg", "CNY/m3")

    @classmethod
    def unit_at(cls, carrier: Carrier) -> str:
        """The unit that values of a carrier have."""
        return f"CNY/{COUNTED[carrier].amount}"


@dataclass(frozen=True)
class HeatingValue(_Carried):
    """Energy in a unit of a fuel, by its lower heating value.

    >>> HeatingValue.read("36 MJ/m3").at("gas"), HeatingValue.read("14.4 GJ/t").at("biomass")
    (10.0, 4000.0)
    """

    UNITS: ClassVar[tuple[str, ...]] = ("kWh/m3", "kWh/kg")
    LEAST: ClassVar[float | None] = 0.0

    @classmethod
    def unit_at(cls, carrier: Carrier) -> str:
        """The unit that values of a carrier have."""
        return f"kWh/{COUNTED[carrier].amount}"


def _form(examples: list[str]) -> WithJsonSchema:
    return WithJsonSchema({"unit_of": "bus", "anyOf": [{"type": "number"}, {"type": "string", "examples": examples}]})


CarriedRate = Annotated[
    Rate,
    PlainValidator(Rate.read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"unit_of": "bus", "anyOf": [{"type": "number"}, {"type": "string", "examples": ["3 MW", "2 t/h", "500 m3/h"]}]}
    ),
]
"""A rate, in a park file."""
CarriedAmount = Annotated[
    Amount,
    PlainValidator(Amount.read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"unit_of": "bus", "anyOf": [{"type": "number"}, {"type": "string", "examples": ["3 GWh", "2000 t", "5 万m3"]}]}
    ),
]
"""An amount, in a park file."""
CarriedPrice = Annotated[
    Price,
    PlainValidator(Price.read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"unit_of": "bus", "anyOf": [{"type": "number"}, {"type": "string", "examples": ["28 CNY/kg", "3.2 CNY/m3"]}]}
    ),
]
"""A price, in a park file."""
CarriedHeat = Annotated[
    HeatingValue,
    PlainValidator(HeatingValue.read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"unit_of": "bus", "anyOf": [{"type": "number"}, {"type": "string", "examples": ["35.6 MJ/m3", "15 GJ/t"]}]}
    ),
]
"""A heating value, in a park file."""
