"""What can be wrong with recorded values, before anything is made of them: pure checks that return findings.

`Readings` is a column in the order of its file, `OnGrid` the same column on its grid with NaN where nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import MINUTES_PER_DAY, Instants, Ints, TimeGrid, utc_offsets
from lingtan.findings import Finding, Severity, say_number
from lingtan.series.canonical import SHARE_UNIT
from lingtan.series.labeled import Values, clock_time
from lingtan.tolerances import BALANCE_KW, NOISE_RELATIVE
from lingtan.wording.series_notes import said

Kind = Literal["load", "solar", "wind", "price", "weather", "flow", "other"]

NO_READINGS = (9999.0, -9999.0, 99999.0, -99999.0, -999.0, -99.0, 6553.5, 65535.0, 3276.7, 32767.0, -32768.0)
"""Values that loggers write for 'no reading': nines, and the ends of 16-bit registers with and without a decimal."""
NEAR_SHARE = 0.1
"""A suspected sentinel is real if another value lies within this share of it."""
FROZEN_HOURS = 12.0
"""Longer than any shift in which a real plant stands still to the last digit."""
HABIT_DAYS = 14.0
"""What happens once in a fortnight or more often is how a plant works."""
RISING_HOURS = 48.0
"""No load rises through two days and nights."""
SHARE_LIMIT = 1.5
"""A share of installed power can pass 1 by a cold, bright hour, never by half."""
THOUSANDFOLD = 30.0
"""Off by more than this factor is nearer to a thousand (kW for MW) than to one."""
NOON_LIMIT_H = 2.5
"""Shade, tilt to the east or west and a cloudy season move the middle of the day by less."""
DAY_SHAPE = 0.3
"""A day of sun of 16 h keeps 0.6 of its weight about its middle; what stands still keeps none and has no middle."""
LIMIT_SLACK = 1.02
"""A meter of class 2 may read this much above what flows."""
LEAST_LIMIT_KW = 1.0
"""What flows through a plant of size zero, by rounding, is no wrong unit."""
FAR_ABOVE = 10.0
"""No plant carries ten times its size: that is another unit, and no figure may be made of it."""
CLOCK_NOON_H = 12.5
"""Where no longitude is given: between the meridian's 12:00 and the 13:00 and more of western places in one zone."""


@dataclass(frozen=True)
class Expectation:
    """What is known of a series before it is read: its kind, its peak (kW or as it will be used), where it stands.

    `limit` is what no value can pass (as it will be used), such as the power of a connection. A `flow` is a metered power in
    one direction, so it is never below zero. Where `gaps_stay`, missing steps are no error: who reads leaves them out. With a
    moment `now` stamps that stand alone (see `islands`) are left out and told, before a grid is laid over all there are.
    """

    kind: Kind = "other"
    peak: float | None = None
    longitude: float | None = None
    limit: float | None = None
    gaps_stay: bool = False
    now: np.datetime64 | None = None
    own_use_kw: float = 0.0
    """What a plant may draw at rest: a flow may be so far below zero."""


@dataclass(frozen=True, eq=False)
class Readings:
    """Stamps and values in the order of their file; NaN where the field is empty; `lines` (N,) counts from 1."""

    who: str
    file: str
    zone: str
    utc: Instants
    values: Values
    lines: Ints

    def local(self, row: int) -> str:
        """The wall clock of a row, as a user writes it."""
        at = self.utc[row : row + 1]
        return clock_time((at + utc_offsets(at, self.zone))[0])

    def rows(self, chosen: Ints | NDArray[np.bool_]) -> Readings:
        """Some of the rows, in the order given."""
        return Readings(self.who, self.file, self.zone, self.utc[chosen], self.values[chosen], self.lines[chosen])


