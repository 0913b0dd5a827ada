"""The conversion of every family that turns carriers into others."""

from __future__ import annotations

from lingtan.park import (
    AbsorptionChiller,
    Boiler,
    CompressionChiller,
    Compressor,
    Converting,
    ElectricBoiler,
    Electrolyzer,
    FuelCell,
    HeatExchanger,
    HeatPump,
    ProcessLoad,
    RecyclingLine,
)
from lingtan.park.assets import HydrogenPlant
from lingtan.plant.absorption_chiller import absorption_chiller
from lingtan.plant.boiler import boiler
from lingtan.plant.compression_chiller import compression_chiller
from lingtan.plant.compressor import compressor
from lingtan.plant.conversion import Conversion, Levels
from lingtan.plant.electric_boiler import electric_boiler
from lingtan.plant.electrolyzer import electrolyzer
from lingtan.plant.fuel_cell import fuel_cell
from lingtan.plant.heat_exchanger import heat_exchanger
from lingtan.plant.heat_pump import heat_pump
from lingtan.plant.process_load import process_load
from lingtan.plant.recycling_line import recycling_line


def conversion_of(asset: Converting, levels: Levels) -> Conversion:
    """What an asset does at its ports per unit of its activities."""
    match asset:
        case Boiler():
            return boiler(asset, levels)
        case ElectricBoiler():
            return electric_boiler(asset, levels)
        case HeatPump():
            return heat_pump(asset, levels)
        case HeatExchanger():
            return heat_exchanger(asset, levels)
        case CompressionChiller():
            return compression_chiller(asset, levels)
        case AbsorptionChiller():
            return absorption_chiller(asset)
        case Electrolyzer() | FuelCell() | Compressor():
            return _of_hydrogen(asset, levels)
        case RecyclingLine() | ProcessLoad():
            return _of_material(asset)


def _of_hydrogen(asset: HydrogenPlant, levels: Levels) -> Conversion:
    match asset:
        case Electrolyzer():
            return electrolyzer(asset)
        case FuelCell():
            return fuel_cell(asset, levels)
        case Compressor():
            return compressor(asset)


def _of_material(asset: RecyclingLine | ProcessLoad) -> Conversion:
    return recycling_line(asset) if isinstance(asset, RecyclingLine) else process_load(asset)
