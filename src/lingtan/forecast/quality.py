"""Values that a meter should not have given: frozen, spikes, sentinels; what is found is left out of learning and reported.

Two verdicts: `late` marks a step on the evidence up to it (all that a forecast of the past may use), `hindsight` also marks
the first steps of a frozen run, once it is known to be one, and a spike. `wrong_at` says when either was known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, Severity
from lingtan.forecast.breaks import shifted_clocks, size_changes
from lingtan.forecast.days import DayGrid, Values
from lingtan.series import Quality, Series
from lingtan.wording.series_notes import said

Marks = NDArray[np.bool_]

SENTINELS = (-99.0, -999.0, -9999.0, 3276.7, 6553.5, 32767.0, 65535.0)
"""Values that loggers write for "no reading"."""
FROZEN_HOURS = {"load": 12, "price": 72, "wind": 36, "pv": 12}
"""An unchanged value for so long is a stuck meter; wind rests in calms, and prices at their floor."""
NIGHT_HOURS = 30
"""A PV plant may stand at zero for so long: the longest night where people live, and a day under snow is told."""
SPIKE = 8.0
"""A jump to and from a value, in units of the largest usual jump (the 99th percentile)."""
FEW_JUMPS = 100
"""Fewer known jumps do not tell what is usual."""


def doubtful(values: Values, kind: str, slots: int) -> tuple[Marks, Marks]:
    """`late` and `hindsight` of a series (T,); NaN is no doubt but missing, and in neither.

    >>> late, hindsight = doubtful(np.r_[1.0, np.full(14, 5.0), 2.0], "load", 24)
    >>> np.flatnonzero(late).tolist(), np.flatnonzero(hindsight).tolist()
    ([13, 14], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
    """
    sentinel = np.isin(values, SENTINELS)
    limit = _frozen_limit(values, kind, slots)
    run, length = _runs(values)
    frozen, ever = run >= limit, length >= limit
    return sentinel | frozen, sentinel | ever | _spikes(values)


def wrong_at(values: Values, kind: str, slots: int) -> Values:
    """For each step (T,) of a run that stood still for too long, and of a spike, the step at which that was known; ∞ elsewhere.

    >>> wrong_at(np.r_[1.0, np.full(14, 5.0), 2.0], "load", 24)[[0, 1, 14, 15]].tolist()
    [inf, 13.0, 13.0, inf]
    """
    limit = _frozen_limit(values, kind, slots)
    run, length = _runs(values)
    steps = np.arange(len(values))
    frozen = np.where(length >= limit, steps - run + limit, np.inf)
    return np.minimum(frozen, np.where(_jumps_beyond(values, _usual_before(values)), steps + 1.0, np.inf))


def quality_findings(series: Series, kind: str) -> tuple[Finding, ...]:
    """What is doubtful in a series, in words; the values are left out of learning, never mended in silence."""
    values = np.where(series.quality == Quality.MISSING, np.nan, series.values)
    _, length = _runs(values)
    limit = _frozen_limit(values, kind, series.grid.steps_per_day)
    found: list[Finding] = []
    for code, marks in (
        ("forecast.sentinels", np.isin(values, SENTINELS)),
        ("forecast.frozen", length >= limit),
        ("forecast.spikes", _spikes(values)),
        ("forecast.gaps", np.isnan(values)),
    ):
        at = np.flatnonzero(marks)
        if at.size:
            first = str(series.grid.local[at[0]]).replace("T", " ")
            got = said("count-first", count=at.size, at=first)
            found.append(Finding(code, series.name, got=got, severity=Severity.WARNING))
    return (*found, *_break_findings(series, values, kind))


def _break_findings(series: Series, values: Values, kind: str) -> list[Finding]:
    """Stretches of a wrong clock, and changes of size."""
    days = DayGrid(series.grid)
    late, hindsight = doubtful(values, kind, series.grid.steps_per_day)
    table = days.by_day(np.where(late | hindsight, np.nan, values))
    date = days.date(np.arange(days.count)).astype(str)
    told = [
        (
            "forecast.shifted-clock",
            said("days-hours", first=date[each.first], last=date[each.stop - 1], hours=f"{each.hours:+g}"),
        )
        for each in shifted_clocks(table, kind)
    ]
    told += [
        ("forecast.size-changed", said("from-times", first=date[day], ratio=f"{ratio:.2f}"))
        for day, ratio in size_changes(table, kind)
    ]
    return [Finding(code, series.name, got=got, severity=Severity.WARNING) for code, got in told]


def _frozen_limit(values: Values, kind: str, slots: int) -> NDArray[np.int64]:
    """How many equal values are too many at each step (T,)."""
    usual = np.full(len(values), FROZEN_HOURS[kind] * slots // 24)
    return np.where(values == 0.0, NIGHT_HOURS * slots // 24, usual) if kind == "pv" else usual


def _runs(values: Values) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each step: how many equal values stood before it in a row, and the length of the whole row less one."""
    same = np.concatenate([[False], values[1:] == values[:-1]])
    starts = np.flatnonzero(~same)
    group = np.cumsum(~same) - 1
    position = np.arange(len(values)) - starts[group]
    longest = np.bincount(group) - 1
    return position, longest[group]


def _spikes(values: Values) -> Marks:
    """Single values that jump away from both neighbors far beyond what the series does."""
    return _jumps_beyond(values, np.full(len(values), _usual(np.diff(values))))


def _jumps_beyond(values: Values, usual: Values) -> Marks:
    """Values that jump away and back by far more than a usual jump is at each step (T,)."""
    marks = np.zeros(len(values), dtype=bool)
    jump, limit = np.diff(values), SPIKE * usual[1:-1]
    with np.errstate(invalid="ignore"):
        marks[1:-1] = (np.abs(jump[:-1]) > limit) & (np.abs(jump[1:]) > limit) & (jump[:-1] * jump[1:] < 0)
    return marks


def _usual(jumps: Values) -> float:
    """The largest usual jump; ∞ where too few are known."""
    known = np.abs(jumps[np.isfinite(jumps)])
    return float(np.quantile(known, 0.99)) if known.size >= FEW_JUMPS else np.inf


def _usual_before(values: Values) -> Values:
    """The largest usual jump as it was known at each step (T,): of a beginning of the series that grows by steps of half itself, so
    that what comes later changes no verdict of before."""
    jumps, usual = np.diff(values), np.full(len(values), np.inf)
    stop = FEW_JUMPS
    while stop < len(values):
        usual[stop:] = _usual(jumps[:stop])
        stop += stop // 2
    return usual
