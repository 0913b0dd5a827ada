"""A year of like weeks by the hour, in memory: what typical periods should decide on as well as the year itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from lingtan.case import Case
from lingtan.clock import TimeGrid
from tests.small_parks import small_case

HOURS_A_WEEK = 168


def year_case(**parts: Any) -> Case:
    """A works of 100 kW at work and 40 kW at rest, and a sun from six to six, each week like the other; 2025 in Shanghai."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    hour = np.arange(grid.steps) % HOURS_A_WEEK
    need = np.where((hour % 24 >= 7) & (hour % 24 < 19) & (hour < 120), 100.0, 40.0)
    sun = np.clip(np.sin(np.pi * (hour % 24 - 6) / 12), 0.0, None) * (0.5 + 0.05 * (hour // 24))
    return small_case(need, grid=grid, series={"sun": sun.tolist()}, **parts)
