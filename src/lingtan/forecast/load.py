"""Load: a calendar × temperature regression, boosting on its residual, boosting on the load itself, and the mean of both.

The regression extrapolates where trees cannot (a heat never seen), the trees find what no formula says, and their errors differ
enough for the mean to be better than either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lingtan.forecast.boosting import Boosting, Trees
from lingtan.forecast.columns import (
    issued,
    issued_before,
    lagged,
    recent,
    rest_of,
    seen,
    truth,
    week_before,
    year_angle,
)
from lingtan.forecast.days import Days, Values, mean_known
from lingtan.forecast.design import calendar_design
from lingtan.forecast.explain import CALENDAR, HISTORY, Parts, of_trees
from lingtan.forecast.linear import SlotRidge, fit_slots
from lingtan.forecast.models import finite
from lingtan.forecast.subject import Known

HISTORY_COLUMNS, INPUT_COLUMNS = 9, 9
"""How many columns of `load_columns` are target of late, and of each input."""


@dataclass(frozen=True)
class PlainBoosting:
    """Trees on lags, calendar and inputs alone: the opponent that the load model must beat."""

    boosting: Boosting = field(default_factory=Boosting)
    name: str = "boosting"

    def fit(self, known: Known, days: Days) -> PlainFitted:
        """See `Model`."""
        return PlainFitted(self.boosting.fit(load_columns(known, days), truth(known, days, trained=True).reshape(-1)))


@dataclass(frozen=True, eq=False)
class PlainFitted:
    """Trees that have learned."""

    trees: Trees

    def predict(self, known: Known, days: Days) -> Values:
        """See `Fitted`."""
        return finite(known, days, self.trees.predict(load_columns(known, days)).reshape(days.size, known.width))

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`."""
        return of_trees(self.trees, load_columns(known, days), load_groups(known), known.width)


@dataclass(frozen=True)
class LoadModel:
    """The blend; `share` is the weight of regression + residual trees, the rest is that of trees on the load."""

    boosting: Boosting = field(
        default_factory=lambda: Boosting(rounds=200, rate=0.07, leaves=24, min_leaf=20, max_rows=9_000, max_bin=63)
    )
    ridge: float = 1e-3
    share: float = 0.75
    name: str = "load"

    def fit(self, known: Known, days: Days) -> LoadFitted:
        """See `Model`."""
        every = np.arange(days[0], days[-1] + 1)
        design, at = calendar_design(known, every), days - days[0]
        aim = truth(known, days, trained=True)
        linear = fit_slots(calendar_design, design if days.size == every.size else design[at], aim, self.ridge)
        columns = load_columns(known, days)
        plain = self.boosting.fit(columns, aim.reshape(-1))
        said = finite(known, every, linear.of(design))
        miss = truth(known, every)[:, : known.days.slots] - said[:, : known.days.slots]
        late = residual_columns(known, miss, int(every[0]), days)
        rest = aim - said[at]
        trees = self.boosting.fit(np.concatenate([columns, late], axis=1), rest.reshape(-1))
        return LoadFitted(linear, plain, trees, self.share)


