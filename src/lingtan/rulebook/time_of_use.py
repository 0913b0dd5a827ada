"""Time-of-use hours: which wall-clock minute of which month is peak, flat or valley."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lingtan.clock import MINUTES_PER_DAY, TimeGrid
from lingtan.findings import Finding, InputError, Severity
from lingtan.rulebook.record import AT_LEAST_ONE, Entry, Mismatch, Month, Record
from lingtan.units import TemperatureC
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS, HolidayName, PeriodName

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
_HOUR_RANGE = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


def _checked_range(text: str) -> str:
    if not _HOUR_RANGE.fullmatch(text) or text[:5] == text[6:]:
        raise PydanticCustomError("rulebook.bad-hours", "not hours", {"expected": "22:00-08:00"})
    return text


HourRange = Annotated[str, AfterValidator(_checked_range)]
"""`10:00-12:00`, half-open, in wall-clock time of the park; `22:00-08:00` runs past midnight."""
Months = Annotated[tuple[Month, ...], AT_LEAST_ONE]


class Season(Entry):
    """The daily pattern of some months; hours that nobody names are flat."""

    months: Months
    """Months of the year, 1 to 12."""
    peak: tuple[HourRange, ...] = ()
    """Peak hours."""
    valley: tuple[HourRange, ...] = ()
    """Valley hours."""


class TemperatureTrigger(Entry):
    """Hours that count only after hot days; carried and reported, not applied while there is no temperature."""

    daily_maximum: TemperatureC
    """Daily maximum from which a day is hot [°C]."""
    days_running: Annotated[int, Field(strict=True, ge=1)] = 1
    """How many hot days in a row it takes."""
    months: Months
    """Months in which the trigger can act."""


class Special(Entry):
    """Hours of a super peak or a deep valley, which override the season's pattern."""

    hours: Annotated[tuple[HourRange, ...], AT_LEAST_ONE]
    """The hours."""
    months: tuple[Month, ...] = ()
    """Months in which they hold on every day."""
    temperature_trigger: TemperatureTrigger | None = None
    """Hot days on which they also hold."""
    holidays: tuple[HolidayName, ...] = ()
    """Holidays on which they also hold; carried and reported, not applied yet."""


class HourExample(Entry):
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

    def mismatches(self) -> Iterator[Mismatch]:
        """The moments that fall into another period than the example says."""
        table = period_table(self)
        for number, example in enumerate(self.examples):
            got = Period(table[example.month - 1, _minutes(example.at)]).key
            if got != example.period:
                yield Mismatch(number, "period", example.period, got)


def period_of(hours: TimeOfUse, grid: TimeGrid) -> Codes:
    """The period of each step by the wall clock at its start, (T,) int8 codes of `Period`.

    A step that a boundary cuts belongs to neither side: ask `check_hours` first.
    """
    return period_table(hours)[grid.month - 1, grid.minute_of_day]


@lru_cache(maxsize=64)
def period_table(hours: TimeOfUse) -> Codes:
    """The period of every minute of a day of each month, (12, 1440) int8, read-only.

    Conditions on temperature and holidays are not applied; `check_hours` says where they would matter.
    """
    table = np.zeros((12, MINUTES_PER_DAY), np.int8)
    for season in hours.seasons:
        _paint(table, season.months, season.valley, Period.VALLEY)
        _paint(table, season.months, season.peak, Period.PEAK)
    for special in hours.deep_valley:
        _paint(table, special.months, special.hours, Period.DEEP_VALLEY)
    for special in hours.super_peak:
        _paint(table, special.months, special.hours, Period.SUPER_PEAK)
    table.flags.writeable = False
    return table


def check_hours(hours: TimeOfUse, grid: TimeGrid) -> list[Finding]:
    """What keeps the hours from being exact on a grid: steps cut by a boundary, conditions that are not applied."""
    found = []
    cut = np.flatnonzero(_is_cut(hours, grid))
    if cut.size:
        got = f"{grid.step_minutes} min, {str(grid.local[cut[0]]).replace('T', ' ')} (×{cut.size})"
        found.append(Finding("rulebook.step-cut-by-period", hours.id, got=got))
    present = set(np.unique(grid.month).tolist())
    for special in (*hours.super_peak, *hours.deep_valley):
        trigger = special.temperature_trigger
        if trigger is not None and present & set(trigger.months):
            got = f"≥ {trigger.daily_maximum:g} °C × {trigger.days_running} d"
            found.append(Finding("rulebook.temperature-unknown", hours.id, got=got, severity=Severity.NOTE))
        if special.holidays:
            got = ", ".join(special.holidays)
            found.append(Finding("rulebook.holiday-hours-not-applied", hours.id, got=got, severity=Severity.NOTE))
    return found


def _is_cut(hours: TimeOfUse, grid: TimeGrid) -> NDArray[np.bool_]:
    """Steps inside which the period changes, (T,)."""
    table = period_table(hours)
    changes = np.zeros(table.shape, np.int64)
    changes[:, 1:] = np.cumsum(table[:, 1:] != table[:, :-1], axis=1)
    last = np.minimum(grid.minute_of_day + grid.step_minutes, MINUTES_PER_DAY) - 1
    return np.asarray(changes[grid.month - 1, last] != changes[grid.month - 1, grid.minute_of_day])


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
