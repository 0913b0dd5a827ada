"""Ridge regressions, one for each slot of the horizon, all solved at once.

The time of day enters by the slot's own coefficients: a day of 48 slots has 48 small regressions instead of one with thousands
of terms, a hundred times cheaper and as good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lingtan.forecast.columns import (
    issued,
    issued_before,
    lagged,
    mean_known,
    recent,
    rest_of,
    truth,
    week_before,
    year_angle,
)
from lingtan.forecast.days import Days, Values
from lingtan.forecast.explain import CALENDAR, HISTORY, TYPICAL, Parts, by_group
from lingtan.forecast.models import finite
from lingtan.forecast.subject import Known

Design = Callable[[Known, Days], Values]
"""Columns (O, H, F) of some origins."""

CALENDAR_COLUMNS, HISTORY_COLUMNS, TEMPERATURE_COLUMNS = 17, 4, 15
"""How many columns of `calendar_design` are calendar, target of late, and of each temperature."""


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
        return finite(known, days, np.einsum("ohf,hf->oh", self._columns(known, days), self.weights) + self.offset)

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`; each column counts from its mean."""
        parts = by_group(calendar_groups(known), self._columns(known, days) * self.weights)
        return {TYPICAL: np.broadcast_to(self.offset, (days.size, known.width)), **parts}

    def _columns(self, known: Known, days: Days) -> Values:
        columns = (self.design(known, days) - self.center) / self.scale
        return np.where(np.isfinite(columns), columns, 0.0)


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
        return fit_slots(self.design, known, days, truth(known, days, trained=True), self.ridge)


def fit_slots(design: Design, known: Known, days: Days, aim: Values, ridge: float) -> SlotRidge:
    """Solve (H) regressions of `aim` (O, H) on columns (O, H, F); rows without a known aim do not count."""
    columns = design(known, days)
    there = np.isfinite(aim)
    center = _safe_mean(columns)
    spread = np.sqrt(_safe_mean((columns - center) ** 2))
    scale = np.where(spread > 1e-9 * (1 + np.abs(center)), spread, np.inf)
    with np.errstate(invalid="ignore"):
        table = np.where(np.isfinite(columns), (columns - center) / scale, 0.0) * there[:, :, None]
    rows = np.maximum(there.sum(axis=0), 1)
    offset = np.where(there, aim, 0.0).sum(axis=0) / rows
    mean = table.sum(axis=0) / rows[:, None]
    table = np.where(there[:, :, None], table - mean, 0.0)
    rest = np.where(there, aim - offset, 0.0)
    by_slot = table.transpose(1, 0, 2)
    gram = by_slot.transpose(0, 2, 1) @ by_slot
    pull = (by_slot.transpose(0, 2, 1) @ rest.T[:, :, None])[:, :, 0]
    gram += (ridge * rows[:, None, None] + 1e-9) * np.eye(gram.shape[-1])
    weights = np.linalg.solve(gram, pull[:, :, None])[:, :, 0]
    return SlotRidge(design, center, scale, weights, offset - (mean * weights).sum(axis=1))


def _safe_mean(values: Values) -> Values:
    count = np.isfinite(values).sum(axis=0)
    return np.asarray(np.nansum(values, axis=0) / np.maximum(count, 1))


def calendar_design(known: Known, days: Days) -> Values:
    """Weekday, rest days (also the day before and after), harmonics of the year; a week before and the level of late;
    every input: for temperatures three powers with their day's and last day's means, for others as they are."""
    slots, width = known.days.slots, known.width
    parts = [
        np.repeat(_calendar(known, days + ahead)[:, None, :], slots, axis=1) for ahead in range(known.horizon.days)
    ]
    lags = [week_before(known, days), mean_known(np.stack([lagged(known, days, back) for back in (7, 14, 21)]), axis=0)]
    late = mean_known(recent(known, known.target, days, slots))
    before = mean_known(recent(known, known.target, days - 7, slots))
    lags += [np.repeat((late - before)[:, None], width, axis=1), np.repeat(late[:, None], width, axis=1)]
    for name in known.inputs:
        lags += _input_columns(known, name, days)
    return np.concatenate([np.concatenate(parts, axis=1), np.stack(lags, axis=2)], axis=2)


def calendar_groups(known: Known) -> tuple[str, ...]:
    """To which group each column of `calendar_design` belongs."""
    inputs = [name for name in known.inputs for _ in range(TEMPERATURE_COLUMNS if name.endswith("_c") else 1)]
    return (*[CALENDAR] * CALENDAR_COLUMNS, *[HISTORY] * HISTORY_COLUMNS, *inputs)


def _calendar(known: Known, days: Days) -> Values:
    weekday = np.eye(7)[known.days.weekday(days)]
    kinds = np.stack([rest_of(known, days, ahead) == 2 for ahead in (0, -1, 1)], axis=1).astype(np.float64)
    rest = (rest_of(known, days) == 1).astype(np.float64)[:, None]
    angle = year_angle(known, days)[:, None] * np.arange(1, 4)
    return np.concatenate([weekday, kinds, rest, np.sin(angle), np.cos(angle)], axis=1)


def _input_columns(known: Known, name: str, days: Days) -> list[Values]:
    """The columns of one input, (O, H) each; a name that ends in `_c` is a temperature."""
    value = issued(known, name, days)
    if not name.endswith("_c"):
        return [value]
    mean = np.repeat(value[:, : known.days.slots].mean(axis=1)[:, None], known.width, axis=1)
    before = np.repeat(mean_known(issued_before(known, name, days, 1))[:, None], known.width, axis=1)
    older = np.repeat(mean_known(issued_before(known, name, days, 2))[:, None], known.width, axis=1)
    angle = np.repeat(np.cos(year_angle(known, days))[:, None], known.width, axis=1)
    powers = [value, value**2, value**3, mean, mean**2, mean**3, before, before**2, older, older**2]
    return [*powers, value * mean, value * before, angle * value, angle * value**2, angle * mean]
