"""A column of stamps, as a file holds it, to instants: the starts of the intervals in UTC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import Instants, Ints, StampProblem, StampSide, parse_stamps, to_utc
from lingtan.series.source import Recorded

USUAL_STEP_MINUTES = 15


@dataclass(frozen=True, eq=False)
class TextStamps:
    """Stamps as written, (N,)."""

    texts: Sequence[str]

    @cached_property
    def written(self) -> NDArray[np.bool_]:
        """Where a stamp is more than blanks; (N,)."""
        return np.array([bool(text.strip()) for text in self.texts], dtype=bool)


@dataclass(frozen=True, eq=False)
class ClockStamps:
    """Wall-clock times without zone, (N,) datetime64[s]; a cell of a workbook, a TIMESTAMP of Parquet."""

    local: Instants


@dataclass(frozen=True, eq=False)
class UtcStamps:
    """Instants, (N,) datetime64[s]; a TIMESTAMP WITH TIME ZONE of Parquet."""

    utc: Instants


Stamps = TextStamps | ClockStamps | UtcStamps

Instanced = tuple[Instants, tuple[StampProblem, ...]]

_READ: WeakKeyDictionary[Stamps, dict[object, Instanced]] = WeakKeyDictionary()
"""What was read before: the columns of one file share their stamps."""

_MIDNIGHT = re.compile(r"(?:[T ]+|(?<=日))0?0[:时]00(?::00(?:\.0+)?|分(?:00秒)?)?$")
_HAS_TIME = re.compile("[:时]")


def read_stamps(stamps: Stamps, source: Recorded, zone: str) -> Instanced:
    """Interval starts in UTC (NaT where a stamp is none), and what is wrong with some of them.

    Of end stamps the step is needed before the starts are known: it is the usual distance of the stamps.
    """
    asked = (source.midnight, source.stamps, source.day_first, zone)
    known = _READ.setdefault(stamps, {})
    if asked not in known:
        known[asked] = _read_anew(stamps, source, zone)
    return known[asked]


def _read_anew(stamps: Stamps, source: Recorded, zone: str) -> Instanced:
    if source.midnight == "end_of_day":
        stamps = _closing_midnights(stamps)
    utc, problems = _as_instants(stamps, source, zone, "start", USUAL_STEP_MINUTES)
    if source.stamps == "end":
        utc, problems = _as_instants(stamps, source, zone, "end", usual_step(utc))
    return utc, problems


def usual_step(utc: Instants) -> int:
    """The most frequent distance of neighbors in time, in minutes; 15 where there are no two.

    >>> usual_step(np.array(["2025-01-01T00:00", "2025-01-01T00:30", "2025-01-01T01:00", "2025-01-01T03:00"], "M8[m]"))
    30
    """
    strides, counts = np.unique(np.diff(np.unique(utc[~np.isnat(utc)])), return_counts=True)
    if not strides.size:
        return USUAL_STEP_MINUTES
    return int(strides[counts.argmax()].astype("m8[m]").astype(np.int64))


def _as_instants(stamps: Stamps, source: Recorded, zone: str, side: StampSide, step: int) -> Instanced:
    match stamps:
        case TextStamps(texts):
            parsed = parse_stamps(texts, zone, stamps=side, step_minutes=step, day_first=source.day_first)
            return parsed.utc, parsed.problems
        case ClockStamps(local):
            minutes, problems = _whole_minutes(local)
            read = to_utc(minutes, zone, stamps=side, step_minutes=step)
            return read.utc, (*problems, *read.problems)
        case UtcStamps(utc):
            minutes, problems = _whole_minutes(utc)
            return minutes - np.timedelta64(step if side == "end" else 0, "m"), problems
        case _:
            assert_never(stamps)


def _whole_minutes(times: Instants) -> Instanced:
    """Times without seconds, NaT where they have some or are none."""
    minutes = times.astype("M8[m]")
    odd = minutes != times  # NaT differs from itself
    minutes[odd] = np.datetime64("NaT")
    at: Ints = np.flatnonzero(odd)
    if not at.size:
        return minutes, ()
    code = "clock.unreadable-stamp" if np.isnat(times[at[0]]) else "clock.not-a-minute"
    return minutes, (StampProblem(code, at, str(times[at[0]]).replace("T", " ")),)


def _closing_midnights(stamps: Stamps) -> Stamps:
    """00:00 of a day as 24:00 of that day; instants with an offset say what they mean and stay."""
    match stamps:
        case TextStamps(texts):
            return TextStamps([_closing_midnight(text.strip()) for text in texts])
        case ClockStamps(local):
            is_midnight = local == local.astype("M8[D]")
            return ClockStamps(local + is_midnight * np.timedelta64(1, "D"))
        case UtcStamps():
            return stamps
        case _:
            assert_never(stamps)


def _closing_midnight(text: str) -> str:
    """A stamp at midnight, or a date alone, with 24:00 as its time.

    >>> _closing_midnight("31/1/2025 0:00"), _closing_midnight("2025-01-31"), _closing_midnight("2025-01-31 10:00")
    ('31/1/2025 24:00', '2025-01-31 24:00', '2025-01-31 10:00')
    """
    return _MIDNIGHT.sub(" 24:00", text) if _HAS_TIME.search(text) else f"{text} 24:00"
