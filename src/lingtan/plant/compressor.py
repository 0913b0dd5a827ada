"""Compressor: hydrogen from a low to a high pressure, for electricity. An activity of 1 kW is 1 kW of electricity."""

from __future__ import annotations

from lingtan.park import Compressor
from lingtan.plant.conversion import Conversion


def compressor(asset: Compressor) -> Conversion:
    """A kilowatt-hour lifts 1 / specific energy of hydrogen, less what leaks."""
    lifted = 1.0 / asset.specific_energy
    return Conversion({"lifting": {"input": -1.0, "source_bus": -lifted, "bus": lifted * (1.0 - asset.loss)}})
