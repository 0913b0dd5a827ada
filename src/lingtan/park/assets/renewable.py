"""PV and wind: power that the weather offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Fact, Id, Prose
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.costs import Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Ported, Running
from lingtan.park.assets.scale import PowerScale
from lingtan.park.size import PowerSize
from lingtan.tolerances import ROUNDING_RELATIVE
from lingtan.units import Quantity


class _Renewable(PowerScale, Upkeep):
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    SERIES: ClassVar[tuple[str, ...]] = ("availability",)

    bus: Id
    """The bus it feeds."""
    availability: Id
    """A series without unit: available power per installed power, 0 to 1."""
    power: PowerSize
    """Installed power (PV: peak power of the modules) [kW]."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)]
    """Capital cost of a new kilowatt [CNY/kW]."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""
    variable_cost: Annotated[float, Quantity("CNY/kWh", ge=0)] = 0.0
    """Cost of each delivered kilowatt-hour [CNY/kWh]."""

    def capital(self) -> Iterator[Capital]:
        """The installed power."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What delivering costs."""
        yield Running("variable_operation", "generation_kw", self.variable_cost)


class Roof(Fact):
    """Roofs that modules may stand on: what they carry bounds the installed power."""

    area: Annotated[float, Quantity("m2", gt=0)]
    """Usable roof area [m2]."""
    power_per_area: Annotated[float, Quantity("kW/m2", gt=0, le=0.3)]
    """Peak power of modules that a square meter carries, aisles and shade counted in [kW/m2]."""

    @property
    def power_kw(self) -> float:
        """The most that the roofs carry [kW]."""
        return self.area * self.power_per_area


class Pv(_Renewable):
    """Photovoltaics."""

    family: Literal["pv"]
    """The asset family."""
    roof: Roof | None = None
    """The roofs it stands on; none where the ground or the permit is the bound."""

    @model_validator(mode="after")
    def _on_the_roof(self) -> Self:
        if self.roof is not None and self.power.max > self.roof.power_kw * (1.0 + ROUNDING_RELATIVE):
            expected, got = f"≤ {say_number(self.roof.power_kw)} kW", f"{say_number(self.power.max)} kW"
            raise InputError([Finding("park.beyond-roof", ".power", expected, got)])
        return self


class Wind(_Renewable):
    """Wind turbines."""

    family: Literal["wind"]
    """The asset family."""


LineSource = Literal["hydro", "nuclear", "wind", "pv", "biomass", "fossil", "unknown"]


class FirmLine(Ported):
    """A direct line with contracted power: hydropower from a neighbor, another plant, an import line."""

    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    SERIES: ClassVar[tuple[str, ...]] = ("availability",)

    family: Literal["firm_line"]
    """The asset family."""
    bus: Id
    """The bus it feeds."""
    source: LineSource
    """What generates the power; only non-fossil kinds count as direct non-fossil supply."""
    power: PowerSize
    """Contracted power at the park's end of the line [kW]."""
    price: Annotated[float, Quantity("CNY/kWh", ge=0)]
    """Contract price of a delivered kilowatt-hour [CNY/kWh]."""
    legal_basis: Prose
    """The contract or document that the supply rests on; `assumed: …` where there is none yet."""
    availability: Id | None = None
    """A series without unit, 0 to 1 of the contracted power; none means always available."""
    loss: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.0
    """Line loss that the contract charges on delivered energy [1]."""
    must_take: bool = False
    """Whether all available energy is paid for, taken or not."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @property
    def non_fossil(self) -> bool:
        """Whether annex 4 counts a direct supply of this kind with factor zero."""
        return self.source not in {"fossil", "unknown"}
