"""Hydrogen: made by electrolyzers, compressed, kept in tanks, turned into electricity by fuel cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.commitment import Startable
from lingtan.park.assets.costs import Share, Upkeep
from lingtan.park.assets.part_load import PartLoad
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Running
from lingtan.park.assets.scale import MassScale, PowerScale
from lingtan.park.carriers import HYDROGEN_LHV_KWH_PER_KG
from lingtan.park.size import MassSize, PowerSize
from lingtan.tolerances import WRITTEN_RELATIVE
from lingtan.units import Efficiency, Quantity

HYDROGEN: Carriers = frozenset({"hydrogen"})
HEAT: Carriers = frozenset({"heat"})


class _Stack(Startable, PowerScale, Upkeep):
    """Cells between electricity and hydrogen, whose heat may be recovered."""

    power: PowerSize
    """Electric power at full load [kW]."""
    part_load: PartLoad | None = None
    """Efficiencies by the lower heating value at several loads; below the first of them it does not run."""
    heat_bus: Id | None = None
    """The bus that recovered heat is given to; none lets it go."""
    heat_share: Share = 0.0
    """Heat recovered per energy taken in [1]; what nobody needs of it wants a vent."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a new kilowatt of electric power [CNY/kW]."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @property
    def stated_efficiency(self) -> float | None:
        """The efficiency at full load that is given beside the curve, by the lower heating value [1]."""
        raise NotImplementedError

    @property
    def full_efficiency(self) -> float:
        """Output per input at full load, by the lower heating value [1]."""
        curve, stated = self.part_load, self.stated_efficiency
        if curve is not None:
            return curve.points[-1].efficiency
        assert stated is not None
        return stated

    @model_validator(mode="after")
    def _one_efficiency(self) -> Self:
        """One statement of the efficiency; output and recovered heat together never more than what goes in."""
        stated, curve = self.stated_efficiency, self.part_load
        if (stated is None) == (curve is None):
            got = "" if curve is None else "part_load, " + self.STATED
            raise InputError([Finding("park.one-efficiency", ".part_load", f"part_load | {self.STATED}", got)])
        best = max(point.efficiency for point in curve.points) if curve is not None else stated
        assert best is not None
        if best + self.heat_share > 1.0 + WRITTEN_RELATIVE:
            got = say_number(best + self.heat_share)
            raise InputError([Finding("park.more-out-than-in", ".heat_share", "≤ 1", got)])
        if (self.heat_bus is None) != (self.heat_share == 0.0):
            field = ".heat_bus" if self.heat_bus is None else ".heat_share"
            raise InputError([Finding("park.heat-half-said", field, "heat_bus, heat_share")])
        return self

    STATED: ClassVar[str]
    """The field that states the efficiency where there is no curve."""

    def capital(self) -> Iterator[Capital]:
        """The electric power."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)


class Electrolyzer(_Stack):
    """Water split by electricity: alkaline, PEM or solid oxide; its size is the electricity that it takes."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"input": ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": HYDROGEN, "heat_bus": HEAT}
    STATED: ClassVar[str] = "specific_energy"

    family: Literal["electrolyzer"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    bus: Id
    """The bus of hydrogen that it feeds."""
    specific_energy: Annotated[float, Quantity("kWh/kg", ge=HYDROGEN_LHV_KWH_PER_KG)] | None = None
    """Electricity per kilogram of hydrogen at any load, auxiliaries counted in [kWh/kg]; none where a curve says it."""
    variable_cost: Annotated[float, Quantity("CNY/kg", ge=0)] = 0.0
    """Cost of each kilogram beside its electricity: water, wear of the stack [CNY/kg]."""

    @property
    def stated_efficiency(self) -> float | None:
        """Of the specific energy."""
        return None if self.specific_energy is None else HYDROGEN_LHV_KWH_PER_KG / self.specific_energy

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What making hydrogen costs beside electricity."""
        yield Running("variable_operation", self.flow_at("bus", carrier_at), self.variable_cost)


class FuelCell(_Stack):
    """Electricity of hydrogen; its size is the electricity that it gives."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"fuel_bus": HYDROGEN}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY, "heat_bus": HEAT}
    STATED: ClassVar[str] = "efficiency"

    family: Literal["fuel_cell"]
    """The asset family."""
    fuel_bus: Id
    """The bus of its hydrogen."""
    bus: Id
    """The bus that it feeds electricity to."""
    efficiency: Efficiency | None = None
    """Electricity per lower heating value of the hydrogen at any load [1]; none where a curve says it."""
    variable_cost: Annotated[float, Quantity("CNY/kWh", ge=0)] = 0.0
    """Cost of each kilowatt-hour it gives, beside its hydrogen [CNY/kWh]."""

    @property
    def stated_efficiency(self) -> float | None:
        """As it is given."""
        return self.efficiency

    @model_validator(mode="after")
    def _no_standby(self) -> Self:
        if self.commitment is not None and self.commitment.standby_power is not None:
            raise InputError([Finding("park.no-standby", ".commitment.standby_power")])
        return self

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What giving electricity costs beside hydrogen."""
        yield Running("variable_operation", self.flow_at("bus", carrier_at), self.variable_cost)


class Compressor(Upkeep):
    """Hydrogen lifted from a bus of low pressure to one of high pressure."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"input": ELECTRICITY, "source_bus": HYDROGEN}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": HYDROGEN}

    family: Literal["compressor"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    source_bus: Id
    """The bus of hydrogen at low pressure."""
    bus: Id
    """The bus of hydrogen at high pressure."""
    power: PowerSize
    """Electric power at full load [kW]."""
    specific_energy: Annotated[float, Quantity("kWh/kg", gt=0, le=20)]
    """Electricity per kilogram of hydrogen that it takes in [kWh/kg]."""
    loss: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.0
    """Share of the hydrogen that leaks [1]."""
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


class HydrogenTank(MassScale, Upkeep):
    """Hydrogen kept for later, compressed or liquid."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": HYDROGEN}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": HYDROGEN}

    family: Literal["hydrogen_tank"]
    """The asset family."""
    bus: Id
    """The bus it is connected to."""
    mass: MassSize
    """Hydrogen that it can give; its content is 0 to 1 of it [kg]."""
    charge_limit: Annotated[float, Quantity("kg/h", ge=0)] | None = None
    """Most that it takes in; none means as much as there is room for [kg/h]."""
    discharge_limit: Annotated[float, Quantity("kg/h", ge=0)] | None = None
    """Most that it gives; none means as much as it holds [kg/h]."""
    capex: Annotated[float, Quantity("CNY/kg", ge=0)] = 0.0
    """Capital cost of room for a kilogram [CNY/kg]."""
    loss_per_day: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.0
    """Share of the content lost in a day at rest: boil-off of liquid hydrogen [1]."""
    wear_cost: Annotated[float, Quantity("CNY/kg", gt=0)] = 0.001
    """Cost of each kilogram taken out again [CNY/kg]; above zero, or filling and emptying at once could cost nothing."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def capital(self) -> Iterator[Capital]:
        """The room in it."""
        yield Capital("mass_kg", self.capex, self.life, self.om_share)

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What taking out costs."""
        yield Running("wear", "discharge_kg_per_h", self.wear_cost)
