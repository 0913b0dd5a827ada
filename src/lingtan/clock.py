"""Time grids: UTC instants in equal steps, with the calendar of one zone.

Inside everything is UTC; a stamp marks the start of its half-open interval. Local stamps of files become instants in
`to_utc` and `parse_stamps`, which report what they cannot read and never shift it. Zones come from the IANA database
through `zoneinfo`; offsets that were not whole minutes (before 1972) are rounded to the minute.
"""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, InputError, Severity

if TYPE_CHECKING:
    import pandas as pd

Instants = NDArray[np.datetime64]
Minutes = NDArray[np.timedelta64]
Ints = NDArray[np.int64]
Frozen = TypeVar("Frozen", bound=NDArray[Any])
StampSide = Literal["start", "end"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
MAX_STEPS = 10_000_000
MINUTES_PER_DAY = 1440
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = np.timedelta64(1, "m")
_DAY = np.timedelta64(MINUTES_PER_DAY, "m")
_HALF_DAY = np.timedelta64(MINUTES_PER_DAY // 2, "m")
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
    raise InputError([Finding("clock.unknown-zone", "zone", got=name, values={"nearest": (nearest or ["UTC"])[0]})])


def utc_offsets(utc: Instants, zone: str) -> Minutes:
    """Offset of local time from UTC at each instant, (T,) timedelta64[m]; the instants need no order.

    The zone is asked once per day that occurs; inside a day that ends with another offset than it began with, the
    minute of the change is found by bisection.

    >>> utc_offsets(np.array(["2025-03-30T00:59", "2025-03-30T01:00"], "M8[m]"), "Europe/Berlin").astype(int).tolist()
    [60, 120]
    """
    return _offsets(_minutes(utc, "utc"), zone)


def _offsets(utc: Instants, zone: str) -> Minutes:
    """As `utc_offsets`, for instants that are known to be minutes."""
    place = zone_of(zone)
    if not utc.size:
        return _read_only(np.zeros(0, "m8[m]"))
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
    return _read_only(np.array(offsets, "m8[m]")[held])


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


def _minutes(times: Instants, who: str) -> Instants:
    """Times as whole minutes inside the years we cover; NaT is refused too."""
    minutes = times.astype("M8[m]")
    odd = minutes != times
    if odd.any():
        raise _refused("clock.not-a-minute", who, "", np.atleast_1d(times)[np.atleast_1d(odd)][0])
    year = minutes.astype("M8[Y]").astype(np.int64) + 1970
    beyond = (year < FIRST_YEAR) | (year > LAST_YEAR)
    if beyond.any():
        first = np.atleast_1d(minutes)[np.atleast_1d(beyond)][0]
        raise _refused("clock.outside-years", who, f"{FIRST_YEAR} … {LAST_YEAR}", first)
    return minutes


def _instant(when: datetime, zone: str, who: str) -> np.datetime64:
    """A datetime as a UTC instant; a naive one is in the zone and must exist there."""
    place = zone_of(zone)
    utc = (when if when.tzinfo else when.replace(tzinfo=place)).astimezone(UTC)
    if not when.tzinfo and utc.astimezone(place).replace(tzinfo=None) != when:
        raise _refused("clock.absent-stamp", who, "", when)
    instant: np.datetime64 = _minutes(np.array([utc.replace(tzinfo=None)], "M8[us]"), who)[0]
    return instant


def _check_step(step_minutes: int) -> None:
    divides_hour = 0 < step_minutes <= 60 and 60 % step_minutes == 0
    if not divides_hour and not (step_minutes > 60 and step_minutes % 60 == 0 and MINUTES_PER_DAY % step_minutes == 0):
        raise _refused("clock.bad-step", "step_minutes", "1 … 60, 120, 180, … 1440 min", f"{step_minutes} min")


def _refused(code: str, who: str, expected: str, got: object) -> InputError:
    return InputError([Finding(code, who, expected, str(got))])


def _read_only(array: Frozen) -> Frozen:
    array.flags.writeable = False
    return array


def _counted(labels: Instants) -> Ints:
    """Labels in order, numbered from 0 at each change."""
    return _read_only(np.cumsum(np.concatenate([[0], labels[1:] != labels[:-1]])))


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
        _check_step(self.step_minutes)
        if not 0 < self.steps <= MAX_STEPS:
            raise _refused("clock.bad-step-count", "steps", f"1 … {MAX_STEPS}", self.steps)
        zone_of(self.zone)
        object.__setattr__(self, "start", _minutes(np.asarray(self.start), "start")[()])
        _minutes(np.asarray(self.end - _MINUTE), "end")

    @classmethod
    def of_year(cls, year: int, zone: str, step_minutes: int = 15) -> TimeGrid:
        """The calendar year of a zone: local 1 January 00:00 to the next one."""
        if not FIRST_YEAR <= year < LAST_YEAR:
            raise _refused("clock.outside-years", "year", f"{FIRST_YEAR} … {LAST_YEAR - 1}", year)
        return cls.of_span(datetime(year, 1, 1), datetime(year + 1, 1, 1), zone, step_minutes)

    @classmethod
    def of_span(cls, start: datetime, end: datetime, zone: str, step_minutes: int = 15) -> TimeGrid:
        """From `start` up to, not including, `end`; naive times are in the zone (their `fold` counts)."""
        _check_step(step_minutes)
        first, stop = _instant(start, zone, "start"), _instant(end, zone, "end")
        steps, rest = divmod(int((stop - first).astype(np.int64)), step_minutes)
        if rest:
            raise _refused("clock.broken-span", "end", f"a multiple of {step_minutes} min", f"{start} … {end}")
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
    def end(self) -> np.datetime64:
        """UTC instant at which the last interval ends."""
        return self.start + np.timedelta64(self.steps * self.step_minutes, "m")

    @cached_property
    def utc(self) -> Instants:
        """Start of each interval in UTC, datetime64[m]."""
        return _read_only(np.arange(self.start, self.end, np.timedelta64(self.step_minutes, "m")))

    @cached_property
    def local(self) -> Instants:
        """Wall clock of the zone at each start, datetime64[m]; it jumps where the clock is changed."""
        return _read_only(self.utc + _offsets(self.utc, self.zone))

    @cached_property
    def day(self) -> Instants:
        """Local date, datetime64[D]."""
        return _read_only(self.local.astype("M8[D]"))

    @cached_property
    def day_index(self) -> Ints:
        """Local day counted from 0, the first of the grid."""
        return _counted(self.day)

    @cached_property
    def days(self) -> Instants:
        """The local dates of the grid, once each, (D,) datetime64[D]; the first and last may be cut."""
        return _read_only(np.unique(self.day))

    @cached_property
    def steps_of_day(self) -> Ints:
        """Steps that the grid has in each local day, (D,)."""
        return _read_only(np.bincount(self.day_index))

    @cached_property
    def year(self) -> Ints:
        """Local year."""
        return _read_only(self.local.astype("M8[Y]").astype(np.int64) + 1970)

    @cached_property
    def month(self) -> Ints:
        """Local month, 1 to 12."""
        return _read_only(self.local.astype("M8[M]").astype(np.int64) % 12 + 1)

    @cached_property
    def month_index(self) -> Ints:
        """Local month counted from 0, the first of the grid."""
        return _counted(self.local.astype("M8[M]"))

    @cached_property
    def months(self) -> Instants:
        """The local months of the grid, once each, (M,) datetime64[M]; the first and last may be cut."""
        return _read_only(np.unique(self.local.astype("M8[M]")))

    @cached_property
    def weekday(self) -> Ints:
        """Day of the week, 0 is Monday."""
        return _read_only((self.day.astype(np.int64) + 3) % 7)  # 1970-01-01 was a Thursday

    @cached_property
    def minute_of_day(self) -> Ints:
        """Wall clock in minutes since midnight, 0 to 1439."""
        return _read_only((self.local - self.day).astype(np.int64))

    @cached_property
    def hour(self) -> Ints:
        """Wall clock hour, 0 to 23."""
        return _read_only(self.minute_of_day // 60)

    def index(self, instant: datetime | np.datetime64) -> int:
        """The step whose interval contains the instant (datetime64 is UTC, a naive datetime is in the zone)."""
        at = instant if isinstance(instant, np.datetime64) else _instant(instant, self.zone, "instant")
        if not self.start <= at < self.end:
            raise _refused("clock.outside-grid", "instant", f"{self.start}Z … {self.end}Z", f"{at}Z")
        return int((at - self.start) // np.timedelta64(self.step_minutes, "m"))

    def window(self, first: int, steps: int) -> TimeGrid:
        """The grid of `steps` steps from step `first` on; it must lie inside this one."""
        if not (0 <= first and 0 < steps <= self.steps - first):
            raise _refused("clock.outside-grid", "window", f"0 … {self.steps}", f"{first} … {first + steps}")
        start = self.start + np.timedelta64(first * self.step_minutes, "m")
        return TimeGrid(start, self.step_minutes, steps, self.zone)

    def same_as(self, other: TimeGrid) -> bool:
        """Whether both have the same intervals; their zones may differ."""
        return (self.start, self.step_minutes, self.steps) == (other.start, other.step_minutes, other.steps)

    def overlaps(self, other: TimeGrid) -> bool:
        """Whether some instant lies in both."""
        return bool(self.start < other.end and other.start < self.end)

    def to_pandas_index(self) -> pd.DatetimeIndex:
        """The starts as a pandas index, aware, in the zone."""
        import pandas as pd

        return pd.DatetimeIndex(self.utc.astype("M8[s]")).tz_localize("UTC").tz_convert(self.zone)


@dataclass(frozen=True)
class StampProblem:
    """What is wrong with some stamps of a column: a finding's code, their positions (from 0), one of them as text."""

    code: str
    positions: Ints
    example: str
    severity: Severity = Severity.ERROR

    def finding(self, who: str) -> Finding:
        """One finding for all positions; it names the first."""
        return Finding(self.code, who, got=f"{self.example} (×{len(self.positions)})", severity=self.severity)


class LocalStamps(NamedTuple):
    """Local stamps as instants: interval starts in UTC (NaT where a problem is an error), and the problems."""

    utc: Instants
    problems: tuple[StampProblem, ...]


class ParsedStamps(NamedTuple):
    """A column of texts as instants: as `LocalStamps`, and which texts are no stamp at all."""

    utc: Instants
    unreadable: NDArray[np.bool_]
    problems: tuple[StampProblem, ...]


def to_utc(local: Instants, zone: str, *, stamps: StampSide = "start", step_minutes: int = 15) -> LocalStamps:
    """Instants (interval starts) of naive local stamps in the order of their file.

    Where the clock is put back, the first pass through the repeated hour is daylight time and the second, from the
    first stamp that is not later than the one before, is standard time. A stamp that does not exist becomes NaT and
    a `clock.absent-stamp`; a repeated hour that comes once is a warning. NaT stays NaT. A file may run backward.

    End stamps are the end of their interval of `step_minutes`. Around a clock change some files count its end by the
    new clock (01:45, 03:00), some by the old one (01:45, 02:00); of the two readings the one with fewer absent and
    doubled instants is taken.

    >>> fall = np.array(["2025-10-26T02:00", "2025-10-26T02:00", "2025-10-26T03:00"], "M8[m]")
    >>> to_utc(fall, "Europe/Berlin").utc.astype(str).tolist()
    ['2025-10-26T00:00', '2025-10-26T01:00', '2025-10-26T02:00']
    """
    local = np.asarray(local, "M8")
    wall = np.full(local.shape, np.datetime64("NaT"), "M8[m]")
    wall[~np.isnat(local)] = _minutes(local[~np.isnat(local)], "stamps")
    return _starts(wall, zone, stamps, step_minutes)


def _starts(local: Instants, zone: str, stamps: StampSide, step_minutes: int) -> LocalStamps:
    """As `to_utc`, for stamps that are known to be minutes."""
    _check_step(step_minutes)
    if stamps == "start":
        return _resolved(local, zone)
    step = np.timedelta64(step_minutes, "m")
    by_new_clock, by_old_clock = _resolved(local, zone), _resolved(local - step, zone)
    shifted = LocalStamps(_read_only(by_new_clock.utc - step), by_new_clock.problems)
    return min(shifted, by_old_clock, key=_faults)


def _faults(reading: LocalStamps) -> int:
    """How many stamps are no instant of their own."""
    known = reading.utc[~np.isnat(reading.utc)]
    return reading.utc.size - np.unique(known).size


def _resolved(local: Instants, zone: str) -> LocalStamps:
    """Instants of local start stamps; see `to_utc`."""
    given = np.flatnonzero(~np.isnat(local))
    wall = local[given]
    if wall.size and wall[0] > wall[-1]:
        backward = _resolved(local[::-1], zone)
        flipped = [
            StampProblem(p.code, _read_only(local.size - 1 - p.positions[::-1]), p.example, p.severity)
            for p in backward.problems
        ]
        return LocalStamps(_read_only(backward.utc[::-1].copy()), tuple(flipped))
    utc = np.full(local.shape, np.datetime64("NaT"), "M8[m]")
    # The offsets a day before and a day after hold on the two sides of any clock change near the stamp.
    before, after = _offsets(wall - _DAY, zone), _offsets(wall + _DAY, zone)
    early, late = wall - np.maximum(before, after), wall - np.minimum(before, after)
    is_early = early + _offsets(early, zone) == wall
    is_late = late + _offsets(late, zone) == wall
    twice = np.flatnonzero(is_early & is_late & (early != late))
    second, alone = _second_pass(wall[twice], twice)
    is_early[twice[second]] = False
    utc[given] = np.where(is_early, early, late)
    absent = given[~is_early & ~is_late]
    utc[absent] = np.datetime64("NaT")
    problems = (
        _problem("clock.absent-stamp", absent, local, Severity.ERROR),
        _problem("clock.repeated-hour-once", given[twice[alone]], local, Severity.WARNING),
    )
    return LocalStamps(_read_only(utc), tuple(problem for problem in problems if problem.positions.size))


def _second_pass(wall: Instants, positions: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which stamps of repeated hours are of the second pass, and which stand in an hour without one."""
    if not wall.size:
        return np.zeros(0, bool), np.zeros(0, bool)
    stride = np.diff(wall)
    new_hour = np.concatenate([[True], (np.diff(positions) > 1) | (np.abs(stride) > _HALF_DAY)])
    steps_back = np.cumsum(np.concatenate([[False], stride <= np.timedelta64(0, "m")]))
    hour = np.cumsum(new_hour) - 1
    second = steps_back > steps_back[new_hour][hour]
    return second, ~np.logical_or.reduceat(second, np.flatnonzero(new_hour))[hour]


def _problem(code: str, positions: Ints, local: Instants, severity: Severity) -> StampProblem:
    example = str(local[positions[0]]).replace("T", " ") if positions.size else ""
    return StampProblem(code, _read_only(positions), example, severity)


_TIME = (
    r"(?:(?:T| {1,3}|(?<=日) {0,3})(?P<hour>00?)[:时](?P<minute>00)"
    r"(?::(?P<second>00)(?:\.(?P<fraction>0{1,9}))?|分(?:(?P<second_zh>00)秒)?)?"
    r"(?P<zone> ?(?:Z|(?P<sign>[+-])(?P<zone_hour>00)(?::?(?P<zone_minute>00))?))?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>0000)(?:(?P<mark>[-/.])(?P<b>00?)(?P=mark)(?P<c>00?)|年(?P<b_zh>00?)月(?P<c_zh>00?)日)" + _TIME
)
_YEAR_LAST = re.compile(r"(?P<b>00?)(?P<mark>[-/.])(?P<c>00?)(?P=mark)(?P<year>0000)" + _TIME)
_LONGEST_STAMP = 40
_MOST_SHAPES = 200


def parse_stamps(
    texts: Sequence[str],
    zone: str,
    *,
    stamps: StampSide = "start",
    step_minutes: int = 15,
    day_first: bool | None = None,
) -> ParsedStamps:
    """A column of stamps as instants (interval starts, UTC); naive ones are in the zone, as in `to_utc`.

    Read are `2025-01-31 23:45[:00]`, `2025/1/31 23:45`, `31.01.2025 23:45` (a dot means the day comes first),
    `31/1/2025 23:45`, `2025年1月31日 23:45`, a `T` for the blank, `Z` or `+08:00` behind, a date alone, and 24:00 as
    the next day's 00:00. Whether the day or the month stands first before a year is decided by the whole column, and
    refused as `clock.ambiguous-date` where both are possible and `day_first` is not given.

    >>> parse_stamps(["2025/1/31 23:45", "2025/1/31 24:00"], "Asia/Shanghai", stamps="end").utc.astype(str).tolist()
    ['2025-01-31T15:30', '2025-01-31T15:45']
    """
    column = _read_texts(texts)
    day_stands_first, undecided = _date_order(column, day_first)
    month = np.where(day_stands_first, column["c"], column["b"])
    day = np.where(day_stands_first, column["b"], column["c"])
    local = _local_minutes(column, month, day)
    unreadable = np.isnat(local) & ~undecided
    local[undecided] = np.datetime64("NaT")
    aware = column["aware"] == 1
    read = _starts(np.where(aware, np.datetime64("NaT"), local), zone, stamps, step_minutes)
    before = np.timedelta64(step_minutes if stamps == "end" else 0, "m")
    utc = np.where(aware, local - column["offset"].astype("m8[m]") - before, read.utc)
    problems = [
        StampProblem(code, _read_only(at), texts[int(at[0])][:_LONGEST_STAMP])
        for code, mask in (("clock.unreadable-stamp", unreadable), ("clock.ambiguous-date", undecided))
        if (at := np.flatnonzero(mask)).size
    ]
    return ParsedStamps(_read_only(utc), _read_only(unreadable | undecided), (*problems, *read.problems))


_COLUMNS = ("form", "year", "b", "c", "hour", "minute", "rest", "aware", "offset")
_NO_STAMP, _YEAR_THEN_MONTH, _DAY_THEN_MONTH, _EITHER = range(4)


def _read_texts(texts: Sequence[str]) -> dict[str, Ints]:
    """The numbers of each stamp. A column has few shapes (its digits as 0); each is matched once, its rows together."""
    column = {name: np.zeros(len(texts), np.int64) for name in _COLUMNS}
    cells = np.array([text.strip()[: _LONGEST_STAMP + 1] for text in texts], dtype=str)
    codes = cells.view(np.uint32).reshape(len(texts), -1) if len(texts) else np.zeros((0, 1), np.uint32)
    for rows, shape in _shapes(codes):
        match = _YEAR_FIRST.fullmatch(shape) or _YEAR_LAST.fullmatch(shape)
        if match is None:
            continue
        part = {name: _number(codes, rows, match.span(name)) for name, text in match.groupdict().items() if text}
        none = np.zeros(len(rows), np.int64)
        is_year_first = match.re is _YEAR_FIRST
        by_mark = _DAY_THEN_MONTH if match["mark"] == "." else _EITHER
        column["form"][rows] = _YEAR_THEN_MONTH if is_year_first else by_mark
        column["year"][rows], column["hour"][rows] = part["year"], part.get("hour", none)
        column["b"][rows] = part["b"] if "b" in part else part["b_zh"]
        column["c"][rows] = part["c"] if "c" in part else part["c_zh"]
        column["minute"][rows] = part.get("minute", none)
        column["rest"][rows] = sum((part.get(name, none) for name in ("second", "second_zh", "fraction")), none)
        column["aware"][rows] = match["zone"] is not None
        offset = part.get("zone_hour", none) * 60 + part.get("zone_minute", none)
        column["offset"][rows] = -offset if match["sign"] == "-" else offset
    return column


def _shapes(codes: NDArray[np.uint32]) -> Iterator[tuple[Ints, str]]:
    """Rows that share a shape, and the shape as text, for the first shapes of a column."""
    is_digit = (codes >= ord("0")) & (codes <= ord("9"))
    shapes = np.where(is_digit, np.uint32(ord("0")), codes)
    left = np.arange(len(codes))
    for _ in range(_MOST_SHAPES):
        if not left.size:
            return
        shape = shapes[left[0]]
        same = (shapes[left] == shape).all(axis=1)
        yield left[same], "".join(map(chr, shape[shape > 0].tolist()))
        left = left[~same]


def _number(codes: NDArray[np.uint32], rows: Ints, span: tuple[int, int]) -> Ints:
    """The whole number that stands in the same columns of each row."""
    digits = codes[rows, span[0] : span[1]].astype(np.int64) - ord("0")
    number: Ints = digits @ 10 ** np.arange(span[1] - span[0] - 1, -1, -1)
    return number


def _date_order(column: dict[str, Ints], day_first: bool | None) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where the day stands before the month, and where that cannot be told."""
    form, one, two = column["form"], column["b"], column["c"]
    either = form == _EITHER
    possible = either & (np.maximum(one, two) <= 31) & (np.minimum(one, two) <= 12)
    day_possible, month_possible = not (two[possible] > 12).any(), not (one[possible] > 12).any()
    told = day_first is not None or day_possible != month_possible or (day_possible and (one == two)[possible].all())
    goes_first = day_first if day_first is not None else day_possible
    return (form == _DAY_THEN_MONTH) | (either & goes_first), possible & (not told)


def _local_minutes(column: dict[str, Ints], month: Ints, day: Ints) -> Instants:
    """The wall clock of each stamp, NaT where its numbers are no time of the calendar."""
    year, hour, minute = column["year"], column["hour"], column["minute"]
    first = ((year - 1970) * 12 + month - 1).astype("M8[M]")
    date = first.astype("M8[D]") + (day - 1).astype("m8[D]")
    is_date = (month >= 1) & (month <= 12) & (day >= 1) & (date.astype("M8[M]") == first)
    is_time = ((hour < 24) & (minute < 60)) | ((hour == 24) & (minute == 0))
    is_covered = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (np.abs(column["offset"]) < MINUTES_PER_DAY)
    is_stamp = (column["form"] != _NO_STAMP) & is_date & is_time & is_covered & (column["rest"] == 0)
    local: Instants = date.astype("M8[m]") + (hour * 60 + minute).astype("m8[m]")
    return np.where(is_stamp, local, np.datetime64("NaT"))
