"""Day-ahead prices: ridge regressions on variance-stabilized prices over several windows, recalibrated every day.

Each window standardizes every column by its own median and spread and takes the inverse hyperbolic sine, which tames spikes of
either sign; the slots of a day are learned jointly from the same columns; the mean of the windows beats each of them. Trees
that learn the change since the newest day make a small part of the blend: alone they lose by a quarter, but they err elsewhere.
Source of the form: Lago et al., Applied Energy 293 (2021); Uniejewski and Weron, Energies 11 (2018). Ridge in place of LASSO.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lingtan.forecast.boosting import Boosting, Trees
from lingtan.forecast.columns import first_of, issued, issued_before, lagged, rest_of, truth, year_angle
from lingtan.forecast.days import Days, Values
from lingtan.forecast.design import calendar_design
from lingtan.forecast.explain import OWN, Parts
from lingtan.forecast.linear import Linear
from lingtan.forecast.load import load_columns
from lingtan.forecast.models import finite
from lingtan.forecast.subject import Known

MAD_TO_SD = 1.4826
TOLD_DAYS = 364
"""How many days the linear model learns from that a price is told by."""


class Columns(NamedTuple):
    """What is learned from: `damped` (O, F) are standardized, damped and weighted by `weight` (F,), `plain` (O, C) as they are."""

    damped: Values
    plain: Values
    weight: Values


@dataclass(frozen=True)
class PriceModel:
    """`windows` [d] are averaged; `ridge` is the penalty per row; a window longer than the past is cut to it.

    Each window learns twice, prices and their change since the newest day known: the first is pulled to the window's mean,
    the second to persistence, and their errors differ.
    """

    windows: tuple[int, ...] = (14, 28, 56, 112, 364, 728)
    ridge: float = 0.1
    older: float = 0.5
    """Weight of what is older than the newest day, in the penalty: a column at half its size must earn twice as much."""
    boosting: Boosting | None = None
    """Trees on the change since the newest day; none by default."""
    share: float = 0.15
    """Weight of the trees where there are some."""
    name: str = "price"

    def fit(self, known: Known, days: Days) -> PriceModel | PriceFitted:
        """Of the regressions nothing is kept: each origin is learned anew in `predict` from what its own gate knew."""
        if self.boosting is None:
            return self
        change = truth(known, days, trained=True) - newest_day(known, days)
        return PriceFitted(self, self.boosting.fit(tree_columns(known, days), change.reshape(-1)))

    def predict(self, known: Known, days: Days) -> Values:
        """See `Fitted`."""
        first = max(int(days.min()) - max(self.windows) - 8, 7)
        span = np.arange(first, int(days.max()) + 1)
        columns = _columns(known, span, self.older)
        aim = truth(known, span)
        made = np.full((days.size, known.width), np.nan)
        newest = _newest(known)
        for row, day in enumerate(days):
            stop = int(day) - newest + 1 - first
            if stop > 14:
                spans = [(max(stop - window, 0), stop) for window in self.windows]
                made[row] = np.mean(
                    [self._one(columns, aim, rows, int(day) - first, known.days.slots) for rows in spans], axis=0
                )
        return finite(known, days, made)

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained` and `told_by_linear`."""
        return told_by_linear(known, days, self.predict(known, days))

    def _one(self, given: Columns, aim: Values, rows: tuple[int, int], at: int, slots: int) -> Values:
        """Learn from rows and forecast row `at`; see `Columns`."""
        part, columns, plain = slice(*rows), given.damped, given.plain
        center, scale = _spread(columns[part])
        table = np.arcsinh((np.concatenate([columns[part], columns[at : at + 1]]) - center) / scale)
        table = np.concatenate(
            [
                np.where(np.isfinite(table), table, 0.0) * given.weight,
                np.concatenate([plain[part], plain[at : at + 1]]),
            ],
            axis=1,
        )
        level, size = _spread(aim[part].reshape(-1, 1))
        days = np.concatenate([columns[part], columns[at : at + 1]])[:, :slots]
        newest = np.tile(np.arcsinh((days - level) / size), (1, aim.shape[1] // days.shape[1]))
        want = np.arcsinh((aim[part] - level) / size)
        there = np.isfinite(want).all(axis=1) & np.isfinite(newest[:-1]).all(axis=1)
        if there.sum() < 14 or not np.isfinite(newest[-1]).all():
            return np.full(aim.shape[1], np.nan)
        past, now, want, before = table[:-1][there], table[-1], want[there], newest[:-1][there]
        changes = _ridge(past, np.concatenate([want, want - before], axis=1), now, self.ridge)
        width = want.shape[1]
        both = np.stack([changes[:width], changes[width:] + newest[-1]])
        both = np.clip(both, want.min() - 1.0, want.max() + 1.0)
        return np.asarray((np.sinh(both) * size + level).mean(axis=0))


@dataclass(frozen=True, eq=False)
class PriceFitted:
    """Regressions that learn at each origin, and trees that have learned."""

    model: PriceModel
    trees: Trees

    def predict(self, known: Known, days: Days) -> Values:
        """See `Fitted`; where the newest day is not known the regressions stand alone."""
        ridge = self.model.predict(known, days)
        change = self.trees.predict(tree_columns(known, days)).reshape(days.size, known.width)
        grown = newest_day(known, days) + change
        blend = (1 - self.model.share) * ridge + self.model.share * grown
        return np.where(np.isfinite(grown), blend, ridge)

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained` and `told_by_linear`."""
        return told_by_linear(known, days, self.predict(known, days))


def told_by_linear(known: Known, days: Days, predicted: Values) -> Parts:
    """What a linear model says of each origin, by group, and as `own` what the prediction (O, H) adds to it.

    It learns anew at each origin from the last year that was known there. The columns and their signs are true of the linear model;
    of ours they are as true as `own` is small.
    """
    linear = Linear(calendar_design)
    rows: list[Parts] = []
    for day in days:
        stop = int(day) - _newest(known) + 1
        fitted = linear.fit(known, np.arange(max(stop - TOLD_DAYS, 0), stop))
        rows.append(fitted.contributions(known, np.array([day])))
    parts = {group: np.concatenate([row[group] for row in rows]) for group in rows[0]}
    return {**parts, OWN: predicted - np.sum(list(parts.values()), axis=0)}


def _newest(known: Known) -> int:
    """How many days before an origin the newest day lies of which all can be known at its gate."""
    return known.cut[0] + known.horizon.days - (known.cut[1] == known.days.slots)


def newest_day(known: Known, days: Days) -> Values:
    """The newest day that is wholly known at each gate, over each day of the horizon; (O, H)."""
    back = known.cut[0] + (0 if known.cut[1] == known.days.slots else 1)
    return np.tile(lagged(known, days, back)[:, : known.days.slots], (1, known.horizon.days))


def tree_columns(known: Known, days: Days) -> Values:
    """What trees learn a price from (N, F): as of a load, with the newest day and its mean, extremes and end."""
    newest = newest_day(known, days)
    one = newest[:, : known.days.slots]
    whole = [one.mean(axis=1), one.max(axis=1), one.min(axis=1), one[:, -1]]
    columns = np.stack([newest, *(np.repeat(level[:, None], known.width, axis=1) for level in whole)], axis=2)
    return np.concatenate([load_columns(known, days), columns.reshape(days.size * known.width, -1)], axis=1)


def _ridge(past: Values, want: Values, now: Values, ridge: float) -> Values:
    """Ridge regressions of all columns of `want` on `past`, at `now`; by the smaller of the two systems."""
    mean, middle = past.mean(axis=0), want.mean(axis=0)
    past, want = past - mean, want - middle
    penalty = ridge * len(past) + 1e-9
    if past.shape[0] < past.shape[1]:
        weights = past.T @ np.linalg.solve(past @ past.T + penalty * np.eye(len(past)), want)
    else:
        weights = np.linalg.solve(past.T @ past + penalty * np.eye(past.shape[1]), past.T @ want)
    return np.asarray((now - mean) @ weights + middle)


def _columns(known: Known, days: Days, older: float) -> Columns:
    """Prices of the last days and of a week before, inputs of the horizon and of the days before; calendar."""
    newest = known.cut[0] + (0 if known.cut[1] == known.days.slots else 1)
    lags = [lagged(known, days, back)[:, : known.days.slots] for back in range(newest, newest + 3)]
    lags = [first_of(lag, lags[-1]) for lag in lags]
    lags.append(lagged(known, days, 7)[:, : known.days.slots])
    for name in known.inputs:
        lags += [issued(known, name, days), issued_before(known, name, days, 1), issued_before(known, name, days, 7)]
    weekday = np.eye(7)[known.days.weekday(days)]
    rest = np.stack([rest_of(known, days, ahead) == 2 for ahead in (0, -1)], axis=1).astype(np.float64)
    angle = year_angle(known, days)[:, None]
    plain = np.concatenate([weekday, rest, np.sin(angle), np.cos(angle)], axis=1)
    sizes = [1.0, older, older, older, *([1.0, older, older] * len(known.inputs))]
    weight = np.concatenate([np.full(lag.shape[1], size) for lag, size in zip(lags, sizes, strict=True)])
    return Columns(np.concatenate(lags, axis=1), plain, weight)


def _spread(values: Values) -> tuple[Values, Values]:
    """Median and robust spread of each column, a spread of zero being one."""
    there = np.where(np.isfinite(values).any(axis=0), values, 0.0)
    center = np.nanmedian(there, axis=0)
    scale = MAD_TO_SD * np.nanmedian(np.abs(there - center), axis=0)
    deviation = np.nanstd(there, axis=0)
    return center, np.where(scale > 0, scale, np.where(deviation > 0, deviation, 1.0))
