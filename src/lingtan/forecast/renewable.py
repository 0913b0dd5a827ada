"""Wind and sun: boosting on issued weather with its neighboring lead times; for sun on a physical prior, too.

What an hour brings depends on the weather around it more than on the forecast for it alone: a front that comes an hour early is
still in the neighbors. Inputs are whatever was issued (wind speed and direction, irradiance, a power curve, a clear sky).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lingtan.forecast.boosting import Boosting, Trees
from lingtan.forecast.columns import first_of, issued, issued_before, recent, truth, year_angle
from lingtan.forecast.days import Days, Values, mean_known
from lingtan.forecast.explain import CALENDAR, HISTORY, Parts, of_trees
from lingtan.forecast.models import finite
from lingtan.forecast.shown import of_late
from lingtan.forecast.subject import Known


@dataclass(frozen=True)
class WindModel:
    """Trees on issued weather; `reach` slots of neighbors to each side, and the means over twice as many."""

    boosting: Boosting = field(default_factory=lambda: Boosting(rounds=400, rate=0.03, leaves=15, min_leaf=100))
    reach: int = 3
    name: str = "wind"

    def fit(self, known: Known, days: Days) -> Grown:
        """See `Model`."""
        return grow(self, known, days)

    def columns(self, known: Known, days: Days) -> Values:
        """Columns of the trees (N, F), rows by origin and slot."""
        width = known.width
        lead = np.tile(np.arange(width, dtype=np.float64), (days.size, 1))
        season = [np.repeat(turn(year_angle(known, days))[:, None], width, axis=1) for turn in (np.sin, np.cos)]
        last = [mean_known(recent(known, known.target, days, hours * known.days.slots // 24)) for hours in (1, 3, 24)]
        parts = [lead, lead % known.days.slots, *season, *(np.repeat(level[:, None], width, axis=1) for level in last)]
        for name in known.inputs:
            parts += neighbors(issued(known, name, days), self.reach)
        return np.stack(parts, axis=2).reshape(days.size * width, -1)

    def groups(self, known: Known) -> tuple[str, ...]:
        """To which group each column belongs."""
        inputs = [name for name in known.inputs for _ in range(2 * self.reach + 3)]
        return (*[CALENDAR] * 4, *[HISTORY] * 3, *inputs)


@dataclass(frozen=True)
class PvModel:
    """Trees on issued irradiance, the prior and what the plant has shown: its highest and mean output of late at each slot."""

    boosting: Boosting = field(
        default_factory=lambda: Boosting(rounds=300, rate=0.04, leaves=15, min_leaf=100, loss="l1")
    )
    reach_hours: float = 1.0
    name: str = "pv"

    def fit(self, known: Known, days: Days) -> Grown:
        """See `Model`."""
        return grow(self, known, days)

    def columns(self, known: Known, days: Days) -> Values:
        """Columns of the trees (N, F), rows by origin and slot."""
        width, slots = known.width, known.days.slots
        slot = np.tile(np.arange(slots, dtype=np.float64), (days.size, known.horizon.days))
        season = [np.repeat(turn(year_angle(known, days))[:, None], width, axis=1) for turn in (np.sin, np.cos)]
        late = of_late(known, days)
        top = np.where(np.isfinite(late), late, -np.inf).max(axis=0)
        week = first_of(mean_known(late[:8], axis=0), mean_known(late, axis=0))
        shown = [np.where(np.isfinite(top), top, np.nan), week, first_of(mean_known(late[:3], axis=0), week)]
        parts = [slot, *season, *shown]
        for name in known.inputs:
            value = issued(known, name, days)
            whole = mean_known(value)
            parts += [*neighbors(value, max(round(self.reach_hours * slots / 24), 1), few=True)]
            parts.append(np.repeat(whole[:, None], width, axis=1))
            parts.append(np.repeat(mean_known(issued_before(known, name, days, 1))[:, None], width, axis=1))
        return np.stack(parts, axis=2).reshape(days.size * width, -1)

    def groups(self, known: Known) -> tuple[str, ...]:
        """To which group each column belongs."""
        inputs = [name for name in known.inputs for _ in range(7)]
        return (*[CALENDAR] * 3, *[HISTORY] * 3, *inputs)


@dataclass(frozen=True, eq=False)
class Grown:
    """Trees that have learned, with the model whose columns they read."""

    model: WindModel | PvModel
    trees: Trees

    def predict(self, known: Known, days: Days) -> Values:
        """See `Fitted`."""
        found = self.trees.predict(self.model.columns(known, days)).reshape(days.size, known.width)
        return finite(known, days, found)

    def contributions(self, known: Known, days: Days) -> Parts:
        """See `Explained`."""
        return of_trees(self.trees, self.model.columns(known, days), self.model.groups(known), known.width)


def grow(model: WindModel | PvModel, known: Known, days: Days) -> Grown:
    """Learn the target from the columns of a model."""
    aim = truth(known, days, trained=True).reshape(-1)
    return Grown(model, model.boosting.fit(model.columns(known, days), aim))


def neighbors(values: Values, reach: int, *, few: bool = False) -> list[Values]:
    """A table (O, H) with its neighbors to each side (only the outermost if `few`) and its mean over them and twice as far."""
    near = [reach] if few else list(range(1, reach + 1))
    shifted = [_shift(values, step) for distance in near for step in (-distance, distance)]
    means = [
        np.stack([_shift(values, step) for step in range(-far, far + 1)]).mean(axis=0) for far in (reach, 2 * reach)
    ]
    return [values, *shifted, *means]


def _shift(values: Values, step: int) -> Values:
    """Values `step` slots later, the outermost held at the ends."""
    at = np.clip(np.arange(values.shape[1]) + step, 0, values.shape[1] - 1)
    return values[:, at]
