"""`orders.sqlite`: sessions and what people asked for, written by the web process, read by control."""

from __future__ import annotations

import json
from pathlib import Path

from lingtan.operate.store.file import StoreFile, dumped
from lingtan.operate.store.rows import Order
from lingtan.operate.store.tables import ORDERS


class OrdersReader(StoreFile):
    """Reads what people asked for."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, ORDERS, write=write)

    def orders(self, *, after_id: int = 0, limit: int = 1000) -> list[Order]:
        """The orders with a number above `after_id`, oldest first."""
        rows = self.rows(
            "SELECT at_ms, author, kind, asset, body, expires_ms, id FROM order_ WHERE id > ? ORDER BY id LIMIT ?",
            (after_id, limit),
        )
        return [Order(at, who, kind, asset, json.loads(body), ends, n) for at, who, kind, asset, body, ends, n in rows]

    def last_id(self) -> int:
        """Number of the last order; 0 where there is none."""
        row = self.one("SELECT max(id) FROM order_")
        return 0 if row is None or row[0] is None else int(row[0])

    def session_expires_ms(self, token_hash: str) -> int | None:
        """When a session ends; None where there is no such session."""
        row = self.one("SELECT expires_ms FROM session WHERE token_hash = ?", (token_hash,))
        return None if row is None else int(row[0])


class OrdersWriter(OrdersReader):
    """The one writer: the web process."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, write=True)

    def add(self, order: Order) -> int:
        """Store an order; gives its number."""
        with self.batch() as db:
            cursor = db.execute(
                "INSERT INTO order_(at_ms, author, kind, asset, body, expires_ms) VALUES (?, ?, ?, ?, ?, ?)",
                (order.at_ms, order.author, order.kind, order.asset, dumped(dict(order.body)), order.expires_ms),
            )
            return int(cursor.lastrowid or 0)

    def open_session(self, token_hash: str, created_ms: int, expires_ms: int) -> None:
        """Keep a session by the hash of its token; sessions that have ended are dropped."""
        with self.batch() as db:
            db.execute("DELETE FROM session WHERE expires_ms <= ?", (created_ms,))
            db.execute("INSERT OR REPLACE INTO session VALUES (?, ?, ?)", (token_hash, created_ms, expires_ms))

    def close_session(self, token_hash: str) -> None:
        """End a session."""
        with self.batch() as db:
            db.execute("DELETE FROM session WHERE token_hash = ?", (token_hash,))

    def close_all_sessions(self) -> None:
        """End every session: the secret has changed."""
        with self.batch() as db:
            db.execute("DELETE FROM session")
