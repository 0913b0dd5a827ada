"""Days on which a record means something else: a logger whose clock stood wrong, and a plant of another size.

Both are judged with hindsight on days that are known, and only for learning: who forecasts at a gate sees as far as the gate.
A clock is wrong where the mean week before a day and the one after it are the same shape moved by an hour or more; of the stretches
that follow, those beside the usual clock are left out. A size has changed where every week of six after a day is
far from every week of six before it, at once and not by season; what came before is left out as soon as the new size has
taught enough days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.forecast.days import Days, Values, mean_known

WEEK = 7
MOST_SHIFT_HOURS, LEAST_SHIFT_HOURS = 6, 1
SHAPE_MOVED, UNUSUAL = 0.07, 3.0
"""Two shapes (of unit variance) of a moved clock differ by more than this, and by so many times what weeks usually do."""
PAIR_LEFT, LONE_LEFT = 0.25, 0.06
"""Moved, they differ by less than this share of it: where the clock comes back, and where it does not."""
LONGEST_PAIR, HALF_HOUR = 120, 0.5
"""A clock that comes back does so within so many days, to within so many hours."""
WEEKS = 6
APART, STEP, SIZE = 1.25, 1.4, 1.6
"""Ratios that a change of size exceeds: of any two weeks, of the two beside it, and of the middles of six weeks."""
LEARNABLE_DAYS = 63
"""So many days of the newest size must be there before the older ones are left out."""


@dataclass(frozen=True)
class Stretch:
    """Days `first` up to, not including, `stop` that are beside the rest: by `hours` of the clock, or by a `ratio` of size."""

    first: int
    stop: int
    hours: float = 0.0
    ratio: float = 1.0


def odd_days(table: Values, kind: str) -> NDArray[np.bool_]:
    """Days of (D, S) from which nothing should be learned; (D,)."""
    odd = np.zeros(len(table), dtype=bool)
    for each in (*shifted_clocks(table, kind), *other_sizes(table, kind)):
        odd[each.first : each.stop] = True
    return odd


def shifted_clocks(table: Values, kind: str) -> list[Stretch]:
    """Stretches whose clock stands beside the usual one; `hours` above zero are too late. Only load and sun have a daily shape."""
    if kind not in {"load", "pv"} or len(table) < 2 * WEEK:
        return []
    slots = table.shape[1]
    before, after = _shapes(table)
    steps = np.arange(-MOST_SHIFT_HOURS * slots // 24, MOST_SHIFT_HOURS * slots // 24 + 1)
    error = np.stack([((np.roll(before, step, axis=1) - after) ** 2).mean(axis=1) for step in steps], axis=1)
    still = error[:, steps == 0][:, 0]
    best = np.where(np.isfinite(error), error, np.inf).argmin(axis=1)
    left, moved = np.take_along_axis(error, best[:, None], axis=1)[:, 0], steps[best] * 24 / slots
    seen = np.isfinite(still)
    usual = float(np.median(still[seen])) if seen.any() else 0.0
    is_break = seen & (still > max(SHAPE_MOVED, UNUSUAL * usual)) & (left < PAIR_LEFT * still)
    at = _strongest(is_break & (np.abs(moved) >= LEAST_SHIFT_HOURS), np.where(seen, still - left, 0.0))
    found, lone = _pairs(at, moved)
    return found + _set_right([day for day in lone if left[day] < LONE_LEFT * still[day]], moved, len(table))


def _pairs(at: Days, moved: Values) -> tuple[list[Stretch], list[int]]:
    """Clocks that went and came back: each break with the next that undoes it; and the breaks that nothing undoes."""
    found, lone, days = [], [], at.tolist()
    while days:
        day = days.pop(0)
        if days and days[0] - day <= LONGEST_PAIR and abs(moved[day] + moved[days[0]]) <= HALF_HOUR:
            found.append(Stretch(day, days.pop(0), hours=float(moved[day])))
        else:
            lone.append(day)
    return found, lone


def _set_right(breaks: list[int], moved: Values, count: int) -> list[Stretch]:
    """Clocks that were set and stayed: the parts beside that on which most days lie."""
    edges = [0, *breaks, count]
    offset = np.round(2 * np.concatenate([[0.0], np.cumsum(moved[breaks])])) / 2
    length = np.diff(edges)
    usual = max(set(offset.tolist()), key=lambda one: int(length[offset == one].sum()))
    return [
        Stretch(first, stop, hours=float(one - usual))
        for first, stop, one in zip(edges, edges[1:], offset, strict=False)
        if one != usual
    ]


def other_sizes(table: Values, kind: str) -> list[Stretch]:
    """Stretches before the newest size; `ratio` is their size over the newest. Only load and sun are judged."""
    if kind not in {"load", "pv"} or len(table) < 2 * WEEK * WEEKS:
        return []
    found = size_changes(table, kind)
    edges = [0, *(at for at, _ in found), len(table)]
    if not found or edges[-1] - edges[-2] < LEARNABLE_DAYS:
        return []
    over = np.cumprod([1.0, *(1 / ratio for _, ratio in reversed(found))])[::-1]
    return [
        Stretch(first, stop, ratio=float(ratio))
        for first, stop, ratio in zip(edges, edges[1:], over, strict=False)
        if max(ratio, 1 / ratio) > STEP
    ]


def size_changes(table: Values, kind: str) -> list[tuple[int, float]]:
    """Days from which on a load or a PV plant is larger or smaller by a ratio, oldest first. Wind and prices have no size: a calm
    or a dear winter is none."""
    if kind not in {"load", "pv"}:
        return []
    weekly = _weekly(table, kind)
    day = np.arange(WEEK * WEEKS, len(table) - WEEK * WEEKS + 1)
    if not day.size:
        return []
    older = np.stack([weekly[day - WEEK * number] for number in range(1, WEEKS + 1)], axis=1)
    newer = np.stack([weekly[day + WEEK * number] for number in range(WEEKS)], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.median(newer, axis=1) / np.median(older, axis=1)
        beside = newer[:, 0] / older[:, 0]
        up = (newer.min(axis=1) > APART * older.max(axis=1)) & (beside > STEP) & (ratio > SIZE)
        down = (newer.max(axis=1) * APART < older.min(axis=1)) & (beside < 1 / STEP) & (ratio < 1 / SIZE)
        usable = np.isfinite(ratio) & (older.min(axis=1) > 0) & (newer.min(axis=1) > 0)
        at = _strongest((up | down) & usable, np.where(usable, np.abs(np.log(np.where(usable, beside, 1.0))), 0.0))
    return [(int(day[number]), float(ratio[number])) for number in at]


def _weekly(table: Values, kind: str) -> Values:
    """The level of the week that begins on each day (D,): its mean, of sun its highest value; NaN past the end."""
    daily = _highest_known(table) if kind == "pv" else mean_known(table)
    padded = np.concatenate([daily, np.full(WEEK, np.nan)])
    weeks = np.lib.stride_tricks.sliding_window_view(padded, WEEK)[: len(table)]
    level = _highest_known(weeks) if kind == "pv" else mean_known(weeks)
    return np.where(np.isfinite(weeks).sum(axis=1) >= WEEK - 2, level, np.nan)


def _highest_known(values: Values) -> Values:
    """The highest of what is known in each row; NaN where nothing is."""
    there = np.isfinite(values)
    return np.where(there.any(axis=1), np.where(there, values, -np.inf).max(axis=1), np.nan)


def _shapes(table: Values) -> tuple[Values, Values]:
    """The mean shape of the week before and after each day, (D, S), of mean 0 and variance 1; NaN where there is none."""
    there = np.isfinite(table)
    sums = np.concatenate([np.zeros((1, table.shape[1])), np.cumsum(np.where(there, table, 0.0), axis=0)])
    counts = np.concatenate([np.zeros((1, table.shape[1])), np.cumsum(there, axis=0)])
    day = np.arange(len(table))
    low, high = np.maximum(day - WEEK, 0), np.minimum(day + WEEK, len(table))
    shapes = []
    for first, stop in ((low, day), (day, high)):
        count = counts[stop] - counts[first]
        mean = (sums[stop] - sums[first]) / np.maximum(count, 1)
        whole = (count >= WEEK - 2).all(axis=1)
        spread = mean.std(axis=1)
        clear = whole & (spread > 0.03 * np.abs(mean).mean(axis=1)) & (spread > 0)
        scaled = (mean - mean.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)[:, None]
        shapes.append(np.where(clear[:, None], scaled, np.nan))
    return shapes[0], shapes[1]


def _strongest(marks: NDArray[np.bool_], strength: Values) -> Days:
    """Of each run of marks, with holes of less than a week, the position that is strongest."""
    at = np.flatnonzero(marks)
    if not at.size:
        return at
    groups = np.split(at, np.flatnonzero(np.diff(at) >= WEEK) + 1)
    return np.array([group[strength[group].argmax()] for group in groups], dtype=np.int64)
