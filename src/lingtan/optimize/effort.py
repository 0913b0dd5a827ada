"""How long a program with whole numbers is searched, and how near to the best an answer must come."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lingtan.clock import TimeGrid
from lingtan.park import Search


@dataclass(frozen=True)
class Effort:
    """The search ends at `relative_gap` between the best answer and what is proven, or after `time_limit_s` seconds.

    Both are above zero. The gap is relative to what the answer turns over (`Model.running`) [1].
    """

    time_limit_s: float
    relative_gap: float


DAY = Effort(time_limit_s=20.0, relative_gap=1e-3)
"""For the schedule of a day, which is made again every quarter of an hour: a thousandth is less than a forecast is wrong by. A
longer schedule may take as much longer."""

SIZING = Effort(time_limit_s=300.0, relative_gap=5e-3)
"""For what is built, which is decided once: half a percent is less than a quotation is wrong by."""


def for_schedule(grid: TimeGrid, asked: Search) -> Effort:
    """The effort for the schedule of a horizon, as the park file asks for it."""
    days = max(grid.steps * grid.step_hours / 24.0, 1.0)
    return with_asked(replace(DAY, time_limit_s=DAY.time_limit_s * days), asked)


def with_asked(effort: Effort, asked: Search) -> Effort:
    """An effort with what the park file says instead (`search`)."""
    time_limit_s = effort.time_limit_s if asked.time_limit is None else 3600.0 * asked.time_limit
    return Effort(time_limit_s, effort.relative_gap if asked.gap is None else asked.gap)
