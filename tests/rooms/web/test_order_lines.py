"""An order is one line of the log, by whoever gave it, and says so until control has heard it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lingtan.operate.store import EventRow, Order, TelemetryWriter
from lingtan.web.log import echoes, log_of
from lingtan.web.now import now_message
from lingtan.web.run import OpenRun, open_run
from tests.recorded_run import Recorder, make_run

NOW_MS = 1_795_840_200_000


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRun]:
    folder = make_run(tmp_path_factory.mktemp("orders") / "run", NOW_MS, hours=0.01)
    with open_run(folder.path) as opened:
        yield opened


def event(number: int, at_ms: int, code: str, who: str = "battery", /, **detail: object) -> EventRow:
    return EventRow(at_ms, code, who, "note", detail, number)


def test_a_stop_and_its_release_are_two_lines_of_the_operator(run: OpenRun) -> None:
    """Rules out three lines of a stop: the order, that it was heard, and that the asset is stopped."""
    stop, release = (
        run.orders.add(Order(NOW_MS + n, "operator", kind, "battery", {}, None))  # type: ignore[arg-type]
        for n, kind in ((100, "stop"), (5000, "release"))
    )
    assert [(each["code"], each["heard"]) for each in log_of(run, 2)] == [("release", False), ("stop", False)]
    with TelemetryWriter(run.folder.telemetry) as telemetry:
        told = {"author": "operator", "kind": "stop", "order": stop}
        recorder = Recorder(telemetry)
        recorder.say(EventRow(NOW_MS + 1000, "operate.order-stop", "battery", "note", told))
        recorder.say(EventRow(NOW_MS + 1000, "control.stopped", "battery", "note", {"author": "operator"}))
        assert [(each["code"], each["heard"]) for each in log_of(run, 2)] == [("release", False), ("stop", True)]
        told = {"author": "operator", "kind": "release", "order": release}
        recorder.say(EventRow(NOW_MS + 6000, "operate.order-release", "battery", "note", told))
        recorder.say(EventRow(NOW_MS + 6000, "control.ended", "battery", "note", {"code": "control.stopped"}))
    lines = log_of(run, 3)
    assert [each["words"]["en"] for each in lines] == [
        "Operator: release Battery",
        "Operator: stop Battery",
        "Park: left the fail-safe",
    ]
    assert [each["words"]["zh"] for each in lines[:2]] == ["操作员：解除对储能的人工干预", "操作员：停运储能"]
    assert [each["heard"] for each in lines[:2]] == [True, True]


def test_only_what_an_order_says_already_is_left_out() -> None:
    """A stop that stands after a restart, another that ended in that tick, a refusal, and an order without a line are told."""
    events = [
        event(1, 1000, "control.stopped", author="operator"),
        event(2, 2000, "operate.order-stop", order=7, kind="stop"),
        event(3, 2000, "control.stopped", author="operator"),
        event(4, 2000, "control.stopped", "pv", author="operator"),
        event(5, 3000, "operate.order-release", order=8, kind="release"),
        event(6, 3000, "control.ended", code="control.stopped"),
        event(7, 3000, "control.ended", code="control.not-obeyed"),
        event(8, 4000, "operate.order-refused", order=9, kind="proposal"),
        event(9, 5000, "operate.order-mode", "park", order=3, kind="mode"),
    ]
    assert echoes(events, {7, 8, 9}) == {2, 3, 5, 6}


def test_an_order_from_before_the_first_event_that_was_read_was_heard(run: OpenRun) -> None:
    """Rules out that a busy log turns all old orders into such that nobody heard."""
    run.orders.add(Order(NOW_MS - 3_600_000, "operator", "mode", None, {"mode": "auto"}, None))
    run.orders.add(Order(NOW_MS + 1, "operator", "mode", None, {"mode": "auto"}, None))
    assert [each["heard"] for each in log_of(run, 100) if each["source"] == "order"] == [False, True]


def test_a_stop_is_of_the_operator_and_not_of_the_guard_that_obeys_it(run: OpenRun) -> None:
    with TelemetryWriter(run.folder.telemetry) as telemetry:
        Recorder(telemetry).tick(NOW_MS + 1000, stopped=True)
    found = now_message(run, NOW_MS + 1000)["decisions"]["battery"]
    assert (found["author"], found["author_words"]["zh"], found["reason"]) == ("operator", "操作员", "stop")
