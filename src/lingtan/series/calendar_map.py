"""A measured year laid over a studied one, day by day.

Each studied day takes the values of one measured day: of the same kind (workday, weekend, holiday), of the same weekday
where there is one near, and as near in the season as can be. What kind a day is comes from the calendar of the rulebook, as
arrays. Weather keeps no holidays and no summer time: it is mapped by weekday alone (`types_by_weekday`) on the
`standard_clock`, so on every ordinary day load, sun and wind come from the same measured day, and a festival of eight days is
not eight copies of one day's sky.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import (
    MINUTES_PER_DAY,
    DayCodes,
    DayType,
    Instants,
    Ints,
    TimeGrid,
    day_of_year,
    in_leap_year,
    utc_offsets,
    weekday_of,
)
from lingtan.findings import Finding, InputError
from lingtan.series.labeled import Qualities, Quality, Series, Values
from lingtan.series.resample import resample
from lingtan.wording import Text, Words
from lingtan.wording.series_notes import said

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

SEASON_DAYS = 365.0
LEAP_DAY_PLACE = 58.5
"""29 February lies between the 28th (day 58, counted from 0) and 1 March (day 59) of a common year."""
OTHER_WEEKDAY_DAYS = 14.5
"""A day of the same weekday is preferred if it is at most two weeks farther away in the season."""
HOLIDAY_REACH_DAYS = 45.0
"""Spring Festival moves by up to a month; a holiday farther away than this is another season's."""
HOLIDAY_PLACE_DAYS = 1.0
"""Within a run of holidays, a measured day serves its own place and its neighbors': one New Year's Day is no week of festival."""
REPEAT_DAYS = 10.0
"""Each further use of a measured day for a holiday weighs as much as a day this much farther away in the season."""
SHARE_UNIT = "1"
_RANK = 1000.0
"""One rank of kinds outweighs every distance in days."""


def types_by_weekday(days: Instants) -> DayCodes:
    """The kinds of days where no calendar is known: Monday to Friday work, Saturday and Sunday do not."""
    return np.where(weekday_of(days) >= 5, DayType.WEEKEND, DayType.WORKDAY).astype(np.int8)


def standard_clock(grid: TimeGrid) -> TimeGrid:
    """The same steps on a clock that keeps standard time all year, as the sun and the wind do.

    Its stamps are no UTC: 00:00 is midnight of the zone's standard time, the smaller of the offsets in January and July.

    >>> standard_clock(TimeGrid.of_year(2025, "Europe/Berlin", 60)).local[[0, -1]].astype(str).tolist()
    ['2025-01-01T00:00', '2025-12-31T23:00']
    """
    year = grid.start.astype("M8[Y]")
    seasons = np.array([year.astype("M8[m]"), (year.astype("M8[M]") + 6).astype("M8[m]")])
    return TimeGrid(grid.start + utc_offsets(seasons, grid.zone).min(), grid.step_minutes, grid.steps, "UTC")


def whole_days(grid: TimeGrid) -> Instants:
    """The local dates of a grid that it covers from midnight to midnight."""
    tail = TimeGrid(grid.end, grid.step_minutes, 1, grid.zone).minute_of_day[0]
    return grid.days[1 if grid.minute_of_day[0] else 0 : -1 if tail else None]


@dataclass(frozen=True, eq=False)
class DayMap:
    """Which measured day each studied day takes its values from.

    `source_days` (S,) and `target_days` (D,) are local dates, `source_index` (D,) says the place of the measured day.
    """

    source_days: Instants
    target_days: Instants
    source_types: DayCodes
    target_types: DayCodes
    source_index: Ints

    @cached_property
    def moved_days(self) -> Reals:
        """Distance in the season, in days (0 to 182.5), between each studied day and the measured one; (D,)."""
        return _apart(_season(self.target_days), _season(self.source_days)[self.source_index])

    @property
    def most_used(self) -> int:
        """How many studied days the most used measured day serves."""
        return int(np.bincount(self.source_index).max())

    @cached_property
    def stays(self) -> Flags:
        """Where a studied day is the measured day itself; (D,)."""
        return np.asarray(self.source_days[self.source_index] == self.target_days)

    @property
    def summary(self) -> Words:
        """What was moved by how much and which holidays found a holiday, in words."""
        taken, asked = self.source_types[self.source_index], self.target_types
        holiday, workday = asked == DayType.HOLIDAY, asked == DayType.WORKDAY
        sunday = weekday_of(self.source_days)[self.source_index] == 6
        rest_on_sunday = holiday & (taken == DayType.WEEKEND) & sunday
        moved = self.moved_days[self.moved_days > 0]
        return said(
            "day-map",
            days=len(asked),
            sources=len(self.source_days),
            kept=len(asked) - moved.size,
            moved=moved.size,
            near=f"{moved.min() if moved.size else 0.0:g}",
            far=f"{moved.max() if moved.size else 0.0:g}",
            holidays=int((holiday & (taken == DayType.HOLIDAY)).sum()),
            sundays=int(rest_on_sunday.sum()),
            makeup=int((workday & (weekday_of(self.target_days) >= 5) & (taken == DayType.WORKDAY)).sum()),
            other=int(((taken != asked) & ~rest_on_sunday).sum()),
            most=self.most_used,
        )


