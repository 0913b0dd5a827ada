"""Prices by bands: the first so many units at one price, the next at another; energy of a tariff, or what is built."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def check_bands(who: str, breaks: tuple[float, ...], slopes: tuple[float, ...]) -> None:
    """Raise ValueError unless the breaks ascend and there is one slope more than breaks."""
    if len(slopes) != len(breaks) + 1 or list(breaks) != sorted(set(breaks)):
        raise ValueError(f"{who}: expected ascending breaks and one slope more than breaks")


def band_amounts(energy: Array, breaks: tuple[float, ...], slopes: tuple[float, ...]) -> Array:
    """Price amounts by bands: the first `breaks[0]` units at `slopes[0]`, the next at `slopes[1]`, and so on.

    Written as the optimizer lowers it: all energy at the first slope, and each rise in price on the energy above its break.

    >>> band_amounts(np.array([-50.0, 50.0, 150.0]), (100.0,), (1.0, 2.0)).tolist()
    [-50.0, 50.0, 200.0]
    """
    above = np.maximum(energy[:, None] - np.array(breaks), 0.0)
    return np.asarray(energy * slopes[0] + above @ np.diff(slopes))
