"""`telemetry.sqlite`: points, samples, decisions, events and state, written by the control process."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from lingtan.operate.store.file import StoreFile, dumped, put_state
from lingtan.operate.store.rows import DecisionRow, EventRow, Point, Sample, Tick
from lingtan.operate.store.tables import TELEMETRY


@dataclass(frozen=True)
class Batch:
    """All that one tick leaves behind; it is committed in one transaction."""

    samples: Mapping[str, Sample] = field(default_factory=dict)
    """By the name of a known point."""
    decisions: Sequence[DecisionRow] = ()
    events: Sequence[EventRow] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    tick: Tick | None = None
    memory: tuple[int, Any] | None = None
    """Memory of control before the tick, kept once a minute for replay."""
    schedule: tuple[str, Any] | None = None
    """A schedule that was not in force before, by its digest."""
    start: tuple[int, Any] | None = None
    """A start of control, and what it was started for."""


class TelemetryReader(StoreFile):
    """Reads what the control process recorded."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, TELEMETRY, write=write)

    def points(self) -> dict[str, Point]:
        """All points by name."""
        rows = self.rows("SELECT name, unit, asset FROM point ORDER BY id")
        return {name: Point(name, unit, asset) for name, unit, asset in rows}

    def latest(self) -> dict[str, Sample]:
        """The last sample of each point."""
        rows = self.rows(
            "SELECT name, at_ms, value, quality FROM point JOIN sample ON sample.point = point.id"
            " AND at_ms = (SELECT max(at_ms) FROM sample WHERE point = point.id)"
        )
        return {name: Sample(*values) for name, *values in rows}

    def samples(self, name: str, from_ms: int, until_ms: int) -> list[Sample]:
        """The samples of a point in the half-open span, oldest first."""
        rows = self.rows(
            "SELECT at_ms, value, quality FROM sample WHERE point = (SELECT id FROM point WHERE name = ?)"
            " AND at_ms >= ? AND at_ms < ? ORDER BY at_ms",
            (name, from_ms, until_ms),
        )
        return [Sample(*row) for row in rows]

    def means(self, name: str, from_ms: int, until_ms: int, step_ms: int) -> dict[int, float]:
        """Mean of the good and uncertain values of each step by its start; a step without any is left out."""
        rows = self.rows(
            "SELECT at_ms - at_ms % ?, avg(value) FROM sample WHERE point = (SELECT id FROM point WHERE name = ?)"
            " AND at_ms >= ? AND at_ms < ? AND value IS NOT NULL AND quality <= 1 GROUP BY 1 ORDER BY 1",
            (step_ms, name, from_ms, until_ms),
        )
        return dict(rows)

    def greatest(self, name: str, from_ms: int, until_ms: int) -> float | None:
        """The greatest good or uncertain value of a point in the half-open span; None where there is none."""
        row = self.one(
            "SELECT max(value) FROM sample WHERE point = (SELECT id FROM point WHERE name = ?)"
            " AND at_ms >= ? AND at_ms < ? AND quality <= 1",
            (name, from_ms, until_ms),
        )
        return None if row is None or row[0] is None else float(row[0])

    def assets(self) -> list[str]:
        """The assets that were ever decided about; a walk over the key, not over all rows."""
        rows = self.rows(
            "WITH RECURSIVE walk(asset) AS (SELECT min(asset) FROM decision UNION ALL"
            " SELECT (SELECT min(asset) FROM decision WHERE asset > walk.asset) FROM walk WHERE walk.asset IS NOT NULL)"
            " SELECT asset FROM walk WHERE asset IS NOT NULL"
        )
        return [asset for (asset,) in rows]

    def latest_decisions(self) -> dict[str, DecisionRow]:
        """The last decision of each asset."""
        query = f"SELECT {_DECISION} FROM decision WHERE asset = ? ORDER BY at_ms DESC LIMIT 1"
        return {asset: _decision(row) for asset in self.assets() if (row := self.one(query, (asset,))) is not None}

    def decisions(self, from_ms: int, until_ms: int) -> list[DecisionRow]:
        """All decisions of the half-open span, oldest first."""
        query = f"SELECT {_DECISION} FROM decision WHERE asset = ? AND at_ms >= ? AND at_ms < ?"
        rows = [row for asset in self.assets() for row in self.rows(query, (asset, from_ms, until_ms))]
        return sorted(map(_decision, rows), key=lambda found: (found.at_ms, found.asset))

    def events(self, *, limit: int = 200, after_id: int = 0) -> list[EventRow]:
        """The last events with an id above `after_id`, newest first."""
        rows = self.rows(
            "SELECT at_ms, code, who, severity, detail, id FROM event WHERE id > ? ORDER BY id DESC LIMIT ?",
            (after_id, limit),
        )
        return [
            EventRow(at, code, who, severity, json.loads(detail), id_) for at, code, who, severity, detail, id_ in rows
        ]

    def ticks(self, from_ms: int, until_ms: int) -> list[Tick]:
        """The recorded ticks of the half-open span, oldest first."""
        rows = self.rows(
            "SELECT at_ms, took_ms, on_time, inputs FROM tick WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms",
            (from_ms, until_ms),
        )
        return [Tick(at_ms, took_ms, bool(on_time), unpacked(inputs)) for at_ms, took_ms, on_time, inputs in rows]

    def tick_times(self, from_ms: int, until_ms: int) -> list[tuple[int, float]]:
        """Start and length [ms] of the ticks of the half-open span."""
        return [
            (at, took)
            for at, took in self.rows(
                "SELECT at_ms, took_ms FROM tick WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms", (from_ms, until_ms)
            )
        ]

    def span(self) -> tuple[int, int] | None:
        """Start of the first and of the last recorded tick."""
        row = self.one("SELECT min(at_ms), max(at_ms) FROM tick")
        return None if row is None or row[0] is None else (row[0], row[1])

    def memory_before(self, at_ms: int) -> tuple[int, Any] | None:
        """The last kept memory that is not younger than a moment, with the tick that it stood before."""
        row = self.one("SELECT at_ms, body FROM memory WHERE at_ms <= ? ORDER BY at_ms DESC LIMIT 1", (at_ms,))
        return None if row is None else (row[0], unpacked(row[1]))

    def first_memory(self) -> tuple[int, Any] | None:
        """The first kept memory, with the tick that it stood before."""
        row = self.one("SELECT at_ms, body FROM memory ORDER BY at_ms LIMIT 1")
        return None if row is None else (row[0], unpacked(row[1]))

    def memories(self, from_ms: int, until_ms: int) -> list[tuple[int, Any]]:
        """The kept memories of the half-open span, oldest first."""
        query = "SELECT at_ms, body FROM memory WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms"
        return [(at_ms, unpacked(body)) for at_ms, body in self.rows(query, (from_ms, until_ms))]

    def schedule(self, digest: str) -> Any:
        """A schedule that was in force, as plain data."""
        row = self.one("SELECT body FROM schedule WHERE digest = ?", (digest,))
        return None if row is None else json.loads(row[0])

    def starts(self) -> list[tuple[int, str]]:
        """The starts of control, oldest first, with the digest of what it was started for."""
        return [(at_ms, digest) for at_ms, digest in self.rows("SELECT at_ms, installed FROM start ORDER BY at_ms")]

    def installed(self, digest: str) -> Any:
        """What control was started for, as plain data; None where nothing has this digest."""
        row = self.one("SELECT body FROM installed WHERE digest = ?", (digest,))
        return None if row is None else unpacked(row[0])


