"""Boiler: heat from fuel."""

from __future__ import annotations

from lingtan.park import Boiler
from lingtan.plant.conversion import Conversion, Levels


def boiler(asset: Boiler, levels: Levels) -> Conversion:
    """A unit of heat takes its energy in fuel, by the lower heating value."""
    fuel = 1.0 / (asset.efficiency * levels.kwh_per_unit(asset.fuel_bus))
    return Conversion({"heat": {"bus": 1.0, "fuel_bus": -fuel}})
