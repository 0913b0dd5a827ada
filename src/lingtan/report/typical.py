"""Which weeks stand for a year: in each season, the whole week whose mean net load is nearest to the season's mean."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid

DAYS = 7
SEASONS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("winter", (12, 1, 2)),
    ("spring", (3, 4, 5)),
    ("summer", (6, 7, 8)),
    ("autumn", (9, 10, 11)),
)
"""Seasons by their months."""


class TypicalWeek(NamedTuple):
    """A week by its season and its first step, a Monday's first."""

    season: str
    first: int
    steps: int


def typical_weeks(grid: TimeGrid, net_load_kw: NDArray[np.float64]) -> list[TypicalWeek]:
    """The typical week of each season that has a whole one, from Monday to Sunday on the wall clock.

    A week belongs to the season of its Thursday. Weeks in which the clock changes are passed over: their days differ.
    """
    length = round(DAYS * 24 / grid.step_hours)
    starts = _mondays(grid, length)
    means = np.array([net_load_kw[first : first + length].mean() for first in starts])
    thursday = grid.month[starts + length // 2] if starts.size else starts
    chosen = []
    for season, months in SEASONS:
        inside = np.isin(thursday, months)
        if inside.any():
            distance = np.where(inside, np.abs(means - means[inside].mean()), np.inf)
            chosen.append(TypicalWeek(season, int(starts[int(distance.argmin())]), length))
    return chosen


def _mondays(grid: TimeGrid, length: int) -> NDArray[np.intp]:
    """First steps of the whole weeks."""
    midnight = (grid.weekday == 0) & (grid.minute_of_day == 0)
    first = np.flatnonzero(midnight)
    first = first[first + length <= grid.steps]
    last = first + length - 1
    whole = grid.minute_of_day[last] == 24 * 60 - grid.step_minutes
    return np.asarray(first[whole & (grid.day_index[last] - grid.day_index[first] == DAYS - 1)])
