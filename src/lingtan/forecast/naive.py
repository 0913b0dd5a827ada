"""Naive forecasts: as it was at this time the day before, else as it was last.

They take what `series.History.as_of(gate)` gives, and so know nothing that came after the gate.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.series import Quality, Series, resample

DAY = np.timedelta64(24 * 60, "m")


def naive_forecast(known: Series, grid: TimeGrid) -> Series:
    """What a series is expected to be on a grid, in its own unit: the value of the newest day before that is known at this time
    of day (24 hours earlier, or 48 where that is still ahead), else the last known value.

    Another step is averaged or held first, so energy stays. Raises `InputError` with `series.nothing-known` where every value is
    missing.

    >>> from lingtan.clock import TimeGrid
    >>> hours = TimeGrid.of_year(2025, "UTC", 60)
    >>> seen = Series.of("load", [5.0, 6.0], "kW", hours.window(0, 2))
    >>> naive_forecast(seen, hours.window(23, 4)).values.tolist()
    [6.0, 5.0, 6.0, 6.0]
    """
    past = resample(known, grid.step_minutes)
    present = np.flatnonzero(past.quality != Quality.MISSING)
    if not present.size:
        raise InputError([Finding("series.nothing-known", known.name, got=f"{past.grid.end}Z")])
    end = past.grid.end
    days = np.maximum(-(-(grid.utc - end + np.timedelta64(grid.step_minutes, "m")) // DAY), 1)
    at = (grid.utc - days * DAY - past.grid.start) // np.timedelta64(grid.step_minutes, "m")
    inside = (at >= 0) & (at < past.grid.steps)
    there = np.where(inside, at, 0)
    seen = inside & (past.quality[there] != Quality.MISSING)
    values = np.where(seen, past.values[there], past.values[present[-1]])
    return Series.of(known.name, values, known.unit, grid, Quality.ASSUMED)


def naive_forecasts(known: Mapping[str, Series], grid: TimeGrid) -> dict[str, Series]:
    """The naive forecast of each of several series."""
    return {name: naive_forecast(series, grid) for name, series in known.items()}
