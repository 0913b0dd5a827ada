"""Typical periods: a few weeks (or days) that stand for a year, with weights, so that energies and peaks stay what they are.

The year is cut into periods of equal length, with a rest where the length does not divide it: a gap between two periods, chosen so
that nothing in it must be kept, which the period before it stands for. Periods that must not be averaged away (the highest need,
the week with the least wind or sun) stand for themselves. The others are grouped around k medoids (PAM: build, then swap while it
helps), so nothing is random and every typical period really happened. A medoid is not the mean of its group: `conserved` moves its
values just so much that the weighted sum is that of the year, without passing the lowest and the highest value of the year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.frozen import DeepFrozen
from lingtan.optimize.program import Array, Index, Mask

HALVINGS = 200
"""Halvings of a search between two factors: far more than the digits of a number, and done in a millisecond."""


@dataclass(frozen=True, eq=False)
class TypicalPeriods(DeepFrozen):
    """Which periods stand for which, shapes (periods of the year,) and (typical periods,).

    `first` is the first step of each period of the year, `stands_in` which typical one stands for it. `chosen` are the periods that
    are typical, `is_kept` those that stand for themselves alone. The rest of the year are `rest_steps` after period `rest_after`.
    """

    period_steps: int
    first: Index
    stands_in: Index
    chosen: Index
    is_kept: Mask
    rest_steps: int = 0
    rest_after: int = 0

    @property
    def weight(self) -> Array:
        """How many periods each typical one counts for, (typical periods,); times their length, together the year."""
        count = np.bincount(self.stands_in, minlength=self.chosen.size).astype(np.float64)
        count[self.stands_in[self.rest_after]] += self.rest_steps / self.period_steps
        return count

    @property
    def steps(self) -> Index:
        """The steps of the year that the typical periods are made of, in their order, (typical steps,)."""
        return (self.first[self.chosen][:, None] + np.arange(self.period_steps)).ravel()

    @property
    def step_weight(self) -> Array:
        """How many steps of the year each typical step counts for, (typical steps,)."""
        return np.repeat(self.weight, self.period_steps)

    def mean(self, values: Array) -> Array:
        """What the periods that each typical one stands for have on average in each of its steps, (typical steps,): of prices."""
        total = np.zeros((self.chosen.size, self.period_steps))
        np.add.at(total, self.stands_in, _by_period(values, self.first, self.period_steps))
        count = np.bincount(self.stands_in, minlength=self.chosen.size)
        return np.asarray((total / count[:, None]).ravel())

    def touched(self, group: NDArray[np.intp], count: int) -> Mask:
        """Which typical periods stand for a step of each group, (typical periods, groups): a week may stand for many months."""
        touched = np.zeros((self.chosen.size, count), dtype=bool)
        for number, (first, typical) in enumerate(zip(self.first, self.stands_in, strict=True)):
            more = self.rest_steps if number == self.rest_after else 0
            touched[typical, np.unique(group[first : first + self.period_steps + more])] = True
        return touched

    def conserved(self, values: Array) -> Array:
        """The values (year steps,) of the typical steps, moved so that their weighted sum is the sum of the year.

        Kept periods stay as they are. The others are multiplied, or shifted where that cannot do, within the lowest and the highest
        value of the year.
        """
        low, high = float(values.min()), float(values.max())
        taken, weight = values[self.steps], self.step_weight
        free = ~np.repeat(self.is_kept, self.period_steps)
        target = float(values.sum()) - float(weight[~free] @ taken[~free])

        def with_sum(move: Callable[[float], Array], start: float, end: float) -> Array:
            return _moved(lambda by: float(weight[free] @ move(by)), move, (start, end), target)

        moved = taken.copy()
        if not free.any():
            return moved
        if low >= 0:
            most = high / taken[free][taken[free] > 0].min() if (taken[free] > 0).any() else 0.0
            moved[free] = with_sum(lambda by: np.clip(by * taken[free], low, high), 0.0, most)
        if low < 0 or not np.isclose(weight[free] @ moved[free], target, rtol=1e-9, atol=0.0):
            moved[free] = with_sum(lambda by: np.clip(taken[free] + by, low, high), low - high, high - low)
        return moved


def choose_periods(
    series: Mapping[str, Array],
    period_steps: int,
    count: int,
    *,
    highest: tuple[str, ...] = (),
    lowest: tuple[str, ...] = (),
) -> TypicalPeriods:
    """Choose `count` typical periods by all series (year steps,), each scaled by its range.

    The period with the highest value of each of `highest` and the one with the least sum of each of `lowest` are kept beside
    them, so up to as many more come out. Raises ValueError where the year is shorter than a period, or nothing is to be chosen.
    """
    if count < 1:
        raise ValueError("at least one typical period is needed beside those that are kept")
    steps = next(iter(series.values())).size
    whole, rest = divmod(steps, period_steps)
    if whole == 0:
        raise ValueError(f"a period of {period_steps} steps is longer than the year of {steps}")
    for after in reversed(range(whole)):
        first = np.arange(whole, dtype=np.int64) * period_steps
        first[after + 1 :] += rest
        kept = {_holding(int(series[name].argmax()), first, period_steps) for name in highest}
        kept |= {int(_by_period(series[name], first, period_steps).sum(axis=1).argmin()) for name in lowest}
        if rest == 0 or not kept & {after, None}:
            break
    features = np.hstack([_by_period(_scaled(values), first, period_steps) for values in series.values()])
    alone = np.array(sorted(each for each in kept if each is not None), dtype=np.int64)
    others = np.setdiff1d(np.arange(whole), alone)
    medoids = others[_medoids(features[others], min(count, others.size))]
    chosen = np.union1d(alone, medoids)
    stands_in = np.searchsorted(chosen, np.arange(whole))
    if others.size:
        nearest = medoids[_distances(features[others], features[medoids]).argmin(axis=1)]
        stands_in[others] = np.searchsorted(chosen, nearest)
        stands_in[chosen] = np.arange(chosen.size)  # also one that equals another
    return TypicalPeriods(period_steps, first, stands_in, chosen, np.isin(chosen, alone), rest, after)


def _holding(step: int, first: Index, period_steps: int) -> int | None:
    """The period that holds a step; None where it lies in the rest."""
    at = int(np.searchsorted(first, step, side="right")) - 1
    return at if step < first[at] + period_steps else None


def _by_period(values: Array, first: Index, period_steps: int) -> Array:
    return np.asarray(values[first[:, None] + np.arange(period_steps)])


def _scaled(values: Array) -> Array:
    span = float(np.ptp(values))
    return np.asarray((values - values.min()) / span) if span > 0 else np.zeros_like(values)


def _distances(one: Array, other: Array) -> Array:
    """Squared distances of rows, (one, other)."""
    apart = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :] - 2.0 * one @ other.T
    return np.asarray(np.maximum(apart, 0.0))


def _medoids(features: Array, count: int) -> Index:
    """The rows that all rows are nearest to together: taken one by one, then swapped while that helps (PAM)."""
    if features.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    apart = _distances(features, features)
    chosen = [int(apart.sum(axis=0).argmin())]
    while len(chosen) < count:
        nearest = apart[:, chosen].min(axis=1)
        gain = np.maximum(nearest[:, None] - apart, 0.0).sum(axis=0)
        gain[chosen] = -1.0
        chosen.append(int(gain.argmax()))
    while (swap := _best_swap(apart, chosen)) is not None:
        chosen[swap[0]] = swap[1]
    return np.array(sorted(chosen), dtype=np.int64)


def _best_swap(apart: Array, chosen: list[int]) -> tuple[int, int] | None:
    """Which medoid to give up for which row; None where no swap brings the rows nearer by more than rounding."""
    now = float(apart[:, chosen].min(axis=1).sum())
    best, found = now * (1.0 - 1e-9), None
    for at in range(len(chosen)):
        others = [each for number, each in enumerate(chosen) if number != at]
        without = apart[:, others].min(axis=1) if others else np.full(apart.shape[0], np.inf)
        cost = np.minimum(without[:, None], apart).sum(axis=0)
        to = int(cost.argmin())
        if float(cost[to]) < best:
            best, found = float(cost[to]), (at, to)
    return found


def _moved(
    total: Callable[[float], float], move: Callable[[float], Array], between: tuple[float, float], target: float
) -> Array:
    """The values of the move whose total, which rises with it, is the target; at an end where it is out of reach."""
    start, end = between
    for _ in range(HALVINGS):
        middle = 0.5 * (start + end)
        start, end = (middle, end) if total(middle) < target else (start, middle)
    return move(end)
