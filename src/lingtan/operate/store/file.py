"""One SQLite file in WAL mode: opened for writing by its one writer, for reading by everybody else."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lingtan.operate.store.private import FILE_MODE

READ_WAIT_S, WRITE_WAIT_S = 1.0, 0.25
"""How long a reader and a writer wait for a lock; a writer has no rival but a checkpoint."""


class StoreFile:
    """An open file of a run folder; threads of one process may share it. Close it, or use it in `with`."""

    def __init__(self, path: Path, tables: str, *, write: bool) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._db = _open_for_writing(path, tables) if write else _open_for_reading(path)

    def close(self) -> None:
        """Close the file; a writer's log is folded into it."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def one(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with self._lock:
            row: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        return row

    def state(self, key: str) -> Any:
        """What the writer keeps under a key, as plain data; None where there is nothing."""
        row = self.one("SELECT value FROM state WHERE key = ?", (key,))
        return None if row is None else json.loads(row[0])

    @contextmanager
    def batch(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is committed, or nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already, or leaves it open at its commit
                    self._db.execute("ROLLBACK")
                raise

    def keep_state(self, values: Iterable[tuple[str, Any]]) -> None:
        """Keep plain data under keys, in one transaction."""
        with self.batch() as db:
            put_state(db, values)


def put_state(db: sqlite3.Connection, values: Iterable[tuple[str, Any]]) -> None:
    """Keep plain data under keys, inside a transaction."""
    db.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", [(key, dumped(value)) for key, value in values])


def dumped(value: Any) -> str:
    """Plain data as compact JSON, always the same text for the same data; NaN is a fault."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _open_for_writing(path: Path, tables: str) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))  # SQLite's log and index take their mode from it
    db = sqlite3.connect(path, timeout=WRITE_WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # a power cut may take the last commits, never the file
        db.executescript(tables)
    except BaseException:
        db.close()
        raise
    return db


def _open_for_reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=READ_WAIT_S,
        isolation_level=None,
        check_same_thread=False,
    )
