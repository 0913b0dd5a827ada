"""Turbine: electricity from steam or heat; what it does not take, less its losses, goes on at a lower level."""

from __future__ import annotations

from lingtan.park import Turbine
from lingtan.plant.conversion import Conversion


def turbine(asset: Turbine) -> Conversion:
    """A unit of electricity takes 1 / efficiency of the source; the exhaust has what is neither electricity nor lost."""
    taken = 1.0 / asset.efficiency
    exhaust = taken * (1.0 - asset.efficiency - asset.loss)
    ways = {"power": {"bus": 1.0, "source_bus": -taken, "exhaust_bus": exhaust}}
    return Conversion(ways)
