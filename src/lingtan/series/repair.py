"""Mending recorded values, only where the user asks for it; every mended step is marked and counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import MINUTES_PER_DAY, Ints, TimeGrid
from lingtan.findings import Finding, say_number
from lingtan.series.check import OnGrid, Readings, find_gaps
from lingtan.series.labeled import Values
from lingtan.series.source import Doubles, Repair
from lingtan.wording.series_notes import said

Marks = NDArray[np.bool_]


def settle_doubles(rows: Readings, how: Doubles) -> Readings:
    """One row per stamp of rows sorted by stamp: the first, the last, or the mean of those that hold a value."""
    utc, first, count = np.unique(rows.utc, return_index=True, return_counts=True)
    if utc.size == rows.utc.size or how == "refuse":
        return rows
    if how == "first":
        return rows.rows(first)
    if how == "last":
        return rows.rows(first + count - 1)
    known = ~np.isnan(rows.values)
    total = np.add.reduceat(np.where(known, rows.values, 0.0), first)
    number = np.add.reduceat(known.astype(np.float64), first)
    mean = np.divide(total, number, out=np.full(utc.size, np.nan), where=number > 0)
    return replace(rows.rows(first), values=mean)


def fill_gaps(series: OnGrid, how: Repair, max_gap_minutes: float) -> tuple[Values, Marks, list[Finding]]:
    """The values with their gaps filled, which steps were filled, and the gaps that could not be.

    `interpolate` draws a straight line and holds the nearest value at the two ends; `previous_day` and `previous_week`
    copy the same wall-clock time of the last day (week) that has it; `zero` writes zero. Gaps longer than
    `max_gap_minutes` stay and are errors, as are gaps without a day or week to copy.

    >>> day = TimeGrid.of_year(2025, "UTC", 60).window(0, 4)
    >>> lines = np.array([2, 0, 0, 3])
    >>> gap = OnGrid("load", "load.csv", day, np.array([1.0, np.nan, np.nan, 4.0]), lines)
    >>> fill_gaps(gap, "interpolate", 120)[0].tolist()
    [1.0, 2.0, 3.0, 4.0]
    """
    missing = np.isnan(series.values)
    starts, lengths = find_gaps(series.values)
    minutes = lengths * series.grid.step_minutes
    too_long = minutes > max_gap_minutes
    findings = [_long_gap(series, starts[too_long], minutes[too_long], max_gap_minutes)] if too_long.any() else []
    if findings or how == "none":
        return series.values, np.zeros_like(missing), findings
    filled = series.values.copy()
    known = np.flatnonzero(~missing)
    if how == "zero":
        filled[missing] = 0.0
    elif how == "interpolate" and known.size:
        filled[missing] = np.interp(np.flatnonzero(missing), known, filled[known])
    elif how != "interpolate":
        filled = _copied(filled, series.grid, 1 if how == "previous_day" else 7)
    if np.isnan(filled).any():
        findings.append(_no_pattern(series, filled))
    return filled, missing, findings


def _copied(values: Values, grid: TimeGrid, days: int) -> Values:
    """Missing steps taken from the same wall clock some days before, and from before that where it is missing, too."""
    source = _same_clock_before(grid, days)
    filled = values.copy()
    while True:
        at = np.flatnonzero(np.isnan(filled))
        at = at[source[at] >= 0]
        at = at[~np.isnan(filled[source[at]])]
        if not at.size:
            return filled
        filled[at] = filled[source[at]]


def _same_clock_before(grid: TimeGrid, days: int) -> Ints:
    """For each step the step at the same wall clock `days` before; negative where the grid has none."""
    wanted = grid.local - np.timedelta64(days, "D")
    step = np.arange(grid.steps) - days * grid.steps_per_day
    inside = np.clip(step, 0, grid.steps - 1)
    late = (grid.local[inside] - wanted).astype(np.int64) // grid.step_minutes  # a clock change lies between
    moved = np.where(np.abs(late) < MINUTES_PER_DAY // grid.step_minutes, step - late, step)
    return np.where(step < 0, -1, moved)


def _long_gap(series: OnGrid, starts: Ints, minutes: Ints, allowed: float) -> Finding:
    longest = int(minutes.argmax())
    got = said(
        "gaps",
        count=starts.size,
        steps=int(minutes.sum()) // series.grid.step_minutes,
        minutes=int(minutes[longest]),
        at=series.local(int(starts[longest])),
    )
    expected = said("at-most-minutes", minutes=say_number(allowed))
    line = series.line(int(starts[longest]))
    return Finding("series.long-gap", series.who, expected, got, series.file, line)


def _no_pattern(series: OnGrid, filled: Values) -> Finding:
    left = np.flatnonzero(np.isnan(filled))
    got = said("count-first", count=left.size, at=series.local(int(left[0])))
    return Finding("series.no-pattern", series.who, got=got, file=series.file, line=series.line(int(left[0])))
