"""What control goes on with where a file of orders or plans cannot be read, where its disk or a thread of its own fails."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from lingtan.control import Schedule, schedule_as_json
from lingtan.control.schedule import sealed
from lingtan.devices import shipped_templates
from lingtan.findings import Severity
from lingtan.operate.asking import AskedFiles, Listener
from lingtan.operate.device import Device
from lingtan.operate.drivers import Fault, Words, Written
from lingtan.operate.field import ThreadedField
from lingtan.operate.notes import Notebook
from lingtan.operate.store import Order, OrdersWriter, PlanRow, PlansWriter, TelemetryWriter
from tests.rooms.operate.operate_samples import START_MS, virtual


def a_plan(issued_ms: int) -> Schedule:
    rows = {"battery": (1_000,) * 4, "grid": (500_000,) * 4}
    bare = Schedule(900, issued_ms, issued_ms, rows, {"battery": (200_000,) * 4}, "", {"grid": 600_000})
    return replace(bare, digest=sealed(bare))


def issue(folder: Path, schedule: dict[str, object], issued_ms: int) -> None:
    row = PlanRow(issued_ms, issued_ms, issued_ms, 900, True, "", {}, str(schedule.get("digest")), schedule=schedule)
    with PlansWriter(folder / "plans.sqlite") as plans:
        plans.issue(row)


def test_a_plan_that_cannot_be_read_leaves_the_last_one_in_force(tmp_path: Path) -> None:
    """Rules out a tick that fails each second until the next plan comes, and an event a second about it."""
    good = a_plan(START_MS)
    OrdersWriter(tmp_path / "orders.sqlite").close()
    issue(tmp_path, schedule_as_json(good), START_MS)
    asked = AskedFiles(tmp_path / "orders.sqlite", tmp_path / "plans.sqlite")
    listener = Listener(asked)
    assert listener.hear(0, START_MS).schedule == good
    issue(tmp_path, {"digest": "x", "power_w": "much"}, START_MS + 1)
    heard = [listener.hear(0, START_MS + second) for second in (1000, 2000, 3000)]
    assert [one.schedule for one in heard] == [good] * 3
    assert [[(event.code, event.who) for event in one.events] for one in heard] == [
        [("operate.unreadable", "plans")],
        [],
        [],
    ]
    better = a_plan(START_MS + 2)
    issue(tmp_path, schedule_as_json(better), START_MS + 2)
    again = listener.hear(0, START_MS + 4000)
    asked.close()
    assert (again.schedule, [event.code for event in again.events]) == (better, ["operate.readable"])


class Broken:
    """Orders in a damaged file."""

    broken = True

    def orders(self, after_id: int) -> list[Order]:
        if self.broken:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return [Order(START_MS, "operator", "stop", "battery", {}, None, id=after_id + 1)]

    def last_order(self) -> int:
        return 0

    def schedule(self) -> None:
        return None


def test_orders_that_cannot_be_read_stop_no_tick(tmp_path: Path) -> None:
    asked = Broken()
    with virtual(tmp_path, plans=False) as park:
        park.practice.operation._listener = Listener(asked)
        park.run(5)  # raises where a tick fails
        [told] = [event for event in park.store.events() if event.code == "operate.unreadable"]
        assert (told.who, told.severity, dict(told.detail)) == (
            "orders",
            str(Severity.ERROR),
            {"what": "DatabaseError: database disk image is malformed"},
        )
        asked.broken = False
        park.run(1)
        assert "battery" in park.practice.operation.memory.stops


def test_orders_of_a_new_file_are_heard_from_its_first_on(tmp_path: Path) -> None:
    """Rules out a stop that is passed over because another file had more orders in it, and an order that outlives its file."""
    with virtual(tmp_path, plans=False) as before:
        before.hold(50.0)
        before.hold(60.0)
        before.run(20)
        later_ms = before.now_ms + 1000
    with virtual(tmp_path, plans=False, start_ms=later_ms) as after:
        assert after.practice.operation.desk.last_id == 0  # `Told` is empty, as a file that somebody deleted
        assert dict(after.practice.operation.desk.standing) == {}
        after.order("stop", "battery")
        after.run(15)
        assert after.practice.operation.memory.stops == {"battery": "operator"}
        assert after.codes(later_ms - 1).count("operate.orders-anew") == 1


def test_notes_and_how_far_they_were_taken_are_one_commit(tmp_path: Path) -> None:
    """Rules out a death that is told twice: kill -9 between the note and the next saved memory."""
    Notebook(tmp_path / "notes.json").add(1000, "operate.process-died", "planner", Severity.ERROR, exit=-9)
    with virtual(tmp_path, plans=False) as park:
        park.run(2)
        park.practice.operation.take_notes(tmp_path / "notes.json")
        with TelemetryWriter(tmp_path / "telemetry.sqlite") as after_the_kill:
            assert after_the_kill.state("notes_taken") == 1


class Unforeseen:
    """A driver with a fault of ours in it: one read raises."""

    def __init__(self) -> None:
        self.reads = 0

    def connect(self) -> None:
        return None

    def read(self, _: int, count: int) -> Words | Fault:
        self.reads += 1
        if self.reads == 1:
            raise ZeroDivisionError("float division by zero")
        return Words((0,) * count)

    def write(self, _: int, __: object) -> Written | Fault:
        return Written()

    def health(self) -> object:
        return None

    def close(self) -> None:
        pass


def test_an_error_of_ours_loses_a_reading_and_not_the_thread(capsys) -> None:
    """Rules out a device that is never asked again, and of which nothing is said."""
    driver = Unforeseen()
    field = ThreadedField([Device("works", shipped_templates()["load_meter"], driver)], lambda: 5)  # type: ignore[arg-type]
    field.ask()
    field.settle(2.0)
    [seen] = field.snapshots().values()
    assert seen.fault == Fault("unforeseen", "ZeroDivisionError: float division by zero")
    field.ask()
    field.settle(2.0)
    [again] = field.snapshots().values()
    field.close()
    assert (again.fault, again.taken_ms) == (None, 5)
    assert "ZeroDivisionError: float division by zero" in capsys.readouterr().err