@dataclass(frozen=True, eq=False)
class OnGrid:
    """A column on its grid, (T,): NaN where a value is missing, line 0 where the file has no row."""

    who: str
    file: str
    grid: TimeGrid
    values: Values
    lines: Ints

    def line(self, step: int) -> int:
        """The line of a step, or of the last row before it."""
        return int(self.lines[: step + 1].max(initial=0))

    def local(self, step: int) -> str:
        """The wall clock of a step, as a user writes it."""
        return clock_time(self.grid.local[step])


# ---------------------------------------------------------------------------------------------- rows as they stand


def check_order(rows: Readings) -> list[Finding]:
    """Rows that stand before the row above them; where all of them are midnights, that they close their day."""
    back = np.flatnonzero(np.diff(rows.utc) < np.timedelta64(0, "m")) + 1
    if not back.size:
        return []
    local = rows.utc[back] + utc_offsets(rows.utc[back], rows.zone)
    before = rows.utc[back - 1] + utc_offsets(rows.utc[back - 1], rows.zone)
    closes_day = np.all((local == local.astype("M8[D]")) & (before.astype("M8[D]") == local.astype("M8[D]")))
    code = "series.midnight-closes-day" if closes_day else "series.unordered"
    got = said("count-first", count=back.size, at=rows.local(int(back[0])))
    return [Finding(code, rows.who, got=got, file=rows.file, line=int(rows.lines[back[0]]))]


def check_doubles(rows: Readings) -> list[Finding]:
    """Stamps that occur more than once in rows sorted by stamp: with the same value, and with different ones."""
    again = np.flatnonzero(np.diff(rows.utc) == np.timedelta64(0, "m")) + 1
    is_same = (rows.values[again] == rows.values[again - 1]) | (
        np.isnan(rows.values[again]) & np.isnan(rows.values[again - 1])
    )
    findings = []
    for code, which in (("series.double-stamp", again[~is_same]), ("series.double-row", again[is_same])):
        if which.size:
            got = said("count-first", count=which.size, at=rows.local(int(which[0])))
            findings.append(Finding(code, rows.who, got=got, file=rows.file, line=int(rows.lines[which[0]])))
    return findings


def check_step(rows: Readings, step_minutes: int) -> list[Finding]:
    """Rows, sorted by stamp, whose distance from the first is not a whole number of steps."""
    rest = (rows.utc - rows.utc[0]).astype(np.int64) % step_minutes
    off = np.flatnonzero(rest)
    if not off.size:
        return []
    got = said("count-first", count=off.size, at=rows.local(int(off[0])))
    line = int(rows.lines[off[0]])
    return [Finding("series.irregular-step", rows.who, f"{step_minutes} min", got, rows.file, line)]


def check_sentinels(rows: Readings, declared: tuple[float, ...] | None) -> list[Finding]:
    """Values that often mean no reading, far from all others, where the user has not said which do."""
    if declared is not None:
        return []
    findings = []
    for value in NO_READINGS:
        hit = rows.values == value
        if not hit.any() or np.any(~hit & (np.abs(rows.values - value) <= NEAR_SHARE * abs(value))):
            continue
        first = int(np.flatnonzero(hit)[0])
        got = said("times-first", count=int(hit.sum()), text=say_number(value))
        findings.append(
            Finding(
                "series.sentinel",
                rows.who,
                got=got,
                file=rows.file,
                line=int(rows.lines[first]),
                values={"value": say_number(value)},
            )
        )
    return findings


# ---------------------------------------------------------------------------------------------- steps of a grid


def find_gaps(values: Values) -> tuple[Ints, Ints]:
    """First step and length of every run of NaN.

    >>> find_gaps(np.array([1.0, np.nan, np.nan, 2.0, np.nan]))
    (array([1, 4]), array([2, 1]))
    """
    missing = np.concatenate([[False], np.isnan(values), [False]])
    edges = np.flatnonzero(missing[1:] != missing[:-1])
    return edges[::2], edges[1::2] - edges[::2]


