"""How the ticks of the last hour went: how long they took, which came late, which never came; and the event that tells of it."""

from __future__ import annotations

from collections import deque

from lingtan.findings import Severity
from lingtan.operate.store import EventRow

TICK_MS = 1000
REMEMBERED_MS = 3_600_000
TOLD_AFTER = 3
"""So many late or missed ticks within a minute are told: a lease lasts ten, so a single one is nothing."""

TOLD_EVERY_MS = 900_000
"""A machine that is too slow is told of four times an hour, not each second."""


class TickTimes:
    """Remembers an hour. `took_ms` counts from when a tick was due."""

    def __init__(self) -> None:
        self._took_ms: deque[tuple[int, float]] = deque()
        self._troubles: deque[tuple[int, int, int]] = deque()
        """Moment, late (0 or 1), missed before it; only of ticks of which there is something to say."""
        self._last_ms: int | None = None
        self._told_ms: int | None = None

    @property
    def late(self) -> int:
        """Ticks of the last hour that began or ended late, or failed."""
        return sum(late for _, late, _ in self._troubles)

    @property
    def missed(self) -> int:
        """Ticks of the last hour that never came."""
        return sum(missed for _, _, missed in self._troubles)

    def add(self, at_ms: int, took_ms: float, *, on_time: bool) -> None:
        """One more tick."""
        gap_ms = TICK_MS if self._last_ms is None else at_ms - self._last_ms
        missed = min(max(round(gap_ms / TICK_MS) - 1, 0), REMEMBERED_MS // TICK_MS)
        self._last_ms = at_ms
        self._took_ms.append((at_ms, took_ms))
        if missed or not on_time:
            self._troubles.append((at_ms, int(not on_time), missed))
        for rows in (self._took_ms, self._troubles):
            while rows and rows[0][0] <= at_ms - REMEMBERED_MS:
                rows.popleft()

    def share_below(self, share: float) -> float | None:
        """The length that a share of the ticks stays below [ms]; None where there were none."""
        ordered = sorted(took_ms for _, took_ms in self._took_ms)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None

    def look(self, now_ms: int) -> list[EventRow]:
        """The event that ticks are late or missed, where it is due."""
        lately = sum(late + missed for at_ms, late, missed in self._troubles if at_ms > now_ms - 60 * TICK_MS)
        is_told = self._told_ms is not None and now_ms - self._told_ms < TOLD_EVERY_MS
        if lately < TOLD_AFTER or is_told:
            return []
        self._told_ms = now_ms
        detail = {"late": self.late, "missed": self.missed}
        return [EventRow(now_ms, "operate.ticks-late", "control", str(Severity.WARNING), detail)]

    def as_json(self) -> dict[str, int | float | None]:
        """What the cockpit can show: the last hour in three figures."""
        return {"p99_ms": self.share_below(0.99), "late": self.late, "missed": self.missed}