def map_days(source_days: Instants, source_types: DayCodes, target_days: Instants, target_types: DayCodes) -> DayMap:
    """The nearest measured day of the same kind for every studied day.

    Days are datetime64[D], unique and rising, types hold `DayType` values. A holiday takes the same day of the measured
    holiday that lies nearest within 45 days (the fourth of seven days takes the middle of the other's), else a Sunday, and
    the same one again only where another is much farther; a make-up workday takes a workday. 29 February takes its neighbors
    and is one for them. Days that are measured and of the same kind map to themselves.

    Raises `InputError` with `series.no-whole-day` when there is no measured day.

    >>> days = np.arange("2025-01-06", "2025-01-13", dtype="M8[D]")
    >>> map_days(days, types_by_weekday(days), days, types_by_weekday(days)).source_index.tolist()
    [0, 1, 2, 3, 4, 5, 6]
    """
    if not len(source_days):
        raise InputError([Finding("series.no-whole-day", "days")])
    source, target = source_days.astype("M8[D]"), target_days.astype("M8[D]")
    cost = _cost(source, np.asarray(source_types), target, np.asarray(target_types))
    chosen = cost.argmin(axis=1)
    festive = np.flatnonzero(np.asarray(target_types) == DayType.HOLIDAY)
    chosen[festive] = _spread(cost[festive])
    return DayMap(source, target, np.asarray(source_types), np.asarray(target_types), chosen)


def _spread(cost: Reals) -> Ints:
    """The cheapest column of each row, in turn, a column used before being dearer each time; (D,)."""
    used = np.zeros(cost.shape[1])
    chosen = np.zeros(len(cost), np.int64)
    for row, costs in enumerate(cost):  # some thirty holidays a year
        chosen[row] = (costs + REPEAT_DAYS * used).argmin()
        used[chosen[row]] += 1.0
    return chosen


def _cost(source: Instants, source_types: DayCodes, target: Instants, target_types: DayCodes) -> Reals:
    """How ill each measured day (column) suits each studied day (row), in days and ranks of kinds."""
    apart = _apart(_season(target)[:, None], _season(source)[None, :])
    other_weekday = weekday_of(target)[:, None] != weekday_of(source)[None, :]
    plain = apart + OTHER_WEEKDAY_DAYS * other_weekday
    is_work, is_weekend, is_holiday = (source_types == kind for kind in DayType)
    for_work = plain + _RANK * np.select([is_work, is_weekend], [0.0, 1.0], 2.0)
    for_weekend = plain + _RANK * np.select([is_weekend, is_holiday], [0.0, 1.0], 2.0)
    middles, places = _holiday_distances(source, is_holiday, target, target_types == DayType.HOLIDAY)
    festive = middles + places
    near = is_holiday & (festive <= HOLIDAY_REACH_DAYS) & (places <= HOLIDAY_PLACE_DAYS)
    rest = np.where(is_holiday, 3.0, np.where(is_weekend, np.where(weekday_of(source) == 6, 1.0, 2.0), 4.0))
    for_holiday = np.where(near, festive, apart + _RANK * rest)
    kind = target_types[:, None]
    chosen: Reals = np.select([kind == DayType.HOLIDAY, kind == DayType.WEEKEND], [for_holiday, for_weekend], for_work)
    return chosen + 1e-3 * np.abs((source[None, :] - target[:, None]).astype(np.int64)) / SEASON_DAYS  # own year first


def _holiday_distances(source: Instants, source_is: Flags, target: Instants, target_is: Flags) -> tuple[Reals, Reals]:
    """Distance of the holidays' middles in the season, and of the days' places within their runs; both (D, S)."""
    target_middle, target_place = _holiday_runs(target, target_is)
    source_middle, source_place = _holiday_runs(source, source_is)
    middles = _apart(target_middle[:, None], source_middle[None, :])
    return middles, np.abs(target_place[:, None] - source_place[None, :])


def _holiday_runs(days: Instants, is_holiday: Flags) -> tuple[Reals, Reals]:
    """For each day of a run of holidays: the season of the run's middle, and its place counted from the middle."""
    number = days.astype(np.int64)
    opens = np.concatenate([[True], (np.diff(number) > 1) | (is_holiday[1:] != is_holiday[:-1])])
    run = np.cumsum(opens) - 1
    first, count = number[opens], np.bincount(run)
    middle = first + (count - 1) // 2
    place = number - first[run] - (count[run] - 1) / 2
    return _season(middle.astype("M8[D]"))[run], place