def check_gaps(series: OnGrid) -> list[Finding]:
    """All gaps in one finding that names their number and the longest."""
    starts, lengths = find_gaps(series.values)
    if not starts.size:
        return []
    longest = int(lengths.argmax())
    got = said(
        "gaps",
        count=starts.size,
        steps=int(lengths.sum()),
        minutes=int(lengths[longest]) * series.grid.step_minutes,
        at=series.local(int(starts[longest])),
    )
    line = series.line(int(starts[longest]))
    return [Finding("series.gap", series.who, got=got, file=series.file, line=line)]


def check_negative(series: OnGrid, kind: Kind, own_use_kw: float = 0.0) -> list[Finding]:
    """Values below zero of a load, a solar or a wind series, and of a flow in one direction."""
    if kind not in {"load", "solar", "wind", "flow"}:
        return []
    noise = NOISE_RELATIVE * float(np.nanmax(series.values, initial=0.0)) + BALANCE_KW if kind == "flow" else 0.0
    below = np.flatnonzero(series.values < -max(noise, own_use_kw))
    if not below.size:
        return []
    got = said("below-zero", count=below.size, value=say_number(float(series.values[below].min())))
    line = series.line(int(below[0]))
    return [Finding("series.negative", series.who, "≥ 0", got, series.file, line)]


def check_frozen(series: OnGrid, kind: Kind) -> list[Finding]:
    """A value other than zero and other than full power that does not move for more than `FROZEN_HOURS`; a warning."""
    if kind not in {"load", "solar", "wind", "weather", "flow"}:
        return []
    values = series.values
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    lengths = np.diff(np.append(starts, values.size))
    known = values[~np.isnan(values)]
    full = known.max() if known.size and kind in {"solar", "wind", "flow"} else np.nan
    counts = (values[starts] != 0) & (values[starts] != full)
    lengths = np.where(counts, lengths, 0)
    longest = int(lengths.argmax())
    hours = float(lengths[longest]) * series.grid.step_hours
    if hours <= FROZEN_HOURS or lengths[longest] == values.size:
        return []
    at = int(starts[longest])
    got = said("hours-alike", value=say_number(float(values[at])), hours=say_number(hours), at=series.local(at))
    line = series.line(at)
    return [Finding("series.frozen", series.who, "", got, series.file, line, Severity.WARNING)]


def check_stopped(series: OnGrid, kind: Kind) -> list[Finding]:
    """A load at zero for more than `FROZEN_HOURS`, where that is no habit (a closed week-end is); a warning."""
    if kind != "load":
        return []
    zero = np.concatenate([[False], series.values == 0, [False]])
    edges = np.flatnonzero(zero[1:] != zero[:-1])
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    inside = (starts > 0) & (starts + lengths < series.values.size)
    long = inside & (lengths * series.grid.step_hours > FROZEN_HOURS)
    days = series.values.size * series.grid.step_hours / 24
    if not long.any() or (long.sum() > 1 and long.sum() * HABIT_DAYS >= days):
        return []
    longest = int(np.where(long, lengths, 0).argmax())
    at, hours = int(starts[longest]), float(lengths[longest]) * series.grid.step_hours
    got = said("hours-alike", value="0", hours=say_number(hours), at=series.local(at))
    return [Finding("series.stopped", series.who, "", got, series.file, series.line(at), Severity.WARNING)]


def check_rising(series: OnGrid, kind: Kind) -> list[Finding]:
    """A power that never falls for two days and more, as the register of a meter does; a warning."""
    if kind not in {"load", "flow"} or series.values.size * series.grid.step_hours < RISING_HOURS:
        return []
    known = series.values[~np.isnan(series.values)]
    if not known.size or known[-1] <= known[0] or np.any(np.diff(known) < 0):
        return []
    got = said("between", first=say_number(float(known[0])), last=say_number(float(known[-1])))
    return [Finding("series.never-falls", series.who, "", got, series.file, 0, Severity.WARNING)]


