"""Fleet of electric vehicles: batteries that come and go, that must be full enough when they leave, and may give back meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.costs import Share, Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Running
from lingtan.park.assets.scale import PowerScale
from lingtan.park.size import PowerSize
from lingtan.tolerances import WRITTEN_RELATIVE
from lingtan.units import Efficiency, Quantity

Clock = Annotated[float, Quantity("h", ge=0, le=24)]


class EvFleet(PowerScale, Upkeep):
    """Vehicles that are alike, as one battery whose bounds follow how many of them are plugged in."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "charge"}
    SERIES: ClassVar[tuple[str, ...]] = ("plugged",)
    USED: ClassVar[str] = "driving_kw"
    """The flow of what it uses for its own sake."""

    family: Literal["ev_fleet"]
    """The asset family."""
    bus: Id
    """The bus of its charge points."""
    vehicles: Annotated[float, Quantity("1", gt=0)]
    """How many vehicles there are [1]."""
    battery: Annotated[float, Quantity("kWh", gt=0)]
    """Usable energy of one vehicle [kWh]."""
    vehicle_power: Annotated[float, Quantity("kW", gt=0)]
    """Most that one vehicle charges with, at the bus [kW]."""
    power: PowerSize
    """Power of all charge points together, at the bus [kW]; `module` is the power of one of them."""
    plugged: Id | None = None
    """A series of the share of the vehicles that is plugged in [1]; each fall of it is vehicles that leave for a trip."""
    arrives: Clock | None = None
    """Hour of the day when all of them come, where no series says it [h]."""
    leaves: Clock | None = None
    """Hour of the day when all of them leave, where no series says it [h]."""
    trip: Annotated[float, Quantity("kWh", ge=0)]
    """Energy that a vehicle uses from leaving until it is back [kWh]."""
    leaves_with: Share = 0.9
    """State of charge that each vehicle leaves with [1]."""
    reserve: Share = 0.1
    """State of charge that no vehicle falls below while it is plugged in [1]."""
    v2g: Share = 0.0
    """Share of the charging power that may be given back to the bus (V2G); 0 means that it only charges [1]."""
    charge_efficiency: Efficiency = 0.92
    """Stored energy per energy taken from the bus [1]."""
    discharge_efficiency: Efficiency = 0.92
    """Energy given to the bus per energy taken from the batteries [1]."""
    wear_cost: Annotated[float, Quantity("CNY/kWh", gt=0)] = 0.1
    """Cost of aging, and what owners are paid, per kilowatt-hour given back [CNY/kWh]; above zero, or a circle costs nothing."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a new kilowatt of charge points [CNY/kW]."""
    shortfall_price: Annotated[float, Quantity("CNY/kWh", gt=0)] = 50.0
    """Price of energy that vehicles leave without [CNY/kWh]; high enough that it is never cheap, and never part of a bill."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        found = []
        times = [each for each in (self.arrives, self.leaves) if each is not None]
        if len(times) != (2 if self.plugged is None else 0):
            found.append(Finding("park.plugged-half-said", ".plugged"))
        elif len(times) == 2 and (times[0] - times[1]) % 24.0 == 0.0:
            found.append(
                Finding("park.never-away", ".leaves", f"≠ {say_number(times[0])} h", f"{say_number(times[1])} h")
            )
        most = (self.leaves_with - self.reserve) * self.battery
        if self.trip > most * (1.0 + WRITTEN_RELATIVE):
            expected, got = f"≤ {say_number(round(max(most, 0.0), 3))} kWh", f"{say_number(self.trip)} kWh"
            found.append(Finding("park.trip-beyond-battery", ".trip", expected, got))
        if found:
            raise InputError(found)
        return self

    @property
    def energy_kwh(self) -> float:
        """Usable energy of all vehicles together [kWh]."""
        return self.vehicles * self.battery

    def flows(self, _: CarrierAt) -> Iterator[str]:
        """What it takes and gives back at its bus; what driving needs, what of that the batteries give, and what is missing."""
        yield from ("charge_kw", "discharge_kw", self.USED, "driven_kw", "shortfall_kw")

    def capital(self) -> Iterator[Capital]:
        """The charge points."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """The aging that giving back causes."""
        yield Running("wear", "discharge_kw", self.wear_cost)
