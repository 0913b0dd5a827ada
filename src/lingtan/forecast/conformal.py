"""Honest quantiles: a point forecast plus the quantiles of its own errors of late, on days it had not learned from.

Adding quantiles of one set of errors to one number cannot cross. Errors are pooled by slot with its neighbors (load, price) or by
the level of the forecast (wind and sun, whose errors depend on it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lingtan.forecast.days import Days, Values

Pool = Literal["slot", "level"]


@dataclass(frozen=True)
class Conformal:
    """How errors become quantiles: pooled by `pool`, over at most `days` days; `reach_hours` of neighbors to each side of a slot,
    or the `share` of errors nearest in level. Before that `drift_share` of the mean error of the newest `drift_days` at the
    same slot is taken out: what a model misses for a fortnight it will miss tomorrow. An `even` band takes each error with both
    signs, so that the median is the point itself: a naive forecast is what its name says."""

    pool: Pool = "slot"
    days: int = 60
    reach_hours: float = 1.0
    share: float = 0.1
    drift_days: int = 14
    drift_share: float = 0.0
    even: bool = False

    def drift(self, errors: Values, lag: int, stuck: Values | None = None, cut: Days | None = None) -> Values:
        """What to add to each forecast (N, H) for the errors known at its gate: those of rows at least `lag` before it.

        Of a stuck meter nothing is taken: values whose run was known to be one, from slot `stuck` (N, H), at the gate of
        a row, whose last slot is `cut` (N,).
        """
        added = np.zeros_like(errors)
        if self.drift_share == 0.0:
            return added
        for row in range(lag, len(errors)):
            late = slice(max(row - lag + 1 - self.drift_days, 0), row - lag + 1)
            newest = errors[late]
            if stuck is not None and cut is not None:
                newest = np.where(stuck[late] <= cut[row], np.nan, newest)
            count = np.isfinite(newest).sum(axis=0)
            added[row] = self.drift_share * np.nansum(newest, axis=0) / np.maximum(count, 1)
        return added

    def quantiles(self, point: Values, errors: Values, points: Values, levels: Values) -> Values:
        """Quantiles (H, Q) of one origin from errors and the forecasts they belong to, (N, H) each; NaN where not known.

        Without any error every quantile is the point: what is not known is not made up.
        """
        if not np.isfinite(errors).any():
            return np.repeat(point[:, None], len(levels), axis=1)
        if self.pool == "level":
            return point[:, None] + self._by_level(point, errors, points, levels)
        return point[:, None] + self._by_slot(errors, levels)

    def _by_slot(self, errors: Values, levels: Values) -> Values:
        width = errors.shape[1]
        reach = min(round(self.reach_hours * width / 24), width // 2)
        shifted = [np.roll(errors, step, axis=1) for step in range(-reach, reach + 1)]
        found = quantiles_known(self._signed(np.concatenate(shifted, axis=0), 0), levels)
        whole = np.quantile(self._signed(errors[np.isfinite(errors)], 0), levels)
        return np.where(np.isfinite(found), found, whole)

    def _by_level(self, point: Values, errors: Values, points: Values, levels: Values) -> Values:
        there = np.isfinite(errors) & np.isfinite(points)
        order = np.argsort(points[there], kind="stable")
        at, error = points[there][order], errors[there][order]
        size = min(max(round(self.share * at.size), 50), at.size)
        middle = (np.searchsorted(at, point) + np.searchsorted(at, point, side="right")) // 2
        first = np.clip(middle - size // 2, 0, at.size - size)
        windows = np.lib.stride_tricks.sliding_window_view(error, size)[first]
        return np.asarray(np.quantile(self._signed(windows, 1), levels, axis=1).T)

    def _signed(self, errors: Values, axis: int) -> Values:
        """Errors as they are or, for an even band, each with both signs."""
        return np.concatenate([errors, -errors], axis=axis) if self.even else errors


def quantiles_known(values: Values, levels: Values) -> Values:
    """Quantiles (H, Q) of what is known in each column of (N, H), straight between ranks; NaN where nothing is.

    The same as numpy's own with NaN left out, in one sort of all columns.

    >>> quantiles_known(np.array([[4.0, np.nan], [2.0, np.nan], [np.nan, np.nan]]), np.array([0.25, 0.5])).tolist()
    [[2.5, 3.0], [nan, nan]]
    """
    order = np.sort(values, axis=0)  # NaN stands last
    count = np.isfinite(values).sum(axis=0)
    rank = np.maximum(count - 1, 0)[:, None] * levels
    low = np.floor(rank).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0)[:, None])
    column = np.arange(values.shape[1])[:, None]
    left, right = order[low, column], order[high, column]
    return np.asarray(left + (rank - low) * (right - left))
