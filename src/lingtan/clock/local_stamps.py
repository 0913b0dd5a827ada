"""Naive local stamps as instants, in the order of their file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingtan.clock.zones import MINUTES_PER_DAY, Instants, Ints, check_step, offsets_of, read_only, whole_minutes
from lingtan.findings import Finding, Severity

StampSide = Literal["start", "end"]
_DAY = np.timedelta64(MINUTES_PER_DAY, "m")
_HALF_DAY = np.timedelta64(MINUTES_PER_DAY // 2, "m")


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
    wall[~np.isnat(local)] = whole_minutes(local[~np.isnat(local)], "stamps")
    return interval_starts(wall, zone, stamps, step_minutes)


def interval_starts(local: Instants, zone: str, stamps: StampSide, step_minutes: int) -> LocalStamps:
    """As `to_utc`, for stamps that are known to be minutes."""
    check_step(step_minutes)
    if stamps == "start":
        return _resolved(local, zone)
    step = np.timedelta64(step_minutes, "m")
    by_new_clock, by_old_clock = _resolved(local, zone), _resolved(local - step, zone)
    shifted = LocalStamps(read_only(by_new_clock.utc - step), by_new_clock.problems)
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
            StampProblem(p.code, read_only(local.size - 1 - p.positions[::-1]), p.example, p.severity)
            for p in backward.problems
        ]
        return LocalStamps(read_only(backward.utc[::-1].copy()), tuple(flipped))
    utc = np.full(local.shape, np.datetime64("NaT"), "M8[m]")
    # The offsets a day before and a day after hold on the two sides of any clock change near the stamp.
    before, after = offsets_of(wall - _DAY, zone), offsets_of(wall + _DAY, zone)
    early, late = wall - np.maximum(before, after), wall - np.minimum(before, after)
    is_early = early + offsets_of(early, zone) == wall
    is_late = late + offsets_of(late, zone) == wall
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
    return LocalStamps(read_only(utc), tuple(problem for problem in problems if problem.positions.size))


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
    return StampProblem(code, read_only(positions), example, severity)