@dataclass(frozen=True, eq=False)
class LoadFitted:
    """The three parts that have learned."""

    linear: SlotRidge
    plain: Trees
    trees: Trees
    share: float

    def predict(self, known: Known, days: Days) -> Values:
        """See `Fitted`."""
        shape = (days.size, known.width)
        columns, more = self._columns(known, days)
        hybrid = self.linear.predict(known, days) + self.trees.predict(more).reshape(shape)
        whole = self.plain.predict(columns).reshape(shape)
        return finite(known, days, self.share * hybrid + (1 - self.share) * whole)

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`; what the residual trees say of late misses of the regression counts as history."""
        columns, more = self._columns(known, days)
        groups = load_groups(known)
        linear = self.linear.contributions(known, days)
        late = (HISTORY,) * (more.shape[1] - columns.shape[1])
        rest = of_trees(self.trees, more, (*groups, *late), known.width)
        whole = of_trees(self.plain, columns, groups, known.width)
        return {name: self.share * (linear[name] + rest[name]) + (1 - self.share) * whole[name] for name in linear}

    def _columns(self, known: Known, days: Days) -> tuple[Values, Values]:
        """Columns of the trees on the load, and of those on the residual."""
        columns = load_columns(known, days)
        first = max(int(days.min()) - 16, 0)
        miss = _misses(known, self.linear, np.arange(first, int(days.max()) + 1))
        return columns, np.concatenate([columns, residual_columns(known, miss, first, days)], axis=1)


def _misses(known: Known, linear: SlotRidge, days: Days) -> Values:
    """What the regression missed by day (O, S), NaN where the target is not known."""
    return truth(known, days)[:, : known.days.slots] - linear.predict(known, days)[:, : known.days.slots]


def residual_columns(known: Known, miss: Values, first: int, days: Days) -> Values:
    """Residuals of late, as known at each gate: by slot on the newest days, a week before, and their level; (N, 6)."""
    table = np.full((first + len(miss), miss.shape[1]), np.nan)
    table[first:] = miss
    near = [seen(known, table, days, back) for back in range(known.cut[0], known.cut[0] + 4)]
    two = mean_known(np.stack([seen(known, table, days, back) for back in (7, 14)]), axis=0)
    slots = known.days.slots
    levels = [mean_known(recent(known, table, days, count)) for count in (slots // 8, slots, 3 * slots, 7 * slots)]
    flat = [np.repeat(level[:, None], known.width, axis=1) for level in levels]
    near_mean = mean_known(np.stack(near), axis=0)
    return np.stack([near[1], near_mean, two, *flat], axis=2).reshape(-1, 7)


def load_columns(known: Known, days: Days) -> Values:
    """Columns of the trees (N, F), rows by origin and slot."""
    slots, width = known.days.slots, known.width
    ahead = [np.arange(known.horizon.days)[None, :].repeat(days.size, axis=0)]
    by_day = [np.stack([make(known, days, day) for day in range(known.horizon.days)], axis=1) for make in _DAY_COLUMNS]
    columns = [np.repeat(values.astype(np.float64), slots, axis=1) for values in (*ahead, *by_day)]
    columns.append(np.tile(np.arange(slots, dtype=np.float64), (days.size, known.horizon.days)))
    lags = [lagged(known, days, back) for back in (known.cut[0], known.cut[0] + 1, 7, 14)]
    weeks = mean_known(np.stack([lagged(known, days, back) for back in (7, 14, 21, 28)]), axis=0)
    columns += [*lags, week_before(known, days), weeks]
    late = mean_known(recent(known, known.target, days, slots // 8))
    levels = [
        late,
        mean_known(recent(known, known.target, days, slots)),
        mean_known(recent(known, known.target, days - 7, slots)),
    ]
    columns += [np.repeat(level[:, None], width, axis=1) for level in levels]
    for name in known.inputs:
        columns += input_columns(known, name, days)
    return np.stack(columns, axis=2).reshape(days.size * width, -1)


def load_groups(known: Known) -> tuple[str, ...]:
    """To which group each column of `load_columns` belongs."""
    inputs = [name for name in known.inputs for _ in range(INPUT_COLUMNS)]
    return (*[CALENDAR] * (len(_DAY_COLUMNS) + 2), *[HISTORY] * HISTORY_COLUMNS, *inputs)


def input_columns(known: Known, name: str, days: Days) -> list[Values]:
    """An input, its mean and extremes of the day, a few slots before and after, its means of the days before; (O, H) each."""
    value, slots = issued(known, name, days), known.days.slots
    hour = max(slots // 24, 1)
    padded = np.concatenate([issued_before(known, name, days, 1)[:, -3 * hour :], value], axis=1)
    earlier = padded[:, : value.shape[1]]
    day = value[:, :slots]
    before = [mean_known(issued_before(known, name, days, back)) for back in (1, 2, 7)]
    whole = [mean_known(day), day.max(axis=1), day.min(axis=1), *before, mean_known(np.stack(before[:2], axis=1))]
    return [value, earlier, *(np.repeat(level[:, None], value.shape[1], axis=1) for level in whole)]


def _weekday(known: Known, days: Days, ahead: int) -> Values:
    return known.days.weekday(days + ahead).astype(np.float64)


def _rest(known: Known, days: Days, ahead: int) -> Values:
    return rest_of(known, days, ahead).astype(np.float64)


def _rest_before(known: Known, days: Days, ahead: int) -> Values:
    return rest_of(known, days, ahead - 1).astype(np.float64)


def _rest_after(known: Known, days: Days, ahead: int) -> Values:
    return rest_of(known, days, ahead + 1).astype(np.float64)


def _season(known: Known, days: Days, ahead: int) -> Values:
    return np.cos(year_angle(known, days + ahead) - 0.1)


def _position(known: Known, days: Days, ahead: int) -> Values:
    return year_angle(known, days + ahead)


_DAY_COLUMNS = (_weekday, _rest, _rest_before, _rest_after, _season, _position)
