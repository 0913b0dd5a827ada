"""How long a plan is followed that no later one has replaced, and what is told of a planner that falls silent."""

from __future__ import annotations

from dataclasses import replace

from lingtan.control import Schedule
from lingtan.control.schedule import sealed
from lingtan.findings import Severity
from lingtan.operate.store import EventRow

FOLLOWED_MS = 2 * 3_600_000
"""A plan is followed for so long after its first step begins. Plans come every quarter of an hour: a planner that missed eight will
not come back by itself, and a naive forecast of two hours ago says little of now. Shorter would throw a good plan away while the
planner is being mended; longer would let a battery buy for a price or a peak that has passed."""

LATE_MS = 35 * 60_000
"""Without a new plan for so long, two in a row were missed: that is told."""


def clipped(schedule: Schedule) -> Schedule:
    """The schedule up to `FOLLOWED_MS`, sealed anew. Its demand limit stays: a peak of the month outlives a plan."""
    steps = FOLLOWED_MS // (schedule.step_s * 1000)
    if schedule.steps <= steps:
        return schedule
    short = replace(
        schedule,
        power_w={name: row[:steps] for name, row in schedule.power_w.items()},
        content_wh={name: row[:steps] for name, row in schedule.content_wh.items()},
    )
    return replace(short, digest=sealed(short))


class PlanWatch:
    """Tells once when no new plan comes any more, and once when one does again."""

    def __init__(self) -> None:
        self._since_ms: int | None = None
        self._is_late = False

    def look(self, schedule: Schedule | None, now_ms: int) -> list[EventRow]:
        """The events of one tick. Before the first plan the first tick counts as the last that was heard of the planner."""
        if self._since_ms is None:
            self._since_ms = now_ms
        last_ms = max(self._since_ms, 0 if schedule is None else schedule.issued_ms)
        is_late = now_ms - last_ms > LATE_MS
        if is_late == self._is_late:
            return []
        self._is_late = is_late
        if not is_late:
            return [EventRow(now_ms, "operate.plan-again", "planner", str(Severity.NOTE), {})]
        detail = {"minutes": round((now_ms - last_ms) / 60_000), "hours": round(FOLLOWED_MS / 3_600_000)}
        return [EventRow(now_ms, "operate.plan-late", "planner", str(Severity.WARNING), detail)]
