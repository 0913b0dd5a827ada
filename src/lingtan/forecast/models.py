"""What a model is, and the ones that stand beside every other: as the day before, as a week before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from lingtan.forecast.columns import first_of, lagged, recent, week_before
from lingtan.forecast.days import Days, Values, mean_known
from lingtan.forecast.explain import HISTORY, Parts
from lingtan.forecast.subject import Known


class Fitted(Protocol):
    """A model that has learned; `predict` looks at the target only as far as each origin's gate."""

    def predict(self, known: Known, days: Days) -> Values:
        """Expected values over the horizons of origin days (O,), (O, H), finite, in the unit of the target."""
        ...


@runtime_checkable
class Explained(Protocol):
    """A model that has learned and can tell what moved its forecast."""

    def contributions(self, known: Known, days: Days) -> Parts:
        """What each group of columns adds, (O, H) each; together, with what is typical, the values of `predict`."""
        ...


class Model(Protocol):
    """A way to learn; frozen, so that the same settings and the same past give the same forecast to the bit."""

    @property
    def name(self) -> str:
        """As it stands in tables."""
        ...

    def fit(self, known: Known, days: Days) -> Fitted:
        """Learn from the horizons of these origin days, all of them known."""
        ...


@dataclass(frozen=True)
class Naive:
    """As `back` days before at the same wall clock; where that is not known, the newest day of which it is."""

    back: int = 7

    @property
    def name(self) -> str:
        """`naive-1d`, `naive-7d`."""
        return f"naive-{self.back}d"

    def fit(self, known: Known, days: Days) -> Naive:
        """There is nothing to learn."""
        del known, days
        return self

    def predict(self, known: Known, days: Days) -> Values:
        """See `Model`."""
        if self.back % 7 == 0:
            return finite(known, days, week_before(known, days))
        near = [lagged(known, days, back) for back in range(self.back, self.back + 8)]
        return finite(known, days, first_of(*near))

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`: the past is all there is."""
        return {HISTORY: self.predict(known, days)}


@dataclass(frozen=True)
class MeanOfDays:
    """The mean of the same slot on the 7 days newest known: the usual yardstick for sun."""

    name: str = "mean-7d"

    def fit(self, known: Known, days: Days) -> MeanOfDays:
        """There is nothing to learn."""
        del known, days
        return self

    def predict(self, known: Known, days: Days) -> Values:
        """See `Model`."""
        lags = np.stack([lagged(known, days, back) for back in range(known.cut[0], known.cut[0] + 8)])
        order = np.cumsum(np.isfinite(lags), axis=0)
        return finite(known, days, mean_known(np.where(order <= 7, lags, np.nan), axis=0))

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`: the past is all there is."""
        return {HISTORY: self.predict(known, days)}


NAMED = (Naive, MeanOfDays)
"""Models that learn nothing: any past will do, and what they say is what their names say."""


def finite(known: Known, days: Days, values: Values) -> Values:
    """Values with no hole: the mean of the last week known, else the last value ever known, else 0, where a model is silent."""
    if np.isfinite(values).all():
        return values
    week = mean_known(recent(known, known.target, days, known.days.slots * 7))
    newest = np.maximum.accumulate(np.where(np.isfinite(known.target).reshape(-1), np.arange(known.target.size), -1))
    end = np.clip((days - known.cut[0]) * known.days.slots + known.cut[1] - 1, 0, known.target.size - 1)
    ever = np.where(newest[end] >= 0, known.target.reshape(-1)[newest[end]], 0.0)
    return np.where(np.isfinite(values), values, np.where(np.isfinite(week), week, ever)[:, None])