def _season(days: Instants) -> Reals:
    """Place in the year, 0 to 364, the same for the same date of any year; 29 February lies between its neighbors."""
    place, is_leap = day_of_year(days) - 1.0, in_leap_year(days)
    return np.where(is_leap & (place == 59), LEAP_DAY_PLACE, np.where(is_leap & (place > 59), place - 1, place))


def _apart(one: Reals, other: Reals) -> Reals:
    """Distance in a season that closes at new year."""
    apart: Reals = np.abs(one - other)
    return np.minimum(apart, SEASON_DAYS - apart)


def map_series(series: Series, day_map: DayMap, grid: TimeGrid) -> Series:
    """The series on the studied grid, by wall-clock slots of the mapped days.

    The series is brought to the grid's step before. An hour that the measured clock skipped is filled from its
    neighbors and marked repaired; one it showed twice is averaged. Days that moved are marked mapped, days that stay
    keep their quality. Raises `InputError`: `series.day-absent`, and as `resample` and `Series.complete` do.
    """
    own = resample(_within(series, day_map.source_days).complete(), grid.step_minutes)
    slots = _Slots.of(own, day_map.source_days)
    row = np.searchsorted(day_map.target_days, grid.day)
    row = np.minimum(row, len(day_map.target_days) - 1)
    if np.any(day_map.target_days[row] != grid.day):
        absent = grid.day[day_map.target_days[row] != grid.day][0]
        raise InputError([Finding("series.day-absent", series.name, got=str(absent))])
    day, slot = day_map.source_index[row], grid.minute_of_day // grid.step_minutes
    quality = slots.quality[day, slot]
    moved = ~day_map.stays[row] & ~slots.filled[day, slot]
    quality = np.where(moved, np.maximum(quality, np.uint8(Quality.MAPPED)), quality)
    mapped = replace(own, grid=grid, values=slots.values[day, slot], quality=quality.astype(np.uint8))
    return mapped.noted(day_map.summary, *slots.notes, _before_and_after(own, mapped))


def _within(series: Series, days: Instants) -> Series:
    """The series from the first of these days to the last."""
    inside = np.flatnonzero((series.grid.day >= days[0]) & (series.grid.day <= days[-1]))
    if not inside.size:
        raise InputError([Finding("series.day-absent", series.name, got=str(days[0]))])
    return series.window(int(inside[0]), int(inside.size))


@dataclass(frozen=True, eq=False)
class _Slots:
    """A series as days by wall-clock slots: every day has the same slots, whatever the clock did."""

    values: Values
    quality: Qualities
    filled: Flags
    notes: tuple[Text, ...]

    @classmethod
    def of(cls, series: Series, days: Instants) -> _Slots:
        """The whole days of a series; `series.day-absent` if one of them is absent or cut."""
        grid = series.grid
        present = np.isin(days, whole_days(grid))
        if not present.all():
            raise InputError([Finding("series.day-absent", series.name, got=str(days[~present][0]))])
        kept = np.isin(grid.day, days)
        shape = (len(days), MINUTES_PER_DAY // grid.step_minutes)
        day, slot = np.searchsorted(days, grid.day[kept]), grid.minute_of_day[kept] // grid.step_minutes
        at = day * shape[1] + slot
        count = np.bincount(at, minlength=shape[0] * shape[1])
        total = np.bincount(at, weights=series.values[kept], minlength=count.size)
        quality = np.zeros(count.size, np.uint8)
        np.maximum.at(quality, at, series.quality[kept])
        filled = count == 0
        values = total / np.maximum(count, 1)
        values[filled] = np.interp(np.flatnonzero(filled), np.flatnonzero(~filled), values[~filled])
        quality[filled] = Quality.REPAIRED
        notes = [
            said(key, count=int(mask.sum()))
            for key, mask in (("hours-filled", filled), ("hours-averaged", count > 1))
            if mask.any()
        ]
        return cls(values.reshape(shape), quality.reshape(shape), filled.reshape(shape), tuple(notes))


def _before_and_after(before: Series, after: Series) -> Words:
    """Mean and peak of both, and their hours: of full power where the series is a share of it, else of its own peak."""

    def figures(series: Series, when: str) -> dict[str, Text | float]:
        peak = float(series.values.max())
        whole = 1.0 if series.unit == SHARE_UNIT else peak
        hours = float(series.values.sum()) * series.grid.step_hours / whole if whole > 0 else 0.0
        return {
            f"mean_{when}": f"{series.mean:.6g}",
            f"peak_{when}": f"{peak:.6g}",
            f"hours_{when}": f"{hours:.0f}",
        }

    told = {**figures(before, "before"), **figures(after, "after")}
    return said("mapped-share", **told) if after.unit == SHARE_UNIT else said("mapped", unit=after.unit, **told)
