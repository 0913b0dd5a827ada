"""How a process of a run ends: when it is asked to, or when whoever started it is gone; and never twice at the same work."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from lingtan.findings import Finding, InputError
from lingtan.operate.store.private import private


class Ending:
    """Set by SIGTERM or SIGINT. For the main thread of a process."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        for asks in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asks, self._ask)

    @property
    def asked(self) -> bool:
        """Whether somebody asked the process to end."""
        return self._asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until somebody asks; whether somebody did."""
        return self._asked.wait(seconds)

    def _ask(self, *_: object) -> None:
        self._asked.set()


def refuse_held(path: Path) -> None:
    """Raise `InputError` where another process holds a lock file now; leaves the file as it is."""
    with contextlib.suppress(FileNotFoundError, PermissionError), open(path, encoding="utf-8") as lock:
        _lock(lock, path)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock file. Raises `InputError` where another process has it; the system lets go of it however a process ends."""
    with open(path, "a", encoding="utf-8", opener=private) as lock:
        _lock(lock, path)
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _lock(file: TextIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError([Finding("operate.run-busy", str(path.parent))]) from None