class TelemetryWriter(TelemetryReader):
    """The one writer: the control process."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, write=True)
        self._ids: dict[str, int] = dict(self.rows("SELECT name, id FROM point"))

    def know(self, points: Iterable[Point]) -> None:
        """Make points known; those that are keep their number."""
        with self.batch() as db:
            db.executemany(
                "INSERT INTO point(name, unit, asset) VALUES (?, ?, ?)"
                " ON CONFLICT(name) DO UPDATE SET unit = excluded.unit, asset = excluded.asset",
                [(point.name, point.unit, point.asset) for point in points],
            )
        self._ids = dict(self.rows("SELECT name, id FROM point"))

    def write(self, batch: Batch) -> None:
        """Commit what one tick leaves behind; a repeated (point, moment) replaces the earlier one."""
        with self.batch() as db:
            _put_samples(db, self._ids, batch.samples)
            _put_decisions(db, batch.decisions)
            _put_events(db, batch.events)
            put_state(db, batch.state.items())
            if batch.tick is not None:
                tick = batch.tick
                row = (tick.at_ms, tick.took_ms, int(tick.on_time), packed(tick.inputs))
                db.execute("INSERT OR REPLACE INTO tick VALUES (?, ?, ?, ?)", row)
            if batch.memory is not None:
                at_ms, body = batch.memory
                db.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (at_ms, packed(body)))
            if batch.schedule is not None:
                digest, body = batch.schedule
                db.execute("INSERT OR REPLACE INTO schedule VALUES (?, ?)", (digest, dumped(body)))
            if batch.start is not None:
                at_ms, body = batch.start
                raw = json.dumps(
                    body, ensure_ascii=False, allow_nan=False
                ).encode()  # the order of assets means something
                digest = sha256(raw).hexdigest()
                db.execute("INSERT OR IGNORE INTO installed VALUES (?, ?)", (digest, zlib.compress(raw)))
                db.execute("INSERT OR REPLACE INTO start VALUES (?, ?)", (at_ms, digest))

    def forget_inputs(self, before_ms: int) -> None:
        """Drop what only replay needs and is older than a moment; a schedule goes once a later one was issued before it, too."""
        issued = "json_extract(body, '$.issued_ms')"
        with self.batch() as db:
            db.execute("DELETE FROM tick WHERE at_ms < ?", (before_ms,))
            db.execute("DELETE FROM memory WHERE at_ms < ?", (before_ms,))
            last = f"SELECT max({issued}) FROM schedule WHERE {issued} < ?"
            db.execute(f"DELETE FROM schedule WHERE {issued} < ({last})", (before_ms,))

    def forget(self, before_ms: int, slice_ms: int) -> bool:
        """Drop the oldest samples and decisions of each point and asset up to a moment, at most `slice_ms` of each; whether some
        that are older than the moment are left. Events, starts and points stay: they are few, and tell what happened."""
        points = [("sample", "point", key) for key in self._ids.values()]
        assets = [("decision", "asset", key) for key in self.assets()]
        is_left = False
        with self.batch() as db:
            for table, column, key in (*points, *assets):
                (oldest,) = db.execute(f"SELECT min(at_ms) FROM {table} WHERE {column} = ?", (key,)).fetchone()
                if oldest is None or oldest >= before_ms:
                    continue
                until_ms = min(oldest + slice_ms, before_ms)
                db.execute(f"DELETE FROM {table} WHERE {column} = ? AND at_ms < ?", (key, until_ms))
                is_left = is_left or until_ms < before_ms
        return is_left


_DECISION = "at_ms, asset, set_point_kw, low_kw, high_kw, author, reason, revert_kw, lease_s, written"


def _decision(row: tuple[Any, ...]) -> DecisionRow:
    at_ms, asset, set_point, low, high, author, reason, revert, lease_s, written = row
    return DecisionRow(at_ms, asset, set_point, low, high, author, reason, revert, lease_s, bool(written))


def _put_samples(db: sqlite3.Connection, ids: Mapping[str, int], samples: Mapping[str, Sample]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO sample VALUES (?, ?, ?, ?)",
        [(ids[name], each.at_ms, each.value, int(each.quality)) for name, each in samples.items()],
    )


def _put_decisions(db: sqlite3.Connection, rows: Sequence[DecisionRow]) -> None:
    db.executemany(
        f"INSERT OR REPLACE INTO decision({_DECISION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                r.at_ms,
                r.asset,
                r.set_point_kw,
                r.low_kw,
                r.high_kw,
                r.author,
                r.reason,
                r.revert_kw,
                r.lease_s,
                r.written,
            )
            for r in rows
        ],
    )


def _put_events(db: sqlite3.Connection, rows: Sequence[EventRow]) -> None:
    db.executemany(
        "INSERT INTO event(at_ms, code, who, severity, detail) VALUES (?, ?, ?, ?, ?)",
        [(row.at_ms, row.code, row.who, row.severity, dumped(dict(row.detail))) for row in rows],
    )


def packed(value: Any) -> bytes:
    """Plain data as packed JSON."""
    return zlib.compress(dumped(value).encode(), level=1)


def unpacked(raw: bytes) -> Any:
    """What was packed."""
    return json.loads(zlib.decompress(raw))
