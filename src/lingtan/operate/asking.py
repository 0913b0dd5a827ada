"""Where orders and schedules come from, and what control goes on with where one of the files cannot be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from lingtan.control import Schedule, schedule_from_json
from lingtan.findings import Severity
from lingtan.operate.following import clipped
from lingtan.operate.recording import what_of
from lingtan.operate.store import EventRow, Order, OrdersReader, PlansReader

UNREADABLE = (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError)
"""What a file gives rise to that is damaged, locked, or written by another version."""
Given = TypeVar("Given")


class Asked(Protocol):
    """Where orders and schedules come from."""

    def orders(self, after_id: int) -> list[Order]:
        """Orders that came after one."""

    def last_order(self) -> int:
        """Number of the last order; 0 where there is none."""

    def schedule(self) -> Schedule | None:
        """The last accepted schedule."""


class AskedFiles:
    """Orders and schedules from the run folder."""

    def __init__(self, orders: Path, plans: Path) -> None:
        self._orders, self._plans = OrdersReader(orders), PlansReader(plans)
        self._plan_id = 0
        self._schedule: Schedule | None = None

    def orders(self, after_id: int) -> list[Order]:
        """Orders that came after one."""
        return self._orders.orders(after_id=after_id)

    def last_order(self) -> int:
        """Number of the last order; 0 where there is none."""
        return self._orders.last_id()

    def schedule(self) -> Schedule | None:
        """The last accepted schedule, as far as it is followed; read anew only when there is a later one."""
        last = self._plans.last_id()
        if last != self._plan_id:
            row = self._plans.latest()
            held = None if row is None or row.schedule is None else clipped(schedule_from_json(row.schedule))
            self._plan_id, self._schedule = last, held
        return self._schedule

    def close(self) -> None:
        """Let go of both files."""
        self._orders.close()
        self._plans.close()


@dataclass(frozen=True)
class Heard:
    """What was asked of control, and the events of a file that cannot be read any more, or can again."""

    orders: list[Order]
    schedule: Schedule | None
    events: list[EventRow]


@dataclass
class Listener:
    """Hears orders and schedules in each tick. Where a file cannot be read, nothing is ordered and the last schedule stays."""

    asked: Asked
    _schedule: Schedule | None = None
    _deaf: set[str] = field(default_factory=set)

    def hear(self, after_id: int, now_ms: int) -> Heard:
        """What is asked now; never raises for a file's sake."""
        events: list[EventRow] = []
        orders = self._read("orders", lambda: self.asked.orders(after_id), now_ms, events)
        known = self._read("plans", lambda: (self.asked.schedule(),), now_ms, events)
        if known is not None:
            (self._schedule,) = known
        return Heard([] if orders is None else orders, self._schedule, events)

    def has_lost(self, heard_id: int) -> bool:
        """Whether an order that was heard is not in the file any more: it is another file, whose numbers begin anew."""
        try:
            return self.asked.last_order() < heard_id
        except UNREADABLE:
            return False

    def _read(self, file: str, read: Callable[[], Given], now_ms: int, events: list[EventRow]) -> Given | None:
        """What a file gives, or None; each trouble is told at its beginning and at its end."""
        try:
            given = read()
        except UNREADABLE as error:
            if file not in self._deaf:
                self._deaf.add(file)
                detail = {"what": what_of(error)}
                events.append(EventRow(now_ms, "operate.unreadable", file, str(Severity.ERROR), detail))
            return None
        if file in self._deaf:
            self._deaf.remove(file)
            events.append(EventRow(now_ms, "operate.readable", file, str(Severity.NOTE), {}))
        return given
