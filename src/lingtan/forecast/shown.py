"""What a PV plant has shown of late at each slot, and the slots at which it has shown nothing: there no forecast may say otherwise.

A meter may be out for weeks. What trees make of columns that are missing then is chance (power at night, once), so the days before
the outage stand in for the missing ones, and before those the same weeks of the year before.
"""

from __future__ import annotations

import numpy as np

from lingtan.forecast.columns import lagged
from lingtan.forecast.days import Days, Values
from lingtan.forecast.subject import Known

OWN_USE = 0.01
"""What a PV plant may draw at night, as a share of its capacity; one that gives no more than that is dark."""
SHOWN_DAYS = 21
STAND_IN_DAYS = (SHOWN_DAYS, 2 * SHOWN_DAYS, 355)
"""How many days further back those begin that stand in, in turn, where all of `SHOWN_DAYS` are missing."""
DAWN_HOURS = 2.0
"""A slot this near to one that was lit is not dark: dawn moves by less within the six weeks that may lie between."""
SEEN_DAYS = 3
"""Fewer days tell nothing of a slot."""


def of_late(known: Known, days: Days) -> Values:
    """The target at the same wall clock on the 21 days newest at each origin's gate, the newest first, (21, O, H).

    Where fewer than `SEEN_DAYS` of them are known, older days stand in for the others; NaN where these are missing, too.
    """
    shown = _days_back(known, days, 0)
    for start in STAND_IN_DAYS:
        there = np.isfinite(shown)
        silent = there.sum(axis=0) < SEEN_DAYS
        if not silent.any():
            break
        shown = np.where(silent & ~there, _days_back(known, days, start), shown)
    return shown


def night(known: Known, days: Days) -> tuple[Values, Values]:
    """The least and the most that may be said of the horizons of these origins, (O, H): in the dark as metered of late.

    By day there is no most, and the least is what the plant drew at any hour of late, which is nothing for most of them.

    Dark is a slot at which, and for two hours around it, the plant gave nothing of late. One that gave nothing all day says
    nothing of when the sun shines.
    """
    shown = of_late(known, days)
    there = np.isfinite(shown)
    top = np.max(shown, axis=0, initial=0.0, where=there)
    scale = np.full(days.size, known.capacity) if known.capacity is not None else top.max(axis=1, initial=0.0)
    by_day = (days.size, known.horizon.days, known.days.slots)
    lit = (top > OWN_USE * scale[:, None]).reshape(by_day)
    reach = int(np.ceil(DAWN_HOURS * known.days.slots / 24))
    near_light = np.any([np.roll(lit, step, axis=2) for step in range(-reach, reach + 1)], axis=0)
    is_dark = ~near_light & lit.any(axis=2, keepdims=True) & (there.sum(axis=0) >= SEEN_DAYS).reshape(by_day)
    least = np.min(shown, axis=0, initial=0.0, where=there)
    told = is_dark.reshape(top.shape)
    ever = np.where(there.any(axis=(0, 2)), least.min(axis=1, initial=0.0), -np.inf)
    return np.where(told, least, ever[:, None]), np.where(told, top, np.inf)


def _days_back(known: Known, days: Days, start: int) -> Values:
    first = known.cut[0] + start
    return np.stack([lagged(known, days, back) for back in range(first, first + SHOWN_DAYS)])
