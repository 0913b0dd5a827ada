"""The time grid: equal steps from a UTC instant on, with the calendar of one zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lingtan.clock.calendar import month_of, weekday_of, year_of
from lingtan.clock.zones import (
    FIRST_YEAR,
    LAST_YEAR,
    MINUTES_PER_DAY,
    Instants,
    Ints,
    check_step,
    days_in_year,
    instant_of,
    offsets_of,
    read_only,
    refused,
    whole_minutes,
    zone_of,
)

if TYPE_CHECKING:
    import pandas as pd

MAX_STEPS = 10_000_000
_MINUTE = np.timedelta64(1, "m")


def _counted(labels: Instants) -> Ints:
    """Labels in order, numbered from 0 at each change."""
    return read_only(np.cumsum(np.concatenate([[0], labels[1:] != labels[:-1]])))


@dataclass(frozen=True)
class TimeGrid:
    """Equal steps from a UTC instant on, read with the calendar of one zone.

    `start` is the UTC start of the first interval, `step_minutes` divides an hour or is a number of whole hours that
    divides a day, `steps` counts the intervals (1 to 10 million), `zone` is an IANA name. All arrays are (steps,),
    read-only, and speak of the start of each interval.

    Raises `InputError` with codes `clock.*`.

    >>> year = TimeGrid.of_year(2025, "Asia/Shanghai")
    >>> year.steps, str(year.start), str(year.local[0]), year.day_index[-1]
    (35040, '2024-12-31T16:00', '2025-01-01T00:00', np.int64(364))
    """

    start: np.datetime64
    step_minutes: int
    steps: int
    zone: str

    def __post_init__(self) -> None:
        check_step(self.step_minutes)
        if not 0 < self.steps <= MAX_STEPS:
            raise refused("clock.bad-step-count", "steps", f"1 … {MAX_STEPS}", self.steps)
        zone_of(self.zone)
        object.__setattr__(self, "start", whole_minutes(np.asarray(self.start), "start")[()])
        whole_minutes(np.asarray(self.end - _MINUTE), "end")

    @classmethod
    def of_year(cls, year: int, zone: str, step_minutes: int = 15) -> TimeGrid:
        """The calendar year of a zone: local 1 January 00:00 to the next one."""
        if not FIRST_YEAR <= year < LAST_YEAR:
            raise refused("clock.outside-years", "year", f"{FIRST_YEAR} … {LAST_YEAR - 1}", year)
        return cls.of_span(datetime(year, 1, 1), datetime(year + 1, 1, 1), zone, step_minutes)

    @classmethod
    def of_span(cls, start: datetime, end: datetime, zone: str, step_minutes: int = 15) -> TimeGrid:
        """From `start` up to, not including, `end`; naive times are in the zone (their `fold` counts)."""
        check_step(step_minutes)
        first, stop = instant_of(start, zone, "start"), instant_of(end, zone, "end")
        steps, rest = divmod(int((stop - first).astype(np.int64)), step_minutes)
        if rest:
            raise refused("clock.broken-span", "end", f"a multiple of {step_minutes} min", f"{start} … {end}")
        return cls(first, step_minutes, steps, zone)

    @property
    def step_hours(self) -> float:
        """Length of a step in h: energy in kWh is power in kW times this."""
        return self.step_minutes / 60

    @property
    def steps_per_day(self) -> int:
        """Steps of a 24-hour day; a day of a clock change has more or fewer (see `steps_of_day`)."""
        return MINUTES_PER_DAY // self.step_minutes

    @property
    def share_of_year(self) -> float:
        """The part of the calendar year it begins in that it covers; a whole year is 1, leap or not [1]."""
        return self.steps * self.step_hours / (24.0 * days_in_year(int(self.year[0])))

    @property
    def end(self) -> np.datetime64:
        """UTC instant at which the last interval ends."""
        return self.start + np.timedelta64(self.steps * self.step_minutes, "m")

    @cached_property
    def utc(self) -> Instants:
        """Start of each interval in UTC, datetime64[m]."""
        return read_only(np.arange(self.start, self.end, np.timedelta64(self.step_minutes, "m")))

    @cached_property
    def local(self) -> Instants:
        """Wall clock of the zone at each start, datetime64[m]; it jumps where the clock is changed."""
        return read_only(self.utc + offsets_of(self.utc, self.zone))

    @cached_property
    def day(self) -> Instants:
        """Local date, datetime64[D]."""
        return read_only(self.local.astype("M8[D]"))

    @cached_property
    def day_index(self) -> Ints:
        """Local day counted from 0, the first of the grid."""
        return _counted(self.day)

    @cached_property
    def days(self) -> Instants:
        """The local dates of the grid, once each, (D,) datetime64[D]; the first and last may be cut."""
        return read_only(np.unique(self.day))

    @cached_property
    def steps_of_day(self) -> Ints:
        """Steps that the grid has in each local day, (D,)."""
        return read_only(np.bincount(self.day_index))

    @cached_property
    def year(self) -> Ints:
        """Local year."""
        return read_only(year_of(self.local))

    @cached_property
    def month(self) -> Ints:
        """Local month, 1 to 12."""
        return read_only(month_of(self.local))

    @cached_property
    def month_index(self) -> Ints:
        """Local month counted from 0, the first of the grid."""
        return _counted(self.local.astype("M8[M]"))

    @cached_property
    def months(self) -> Instants:
        """The local months of the grid, once each, (M,) datetime64[M]; the first and last may be cut."""
        return read_only(np.unique(self.local.astype("M8[M]")))

    @cached_property
    def weekday(self) -> Ints:
        """Day of the week, 0 is Monday."""
        return read_only(weekday_of(self.day))

    @cached_property
    def minute_of_day(self) -> Ints:
        """Wall clock in minutes since midnight, 0 to 1439."""
        return read_only((self.local - self.day).astype(np.int64))

    @cached_property
    def hour(self) -> Ints:
        """Wall clock hour, 0 to 23."""
        return read_only(self.minute_of_day // 60)

    def index(self, instant: datetime | np.datetime64) -> int:
        """The step whose interval contains the instant (datetime64 is UTC, a naive datetime is in the zone)."""
        at = instant if isinstance(instant, np.datetime64) else instant_of(instant, self.zone, "instant")
        if not self.start <= at < self.end:
            raise refused("clock.outside-grid", "instant", f"{self.start}Z … {self.end}Z", f"{at}Z")
        return int((at - self.start) // np.timedelta64(self.step_minutes, "m"))

    def window(self, first: int, steps: int) -> TimeGrid:
        """The grid of `steps` steps from step `first` on; it must lie inside this one."""
        if not (0 <= first and 0 < steps <= self.steps - first):
            raise refused("clock.outside-grid", "window", f"0 … {self.steps}", f"{first} … {first + steps}")
        start = self.start + np.timedelta64(first * self.step_minutes, "m")
        return TimeGrid(start, self.step_minutes, steps, self.zone)

    def same_as(self, other: TimeGrid) -> bool:
        """Whether both have the same intervals; their zones may differ."""
        return (self.start, self.step_minutes, self.steps) == (other.start, other.step_minutes, other.steps)

    def to_pandas_index(self) -> pd.DatetimeIndex:
        """The starts as a pandas index, aware, in the zone."""
        import pandas as pd

        return pd.DatetimeIndex(self.utc.astype("M8[s]")).tz_localize("UTC").tz_convert(self.zone)
