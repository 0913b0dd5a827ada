"""The calendar of local times: day, month and year as numbers, and the kinds of days.

Times are datetime64 of any precision, read as they stand; nothing here knows a zone.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from lingtan.clock.zones import Instants, Ints

DayCodes = NDArray[np.int8]
"""A `DayType` per day, (D,) int8."""


class DayType(IntEnum):
    """What kind of day it is, as codes of an array; a make-up workday (调休上班日) is a workday, whatever its weekday."""

    WORKDAY = 0
    WEEKEND = 1
    HOLIDAY = 2

    @property
    def key(self) -> str:
        """The name that files use, such as `workday`."""
        return self.name.lower()


def weekday_of(times: Instants) -> Ints:
    """Day of the week, 0 is Monday.

    >>> weekday_of(np.array(["1970-01-01", "2026-03-01"], "M8[D]")).tolist()  # a Thursday and a Sunday
    [3, 6]
    """
    return (times.astype("M8[D]").astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday


def month_of(times: Instants) -> Ints:
    """Month, 1 to 12."""
    return times.astype("M8[M]").astype(np.int64) % 12 + 1


def year_of(times: Instants) -> Ints:
    """Year, such as 2026."""
    return times.astype("M8[Y]").astype(np.int64) + 1970


def day_of_year(times: Instants) -> Ints:
    """Day of the year, 1 to 366.

    >>> day_of_year(np.array(["2024-12-31T23:45", "2025-12-31T23:45"], "M8[m]")).tolist()
    [366, 365]
    """
    return np.asarray((times.astype("M8[D]") - times.astype("M8[Y]").astype("M8[D]")).astype(np.int64) + 1)


def in_leap_year(times: Instants) -> NDArray[np.bool_]:
    """Which of the times lie in a year of 366 days.

    >>> in_leap_year(np.array(["1900", "2000", "2024", "2025"], "M8[Y]")).tolist()
    [False, True, True, False]
    """
    year = year_of(times)
    return np.asarray((year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0)))
