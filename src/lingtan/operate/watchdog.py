"""Signs of life of control, given only after a complete tick that was on time: to the supervisor, and to systemd."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from pathlib import Path

SILENT_S = 15.0
"""Silence after which the supervisor starts control anew."""


class Watchdog:
    """Touches a file, and tells systemd's socket (`NOTIFY_SOCKET`, `Type=notify`, `WatchdogSec=`)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notify = os.environ.get("NOTIFY_SOCKET", "")
        self._told_ready = False

    def feed(self) -> None:
        """A complete tick was on time."""
        self._path.touch()
        if self._notify:
            self._tell(b"WATCHDOG=1" if self._told_ready else b"READY=1\nWATCHDOG=1")
            self._told_ready = True

    def _tell(self, message: bytes) -> None:
        address = "\0" + self._notify[1:] if self._notify.startswith("@") else self._notify
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.sendto(message, address)


def silent_s(path: Path, since: float) -> float:
    """For how long there was no sign of life, counted from a moment (seconds since 1970) where there was none since."""
    try:
        fed = path.stat().st_mtime
    except OSError:
        fed = 0.0
    return time.time() - max(fed, since)
