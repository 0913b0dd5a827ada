"""The conversion of every family that turns carriers into others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lingtan.park import (
    AbsorptionChiller,
    Boiler,
    Chp,
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
    Turbine,
)
from lingtan.plant.absorption_chiller import absorption_chiller
from lingtan.plant.boiler import boiler
from lingtan.plant.chp import chp
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
from lingtan.plant.turbine import turbine

CONVERSIONS: Mapping[type, Callable[[Any, Levels], Conversion]] = {
    AbsorptionChiller: lambda asset, _: absorption_chiller(asset),
    Boiler: boiler,
    Chp: chp,
    CompressionChiller: compression_chiller,
    Compressor: lambda asset, _: compressor(asset),
    ElectricBoiler: electric_boiler,
    Electrolyzer: lambda asset, _: electrolyzer(asset),
    FuelCell: fuel_cell,
    HeatExchanger: heat_exchanger,
    HeatPump: heat_pump,
    ProcessLoad: lambda asset, _: process_load(asset),
    RecyclingLine: lambda asset, _: recycling_line(asset),
    Turbine: lambda asset, _: turbine(asset),
}
"""By family, what states its conversion."""


def conversion_of(asset: Converting, levels: Levels) -> Conversion:
    """What an asset does at its ports per unit of its activities."""
    return CONVERSIONS[type(asset)](asset, levels)
