"""Signs of life of the processes: given to the supervisor, which listens for them; control's, after a good tick, to systemd too."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from pathlib import Path


def beat(path: Path) -> None:
    """A sign of life; a disk that refuses it is no reason to die."""
    with contextlib.suppress(OSError):
        path.touch()


class Pulse:
    """Listens for the signs of life of one process, by a clock that nobody sets."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.begin()

    def begin(self) -> None:
        """The process was started now; older signs are of another one."""
        self._last_ns, self._heard_s = self._touched_ns(), time.monotonic()
        self.has_beaten = False

    def silent_s(self) -> float:
        """For how long nothing was heard: since the last sign, or since the start where there was none yet."""
        touched_ns = self._touched_ns()
        if touched_ns != self._last_ns:
            self._last_ns, self._heard_s, self.has_beaten = touched_ns, time.monotonic(), True
        return time.monotonic() - self._heard_s

    def _touched_ns(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0


class Watchdog:
    """Touches a file, and tells systemd's socket (`NOTIFY_SOCKET`, `Type=notify`, `WatchdogSec=`)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notify = os.environ.get("NOTIFY_SOCKET", "")
        self._told_ready = False

    def feed(self) -> None:
        """A complete tick was on time."""
        beat(self._path)
        if self._notify:
            self._tell(b"WATCHDOG=1" if self._told_ready else b"READY=1\nWATCHDOG=1")
            self._told_ready = True

    def _tell(self, message: bytes) -> None:
        address = "\0" + self._notify[1:] if self._notify.startswith("@") else self._notify
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.sendto(message, address)
