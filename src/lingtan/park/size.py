"""A size is a fixed quantity or a range to decide in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.units import ApparentPowerKva, EnergyKwh, PowerKw, Quantity


class _Size(Fact):
    """`10 MW` fixes a size, `{min: 0 MW, max: 30 MW}` leaves it to the optimizer, with `module: 5 MW` in whole modules."""

    quantity: ClassVar[str]
    """What terms and summaries call it, behind the name of what has it: `battery.power_kw`."""
    unit: ClassVar[str]
    min: float
    max: float
    module: float | None

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, value: Any) -> Any:
        return value if isinstance(value, dict | cls) else {"min": value, "max": value}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            expected, got = f"≤ max {say_number(self.max)} {self.unit}", f"{say_number(self.min)} {self.unit}"
            raise InputError([Finding("park.range-reversed", ".min", expected, got)])
        if self.module is not None and self.module > self.max:
            expected, got = f"≤ max {say_number(self.max)} {self.unit}", f"{say_number(self.module)} {self.unit}"
            raise InputError([Finding("park.module-beyond-range", ".module", expected, got)])
        return self

    @property
    def free(self) -> bool:
        """Whether there is something to decide."""
        return self.max > self.min

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        ranged = handler.resolve_ref_schema(handler(core))
        scalar = [{"type": "number", "unit": cls.unit}, {"type": "string", "examples": [f"10 {cls.unit}"]}]
        return {"description": cls.__doc__, "anyOf": [*scalar, ranged]}


class PowerSize(_Size):
    """A power, fixed or to decide: `10 MW`, or `{min: 0 MW, max: 30 MW}`."""

    quantity, unit = "power_kw", "kW"
    min: PowerKw
    """Least power [kW]."""
    max: PowerKw
    """Most power [kW]."""
    module: Annotated[float, Quantity("kW", gt=0)] | None = None
    """Built in whole modules of this much [kW]; none means any size."""


class EnergySize(_Size):
    """An energy content, fixed or to decide: `20 MWh`, or `{min: 0 MWh, max: 60 MWh}`."""

    quantity, unit = "energy_kwh", "kWh"
    min: EnergyKwh
    """Least energy [kWh]."""
    max: EnergyKwh
    """Most energy [kWh]."""
    module: Annotated[float, Quantity("kWh", gt=0)] | None = None
    """Built in whole modules of this much [kWh]; none means any size."""


class ApparentSize(_Size):
    """A transformer capacity, fixed or to decide: `63 MVA`, or `{min: 40 MVA, max: 80 MVA}`."""

    quantity, unit = "capacity_kva", "kVA"
    min: ApparentPowerKva
    """Least capacity [kVA]."""
    max: ApparentPowerKva
    """Most capacity [kVA]."""
    module: Annotated[float, Quantity("kVA", gt=0)] | None = None
    """Built in whole modules of this much [kVA]; none means any size."""


class MassSize(_Size):
    """A mass that can be held, fixed or to decide: `2 t`, or `{min: 0 kg, max: 5 t}`."""

    quantity, unit = "mass_kg", "kg"
    min: Annotated[float, Quantity("kg", ge=0)]
    """Least mass [kg]."""
    max: Annotated[float, Quantity("kg", ge=0)]
    """Most mass [kg]."""
    module: Annotated[float, Quantity("kg", gt=0)] | None = None
    """Built in whole modules of this much [kg]; none means any size."""


class ExtentSize(_Size):
    """How much of something is done, fixed or to decide: `1`, or `{min: 0, max: 1}`."""

    quantity, unit = "extent_pu", "1"
    min: Annotated[float, Quantity("1", ge=0, le=1)]
    """Least extent [1]."""
    max: Annotated[float, Quantity("1", ge=0, le=1)]
    """Most extent [1]."""
    module: Annotated[float, Quantity("1", gt=0)] | None = None
    """Done in whole parts of this much [1]; none means any part."""


AnySize = PowerSize | EnergySize | ApparentSize | MassSize | ExtentSize
UNITS: Mapping[str, str] = MappingProxyType(
    {each.quantity: each.unit for each in (PowerSize, EnergySize, ApparentSize, MassSize, ExtentSize)}
)
"""The unit of each quantity that a size may be."""


class Sized(NamedTuple):
    """A size of an asset or a connection, and where the park file has it."""

    section: Literal["assets", "connections"]
    owner: str
    field: str
    size: AnySize

    @property
    def name(self) -> str:
        """What terms call it: `battery.power_kw`."""
        return f"{self.owner}.{self.size.quantity}"

    @property
    def cell(self) -> str:
        """Where it stands, as findings write it: `assets.battery.power`."""
        return f"{self.section}.{self.owner}.{self.field}"


def sizes_in(section: Literal["assets", "connections"], things: Mapping[str, Fact]) -> Iterator[Sized]:
    """The sizes of some assets or connections, in the order of the file and of their fields."""
    for owner, thing in things.items():
        for field in type(thing).model_fields:
            if isinstance(size := getattr(thing, field), AnySize):
                yield Sized(section, owner, field, size)
