"""Which weeks stand for a year: in each season, the whole week whose mean net load is nearest to the season's mean.

Where a record divides the year of a place into wet, normal and dry months, those are its seasons; elsewhere quarters are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.rulebook import HydroSeasons

DAYS = 7
YEAR = 12
"""Months."""

Seasons = Mapping[str, tuple[int, ...]]
"""Seasons by name, each with its months from first to last."""

QUARTERS: Seasons = {
    "winter": (12, 1, 2),
    "spring": (3, 4, 5),
    "summer": (6, 7, 8),
    "autumn": (9, 10, 11),
}
"""The seasons of a place without a record of its own."""


class TypicalWeek(NamedTuple):
    """A week by its season and its first step, a Monday's first."""

    season: str
    first: int
    steps: int


def seasons_of(record: HydroSeasons | None) -> Seasons:
    """The seasons of a place: wet, normal and dry months by its record, else the quarters of the year."""
    if record is None:
        return QUARTERS
    months = record.months
    return {season: part for season, part in (("wet", months.wet), ("flat", months.flat), ("dry", months.dry)) if part}


def runs_of(months: Sequence[int]) -> list[tuple[int, int]]:
    """Months as runs that follow each other, also across the end of the year.

    >>> runs_of([12, 1, 2, 3, 4]), runs_of([5, 11]), runs_of(range(1, 13))
    ([(12, 4)], [(5, 5), (11, 11)], [(1, 12)])
    """
    named = set(months)
    if len(named) == YEAR:
        return [(1, YEAR)]
    firsts = [month for month in sorted(named) if (month - 2) % YEAR + 1 not in named]
    return [(first, _last(first, named)) for first in firsts]


def _last(first: int, named: set[int]) -> int:
    last = first
    while last % YEAR + 1 in named:
        last = last % YEAR + 1
    return last


def typical_weeks(grid: TimeGrid, net_load_kw: NDArray[np.float64], seasons: Seasons = QUARTERS) -> list[TypicalWeek]:
    """The typical week of each season that has a whole one, from Monday to Sunday on the wall clock.

    A week that lies in two seasons stands for neither. Weeks in which the clock changes are passed over: their days differ.
    """
    length = round(DAYS * 24 / grid.step_hours)
    starts = _mondays(grid, length)
    means = np.array([net_load_kw[first : first + length].mean() for first in starts])
    begin, end = (grid.month[starts], grid.month[starts + length - 1]) if starts.size else (starts, starts)
    chosen = []
    for season, months in seasons.items():
        inside = np.isin(begin, months) & np.isin(end, months)
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
