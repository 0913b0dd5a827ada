"""Battery: electricity moved in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from lingtan.fact import Id
from lingtan.park.assets.costs import Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Running
from lingtan.park.assets.scale import EnergyScale
from lingtan.park.size import EnergySize, PowerSize
from lingtan.units import Quantity

Efficiency = Annotated[float, Quantity("1", gt=0, le=1)]


class Battery(EnergyScale, Upkeep):
    """A battery with power (either direction) and usable energy as two sizes."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}

    family: Literal["battery"]
    """The asset family."""
    bus: Id
    """The bus it is connected to."""
    power: PowerSize
    """Charging and discharging power at the bus [kW]."""
    energy: EnergySize
    """Usable energy [kWh]; state of charge is 0 to 1 of it."""
    capex_power: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a kilowatt of power [CNY/kW]."""
    capex_energy: Annotated[float, Quantity("CNY/kWh", ge=0)]
    """Capital cost of a kilowatt-hour of usable energy [CNY/kWh]."""
    charge_efficiency: Efficiency = 0.95
    """Stored energy per energy taken from the bus [1]."""
    discharge_efficiency: Efficiency = 0.95
    """Energy given to the bus per energy taken from the store [1]."""
    standing_loss_per_day: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.001
    """Share of the stored energy lost in a day at rest [1]."""
    wear_cost: Annotated[float, Quantity("CNY/kWh", gt=0)] = 0.02
    """Cost of aging per discharged kilowatt-hour [CNY/kWh]; above zero, or charging and discharging at once could cost nothing."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def capital(self) -> Iterator[Capital]:
        """Power and energy, bought apart."""
        yield Capital("power_kw", self.capex_power, self.life, self.om_share)
        yield Capital("energy_kwh", self.capex_energy, self.life, self.om_share)

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """The aging that discharging causes."""
        yield Running("wear", "discharge_kw", self.wear_cost)
