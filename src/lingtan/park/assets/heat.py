"""Heat: boilers, heat pumps, heat exchangers and thermal stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from lingtan.fact import Id
from lingtan.park.assets.commitment import Startable
from lingtan.park.assets.costs import Share, Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Running
from lingtan.park.assets.scale import EnergyScale, PowerScale
from lingtan.park.carriers import BURNT, WARM
from lingtan.park.size import EnergySize, PowerSize
from lingtan.units import Efficiency, Quantity

HEAT: Carriers = frozenset({"heat"})
STORED: Carriers = frozenset({"heat", "steam", "cooling"})


class Machine(Startable, PowerScale, Upkeep):
    """What is bought by its power and has a cost of running."""

    power: PowerSize
    """Installed power of what it gives [kW]."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a new kilowatt [CNY/kW]."""
    variable_cost: Annotated[float, Quantity("CNY/kWh", ge=0)] = 0.0
    """Cost of each kilowatt-hour it gives, beside its input [CNY/kWh]."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def capital(self) -> Iterator[Capital]:
        """The installed power."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What giving costs."""
        yield Running("variable_operation", self.flow_at("bus", carrier_at), self.variable_cost)


class Boiler(Machine):
    """A boiler that burns gas, by-product gas, biomass or hydrogen."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"fuel_bus": BURNT}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": WARM}

    family: Literal["boiler"]
    """The asset family."""
    fuel_bus: Id
    """The bus of its fuel."""
    bus: Id
    """The bus of heat or steam that it feeds."""
    efficiency: Efficiency = 0.92
    """Heat out per energy in, by the lower heating value [1]."""


class ElectricBoiler(Machine):
    """An electrode or resistance boiler."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"input": ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": WARM}

    family: Literal["electric_boiler"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    bus: Id
    """The bus of heat or steam that it feeds."""
    efficiency: Efficiency = 0.98
    """Heat out per electricity in [1]."""


class HeatPump(Machine):
    """A heat pump: heat of a lower temperature lifted by electricity."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"input": ELECTRICITY, "source_bus": HEAT}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": WARM}

    family: Literal["heat_pump"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    bus: Id
    """The bus of heat that it feeds."""
    source_bus: Id | None = None
    """The bus of heat that it lifts; none means the outside air."""
    cop: Annotated[float, Quantity("1", gt=1, le=20)] | None = None
    """Heat out per electricity in, the same all year; none computes it from the temperatures [1]."""
    quality: Share = 0.5
    """Share of the ideal (Carnot) coefficient of performance that the machine reaches [1]."""
    pinch: Annotated[float, Quantity("K", ge=0, le=50)] = 5.0
    """Temperature difference that each of its two heat exchangers takes [K]."""


class HeatExchanger(Machine):
    """Heat or steam handed down: from a hotter bus to a colder one, or steam let down from a higher pressure to a lower one."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"source_bus": WARM}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": WARM}

    family: Literal["heat_exchanger"]
    """The asset family."""
    source_bus: Id
    """The hotter bus, which it takes from."""
    bus: Id
    """The colder bus, which it feeds."""
    efficiency: Efficiency = 0.98
    """Heat given per heat taken [1]."""


class ThermalStore(EnergyScale, Upkeep):
    """Hot water, steam or chilled water kept for later."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": STORED}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": STORED}

    family: Literal["thermal_store"]
    """The asset family."""
    bus: Id
    """The bus it is connected to."""
    power: PowerSize
    """Charging and discharging power at the bus [kW]."""
    energy: EnergySize
    """Usable energy; its content is 0 to 1 of it [kWh]."""
    capex_power: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a kilowatt of power [CNY/kW]."""
    capex_energy: Annotated[float, Quantity("CNY/kWh", ge=0)] = 0.0
    """Capital cost of a kilowatt-hour of usable energy [CNY/kWh]."""
    charge_efficiency: Efficiency = 0.99
    """Stored energy per energy taken from the bus [1]."""
    discharge_efficiency: Efficiency = 0.99
    """Energy given to the bus per energy taken from the store [1]."""
    standing_loss_per_day: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.02
    """Share of the stored energy lost in a day at rest [1]."""
    wear_cost: Annotated[float, Quantity("CNY/kWh", gt=0)] = 0.0005
    """Cost of each kilowatt-hour taken out again [CNY/kWh]; above zero, or filling and emptying at once could cost nothing."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def capital(self) -> Iterator[Capital]:
        """Power and energy, bought apart."""
        yield Capital("power_kw", self.capex_power, self.life, self.om_share)
        yield Capital("energy_kwh", self.capex_energy, self.life, self.om_share)

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What moving energy costs."""
        yield Running("wear", "discharge_kw", self.wear_cost)
