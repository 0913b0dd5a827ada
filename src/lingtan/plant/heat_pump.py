"""Heat pump: what lifting heat costs, from the temperatures between which it is lifted."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lingtan.park import HeatPump
from lingtan.plant.ambient import Array
from lingtan.plant.conversion import Coefficient, Conversion, Levels

KELVIN = 273.15

HIGHEST_COP = 10.0
"""No machine on the market gives more, however small the lift; Carnot alone would promise any number."""


def coefficient_of_performance(source_c: ArrayLike, sink_c: ArrayLike, quality: float, pinch_k: float) -> Array:
    """Heat out per electricity in [1]: a share of Carnot's between the temperatures inside the machine, 1 to `HIGHEST_COP`.

    >>> float(coefficient_of_performance(30.0, 85.0, 0.5, 0.0).round(3))
    3.256
    """
    hot = np.asarray(sink_c, dtype=np.float64) + pinch_k + KELVIN
    cold = np.asarray(source_c, dtype=np.float64) - pinch_k + KELVIN
    lift = np.maximum(hot - cold, 1e-9)
    return np.asarray(np.clip(quality * hot / lift, 1.0, HIGHEST_COP))


def heat_pump(asset: HeatPump, levels: Levels) -> Conversion:
    """A unit of heat takes 1/COP of electricity, and the rest from the source, or from the air."""
    if asset.cop is not None:
        cop = np.asarray(asset.cop)
    else:
        source = _source_c(asset, levels)
        cop = coefficient_of_performance(source, levels.temperature_c(asset.bus), asset.quality, asset.pinch)
    used = 1.0 / cop
    ports: dict[str, Coefficient] = {"bus": 1.0, "input": -used}
    if asset.source_bus is not None:
        ports["source_bus"] = used - 1.0
    return Conversion({"heat": ports})


def _source_c(asset: HeatPump, levels: Levels) -> ArrayLike:
    if asset.source_bus is not None:
        return levels.temperature_c(asset.source_bus)
    if levels.outside_c is None:
        raise ValueError("an air-source heat pump needs the outside temperature")
    return levels.outside_c
