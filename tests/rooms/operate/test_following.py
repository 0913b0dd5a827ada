"""A planner that falls silent: its last plan is followed for two hours, not to its end, and the log says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from lingtan.control import Schedule, schedule_as_json
from lingtan.control.schedule import sealed
from lingtan.findings import Severity
from lingtan.operate.asking import AskedFiles
from lingtan.operate.following import PlanWatch, clipped
from lingtan.operate.notes import MOST_KEPT, Notebook, read_notes
from lingtan.operate.store import OrdersWriter, PlanRow, PlansWriter
from tests.rooms.operate.operate_samples import START_MS

MINUTE_MS, HOUR_MS = 60_000, 3_600_000


def day_ahead(issued_ms: int) -> Schedule:
    """A plan of 96 quarter-hours."""
    rows = {"battery": tuple(range(96)), "grid": (500_000,) * 96}
    bare = Schedule(900, issued_ms, issued_ms, rows, {"battery": (200_000,) * 96}, "", {"grid": 600_000})
    return replace(bare, digest=sealed(bare))


def test_the_last_plan_is_followed_for_two_hours_and_its_demand_limit_outlives_it(tmp_path: Path) -> None:
    """As control reads it from the planner's file: rules out prices of this morning that are traded on tonight."""
    made = day_ahead(START_MS)
    row = PlanRow(START_MS, START_MS, START_MS, 900, True, "", {}, made.digest, schedule=schedule_as_json(made))
    OrdersWriter(tmp_path / "orders.sqlite").close()
    with PlansWriter(tmp_path / "plans.sqlite") as plans:
        plans.issue(row)
    asked = AskedFiles(tmp_path / "orders.sqlite", tmp_path / "plans.sqlite")
    followed = asked.schedule()
    asked.close()
    assert followed is not None
    assert followed.step_at(START_MS + 2 * HOUR_MS - 1) == 7
    assert followed.step_at(START_MS + 2 * HOUR_MS) is None
    assert (followed.power_w["battery"], dict(followed.demand_limit_w)) == (tuple(range(8)), {"grid": 600_000})
    assert followed.digest == sealed(followed) != made.digest


def test_a_plan_that_is_shorter_anyway_is_left_as_it_is() -> None:
    short = clipped(day_ahead(START_MS))
    assert clipped(short) is short


def test_a_planner_that_falls_silent_is_told_once_and_again_when_it_is_back() -> None:
    """Rules out an event a second, and a run whose planner never gave a plan and of which nothing is said."""
    watch = PlanWatch()
    told = [(minute, event) for minute in range(90) for event in watch.look(None, START_MS + minute * MINUTE_MS)]
    assert [(minute, event.code, event.who, dict(event.detail)) for minute, event in told] == [
        (36, "operate.plan-late", "planner", {"minutes": 36, "hours": 2})
    ]
    later_ms = START_MS + 90 * MINUTE_MS
    assert [event.code for event in watch.look(day_ahead(later_ms), later_ms)] == ["operate.plan-again"]
    assert watch.look(day_ahead(later_ms), later_ms + 35 * MINUTE_MS) == []
    [again] = watch.look(day_ahead(later_ms), later_ms + 36 * MINUTE_MS)
    assert again.code == "operate.plan-late"


def test_notes_are_numbered_over_restarts_and_taken_once_each(tmp_path: Path) -> None:
    """Rules out a death of control that is lost because nobody was there to write it down, and one that is told twice."""
    path = tmp_path / "notes.json"
    assert read_notes(path) == []
    Notebook(path).add(1000, "operate.process-died", "control", Severity.ERROR, exit=-9)
    Notebook(path).add(2000, "operate.process-back", "control", Severity.NOTE, restarts=1)
    first, second = read_notes(path)
    assert (first.number, first.event().code, first.event().at_ms) == (1, "operate.process-died", 1000)
    assert [note.number for note in read_notes(path, after=1)] == [2]
    assert second.event().detail == {"restarts": 1}
    book = Notebook(path)
    for at_ms in range(MOST_KEPT + 5):
        book.add(at_ms, "operate.process-back", "web", Severity.NOTE)
    kept = read_notes(path)
    assert (len(kept), kept[-1].number) == (MOST_KEPT, MOST_KEPT + 7)
    path.write_text(json.dumps([{"number": "x"}]))
    assert read_notes(path) == []
