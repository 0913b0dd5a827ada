"""A column of texts as instants: few shapes, each matched once, its rows read together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingtan.clock.local_stamps import StampProblem, StampSide, interval_starts
from lingtan.clock.zones import FIRST_YEAR, LAST_YEAR, MINUTES_PER_DAY, Instants, Ints, read_only

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


class ParsedStamps(NamedTuple):
    """A column of texts as instants: as `LocalStamps`, and which texts are no stamp at all."""

    utc: Instants
    unreadable: NDArray[np.bool_]
    problems: tuple[StampProblem, ...]


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
    read = interval_starts(np.where(aware, np.datetime64("NaT"), local), zone, stamps, step_minutes)
    before = np.timedelta64(step_minutes if stamps == "end" else 0, "m")
    utc = np.where(aware, local - column["offset"].astype("m8[m]") - before, read.utc)
    problems = [
        StampProblem(code, read_only(at), texts[int(at[0])][:_LONGEST_STAMP])
        for code, mask in (("clock.unreadable-stamp", unreadable), ("clock.ambiguous-date", undecided))
        if (at := np.flatnonzero(mask)).size
    ]
    return ParsedStamps(read_only(utc), read_only(unreadable | undecided), (*problems, *read.problems))


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