def check_ends(rows: Readings, step_minutes: int) -> list[Finding]:
    """Rows, sorted by stamp, that begin one step after a midnight and end on one: whole days, if stamps mark ends."""
    local = rows.utc + utc_offsets(rows.utc, rows.zone)
    if step_minutes >= MINUTES_PER_DAY:
        return []
    first, last = local[0] - np.timedelta64(step_minutes, "m"), local[-1]
    if first != first.astype("M8[D]") or last != last.astype("M8[D]"):
        return []
    got = said("between", first=rows.local(0), last=rows.local(rows.utc.size - 1))
    return [Finding("series.starts-or-ends", rows.who, "", got, rows.file, int(rows.lines[0]))]


def check_noon(series: OnGrid, expected: Expectation) -> list[Finding]:
    """Whether the power-weighted middle of the solar day lies more than 2.5 h from noon; a warning with the offset.

    The middle is a circular mean, so that a series shifted by twelve hours is seen, too.
    """
    weight = np.clip(np.nan_to_num(series.values), 0, None)
    if expected.kind != "solar" or not weight.any():
        return []
    if expected.longitude is None:
        minute = series.grid.minute_of_day + series.grid.step_minutes / 2
        noon_h = CLOCK_NOON_H
    else:
        utc = series.grid.utc
        minute = (utc - utc.astype("M8[D]")).astype(np.float64) + series.grid.step_minutes / 2
        noon_h = 12.0 - expected.longitude / 15.0
    angle = 2 * np.pi * (minute / MINUTES_PER_DAY - noon_h / 24)
    middle = np.sum(weight * np.exp(1j * angle)) / np.sum(weight)
    off_h = 24 / (2 * np.pi) * float(np.angle(middle))
    if abs(off_h) <= NOON_LIMIT_H or abs(middle) < DAY_SHAPE:
        return []
    side = said("too-early" if off_h < 0 else "too-late")
    got = said("noon", hours=f"{abs(off_h):.1f}", side=side)
    return [Finding("series.noon", series.who, "", got, series.file, 0, Severity.WARNING)]


def check_unit(series: OnGrid, unit: str, expected: Expectation) -> list[Finding]:
    """Shares far above 1, or a peak about a thousand times off the expected one; a warning."""
    high = float(np.nanmax(np.abs(series.values), initial=0.0))
    peak = expected.peak
    if unit == SHARE_UNIT:
        if expected.kind not in {"solar", "wind"} or high <= SHARE_LIMIT:
            return []
        wanted, got = said("full-is-one"), said("up-to", value=f"{high:.6g}")
    else:
        if not peak or peak / THOUSANDFOLD <= high <= peak * THOUSANDFOLD:
            return []
        wanted, got = said("about", value=f"{peak:.6g} {unit}"), said("up-to", value=f"{high:.6g} {unit}")
    return [Finding("series.unit-doubtful", series.who, wanted, got, series.file, 0, Severity.WARNING)]


def check_limit(series: OnGrid, unit: str, expected: Expectation) -> list[Finding]:
    """Values above what can flow: a warning, and an error where they are so far above that the unit must be another."""
    if expected.limit is None:
        return []
    limit = max(expected.limit, LEAST_LIMIT_KW)
    above = np.flatnonzero(series.values > limit * LIMIT_SLACK)
    if not above.size:
        return []
    highest = float(np.nanmax(series.values))
    is_far = highest > FAR_ABOVE * limit
    code, severity = ("series.far-above-limit", Severity.ERROR) if is_far else ("series.above-limit", Severity.WARNING)
    got = said("above", count=above.size, value=f"{highest:.6g} {unit}", at=series.local(int(above[0])))
    line = series.line(int(above[0]))
    return [Finding(code, series.who, f"≤ {say_number(expected.limit)} {unit}", got, series.file, line, severity)]
