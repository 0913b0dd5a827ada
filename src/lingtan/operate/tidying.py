"""Drops what is older than a run has to remember: a slice at a time, between two ticks, never within one."""

from __future__ import annotations

import sqlite3

from lingtan.operate.recording import say
from lingtan.operate.store import TelemetryWriter

DAY_MS = 86_400_000

KEEP_INPUTS_MS = 48 * 3_600_000
"""How long what only replay needs is kept."""

EVERY_MS = 60_000
SLICE_MS = 120_000
"""Twice what a minute adds, so that a run whose retention was shortened catches up; small enough for some milliseconds."""


class Tidy:
    """Looks once a minute, and after every tick while there is more to drop. SQLite uses the room again; files do not shrink."""

    def __init__(self, store: TelemetryWriter, keep_days: int) -> None:
        self._store, self._keep_ms = store, keep_days * DAY_MS
        self._looked_ms: int | None = None
        self._is_behind = False

    def look(self, now_ms: int) -> None:
        """Drop a slice where it is time. A disk that refuses is no fault here: it is told where ticks are kept."""
        is_due = self._looked_ms is None or now_ms - self._looked_ms >= EVERY_MS
        if not is_due and not self._is_behind:
            return
        self._looked_ms = now_ms
        try:
            self._store.forget_inputs(now_ms - KEEP_INPUTS_MS)
            self._is_behind = self._store.forget(now_ms - self._keep_ms, SLICE_MS)
        except sqlite3.OperationalError as error:
            self._is_behind = False
            say(f"nothing can be dropped: {error}")
