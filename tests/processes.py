"""Real processes, watched from outside: whether one has ended, and waiting for what must come to pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def has_ended(process: int) -> bool:
    """Whether a process is gone, or is only kept for whoever asks how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return True


def processes_of_session(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] not in {"Z", "X"}:
            found.append(int(stat.parent.name))
    return found


def wait_until(is_so: Callable[[], bool], within_s: float = 10.0) -> None:
    """Return as soon as something is so; fails where it is not within the time."""
    ends = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < ends, f"not within {within_s:g} s"
        time.sleep(0.02)
