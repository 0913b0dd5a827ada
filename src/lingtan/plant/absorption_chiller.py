"""Absorption chiller: cold from heat."""

from __future__ import annotations

from lingtan.park import AbsorptionChiller
from lingtan.plant.conversion import Conversion


def absorption_chiller(asset: AbsorptionChiller) -> Conversion:
    """A unit of cold takes 1/COP of heat; both together are rejected."""
    used = 1.0 / asset.cop
    return Conversion({"cold": {"bus": 1.0, "source_bus": -used, "reject_bus": 1.0 + used}})
