"""Special hours of a price list: those of every day of a month, of hot days, and of holidays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lingtan.clock import TimeGrid, month_of
from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.rulebook.record import AT_LEAST_ONE, Array, Days, Month
from lingtan.units import TemperatureC
from lingtan.wording.rulebook import HolidayName

Mask = NDArray[np.bool_]
Names = NDArray[np.str_]
_HOUR_RANGE = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


def _checked_range(text: str) -> str:
    if not _HOUR_RANGE.fullmatch(text) or text[:5] == text[6:]:
        raise PydanticCustomError("rulebook.bad-hours", "not hours", {"expected": "22:00-08:00"})
    return text


HourRange = Annotated[str, AfterValidator(_checked_range)]
"""`10:00-12:00`, half-open, in wall-clock time of the park; `22:00-08:00` runs past midnight."""
Months = Annotated[tuple[Month, ...], AT_LEAST_ONE]


class TemperatureTrigger(Fact):
    """Hours that count on the last day of a run of hot days and on each hot day after it."""

    daily_maximum: TemperatureC
    """Daily maximum from which a day is hot [°C]."""
    days_running: Annotated[int, Field(strict=True, ge=1)] = 1
    """How many hot days in a row it takes; the day itself is the last of them."""
    months: Months
    """Months in which the trigger can act."""


class Special(Fact):
    """Hours of a super peak or a deep valley, which override the season's pattern."""

    hours: Annotated[tuple[HourRange, ...], AT_LEAST_ONE]
    """The hours; those past midnight belong to the early hours of the same day."""
    months: tuple[Month, ...] = ()
    """Months in which they hold on every day."""
    temperature_trigger: TemperatureTrigger | None = None
    """Hot days on which they also hold."""
    holidays: tuple[HolidayName, ...] = ()
    """Holidays on which they also hold."""


@dataclass(frozen=True, eq=False)
class DailyMaxima:
    """The daily maximum temperature [°C] of days in a row, (D,): of more days than a bill asks about, so that a run of hot
    days that began before its first day is seen whole."""

    days: Days
    daily_max_c: Array

    @classmethod
    def of_steps(cls, grid: TimeGrid, temperature_c: ArrayLike) -> DailyMaxima:
        """The largest of each wall-clock day of a grid; `temperature_c` is (T,), finite.

        >>> import numpy as np
        >>> grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
        >>> DailyMaxima.of_steps(grid, np.arange(8760.0)).daily_max_c[:2].tolist()
        [23.0, 47.0]
        """
        highs = np.full(grid.days.size, -np.inf)
        np.maximum.at(highs, grid.day_index, np.asarray(temperature_c, np.float64))
        return cls(grid.days, highs)

    def covers(self, days: Days) -> bool:
        """Whether every one of some days is known."""
        return bool(np.isin(days, self.days).all())

    def on(self, days: Days) -> Array:
        """The maxima of days in a row that are covered, (D,)."""
        return self.daily_max_c[np.searchsorted(self.days, days)]

    def before(self, day: np.datetime64) -> Array:
        """The maxima of the days that end on the eve of a day."""
        return self.daily_max_c[: int(np.searchsorted(self.days, day))]


@dataclass(frozen=True, eq=False)
class DayFacts:
    """What is known about each of some days in a row, (D,): daily maximum [°C], name of the holiday; None for unknown.

    `earlier_max_c` are the maxima of the days right before the first one, as many as are known.
    """

    days: Days
    daily_max_c: Array | None
    holidays: Names | None
    earlier_max_c: Array

    @classmethod
    def of(cls, days: Days, daily_max_c: ArrayLike | DailyMaxima | None, holidays: ArrayLike | None) -> DayFacts:
        """The facts of days, checked.

        Raises `InputError` (`rulebook.days-do-not-fit`) for another number of days, or a temperature that is not finite.
        """
        earlier = np.zeros(0)
        if isinstance(daily_max_c, DailyMaxima):
            earlier = daily_max_c.before(days[0])
            daily_max_c = daily_max_c.on(days)
        highs = None if daily_max_c is None else np.asarray(daily_max_c, np.float64)
        names = None if holidays is None else np.asarray(holidays, np.str_)
        for who, given in (("daily_max_c", highs), ("holidays", names)):
            if given is not None and given.shape != days.shape:
                raise InputError([Finding("rulebook.days-do-not-fit", who, f"{days.size}", f"{given.size}")])
        if highs is not None and not np.isfinite(highs).all():
            day = str(days[~np.isfinite(highs)][0])
            raise InputError([Finding("rulebook.days-do-not-fit", "daily_max_c", got=f"{day}: –")])
        return cls(days, highs, names, earlier)

    def call_for(self, special: Special) -> Mask:
        """On which days a condition, as far as it is known, makes the special hours count, (D,)."""
        called = np.zeros(self.days.shape, np.bool_)
        trigger = special.temperature_trigger
        if trigger is not None and self.daily_max_c is not None:
            month = month_of(self.days)
            hot = np.concatenate((self.earlier_max_c, self.daily_max_c)) >= trigger.daily_maximum
            running = _days_in_run(hot)[self.earlier_max_c.size :]
            called |= (running >= trigger.days_running) & np.isin(month, trigger.months)
        if special.holidays and self.holidays is not None:
            called |= np.isin(self.holidays, special.holidays)
        return called


def _days_in_run(hot: Mask) -> NDArray[np.int64]:
    """For each day the number of hot days in a row that end with it, (D,); days before the first are not known.

    >>> _days_in_run(np.array([True, False, True, True])).tolist()
    [1, 0, 1, 2]
    """
    number = np.arange(hot.size)
    last_cool = np.maximum.accumulate(np.where(hot, -1, number))
    return np.asarray(number - last_cool, np.int64)
