"""The columns that models learn from, for many origins at once: (O, H) each, or (O, 1) where it is one for the whole horizon.

Every look at the target goes through `lagged` or `recent`, which know the cut of the horizon: no model can see past its gate,
not even when a year of origins is asked for in one call.
"""

from __future__ import annotations

import numpy as np

from lingtan.forecast.days import Days, Values
from lingtan.forecast.subject import Known


def seen(known: Known, table: Values, days: Days, back: int) -> Values:
    """A table (D, S) made of the target, `back` days before each slot of the horizon, (O, H); NaN where that is not known at the
    origin's gate, or the gate knows that the meter was stuck."""
    cut_day, cut_slot = known.cut
    parts = []
    for ahead in range(known.horizon.days):
        source = days + ahead - back
        inside = (source >= 0) & (source < len(table))
        part = np.where(inside[:, None], table[np.clip(source, 0, len(table) - 1)], np.nan)
        if not known.never_stuck:
            stuck = known.stuck[np.clip(source, 0, len(known.stuck) - 1)]
            part = np.where(stuck <= known.cut_slots(days)[:, None], np.nan, part)
        if ahead - back > -cut_day:
            part = np.full_like(part, np.nan)
        elif ahead - back == -cut_day:
            part = np.where(np.arange(table.shape[1]) < cut_slot, part, np.nan)
        parts.append(part)
    return np.concatenate(parts, axis=1)


def lagged(known: Known, days: Days, back: int) -> Values:
    """The target `back` days earlier at the same wall clock."""
    return seen(known, known.target, days, back)


def first_of(*columns: Values) -> Values:
    """The first column that is known, slot by slot."""
    found = columns[0]
    for column in columns[1:]:
        found = np.where(np.isnan(found), column, found)
    return found


def week_before(known: Known, days: Days) -> Values:
    """The target 7 days earlier; where that is missing or still ahead 14, 21 or 28 days, then the newest day that is there."""
    weeks = [lagged(known, days, back) for back in (7, 14, 21, 28)]
    near = [lagged(known, days, back) for back in range(known.cut[0], known.cut[0] + 7)]
    return first_of(*weeks, *near)


def recent(known: Known, table: Values, days: Days, slots: int) -> Values:
    """The last `slots` values of such a table known before each gate, (O, slots), the oldest first."""
    cut_day, cut_slot = known.cut
    last = (days - cut_day) * table.shape[1] + cut_slot
    at = last[:, None] + np.arange(-slots, 0)
    flat = table.reshape(-1)
    there = (at >= 0) & (at < flat.size)
    if not known.never_stuck:
        there &= known.stuck.reshape(-1)[np.clip(at, 0, known.stuck.size - 1)] > known.cut_slots(days)[:, None]
    return np.where(there, flat[np.clip(at, 0, flat.size - 1)], np.nan)


def issued(known: Known, name: str, days: Days) -> Values:
    """An input as issued for the horizons of these origins, (O, H)."""
    return known.inputs[name][days]


def issued_before(known: Known, name: str, days: Days, back: int) -> Values:
    """An input as issued `back` days earlier for the first day of its horizon, (O, S)."""
    source = days - back
    table = known.inputs[name][:, : known.days.slots]
    return np.where((source >= 0)[:, None], table[np.clip(source, 0, None)], np.nan)


def rest_of(known: Known, days: Days, ahead: int = 0) -> Days:
    """Kind of the day `ahead` days after each origin; past the grid by its weekday."""
    at = days + ahead
    inside = (at >= 0) & (at < len(known.rest_day))
    by_weekday = (known.days.weekday(at) >= 5).astype(np.int64)
    return np.where(inside, known.rest_day[np.clip(at, 0, len(known.rest_day) - 1)], by_weekday)


def year_angle(known: Known, days: Days) -> Values:
    """Position in the year (O,), 0 to 2π."""
    date = known.days.date(days)
    since = (date - date.astype("M8[Y]").astype("M8[D]")).astype(np.float64)
    return np.asarray(2 * np.pi * since / 365.25)


def truth(known: Known, days: Days, *, trained: bool = False) -> Values:
    """The target over the horizons of these origins as known at the gate of `known`, (O, H); for learning only."""
    table = np.where(known.teaches, known.target, np.nan) if trained else known.target
    parts = []
    for ahead in range(known.horizon.days):
        at = days + ahead
        parts.append(np.where((at < len(table))[:, None], table[np.clip(at, 0, len(table) - 1)], np.nan))
    return np.concatenate(parts, axis=1)
