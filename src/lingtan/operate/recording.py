"""Keeps what control leaves behind, and keeps control going where the disk refuses: a park is not let go because a disk is full."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lingtan.findings import Severity
from lingtan.operate.store import Batch, EventRow, Point, TelemetryWriter

MOST_WAITING = 1000
"""Events that wait for the disk; the oldest are dropped."""


class Recorder:
    """Writes batches. While the disk refuses, samples and decisions are lost; events and the start wait, and one more says so."""

    def __init__(self, store: TelemetryWriter, points: Sequence[Point]) -> None:
        self.store = store
        self._points: Sequence[Point] = points
        self._waiting: deque[EventRow] = deque(maxlen=MOST_WAITING)
        self._start: tuple[int, Any] | None = None
        self._since_ms: int | None = None
        self._lost = 0
        self._why = ""

    def write(self, batch: Batch, now_ms: int) -> bool:
        """Commit a batch together with what waits; False where the disk refused it."""
        again = [] if self._since_ms is None else [self._recovery(now_ms, self._since_ms)]
        start = batch.start or self._start
        try:
            if self._points:
                self.store.know(self._points)
                self._points = ()
            self.store.write(replace(batch, events=[*self._waiting, *again, *batch.events], start=start))
        except sqlite3.OperationalError as error:
            self._refused(batch, now_ms, error)
            return False
        self._waiting.clear()
        self._start, self._since_ms, self._lost = None, None, 0
        return True

    def _refused(self, batch: Batch, now_ms: int, error: sqlite3.OperationalError) -> None:
        self._waiting.extend(batch.events)
        self._start = batch.start or self._start
        self._lost += batch.tick is not None
        if self._since_ms is None:
            self._since_ms, self._why = now_ms, str(error)
            say(f"nothing can be recorded: {error}; control goes on")

    def _recovery(self, now_ms: int, since_ms: int) -> EventRow:
        detail = {"seconds": round((now_ms - since_ms) / 1000), "count": self._lost, "what": self._why}
        return EventRow(now_ms, "operate.recording-again", "control", str(Severity.ERROR), detail)


def say(line: str) -> None:
    """A line into the process's own log, which may lie on the disk that is full."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def what_of(error: Exception) -> str:
    """An error in one short line, as an event tells it.

    >>> what_of(ValueError("no\\n  number"))
    'ValueError: no number'
    """
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
