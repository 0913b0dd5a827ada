"""Stamps that stand alone, far from all others: a logger whose clock was wrong for a moment, and no past or future of anything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import MINUTES_PER_DAY, Instants

FARTHER = 24
"""An island lies farther from the rest than so many times its own length, and than a day."""
BEFORE_DAYS, AFTER_DAYS = 28, 1
"""An island is shorter than this: a month long before all else teaches little, a day after a gap is a meter that was mended."""
LIVE_DAYS = 1
"""What ends so near to now is what comes in just now, however short."""
MOST_SHARE = 0.1
"""Where more than this would be left out there is no mainland, and nothing is."""


def islands(utc: Instants, step_minutes: int, now: np.datetime64) -> NDArray[np.bool_]:
    """Which of rising stamps (N,) stand alone before or after all others.

    >>> stamps = np.datetime64("2025-01-01T00:00", "m") + 60 * np.arange(100)
    >>> stray = np.concatenate([[np.datetime64("2015-01-01T00:00", "m")], stamps, stamps[-1:] + 60 * 48])
    >>> np.flatnonzero(islands(stray, 60, np.datetime64("2026-01-01T00:00", "m"))).tolist()
    [0, 101]
    """
    alone = np.zeros(utc.size, dtype=bool)
    minutes = np.diff(utc).astype("m8[m]").astype(np.int64)
    ends = np.flatnonzero(minutes > MINUTES_PER_DAY)
    starts = np.concatenate([[0], ends + 1]).tolist()
    first, stop = 0, len(starts)
    edges = [*starts, utc.size]

    def is_far(gap: int, part: int, most_days: int) -> bool:
        length = (edges[part + 1] - edges[part]) * step_minutes
        return bool(length < most_days * MINUTES_PER_DAY and gap > FARTHER * length)

    while stop - first > 1 and is_far(int(minutes[edges[first + 1] - 1]), first, BEFORE_DAYS):
        first += 1
    live = abs(utc[-1] - now) <= np.timedelta64(LIVE_DAYS, "D") if utc.size else False
    while not live and stop - first > 1 and is_far(int(minutes[edges[stop - 1] - 1]), stop - 1, AFTER_DAYS):
        stop -= 1
    alone[: edges[first]] = True
    alone[edges[stop] :] = True
    return alone if alone.sum() <= MOST_SHARE * utc.size else np.zeros_like(alone)
