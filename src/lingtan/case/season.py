"""The time of year: where an instant of real life lies in the studied year.

A twin, and a planner that has no forecast yet, read weather, need and prices off the studied year. Stamps of what happens stay
real; only what is looked up moves.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from lingtan.clock import TimeGrid, is_leap, zone_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def studied_instant(grid: TimeGrid, now_ms: int) -> np.datetime64:
    """The UTC instant (datetime64[ms]) with the local date and time of day of `now_ms` in the year the grid begins in.

    `now_ms` counts UTC milliseconds since 1970. 29 February is read as the 28th where the studied year has none; a time of
    day that a clock change of the studied year skips is read as the same span after the change. Weekdays do not line up.

    >>> year = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    >>> str(studied_instant(year, 1_795_401_000_500))  # 2026-11-23 10:30:00.5 in Shanghai
    '2025-11-23T02:30:00.500'
    """
    zone, year = zone_of(grid.zone), int(grid.year[0])
    local = (_EPOCH + now_ms * _MILLISECOND).astimezone(zone)
    if (local.month, local.day) == (2, 29) and not is_leap(year):
        local = local.replace(day=28)
    since = local.replace(year=year).astimezone(UTC) - _EPOCH
    return np.datetime64(since // _MILLISECOND, "ms")
