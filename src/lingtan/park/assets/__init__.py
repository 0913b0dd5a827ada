"""The asset families of a park file: one module a family or a kin of families, told apart by `family`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lingtan.park.assets.battery import Battery
from lingtan.park.assets.chillers import AbsorptionChiller, CompressionChiller
from lingtan.park.assets.circular import RecyclingLine, Renovation
from lingtan.park.assets.cogeneration import Chp, Turbine
from lingtan.park.assets.demand import Demand
from lingtan.park.assets.ev_fleet import EvFleet
from lingtan.park.assets.flexible import FlexibleLoad, InterruptibleLoad, SheddableLoad, ShiftableLoad
from lingtan.park.assets.heat import Boiler, ElectricBoiler, HeatExchanger, HeatPump, ThermalStore
from lingtan.park.assets.hydrogen import Compressor, Electrolyzer, FuelCell, HydrogenTank
from lingtan.park.assets.links import Pipe, Transformer
from lingtan.park.assets.load import Load
from lingtan.park.assets.ports import Capital, Port, Ported, Running
from lingtan.park.assets.process import ProcessLoad
from lingtan.park.assets.profiled import Profiled
from lingtan.park.assets.renewable import FirmLine, Pv, Wind
from lingtan.park.assets.stream import Byproduct, WasteHeat
from lingtan.park.assets.supply import Sale, Supply, Vent
from lingtan.park.assets.thermostatic import ThermostaticLoad

Electric = Load | Pv | Wind | FirmLine | Battery | Transformer
"""Families of electricity alone: needs, what the weather or a contract offers, batteries, and transformers."""
HydrogenPlant = Electrolyzer | FuelCell | Compressor
"""Families that make, lift and use hydrogen."""
Converting = (
    Boiler
    | ElectricBoiler
    | HeatPump
    | HeatExchanger
    | Turbine
    | Chp
    | CompressionChiller
    | AbsorptionChiller
    | HydrogenPlant
    | RecyclingLine
    | ProcessLoad
)
"""Families that turn carriers into others (`plant.conversion`)."""
Yielding = ShiftableLoad | InterruptibleLoad | SheddableLoad | ThermostaticLoad | EvFleet
"""Families of loads that give way."""
Storing = ThermalStore | HydrogenTank
"""Families that keep something else than electricity."""
Stream = WasteHeat | Byproduct
"""Families that give what arises by itself."""
Link = Transformer | Pipe
"""Families that connect two buses of one carrier."""
Outside = Supply | Vent | Sale
"""Families that trade with what lies outside the park."""

Asset = Annotated[
    Electric | Yielding | Demand | Renovation | Storing | Converting | Stream | Pipe | Outside,
    Field(discriminator="family"),
]
"""Any asset of a park."""

__all__ = [
    "AbsorptionChiller",
    "Asset",
    "Battery",
    "Boiler",
    "Byproduct",
    "Capital",
    "Chp",
    "CompressionChiller",
    "Compressor",
    "Converting",
    "Demand",
    "Electric",
    "ElectricBoiler",
    "Electrolyzer",
    "EvFleet",
    "FirmLine",
    "FlexibleLoad",
    "FuelCell",
    "HeatExchanger",
    "HeatPump",
    "HydrogenPlant",
    "HydrogenTank",
    "InterruptibleLoad",
    "Link",
    "Load",
    "Outside",
    "Pipe",
    "Port",
    "Ported",
    "ProcessLoad",
    "Profiled",
    "Pv",
    "RecyclingLine",
    "Renovation",
    "Running",
    "Sale",
    "SheddableLoad",
    "ShiftableLoad",
    "Storing",
    "Stream",
    "Supply",
    "ThermalStore",
    "ThermostaticLoad",
    "Transformer",
    "Turbine",
    "Vent",
    "WasteHeat",
    "Wind",
    "Yielding",
]
