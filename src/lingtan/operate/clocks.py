"""The time that a run goes by: the system's, or one that a test or a practice turns by hand. UTC, in whole milliseconds."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now_ms(self) -> int:
        """UTC milliseconds since 1970."""

    def wait_until(self, at_ms: int) -> None:
        """Come back at a moment, or at once where it is past."""


class SystemClock:
    """Wall time that does not jump between two looks: it runs by the monotonic clock and is set anew by `follow`."""

    def __init__(self) -> None:
        self._offset_ns = time.time_ns() - time.monotonic_ns()

    def now_ms(self) -> int:
        """UTC milliseconds since 1970."""
        return (time.monotonic_ns() + self._offset_ns) // 1_000_000

    def wait_until(self, at_ms: int) -> None:
        """Sleep until a moment."""
        time.sleep(max(0.0, (at_ms - self.now_ms()) / 1000))

    def follow(self) -> int:
        """Take over the system's time; gives by how much it had moved away [ms]."""
        offset_ns = time.time_ns() - time.monotonic_ns()
        moved_ms = (offset_ns - self._offset_ns) // 1_000_000
        self._offset_ns = offset_ns
        return moved_ms


class VirtualClock:
    """Stands still until somebody waits."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        """UTC milliseconds since 1970."""
        return self._now_ms

    def wait_until(self, at_ms: int) -> None:
        """It is that moment now."""
        self._now_ms = max(self._now_ms, at_ms)
