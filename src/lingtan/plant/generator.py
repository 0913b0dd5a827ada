"""What PV and wind share: power that the weather offers, delivered up to a limit."""

from __future__ import annotations

import numpy as np

from lingtan.plant.ambient import Array


def offered_kw(rated_kw: float, available_pu: Array) -> Array:
    """Power that is there to be taken [kW]; a share outside 0 … 1 is cut to it."""
    return rated_kw * np.clip(available_pu, 0.0, 1.0)


def limited_kw(available_kw: Array, limit_kw: Array | None) -> Array:
    """What of it is delivered under a limit; none delivers all, one below zero nothing."""
    return available_kw if limit_kw is None else np.minimum(available_kw, np.maximum(limit_kw, 0.0))
