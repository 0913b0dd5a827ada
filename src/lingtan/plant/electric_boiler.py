"""Electric boiler: heat from electricity."""

from __future__ import annotations

from lingtan.park import ElectricBoiler
from lingtan.plant.conversion import Conversion, Levels


def electric_boiler(asset: ElectricBoiler, _: Levels) -> Conversion:
    """A unit of heat takes a little more than a unit of electricity."""
    return Conversion({"heat": {"bus": 1.0, "input": -1.0 / asset.efficiency}})
