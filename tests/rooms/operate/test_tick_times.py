"""Late and missed ticks: counted over an hour, told as often as somebody can do something about it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lingtan.operate.clocks import SystemClock
from lingtan.operate.planner_process import serve
from lingtan.operate.planning import Issue, Planner, refused
from lingtan.operate.store import PlansWriter, RunFacts, RunFolder
from lingtan.operate.tick_times import TickTimes

START_MS = 1_772_505_000_000


def test_ticks_are_counted_over_the_last_hour() -> None:
    """By hand: on time, late, two missed and then late. An hour after the first late tick only the second one is left."""
    times = TickTimes()
    assert times.as_json() == {"p99_ms": None, "late": 0, "missed": 0}
    times.add(START_MS, 5.0, on_time=True)
    times.add(START_MS + 1000, 300.0, on_time=False)
    times.add(START_MS + 4000, 400.0, on_time=False)
    assert times.as_json() == {"p99_ms": 400.0, "late": 2, "missed": 2}
    times.add(START_MS + 4990, 5.0, on_time=True)  # a tick may come some milliseconds early or late
    assert times.missed == 2
    later = TickTimes()
    later.add(START_MS, 5.0, on_time=False)
    for second in range(1, 3601):
        later.add(START_MS + 1000 * second, 5.0, on_time=second != 2)
    assert (later.late, later.missed) == (1, 0)


def test_late_ticks_are_told_when_they_are_several_and_then_four_times_an_hour() -> None:
    """Rules out an event for one slow second, and one for each second of a slow day."""
    times, told = TickTimes(), []
    for second in range(3600):
        at_ms = START_MS + 1000 * second
        times.add(at_ms, 300.0, on_time=second < 100)
        told += [(second, event.code, dict(event.detail)) for event in times.look(at_ms)]
    assert told == [(102 + 900 * n, "operate.ticks-late", {"late": 3 + 900 * n, "missed": 0}) for n in range(4)]


class NoPlan(Planner):
    """A planner that is never able to plan."""

    def __init__(self) -> None:
        """It knows no case."""

    def soc(self, *_: object) -> dict[str, float]:
        return {}

    def plan(self, *_: object) -> Issue:
        return refused(START_MS, "none")


def test_a_planner_that_cannot_write_goes_on_and_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules out a planner that dies and is started anew as long as the disk is full."""
    run = RunFolder(tmp_path)
    run.create(RunFacts("park.yaml", (), {}, 0, True, "127.0.0.1", 0, "auto"))

    def full(*_: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    waits = iter([False, True])
    with monkeypatch.context() as patched:
        patched.setattr(PlansWriter, "issue", full)
        serve(run, NoPlan(), SystemClock(), lambda _: next(waits))
    assert run.alive("planner").exists()
