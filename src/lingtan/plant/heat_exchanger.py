"""Heat exchanger: heat of a hotter bus given to a colder one."""

from __future__ import annotations

from lingtan.park import HeatExchanger
from lingtan.plant.conversion import Conversion, Levels


def heat_exchanger(asset: HeatExchanger, _: Levels) -> Conversion:
    """A unit of heat takes a little more than a unit of the source; what is lost warms the hall."""
    return Conversion({"heat": {"bus": 1.0, "source_bus": -1.0 / asset.efficiency}})
