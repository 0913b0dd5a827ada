"""Battery: electricity moved in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError
from lingtan.park.assets.costs import Share, Upkeep
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
    wear: Literal["stated", "replacement"] = "stated"
    """Where the cost of aging comes from: `wear_cost` as stated, or what replacing the cells costs over their cycles."""
    charge_share: Annotated[float, Quantity("1", gt=0, le=1)] = 1.0
    """Most charging power, as a share of the power [1]."""
    discharge_share: Annotated[float, Quantity("1", gt=0, le=1)] = 1.0
    """Most discharging power, as a share of the power [1]."""
    reserve: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.0
    """Share of the usable energy that is never taken out [1]: the least depth, and what a back-up keeps."""
    cycle_life: Annotated[float, Quantity("1", gt=0)] = 6000.0
    """Full cycles of the new energy, counted at the cells as they discharge, until they are worn out [1]."""
    end_of_life: Share = 0.8
    """Share of the new energy at which cells count as worn out, by cycles or by the calendar [1]."""
    cycles_per_year: Annotated[float, Quantity("1", gt=0)] | None = None
    """Most full cycles in a year, as warranties have it [1]; none means as many as pay."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @model_validator(mode="after")
    def _wear_above_zero(self) -> Self:
        """Aging by replacement is nothing where replacement costs nothing."""
        if self.wear == "replacement" and self.capex_energy == 0.0:
            raise InputError([Finding("park.wear-of-nothing", ".capex_energy", "> 0 CNY/kWh", "0")])
        return self

    @property
    def aging_cost(self) -> float:
        """Cost of aging per kilowatt-hour discharged at the bus [CNY/kWh]: stated, or new cells over all that these will give."""
        if self.wear == "stated":
            return self.wear_cost
        return self.capex_energy / (self.cycle_life * self.discharge_efficiency)

    @property
    def replaced_after(self) -> int:
        """Years until it is replaced: its life, or less where its cycles are used up before at the most cycles of a year."""
        if self.cycles_per_year is None:
            return self.life
        return max(min(self.life, int(self.cycle_life / self.cycles_per_year)), 1)

    def capital(self) -> Iterator[Capital]:
        """Power and energy, bought apart and replaced together."""
        yield Capital("power_kw", self.capex_power, self.replaced_after, self.om_share)
        yield Capital("energy_kwh", self.capex_energy, self.replaced_after, self.om_share)

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """The aging that discharging causes."""
        yield Running("wear", "discharge_kw", self.aging_cost)
