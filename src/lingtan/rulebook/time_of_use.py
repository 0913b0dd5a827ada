"""Time-of-use hours: which wall-clock minute of which month is peak, flat or valley."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import Field, model_validator

from lingtan.clock import MINUTES_PER_DAY, TimeGrid
from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, Severity
from lingtan.rulebook.record import AT_LEAST_ONE, Mismatch, Month, Record
from lingtan.rulebook.special_hours import DailyMaxima, DayFacts, HourRange, Mask, Months, Special
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS, PeriodName

Codes = NDArray[np.int8]
"""A `Period` per step, (T,) int8."""


class Period(IntEnum):
    """The price periods of a day (尖峰、高峰、平段、低谷、深谷), as codes of an array."""

    FLAT = 0
    PEAK = 1
    VALLEY = 2
    SUPER_PEAK = 3
    DEEP_VALLEY = 4

    @property
    def key(self) -> PeriodName:
        """The name that records use, such as `super_peak`."""
        return _PERIOD_NAMES[self]

    @property
    def words(self) -> Words:
        """What people call it."""
        return RULEBOOK_WORDS[f"period.{self.key}"]

    @classmethod
    def of(cls, key: PeriodName) -> Period:
        """The period of a record's name for it."""
        return cls[key.upper()]


_PERIOD_NAMES: tuple[PeriodName, ...] = ("flat", "peak", "valley", "super_peak", "deep_valley")


class Season(Fact):
    """The daily pattern of some months; hours that nobody names are flat."""

    months: Months
    """Months of the year, 1 to 12."""
    peak: tuple[HourRange, ...] = ()
    """Peak hours."""
    valley: tuple[HourRange, ...] = ()
    """Valley hours."""


class HourExample(Fact):
    """A moment and the period it belongs to, as the document shows it."""

    month: Month
    """Month of the year."""
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    """Wall-clock time, `13:30`."""
    period: PeriodName
    """The period that this minute belongs to."""


class TimeOfUse(Record):
    """Time-of-use hours of a place; super peak overrides peak and deep valley overrides valley."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.time_of_use"]

    kind: Literal["time_of_use"]
    seasons: Annotated[tuple[Season, ...], AT_LEAST_ONE]
    """Daily patterns; together they name every month once."""
    super_peak: tuple[Special, ...] = ()
    """Super-peak hours (尖峰)."""
    deep_valley: tuple[Special, ...] = ()
    """Deep-valley hours (深谷)."""
    examples: tuple[HourExample, ...] = ()
    """Moments with their period."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        found = [*_check_months(self), *_check_overlaps(self)]
        if found:
            raise InputError(found)
        return self

    @property
    def specials(self) -> tuple[tuple[Period, Special], ...]:
        """All special hours with their period, in the order in which later ones override earlier ones on a called day."""
        super_peaks = ((Period.SUPER_PEAK, special) for special in self.super_peak)
        return (*super_peaks, *((Period.DEEP_VALLEY, special) for special in self.deep_valley))

    def mismatches(self) -> Iterator[Mismatch]:
        """The moments that fall into another period than the example says."""
        table = period_table(self)
        for number, example in enumerate(self.examples):
            got = Period(table[example.month - 1, _minutes(example.at)]).key
            if got != example.period:
                yield Mismatch(number, "period", example.period, got)


def period_of(
    hours: TimeOfUse,
    grid: TimeGrid,
    daily_max_c: ArrayLike | DailyMaxima | None = None,
    holidays: ArrayLike | None = None,
) -> Codes:
    """The period of each step by the wall clock at its start, (T,) int8 codes of `Period`.

    `daily_max_c` are the daily maximum temperatures [°C] and `holidays` the names of the holidays (`classify_days`), both
    (D,) for `grid.days`. Where one is None its conditions are not applied, and `check_hours` says so. Days before the grid
    are known only to `DailyMaxima`; else a run of hot days begins at its first day. A step that a boundary cuts belongs to
    neither side: ask `check_hours` first. Raises `InputError` (`rulebook.days-do-not-fit`).
    """
    codes = np.zeros(grid.steps, np.int8)
    for table, steps in _tables(hours, grid, DayFacts.of(grid.days, daily_max_c, holidays)):
        codes[steps] = table[grid.month[steps] - 1, grid.minute_of_day[steps]]
    return codes


@lru_cache(maxsize=64)
def period_table(hours: TimeOfUse, called: frozenset[int] = frozenset()) -> Codes:
    """The period of every minute of a day of each month, (12, 1440) int8, read-only.

    `called` are the numbers (in `hours.specials`) of those special hours that a condition makes count on the day. They
    override the hours of every day, a deep valley also a super peak.
    """
    table = np.zeros((12, MINUTES_PER_DAY), np.int8)
    for season in hours.seasons:
        _paint(table, season.months, season.valley, Period.VALLEY)
        _paint(table, season.months, season.peak, Period.PEAK)
    for special in hours.deep_valley:
        _paint(table, special.months, special.hours, Period.DEEP_VALLEY)
    for special in hours.super_peak:
        _paint(table, special.months, special.hours, Period.SUPER_PEAK)
    for number in sorted(called):
        period, special = hours.specials[number]
        _paint(table, range(1, 13), special.hours, period)
    table.flags.writeable = False
    return table


