"""What the supervisor has seen of the processes, for control to take into its log: `notes.json`, one writer, many readers.

Notes are numbered without end, also over restarts of `serve`, so that each is taken once, whoever was away meanwhile.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lingtan.findings import Severity
from lingtan.operate.store import EventRow
from lingtan.operate.store.run_folder import write_json_atomically

MOST_KEPT = 200
"""Older ones are dropped: control takes them within seconds, and a start of its own within a minute."""


@dataclass(frozen=True)
class Sighting:
    """One thing that the supervisor saw; `number` rises."""

    number: int
    at_ms: int
    code: str
    who: str
    severity: str
    detail: Mapping[str, Any]

    def event(self) -> EventRow:
        """The note as an event of the log."""
        return EventRow(self.at_ms, self.code, self.who, self.severity, self.detail)


class Notebook:
    """The one writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notes = read_notes(path)

    def add(self, at_ms: int, code: str, who: str, severity: Severity, **detail: Any) -> None:
        """Write a note down; where the disk refuses, it goes out with the next one."""
        number = self._notes[-1].number + 1 if self._notes else 1
        self._notes = [*self._notes, Sighting(number, at_ms, code, who, str(severity), detail)][-MOST_KEPT:]
        with contextlib.suppress(OSError):
            write_json_atomically(self._path, [asdict(each) for each in self._notes])


def read_notes(path: Path, after: int = 0) -> list[Sighting]:
    """The notes with a number above `after`, oldest first; none where there is no file that makes sense."""
    try:
        notes = [Sighting(**each) for each in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []
    return [each for each in notes if each.number > after]
