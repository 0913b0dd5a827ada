"""Doing with less: equipment renovated once and for all, materials used again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError
from lingtan.park.assets.costs import Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Running
from lingtan.park.size import ExtentSize, PowerSize
from lingtan.units import Quantity

MATERIAL: Carriers = frozenset({"material"})


class Renovation(Upkeep):
    """Pay once, use less: motors, drives, insulation, lighting; done as a whole or in part."""

    family: Literal["renovation"]
    """The asset family."""
    of: Id
    """The load or the demand that needs less by it."""
    extent: ExtentSize = ExtentSize(min=0.0, max=1.0)
    """How much of it is done: 0 is nothing, 1 the whole [1]."""
    saving: Annotated[float, Quantity("1", gt=0, le=1)]
    """Share of the need that the whole renovation saves, at any moment [1]."""
    capex: Annotated[float, Quantity("CNY", ge=0)]
    """Capital cost of the whole renovation [CNY]."""
    member: Id | None = None
    """The enterprise that pays for it."""
    meter: Id | None = None
    """The meter that counts it."""

    def capital(self) -> Iterator[Capital]:
        """The part that is done."""
        yield Capital("extent_pu", self.capex, self.life, self.om_share)


class RecyclingLine(Upkeep):
    """Slag, scrap or tailings made into something of use by electricity: a product on a bus, a saving outside, or both."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"input": ELECTRICITY, "source_bus": MATERIAL}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": MATERIAL}

    family: Literal["recycling_line"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    source_bus: Id
    """The bus of the material that it takes."""
    bus: Id | None = None
    """The bus of its product; none where the product is counted by `saving` alone."""
    power: PowerSize
    """Electric power at full load [kW]."""
    specific_energy: Annotated[float, Quantity("kWh/t", gt=0)]
    """Electricity per ton taken in [kWh/t]."""
    product_share: Annotated[float, Quantity("1", gt=0, le=1)] = 1.0
    """Product per material taken in [1]."""
    saving: Annotated[float, Quantity("CNY/t", ge=0)] = 0.0
    """What each ton taken in saves outside the park's buses: landfill fees, ore that is not bought [CNY/t]."""
    variable_cost: Annotated[float, Quantity("CNY/t", ge=0)] = 0.0
    """Cost of each ton taken in beside electricity [CNY/t]."""
    carbon_effect: Annotated[float, Quantity("t/t")] = 0.0
    """Emissions avoided per ton taken in, outside the park [t/t]; above zero avoids. Kept for the record: no account counts it."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a new kilowatt of electric power [CNY/kW]."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @model_validator(mode="after")
    def _two_buses(self) -> Self:
        if self.source_bus == self.bus:
            raise InputError([Finding("park.same-bus", ".source_bus", got=self.bus)])
        return self

    def capital(self) -> Iterator[Capital]:
        """The electric power."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What a ton costs less what it saves."""
        yield Running("recycling", self.flow_at("source_bus", carrier_at), self.variable_cost - self.saving)