def check_hours(
    hours: TimeOfUse,
    grid: TimeGrid,
    daily_max_c: ArrayLike | DailyMaxima | None = None,
    holidays: ArrayLike | None = None,
) -> list[Finding]:
    """What keeps the hours from being exact on a grid: steps cut by a boundary, conditions of which nothing is known."""
    found = []
    cut = np.flatnonzero(_is_cut(hours, grid, DayFacts.of(grid.days, daily_max_c, holidays)))
    if cut.size:
        got = f"{grid.step_minutes} min, {str(grid.local[cut[0]]).replace('T', ' ')} (×{cut.size})"
        found.append(Finding("rulebook.step-cut-by-period", hours.id, got=got))
    present = set(np.unique(grid.month).tolist())
    for _, special in hours.specials:
        trigger = special.temperature_trigger
        if trigger is not None and daily_max_c is None and present & set(trigger.months):
            hot = f"≥ {trigger.daily_maximum:g} °C × {trigger.days_running} d"
            got = f"{', '.join(special.hours)} ({hot})"
            found.append(Finding("rulebook.temperature-unknown", hours.id, got=got, severity=Severity.NOTE))
        if special.holidays and holidays is None:
            got = ", ".join(special.holidays)
            found.append(Finding("rulebook.holiday-hours-not-applied", hours.id, got=got, severity=Severity.NOTE))
    return found


def _tables(hours: TimeOfUse, grid: TimeGrid, facts: DayFacts) -> Iterator[tuple[Codes, Mask]]:
    """The table of each kind of day that occurs, with the steps it holds in, (T,); every step is in one of them."""
    kind_of_day = np.zeros(facts.days.size, np.int64)
    for number, (_, special) in enumerate(hours.specials):
        kind_of_day |= facts.call_for(special).astype(np.int64) << number
    for kind in np.unique(kind_of_day).tolist():
        called = frozenset(number for number in range(len(hours.specials)) if kind >> number & 1)
        yield period_table(hours, called), (kind_of_day == kind)[grid.day_index]


def _is_cut(hours: TimeOfUse, grid: TimeGrid, facts: DayFacts) -> NDArray[np.bool_]:
    """Steps inside which the period changes, (T,)."""
    last = np.minimum(grid.minute_of_day + grid.step_minutes, MINUTES_PER_DAY) - 1
    cut = np.zeros(grid.steps, np.bool_)
    for table, steps in _tables(hours, grid, facts):
        changes = np.zeros(table.shape, np.int64)
        changes[:, 1:] = np.cumsum(table[:, 1:] != table[:, :-1], axis=1)
        month = grid.month[steps] - 1
        cut[steps] = changes[month, last[steps]] != changes[month, grid.minute_of_day[steps]]
    return cut


def _paint(table: Codes, months: Iterable[int], ranges: Iterable[str], period: Period) -> None:
    rows = np.array([month - 1 for month in months], np.intp)
    for hour_range in ranges:
        for first, stop in _spans(hour_range):
            table[rows[:, None], np.arange(first, stop)] = period


def _spans(hour_range: str) -> list[tuple[int, int]]:
    """A range as half-open spans of minutes inside one day: two when it runs past midnight.

    >>> _spans("22:00-08:00")
    [(1320, 1440), (0, 480)]
    """
    first, stop = map(_minutes, hour_range.split("-"))
    return [(first, stop)] if first < stop else [(first, MINUTES_PER_DAY), (0, stop)]


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _check_months(hours: TimeOfUse) -> list[Finding]:
    named = [month for season in hours.seasons for month in season.months]
    if sorted(named) == list(range(1, 13)):
        return []
    got = ", ".join(map(str, sorted(named)))
    return [Finding("rulebook.months-not-once", f"{hours.id}.seasons", "1 … 12", got)]


def _check_overlaps(hours: TimeOfUse) -> Iterator[Finding]:
    """Peak and valley of one season exclude each other, and so do the two kinds of special hours."""
    for number, season in enumerate(hours.seasons, 1):
        if _share_a_minute(season.peak, season.valley):
            got = ", ".join((*season.peak, *season.valley))
            yield Finding("rulebook.hours-overlap", f"{hours.id}.seasons[{number}]", got=got)
    for high in hours.super_peak:
        for low in hours.deep_valley:
            if set(high.months) & set(low.months) and _share_a_minute(high.hours, low.hours):
                got = ", ".join((*high.hours, *low.hours))
                yield Finding("rulebook.hours-overlap", f"{hours.id}.super_peak", got=got)


def _share_a_minute(one: Iterable[str], other: Iterable[str]) -> bool:
    minutes = np.zeros((2, MINUTES_PER_DAY), bool)
    for row, ranges in enumerate((one, other)):
        for first, stop in (span for hour_range in ranges for span in _spans(hour_range)):
            minutes[row, first:stop] = True
    return bool(minutes.all(axis=0).any())
