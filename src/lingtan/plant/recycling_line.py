"""Recycling line: material into product by electricity. An activity of 1 kW is 1 kW of electricity."""

from __future__ import annotations

from lingtan.park import RecyclingLine
from lingtan.plant.conversion import Conversion


def recycling_line(asset: RecyclingLine) -> Conversion:
    """A kilowatt-hour takes 1 / specific energy of material and gives its share as product."""
    taken = 1.0 / asset.specific_energy
    return Conversion({"recycling": {"input": -1.0, "source_bus": -taken, "bus": taken * asset.product_share}})
