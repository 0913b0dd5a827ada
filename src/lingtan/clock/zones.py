"""Zones, and what the grid and the stamps share: offsets by the minute, whole minutes, allowed steps.

Zones come from the IANA database through `zoneinfo`; offsets that were not whole minutes (before 1972) are rounded.
"""

from __future__ import annotations

import calendar
import difflib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, InputError

Instants = NDArray[np.datetime64]
Minutes = NDArray[np.timedelta64]
Ints = NDArray[np.int64]
Frozen = TypeVar("Frozen", bound=NDArray[Any])

FIRST_YEAR, LAST_YEAR = 1900, 2199
MINUTES_PER_DAY = 1440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_PLACES = frozenset({"", "localtime", "posixrules", "Factory"})
"""Names some systems offer that mean this machine's own zone or none at all."""


def is_leap(year: int) -> bool:
    """Whether a year of the Gregorian calendar has 366 days."""
    return calendar.isleap(year)


def days_in_year(year: int) -> int:
    """365 or 366."""
    return 366 if is_leap(year) else 365


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name; `InputError` with `clock.unknown-zone` and the nearest name if there is none."""
    try:
        if name not in _NOT_PLACES:
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    known = sorted(available_timezones() - _NOT_PLACES)
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    raise InputError(
        [Finding("clock.unknown-zone", "zone", got=name, values={"nearest": (nearest or ["Asia/Shanghai"])[0]})]
    )


def utc_offsets(utc: Instants, zone: str) -> Minutes:
    """Offset of local time from UTC at each instant, (T,) timedelta64[m]; the instants need no order.

    The zone is asked once per day that occurs; inside a day that ends with another offset than it began with, the
    minute of the change is found by bisection.

    >>> utc_offsets(np.array(["2025-03-30T00:59", "2025-03-30T01:00"], "M8[m]"), "Europe/Berlin").astype(int).tolist()
    [60, 120]
    """
    return offsets_of(whole_minutes(utc, "utc"), zone)


def offsets_of(utc: Instants, zone: str) -> Minutes:
    """As `utc_offsets`, for instants that are known to be minutes."""
    place = zone_of(zone)
    if not utc.size:
        return read_only(np.zeros(0, "m8[m]"))
    since: list[int] = []
    offsets: list[int] = []
    for day in np.unique(utc.astype("M8[D]")).astype(np.int64).tolist():
        first, last = day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY - 1
        changes = [(first, _offset_at(place, first))]
        if _offset_at(place, last) != changes[0][1]:
            changes.append(_change_between(place, first, last))
        since += [minute for minute, _ in changes]
        offsets += [offset for _, offset in changes]
    held = np.searchsorted(np.array(since), utc.astype(np.int64), side="right") - 1
    return read_only(np.array(offsets, "m8[m]")[held])


def _offset_at(place: ZoneInfo, minute: int) -> int:
    """Offset in minutes at a minute counted from 1970 UTC."""
    offset = (_EPOCH + timedelta(minutes=minute)).astimezone(place).utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def _change_between(place: ZoneInfo, first: int, last: int) -> tuple[int, int]:
    """First minute with the offset of `last`, and that offset, where `first` has another one."""
    after = _offset_at(place, last)
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (first, middle) if _offset_at(place, middle) == after else (middle, last)
    return last, after


def whole_minutes(times: Instants, who: str) -> Instants:
    """Times as whole minutes inside the years we cover; NaT is refused too."""
    minutes = times.astype("M8[m]")
    odd = minutes != times
    if odd.any():
        raise refused("clock.not-a-minute", who, "", np.atleast_1d(times)[np.atleast_1d(odd)][0])
    year = minutes.astype("M8[Y]").astype(np.int64) + 1970
    beyond = (year < FIRST_YEAR) | (year > LAST_YEAR)
    if beyond.any():
        first = np.atleast_1d(minutes)[np.atleast_1d(beyond)][0]
        raise refused("clock.outside-years", who, f"{FIRST_YEAR} … {LAST_YEAR}", first)
    return minutes


def instant_of(when: datetime, zone: str, who: str) -> np.datetime64:
    """A datetime as a UTC instant; a naive one is in the zone and must exist there."""
    place = zone_of(zone)
    utc = (when if when.tzinfo else when.replace(tzinfo=place)).astimezone(UTC)
    if not when.tzinfo and utc.astimezone(place).replace(tzinfo=None) != when:
        raise refused("clock.absent-stamp", who, "", when)
    instant: np.datetime64 = whole_minutes(np.array([utc.replace(tzinfo=None)], "M8[us]"), who)[0]
    return instant


def moment_of(text: str, zone: str, who: str) -> np.datetime64 | None:
    """The instant that a user wrote (ISO 8601), None where it is none; without an offset it is on the clock of the zone.

    A time that the clock shows twice there is refused as one that it skips, for two readings are a guess; its offset says which.

    >>> str(moment_of("2025-10-26T02:30+01:00", "Europe/Berlin", "start"))
    '2025-10-26T01:30'
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        place = zone_of(zone)
        first, second = (when.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first < second:
            offsets = (when.replace(tzinfo=place, fold=fold).isoformat(timespec="minutes") for fold in (0, 1))
            raise refused("clock.repeated-stamp", who, " · ".join(offsets), text)
    return instant_of(when, zone, who)


def check_step(step_minutes: int) -> None:
    """Refuse a step that neither divides an hour nor is a number of whole hours that divides a day."""
    divides_hour = 0 < step_minutes <= 60 and 60 % step_minutes == 0
    if not divides_hour and not (step_minutes > 60 and step_minutes % 60 == 0 and MINUTES_PER_DAY % step_minutes == 0):
        raise refused("clock.bad-step", "step_minutes", "1 … 60, 120, 180, … 1440 min", f"{step_minutes} min")


def refused(code: str, who: str, expected: str, got: object) -> InputError:
    """The error with one finding."""
    return InputError([Finding(code, who, expected, str(got))])


def read_only(array: Frozen) -> Frozen:
    """The same array, which nobody can write from now on."""
    array.flags.writeable = False
    return array
