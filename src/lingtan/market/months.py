"""How bill lines are grouped: by month, and by month, time-of-use period and record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.grouping import Grouping


def month_labels(grid: TimeGrid) -> list[str]:
    """The months that a grid touches, in order: `2025-01`, `2025-02`, …"""
    first = np.searchsorted(grid.month_index, np.arange(int(grid.month_index[-1]) + 1))
    return [f"{grid.year[step]}-{grid.month[step]:02d}" for step in first]


def month_grouping(grid: TimeGrid, rules: tuple[str, ...] = ()) -> Grouping:
    """One group a month, with the record of each month where there are several."""
    return Grouping(grid.month_index.astype(np.intp), tuple(month_labels(grid)), rules)


DEMAND_MINUTES = 15
"""What a demand meter integrates over [min]."""


def demand_grouping(grid: TimeGrid, rules: tuple[str, ...] = ()) -> Grouping:
    """One group a month of the demand that a meter bills: the mean of each quarter-hour, where steps are whole parts of one.

    >>> demand_grouping(TimeGrid(np.datetime64("2025-01-01T00:05"), 5, 6, "UTC")).metered.tolist()
    [0, 0, 1, 1, 1, 2]
    """
    metered = None
    if grid.step_minutes < DEMAND_MINUTES and DEMAND_MINUTES % grid.step_minutes == 0:
        quarter = grid.utc.astype("M8[m]").astype(np.int64) // DEMAND_MINUTES
        metered = (quarter - quarter[0]).astype(np.intp)
    return replace(month_grouping(grid, rules), metered=metered)


def month_by_period(
    grid: TimeGrid,
    periods: NDArray[np.integer],
    labels: Sequence[str] | None,
    owner: NDArray[np.intp],
    rules: Sequence[str],
) -> Grouping:
    """One group for each month, time-of-use period and record that occurs, such as `2025-07 peak`."""
    months = month_labels(grid)
    width, depth = (len(labels) if labels else 1), len(rules)
    period = periods.astype(np.intp) if labels else np.zeros(grid.steps, dtype=np.intp)
    key = (grid.month_index.astype(np.intp) * width + period) * depth + owner
    present, codes = np.unique(key, return_inverse=True)
    month, rest = np.divmod(present, width * depth)
    band, use = np.divmod(rest, depth)
    names = tuple(f"{months[m]} {labels[b]}" if labels else months[m] for m, b in zip(month, band, strict=True))
    return Grouping(codes.astype(np.intp), names, tuple(rules[u] for u in use))
