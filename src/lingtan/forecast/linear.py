"""Ridge regressions, one for each slot of the horizon, all solved at once.

The time of day enters by the slot's own coefficients: a day of 48 slots has 48 small regressions instead of one with thousands
of terms, a hundred times cheaper and as good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lingtan.forecast.columns import truth
from lingtan.forecast.days import Days, Values
from lingtan.forecast.design import calendar_groups
from lingtan.forecast.explain import TYPICAL, Parts, by_group
from lingtan.forecast.models import finite
from lingtan.forecast.subject import Known

Design = Callable[[Known, Days], Values]
"""Columns (O, H, F) of some origins."""


@dataclass(frozen=True, eq=False)
class SlotRidge:
    """Fitted coefficients: `weights` (H, F) act on columns less `center`, over `scale`; `offset` (H,)."""

    design: Design
    center: Values
    scale: Values
    weights: Values
    offset: Values

    def predict(self, known: Known, days: Days) -> Values:
        """See `Model`."""
        return finite(known, days, self.of(self.design(known, days)))

    def of(self, columns: Values) -> Values:
        """Expected values (O, H) for columns (O, H, F)."""
        return np.asarray(np.einsum("ohf,hf->oh", self._even(columns), self.weights) + self.offset)

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`; each column counts from its mean."""
        parts = by_group(calendar_groups(known), self._even(self.design(known, days)) * self.weights)
        return {TYPICAL: np.broadcast_to(self.offset, (days.size, known.width)), **parts}

    def _even(self, columns: Values) -> Values:
        even = (columns - self.center) / self.scale
        even[~np.isfinite(even)] = 0.0
        return even


@dataclass(frozen=True)
class Linear:
    """Calendar × temperature regression: the linear model beside every other, and the first stage of the load model.

    `ridge` is the penalty per row on standardized columns.
    """

    design: Design
    ridge: float = 1e-3
    name: str = "linear"

    def fit(self, known: Known, days: Days) -> SlotRidge:
        """See `Model`; columns that are constant or unknown carry no weight."""
        return fit_slots(self.design, self.design(known, days), truth(known, days, trained=True), self.ridge)


def fit_slots(design: Design, columns: Values, aim: Values, ridge: float) -> SlotRidge:
    """Solve (H) regressions of `aim` (O, H) on columns (O, H, F) of a design; rows without a known aim do not count."""
    there = np.isfinite(aim)
    center = _safe_mean(columns)
    table = columns - center
    spread = np.sqrt(_safe_mean(table**2))
    scale = np.where(spread > 1e-9 * (1 + np.abs(center)), spread, np.inf)
    table /= scale
    table[~(np.isfinite(table) & there[:, :, None])] = 0.0
    rows = np.maximum(there.sum(axis=0), 1)
    offset = np.where(there, aim, 0.0).sum(axis=0) / rows
    mean = table.sum(axis=0) / rows[:, None]
    rest = np.where(there, aim - offset, 0.0)
    by_slot = np.ascontiguousarray(table.transpose(1, 0, 2))
    gram = by_slot.transpose(0, 2, 1) @ by_slot - rows[:, None, None] * mean[:, :, None] * mean[:, None, :]
    pull = (by_slot.transpose(0, 2, 1) @ rest.T[:, :, None])[
        :, :, 0
    ]  # the rest has no mean, so neither need the columns
    gram += (ridge * rows[:, None, None] + 1e-9) * np.eye(gram.shape[-1])
    weights = np.linalg.solve(gram, pull[:, :, None])[:, :, 0]
    return SlotRidge(design, center, scale, weights, offset - (mean * weights).sum(axis=1))


def _safe_mean(values: Values) -> Values:
    there = np.isfinite(values)
    if there.all():
        return np.asarray(values.mean(axis=0))
    return np.asarray(np.where(there, values, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1))
