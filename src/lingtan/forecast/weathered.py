"""A naive forecast moved by how the weather to come differs from that of the day before: what a planner makes of issued weather.

One regression through the origin, of what a day differed from the day before on what its weather did. It teaches itself on
weather as it was forecast half a day ahead, so that it trusts a forecast no more than forecasts deserved; and on its newest days
it must have been better than the naive forecast, or it steps back to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.forecast.subject import Kind
from lingtan.series import Quality, Series

Array = NDArray[np.float64]

CHECKED_DAYS = 3
"""The newest days, which it is tried on before it is believed."""

BETTER = 0.95
"""Its error there against that of the naive forecast, at most: less than that may be chance."""

LEAST_DAYS = 5
"""So many days of measurements with weather, in steps, there must be."""

SHRINK = 0.01
"""Ridge, as a share of each column's own sum of squares: two hinges of temperature may stand still for weeks."""

WARM_C, COOL_C, RATED_M_PER_S = 22.0, 15.0, 12.0
"""From where rooms are cooled, below where they are heated, and the wind at which a turbine gives what it can."""

QUANTITY: Mapping[Kind, str] = {"load": "temperature_c", "pv": "ghi_w_per_m2", "wind": "wind_m_per_s"}
"""What moves a target of each kind; prices are moved by none."""


@dataclass(frozen=True, eq=False)
class Ahead:
    """One quantity of weather: in the known past as it was last said at each step (T,), as it was said half a day before (T,),
    and to come (H,); NaN where nothing was said.
    """

    then: Array
    before: Array
    coming: Array


def weathered(known: Series, naive: Series, kind: Kind, weather: Ahead, capacity: float | None = None) -> Series | None:
    """The naive forecast of the day after `known` (H ≤ one day), moved by the weather; None where it steps back to naive.

    Steps of the future without weather stay naive. The result lies between 0 and the capacity.
    """
    day = known.grid.steps_per_day
    columns = _columns(kind, weather)
    if columns is None or known.grid.end != naive.grid.start or naive.grid.steps > day or known.grid.steps <= day:
        return None
    then, before, coming = columns
    change = known.values[day:] - known.values[:-day]
    moves = before[day:] - then[:-day]
    measured = known.quality == Quality.MEASURED
    usable = measured[day:] & measured[:-day] & np.isfinite(moves).all(axis=1)
    newest = np.zeros(usable.size, dtype=bool)
    newest[-CHECKED_DAYS * day :] = True
    learned, tried = usable & ~newest, usable & newest
    if usable.sum() < LEAST_DAYS * day or not learned.any() or not tried.any():
        return None
    left = change[tried] - moves[tried] @ _slopes(moves[learned], change[learned])
    if np.abs(left).mean() >= BETTER * np.abs(change[tried]).mean():
        return None
    moved = (coming - then[-day:][: naive.grid.steps]) @ _slopes(moves[usable], change[usable])
    values = np.clip(naive.values + np.where(np.isfinite(moved), moved, 0.0), 0.0, capacity)
    return Series.of(naive.name, values, naive.unit, naive.grid, Quality.ASSUMED)


def _slopes(moves: Array, change: Array) -> Array:
    square = moves.T @ moves
    ridge = np.diag(SHRINK * np.diag(square) + np.finfo(float).tiny)
    return np.asarray(np.linalg.lstsq(square + ridge, moves.T @ change, rcond=None)[0])


def _columns(kind: Kind, weather: Ahead) -> tuple[Array, Array, Array] | None:
    """What the weather does to a target of a kind, (T, C), (T, C) and (H, C)."""
    if kind not in QUANTITY:
        return None
    return _effect(kind, weather.then), _effect(kind, weather.before), _effect(kind, weather.coming)


def _effect(kind: Kind, quantity: Array) -> Array:
    """Heating and cooling of a temperature, irradiance as it is, the power in the wind up to what a turbine is rated for."""
    if kind == "load":
        return np.stack([np.maximum(quantity - WARM_C, 0.0), np.maximum(COOL_C - quantity, 0.0)], axis=1)
    if kind == "wind":
        return np.asarray((np.minimum(quantity, RATED_M_PER_S) / RATED_M_PER_S)[:, None] ** 3)
    return quantity[:, None]
