"""The conversion of every family that turns carriers into others."""

from __future__ import annotations

from lingtan.park import (
    AbsorptionChiller,
    Boiler,
    Chp,
    CompressionChiller,
    Converting,
    ElectricBoiler,
    HeatExchanger,
    HeatPump,
    Turbine,
)
from lingtan.plant.absorption_chiller import absorption_chiller
from lingtan.plant.boiler import boiler
from lingtan.plant.chp import chp
from lingtan.plant.compression_chiller import compression_chiller
from lingtan.plant.conversion import Conversion, Levels
from lingtan.plant.electric_boiler import electric_boiler
from lingtan.plant.heat_exchanger import heat_exchanger
from lingtan.plant.heat_pump import heat_pump
from lingtan.plant.turbine import turbine


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
        case Turbine():
            return turbine(asset)
        case Chp():
            return chp(asset, levels)
        case CompressionChiller():
            return compression_chiller(asset, levels)
        case AbsorptionChiller():
            return absorption_chiller(asset)
