"""What a run leaves on disk: committed in one piece, read by anybody while one process writes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lingtan.operate.store import (
    Batch,
    DecisionRow,
    EventRow,
    Order,
    OrdersReader,
    OrdersWriter,
    PlanRow,
    PlansReader,
    PlanStep,
    PlansWriter,
    Point,
    RunFacts,
    RunFolder,
    Sample,
    TelemetryReader,
    TelemetryWriter,
    Tick,
)
from lingtan.operate.tidying import Tidy

SOC = Point("battery.soc", "1", "battery")
POWER = Point("grid.power_kw", "kW", "grid")


def decision(at_ms: int, asset: str, set_point_kw: float) -> DecisionRow:
    return DecisionRow(at_ms, asset, set_point_kw, -10.0, 10.0, "plan", "follows", 0.0, 10.0, True)


@pytest.fixture
def telemetry(tmp_path: Path) -> Path:
    return tmp_path / "telemetry.sqlite"


def test_a_reader_sees_each_committed_tick_while_the_writer_is_open(telemetry: Path) -> None:
    """Rules out a store that one process must leave before another may look."""
    with TelemetryWriter(telemetry) as writer, TelemetryReader(telemetry) as reader:
        writer.know([SOC, POWER])
        writer.write(Batch({"battery.soc": Sample(1000, 0.5, 0), "grid.power_kw": Sample(1000, None, 3)}))
        assert reader.latest() == {"battery.soc": Sample(1000, 0.5, 0), "grid.power_kw": Sample(1000, None, 3)}
        writer.write(Batch({"battery.soc": Sample(2000, 0.25, 1)}))
        assert reader.latest()["battery.soc"] == Sample(2000, 0.25, 1)
        assert reader.samples("battery.soc", 1000, 2000) == [Sample(1000, 0.5, 0)]
        assert reader.points() == {"battery.soc": SOC, "grid.power_kw": POWER}


def test_a_batch_is_all_or_nothing(telemetry: Path) -> None:
    """Rules out samples of a tick without its decisions."""
    with TelemetryWriter(telemetry) as writer:
        writer.know([SOC])
        with pytest.raises(ValueError, match="Out of range float values are not JSON compliant"):
            writer.write(Batch({"battery.soc": Sample(1000, 0.5, 0)}, state={"now": float("nan")}))
        assert writer.latest() == {}


def test_a_full_disk_loses_the_batch_and_nothing_before_or_after_it(telemetry: Path) -> None:
    """Rules out a transaction that stays open after a commit that failed, so that nothing is ever written again."""
    with TelemetryWriter(telemetry) as writer:
        writer.know([SOC])
        writer.write(Batch({"battery.soc": Sample(1000, 0.5, 0)}))
        writer.one("PRAGMA max_page_count = 1")
        big = EventRow(2000, "operate.started", "control", "note", {"what": "x" * 100_000})
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match="database or disk is full"):
                writer.write(Batch({"battery.soc": Sample(2000, 0.6, 0)}, events=[big]))
        writer.one("PRAGMA max_page_count = 1000000")
        writer.write(Batch({"battery.soc": Sample(3000, 0.7, 0)}))
        assert [each.at_ms for each in writer.samples("battery.soc", 0, 9999)] == [1000, 3000]


def test_a_repeated_moment_replaces_and_a_point_keeps_its_number(telemetry: Path) -> None:
    with TelemetryWriter(telemetry) as writer:
        writer.know([SOC])
        writer.write(Batch({"battery.soc": Sample(1000, 0.5, 0)}))
    with TelemetryWriter(telemetry) as writer:
        writer.know([POWER, SOC])
        writer.write(Batch({"battery.soc": Sample(1000, 0.75, 0)}))
        assert writer.samples("battery.soc", 0, 9999) == [Sample(1000, 0.75, 0)]


def test_means_leave_out_what_is_stale_bad_or_missing(telemetry: Path) -> None:
    """By hand: (2 + 4) / 2 = 3 in the first minute; a stale 100 counted in would give 35.3; the second minute has none."""
    with TelemetryWriter(telemetry) as writer:
        writer.know([POWER])
        for at_ms, value, quality in (
            (0, 2.0, 0),
            (1000, 4.0, 1),
            (2000, 100.0, 2),
            (60_000, None, 3),
            (120_000, 7.0, 0),
        ):
            writer.write(Batch({"grid.power_kw": Sample(at_ms, value, quality)}))
        assert writer.means("grid.power_kw", 0, 180_000, 60_000) == {0: 3.0, 120_000: 7.0}


def test_decisions_and_events_come_back_as_they_went_in(telemetry: Path) -> None:
    event = EventRow(1000, "control.mode", "park", "note", {"mode": "auto"})
    with TelemetryWriter(telemetry) as writer:
        writer.write(Batch(decisions=[decision(1000, "pv", 3.0), decision(1000, "battery", 1.0)], events=[event]))
        writer.write(Batch(decisions=[decision(2000, "battery", 2.0)], events=[event]))
        assert writer.decisions(1000, 2000) == [decision(1000, "battery", 1.0), decision(1000, "pv", 3.0)]
        assert writer.latest_decisions() == {"battery": decision(2000, "battery", 2.0), "pv": decision(1000, "pv", 3.0)}
        newest, oldest = writer.events()
        assert (newest.id, oldest.id) == (2, 1)
        assert newest.detail == {"mode": "auto"}
        assert writer.events(after_id=2) == []


def test_what_replay_needs_is_kept_until_it_is_forgotten(telemetry: Path) -> None:
    tick = Tick(61_000, 2.5, True, {"image": {"battery.soc": [0.5, "1", 0, 0.2]}})
    with TelemetryWriter(telemetry) as writer:
        writer.write(Batch(tick=tick, memory=(61_000, {"mode": "auto"}), schedule=("abc", {"step_s": 900})))
        assert writer.ticks(0, 99_999) == [tick]
        assert writer.span() == (61_000, 61_000)
        assert writer.memory_before(60_999) is None
        assert writer.memory_before(70_000) == (61_000, {"mode": "auto"})
        assert writer.schedule("abc") == {"step_s": 900}
        writer.forget_inputs(61_001)
        assert writer.span() is None


def test_what_is_old_is_dropped_a_slice_at_a_time(telemetry: Path) -> None:
    """Rules out a file that grows for ever, and a deletion of a year that holds up a tick."""
    event = EventRow(0, "control.mode", "park", "note", {"mode": "auto"})
    with TelemetryWriter(telemetry) as writer:
        writer.know([SOC, POWER])
        for at_ms in range(0, 600_000, 60_000):
            batch = Batch({"battery.soc": Sample(at_ms, 0.5, 0)}, [decision(at_ms, "battery", 1.0)], [event])
            writer.write(batch)
        assert writer.forget(300_000, 120_000) is True
        assert writer.samples("battery.soc", 0, 10**9)[0].at_ms == 120_000
        assert writer.forget(300_000, 120_000) is True
        assert writer.forget(300_000, 120_000) is False
        assert [each.at_ms for each in writer.samples("battery.soc", 0, 10**9)] == list(range(300_000, 600_000, 60_000))
        assert [each.at_ms for each in writer.decisions(0, 10**9)] == list(range(300_000, 600_000, 60_000))
        assert writer.forget(300_000, 120_000) is False
        assert len(writer.events()) == 10


def test_a_schedule_stays_as_long_as_a_replay_may_ask_for_it(telemetry: Path) -> None:
    """By hand, of those issued at 1, 2, 3 and 9 s: before 4 s only the third was still in force."""
    with TelemetryWriter(telemetry) as writer:
        for issued_ms in (1000, 2000, 3000, 9000):
            writer.write(Batch(schedule=(f"d{issued_ms}", {"issued_ms": issued_ms})))
        writer.forget_inputs(4000)
        assert [writer.schedule(f"d{at_ms}") is not None for at_ms in (1000, 2000, 3000, 9000)] == [
            False,
            False,
            True,
            True,
        ]


def test_old_plans_go_and_the_one_in_force_stays(tmp_path: Path) -> None:
    """Rules out a planner that was away for longer than plans are kept, and takes the last good one away itself."""
    with PlansWriter(tmp_path / "plans.sqlite") as writer:
        for at_ms in (1000, 2000):
            row = PlanRow(at_ms, at_ms, at_ms, 900, True, "", {}, f"d{at_ms}")
            writer.issue(row, [PlanStep("battery", at_ms, 1, None)], {at_ms: 0.5})
        writer.forget(5000)
        assert [plan.issued_ms for plan in writer.plans(0, 9999)] == [2000]
        assert (writer.steps(1), writer.prices(1), writer.prices(2)) == ({}, {}, {2000: 0.5})
        for at_ms in range(3000, 9000, 1000):
            writer.issue(PlanRow(at_ms, at_ms, at_ms, 900, True, "", {}, f"d{at_ms}"))
        writer.forget(9999, most=2)
        assert [plan.issued_ms for plan in writer.plans(0, 9999)] == [4000, 5000, 6000, 7000, 8000]


def test_a_run_is_tidied_up_once_a_minute_and_faster_when_it_is_behind(telemetry: Path) -> None:
    """A retention of three days, and four that are recorded at one sample a minute: the first looks catch up, then it is even."""
    day_ms = 86_400_000
    with TelemetryWriter(telemetry) as writer:
        writer.know([SOC])
        with writer.batch() as db:
            rows = [(at_ms,) for at_ms in range(0, 4 * day_ms, 60_000)]
            db.executemany("INSERT INTO sample VALUES (1, ?, 0.5, 0)", rows)
        tidy, looks = Tidy(writer, 3), 0
        while writer.samples("battery.soc", 0, day_ms):
            tidy.look(4 * day_ms + 1000 * looks)
            looks += 1
        assert 720 <= looks <= 725
        assert writer.samples("battery.soc", 0, 2 * day_ms)[0].at_ms <= day_ms + 60_000 * 13


def test_the_last_accepted_plan_stands_when_a_later_one_is_refused(tmp_path: Path) -> None:
    good = PlanRow(1000, 1000, 1000, 900, True, "", {"status": "optimal"}, "d1")
    bad = PlanRow(2000, 2000, 2000, 900, False, "soc below 0", {}, "d2")
    path = tmp_path / "plans.sqlite"
    with PlansWriter(path) as writer, PlansReader(path) as reader:
        number = writer.issue(good, [PlanStep("battery", 1000, -500, 250), PlanStep("pv", 1000, 90, None)], {1000: 0.5})
        writer.issue(bad)
        found = reader.latest()
        assert found == PlanRow(1000, 1000, 1000, 900, True, "", {"status": "optimal"}, "d1", number)
        assert reader.latest(accepted=False) == PlanRow(
            2000, 2000, 2000, 900, False, "soc below 0", {}, "d2", number + 1
        )
        assert reader.latest(issued_before_ms=999) is None
        assert reader.steps(number)["battery"] == [PlanStep("battery", 1000, -500, 250)]
        assert reader.prices(number) == {1000: 0.5}
        assert [plan.accepted for plan in reader.plans(0, 3000)] == [True, False]


def test_orders_are_numbered_and_sessions_end(tmp_path: Path) -> None:
    order = Order(1000, "operator", "stop", "battery", {}, None)
    path = tmp_path / "orders.sqlite"
    with OrdersWriter(path) as writer, OrdersReader(path) as reader:
        assert reader.last_id() == 0
        first = writer.add(order)
        second = writer.add(Order(2000, "operator", "mode", None, {"mode": "auto"}, None))
        assert [found.id for found in reader.orders(after_id=first)] == [second]
        assert reader.orders()[0] == Order(1000, "operator", "stop", "battery", {}, None, first)
        writer.open_session("hash", 0, 500)
        assert reader.session_expires_ms("hash") == 500
        writer.open_session("other", 500, 900)  # the first has ended and goes
        assert reader.session_expires_ms("hash") is None
        writer.close_session("other")
        assert reader.session_expires_ms("other") is None


def test_a_reader_cannot_write(telemetry: Path) -> None:
    TelemetryWriter(telemetry).close()
    with (
        TelemetryReader(telemetry) as reader,
        pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"),
    ):
        reader.keep_state([("mode", "auto")])


def test_a_run_folder_has_all_its_files_from_the_start(tmp_path: Path) -> None:
    """Rules out a web process that cannot start before control has."""
    run = RunFolder(tmp_path / "run")
    facts = RunFacts("park.yaml", ("rules",), {"battery": {"power_kw": 5.0}}, 1000, True, "127.0.0.1", 8000, "auto")
    run.create(facts)
    assert run.facts() == facts
    with (
        TelemetryReader(run.telemetry) as telemetry,
        PlansReader(run.plans) as plans,
        OrdersReader(run.orders) as orders,
    ):
        assert (telemetry.latest(), plans.latest(), orders.orders()) == ({}, None, [])


KILLED = """
import os, signal, sys
from pathlib import Path
from lingtan.operate.store import Batch, Point, Sample, TelemetryWriter
writer = TelemetryWriter(Path(sys.argv[1]))
writer.know([Point("battery.soc", "1", "battery")])
for tick in range(100_000):
    writer.write(Batch({"battery.soc": Sample(tick, 0.5, 0)}))
    print(tick, flush=True)
"""


def test_no_committed_row_is_lost_to_kill_9(telemetry: Path) -> None:
    """Rules out rows that wait in a buffer of ours after the writer said they were kept."""
    with subprocess.Popen([sys.executable, "-c", KILLED, str(telemetry)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(50):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
        said = [int(line) for line in child.stdout.read().split()]
    last = max(said, default=49)
    with TelemetryWriter(telemetry) as writer:
        assert writer.latest()["battery.soc"].at_ms >= last
        assert len(writer.samples("battery.soc", 0, last + 1)) == last + 1
