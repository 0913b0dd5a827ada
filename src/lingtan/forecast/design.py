"""The columns of the calendar × temperature regression, each with the group it belongs to.

Heat works with a delay (walls, a hot spell) and bends (heating, a dead band, cooling), so a temperature comes with trailing means,
powers and hinges. A lag comes with the temperature that it had: a cool week before a hot one says little without it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lingtan.forecast.columns import (
    first_of,
    issued,
    issued_before,
    lagged,
    recent,
    rest_of,
    week_before,
    year_angle,
)
from lingtan.forecast.days import Days, Values, mean_known
from lingtan.forecast.explain import CALENDAR, HISTORY
from lingtan.forecast.subject import Known

Named = Iterator[tuple[str, Values]]
"""Columns (O, H) with their groups."""

TRAILING_HOURS = (3, 6, 12, 24)
DELAY_HOURS = (2, 4, 8)
SEASON_DAYS = 420
"""So many days teach what the season does: a year, and what is held out of it."""
WARM_C, COOL_C = (16.0, 20.0, 24.0, 28.0), (10.0, 14.0)
"""Where the slope in the day's mean temperature may change."""


def calendar_design(known: Known, days: Days) -> Values:
    """Columns (O, H, F): weekday, rest days, harmonics of the year; lags and levels of late; every input, for temperatures (a name
    that ends in `_c`) with powers, hinges, delays and their play with calendar and season."""
    named = list(_named(known, days))
    made = np.empty((days.size, known.width, len(named)))
    for number, (_, column) in enumerate(named):
        made[:, :, number] = column
    return made


def calendar_groups(known: Known) -> tuple[str, ...]:
    """To which group each column of `calendar_design` belongs."""
    return tuple(group for group, _ in _named(known, np.zeros(1, dtype=np.int64)))


def _named(known: Known, days: Days) -> Named:
    rest = _by_day(known, [rest_of(known, days, ahead) > 0 for ahead in range(known.horizon.days)])
    for column in _calendar(known, days):
        yield CALENDAR, column
    for column in _history(known, days, rest):
        yield HISTORY, column
    for name in known.inputs:
        columns = _temperature(known, name, days, rest) if name.endswith("_c") else iter([issued(known, name, days)])
        for column in columns:
            yield name, column


def _by_day(known: Known, values: list[Values] | list[np.ndarray[tuple[int], np.dtype[np.bool_]]]) -> Values:
    """One value (O,) for each day of the horizon, over its slots; (O, H)."""
    return np.repeat(np.stack(values, axis=1).astype(np.float64), known.days.slots, axis=1)


def _calendar(known: Known, days: Days) -> Iterator[Values]:
    ahead = range(known.horizon.days)
    for day in range(7):
        yield _by_day(known, [known.days.weekday(days + step) == day for step in ahead])
    for shift in (0, -1, 1):
        yield _by_day(known, [rest_of(known, days + step, shift) == 2 for step in ahead])
    yield _by_day(known, [rest_of(known, days + step) == 1 for step in ahead])
    for turn in (np.sin, np.cos):
        for times in (1, 2, 3):
            yield _by_day(known, [seasonal(known, turn(times * year_angle(known, days + step))) for step in ahead])


def _history(known: Known, days: Days, rest: Values) -> Iterator[Values]:
    """Lags and means of late; at the end of a week they count apart."""
    slots, width = known.days.slots, known.width
    week = week_before(known, days)
    near = [lagged(known, days, back) for back in range(known.cut[0], known.cut[0] + 4)]
    newest = near[1] if known.cut[1] < slots else near[0]
    yield week
    yield mean_known(np.stack([lagged(known, days, back) for back in (7, 14, 21)]), axis=0)
    yield first_of(*near, week)
    yield newest
    yield near[2]
    yield lagged(known, days, 14)
    levels = [mean_known(recent(known, known.target, days, max(slots * hours // 48, 1))) for hours in (48, 3, 6, 12)]
    late, short, quarter, half = levels
    before = mean_known(recent(known, known.target, days - 7, slots))
    short_before = mean_known(recent(known, known.target, days - 7, max(slots // 8, 1)))
    for level in (late, late - before, short, quarter, half, short_before):
        yield np.repeat(level[:, None], width, axis=1)
    yield rest * week
    yield rest * np.repeat(late[:, None], width, axis=1)


def _temperature(known: Known, name: str, days: Days, rest: Values) -> Iterator[Values]:
    value, slots, width = issued(known, name, days), known.days.slots, known.width
    mean = _flat(value[:, :slots].mean(axis=1), width)
    past = {back: issued_before(known, name, days, back) for back in (1, 2, 7)}
    before, older = (_flat(mean_known(past[back]), width) for back in (1, 2))
    angle = year_angle(known, days)
    cosine, sine = (_flat(seasonal(known, turn(angle)), width) for turn in (np.cos, np.sin))
    yield from (value, value**2, value**3, mean, mean**2, mean**3, before, before**2, older, older**2)
    yield from (value * mean, value * before, cosine * value, cosine * value**2, cosine * mean, cosine * mean**2)
    yield from (sine * value, sine * mean, rest * value, rest * value**2)
    yield from (np.clip(mean - limit, 0, None) for limit in WARM_C)
    yield from (np.clip(limit - mean, 0, None) for limit in COOL_C)
    whole = np.concatenate([past[1], value], axis=1)
    for hours in DELAY_HOURS:
        first = slots - slots * hours // 24
        yield whole[:, first : first + width]
    for hours in TRAILING_HOURS:
        trailing = _trailing(whole, max(slots * hours // 24, 1))[:, slots:]
        yield trailing
        yield trailing**2
    for back in (2, 7):
        lag = np.tile(past[back], (1, known.horizon.days))
        yield from (lag, lag**2)
    week = _flat(mean_known(past[7]), width)
    yield from (week, week**2)


def seasonal(known: Known, column: Values) -> Values:
    """A column of the season, nothing where less than a year is known: half a wave fits any half year and fails in the next.

    A column of nothing gets no weight, so a fit before the year is full keeps its forecasts after it.
    """
    return column if known.last_origin >= SEASON_DAYS else np.zeros_like(column)


def _flat(level: Values, width: int) -> Values:
    return np.repeat(level[:, None], width, axis=1)


def _trailing(values: Values, slots: int) -> Values:
    """Mean of what is known among each value of a row and the `slots` - 1 before it; NaN where nothing is."""
    there = np.isfinite(values)
    sums = [np.cumsum(part, axis=1) for part in (np.where(there, values, 0.0), there.astype(np.float64))]
    total, count = (np.concatenate([part[:, :slots], part[:, slots:] - part[:, :-slots]], axis=1) for part in sums)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
