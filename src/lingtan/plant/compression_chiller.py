"""Compression chiller: what cold costs, from the temperatures between which heat is lifted."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lingtan.park import CompressionChiller
from lingtan.plant.ambient import Array
from lingtan.plant.conversion import Coefficient, Conversion, Levels
from lingtan.plant.heat_pump import HIGHEST_COP, KELVIN


def cooling_performance(cold_c: ArrayLike, reject_c: ArrayLike, quality: float, pinch_k: float) -> Array:
    """Cold out per electricity in [1]: a share of Carnot's between the temperatures inside the machine, up to `HIGHEST_COP`.

    >>> float(cooling_performance(7.0, 35.0, 0.5, 0.0).round(3))
    5.003
    """
    cold = np.asarray(cold_c, dtype=np.float64) - pinch_k + KELVIN
    lift = np.asarray(reject_c, dtype=np.float64) + pinch_k + KELVIN - cold
    return np.asarray(np.minimum(quality * cold / np.maximum(lift, 1e-9), HIGHEST_COP))


def compression_chiller(asset: CompressionChiller, levels: Levels) -> Conversion:
    """A unit of cold takes 1/COP of electricity; both together are rejected."""
    if asset.cop is not None:
        cop = np.asarray(asset.cop)
    else:
        reject = _reject_c(asset, levels)
        cop = cooling_performance(levels.temperature_c(asset.bus), reject, asset.quality, asset.pinch)
    used = 1.0 / cop
    ports: dict[str, Coefficient] = {"bus": 1.0, "input": -used, "reject_bus": 1.0 + used}
    return Conversion({"cold": ports})


def _reject_c(asset: CompressionChiller, levels: Levels) -> ArrayLike:
    if asset.reject_bus is not None:
        return levels.temperature_c(asset.reject_bus)
    if levels.outside_c is None:
        raise ValueError("a chiller that rejects to the air needs the outside temperature")
    return levels.outside_c
