"""Process load: product by electricity, heat and material. An activity of 1 kW is 1 kW of electricity."""

from __future__ import annotations

from lingtan.park import ProcessLoad
from lingtan.plant.conversion import Conversion


def process_load(asset: ProcessLoad) -> Conversion:
    """A kilowatt-hour makes 1 / specific energy of product, and takes what that needs."""
    tons = 1.0 / asset.specific_energy
    taken = {"input": -1.0, "heat_bus": -tons * asset.heat_per_ton, "source_bus": -tons * asset.material_per_ton}
    return Conversion({"production": taken})
