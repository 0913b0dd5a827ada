"""`weather.sqlite`: forecasts of the weather as they were issued and came in, written by the weather process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from lingtan.operate.store.file import StoreFile, dumped
from lingtan.operate.store.rows import Vintage
from lingtan.operate.store.tables import WEATHER


class WeatherReader(StoreFile):
    """Reads what came in."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, WEATHER, write=write)

    def vintages(self, from_ms: int, gate_ms: int) -> list[Vintage]:
        """Those issued from a moment on and both issued and received by the gate, oldest issue first."""
        rows = self.rows(
            "SELECT source, issued_ms, received_ms, start_ms, step_ms, body FROM vintage"
            " WHERE issued_ms >= ? AND issued_ms <= ? AND received_ms <= ? ORDER BY issued_ms, received_ms, id",
            (from_ms, gate_ms, gate_ms),
        )
        return [
            Vintage(source, issued_ms, received_ms, start_ms, step_ms, json.loads(body))
            for source, issued_ms, received_ms, start_ms, step_ms, body in rows
        ]

    def newest_issue_ms(self) -> int | None:
        """The issue time of the newest vintage; None where there is none."""
        row = self.one("SELECT max(issued_ms) FROM vintage")
        return None if row is None or row[0] is None else int(row[0])


class WeatherWriter(WeatherReader):
    """The one writer: the weather process."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, write=True)

    def add(self, rows: Iterable[Vintage]) -> int:
        """Store vintages in one transaction; gives how many were new.

        One that says what was said before is no news; one of the same issue that says otherwise is a correction, known from when
        it came.
        """
        added = 0
        with self.batch() as db:
            for row in rows:
                given = (row.source, row.issued_ms, row.start_ms, row.step_ms, dumped(dict(row.values)))
                last = db.execute(
                    "SELECT source, issued_ms, start_ms, step_ms, body FROM vintage WHERE source = ? AND issued_ms = ?"
                    " ORDER BY received_ms DESC, id DESC LIMIT 1",
                    (row.source, row.issued_ms),
                ).fetchone()
                if last != given:
                    added += 1
                    db.execute(
                        "INSERT INTO vintage(source, issued_ms, start_ms, step_ms, body, received_ms) VALUES (?, ?, ?, ?, ?, ?)",
                        (*given, row.received_ms),
                    )
        return added

    def forget(self, before_ms: int) -> None:
        """Drop what was issued before a moment, but for the newest."""
        with self.batch() as db:
            db.execute(
                "DELETE FROM vintage WHERE issued_ms < ? AND issued_ms < (SELECT max(issued_ms) FROM vintage)",
                (before_ms,),
            )
