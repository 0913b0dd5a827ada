"""The processes of a run, for real: they start, survive `kill -9` of each other, and end so that no device is left told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lingtan.case import read_case
from lingtan.findings import InputError
from lingtan.operate.ending import only_one
from lingtan.operate.serving import free_port, listens, prepare_run, serve
from lingtan.operate.store import Order, OrdersWriter, PlansReader, RunFacts, RunFolder, TelemetryReader
from lingtan.operate.supervisor import Supervisor
from tests.small_parks import SHIPPED_PARKS

LIMIT_S = 60.0
SIZES = {"pv": {"power_kw": 2000.0}, "battery": {"power_kw": 500.0, "energy_kwh": 1000.0}}
FACTS = RunFacts(str(SHIPPED_PARKS["starter"]), (), SIZES, 0, True, "127.0.0.1", 0, "auto")


def wait_for(is_so: Callable[[], Any], seconds: float = LIMIT_S) -> Any:
    until = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.1)
    return found


class Served:
    """A run that is served by a thread of the test; its processes are real."""

    def __init__(self, folder: Path) -> None:
        facts = replace(FACTS, port=free_port("127.0.0.1", 8_600))
        self.run = prepare_run(read_case(facts.park), folder, facts)
        self._end, self._ready = threading.Event(), threading.Event()
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        wait_for(lambda: self._ready.is_set() or self.error)

    def _serve(self) -> None:
        try:
            serve(self.run, self._end.wait, ready=lambda _: self._ready.set())
        except BaseException as error:  # shown by the test's own thread
            self.error = error

    def pid(self, name: str) -> int | None:
        told = json.loads(self.run.processes.read_text())[name]["pid"]
        return None if told is None else int(told)

    def kill(self, name: str) -> int:
        """Kill a process hard; gives the number of the one that comes in its place."""
        before = self.pid(name)
        assert before is not None
        os.kill(before, signal.SIGKILL)
        return int(wait_for(lambda: self.pid(name) not in (None, before) and self.pid(name)))

    def end(self) -> None:
        self._end.set()
        self._thread.join(LIMIT_S)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    made = Served(folder)
    try:
        yield made
    finally:
        made.end()


def ticks(run: RunFolder) -> list[int]:
    with TelemetryReader(run.telemetry) as telemetry:
        return [at_ms for at_ms, _ in telemetry.tick_times(0, 10**15)]


def codes(run: RunFolder) -> list[str]:
    with TelemetryReader(run.telemetry) as telemetry:
        return [event.code for event in reversed(telemetry.events())]


def plans(run: RunFolder) -> int:
    with PlansReader(run.plans) as reader:
        return len(reader.plans(0, 10**15))


def written_for_battery(run: RunFolder) -> bool:
    with TelemetryReader(run.telemetry) as telemetry:
        latest = telemetry.latest_decisions().get("battery")
    return latest is not None and latest.written


def test_a_run_outlives_the_death_of_each_of_its_processes(tmp_path: Path) -> None:
    """Rules out a row that was committed and is gone, a process that waits for another, an order that dies with control."""
    with served(tmp_path / "run") as made:
        run = made.run
        wait_for(lambda: written_for_battery(run))
        wait_for(lambda: plans(run))
        with OrdersWriter(run.orders) as orders:
            orders.add(Order(0, "operator", "stop", "battery", {}, None))
        wait_for(lambda: "operate.order-stop" in codes(run))
        twin, planner = made.pid("twin"), made.pid("planner")

        before, events = ticks(run), codes(run)
        made.kill("control")
        wait_for(lambda: ticks(run)[-1] > before[-1] + 2000 and written_for_battery(run))
        assert ticks(run)[: len(before)] == before
        assert codes(run)[: len(events)] == events
        assert (made.pid("twin"), made.pid("planner")) == (twin, planner)
        with TelemetryReader(run.telemetry) as telemetry:
            assert telemetry.latest_decisions()["battery"].reason == "stop"
            assert telemetry.state("mode") == "auto"

        control, issued = made.pid("control"), plans(run)
        made.kill("planner")
        assert plans(run) >= issued
        wait_for(lambda: plans(run) > issued)  # it plans as soon as it is back

        made.kill("web")
        facts = run.facts()
        wait_for(lambda: listens(facts.host, facts.port))
        with OrdersWriter(run.orders) as orders:
            assert [order.kind for order in orders.orders()] == ["stop"]

        made.kill("twin")
        wait_for(lambda: "operate.device-back" in codes(run))
        assert made.pid("control") == control
        gaps = [after - earlier for earlier, after in zip(ticks(run), ticks(run)[1:], strict=False)]
        assert max(gaps[len(before) :]) <= 5000  # on a busy machine a tick is missed, but control waits for nobody

    assert made.error is None
    assert codes(made.run)[-1] == "operate.stopped"
    assert all(each["pid"] is None for each in json.loads(made.run.processes.read_text()).values())
    with TelemetryReader(made.run.telemetry) as telemetry:
        lengths = sorted(took for _, took in telemetry.tick_times(0, 10**15))
    print(f"{len(lengths)} ticks, half below {lengths[len(lengths) // 2]:.1f} ms, longest {lengths[-1]:.1f} ms")
    assert lengths[len(lengths) // 2] <= 100.0


def test_a_second_one_cannot_serve_or_control_the_same_run(tmp_path: Path) -> None:
    with only_one(tmp_path / "control.lock"), pytest.raises(InputError) as refused, only_one(tmp_path / "control.lock"):
        pass
    assert str(refused.value) == (
        f"operate.run-busy: {tmp_path}: this run is being served already. "
        "Stop the other one first, or name another folder with `--run`."
    )


def test_a_folder_of_another_run_is_left_as_it_is(tmp_path: Path) -> None:
    """Real devices would begin in the `auto` that a twin was left in, or be driven with the sizes of another park."""
    case, folder = read_case(FACTS.park), tmp_path / "run"
    run = prepare_run(case, folder, FACTS)
    before = {file.name: file.read_bytes() for file in (run.facts_file, run.park)}
    with pytest.raises(InputError) as other_kind:
        prepare_run(case, folder, replace(FACTS, twin=False))
    assert [(found.code, found.who) for found in other_kind.value.findings] == [("operate.other-kind", str(folder))]
    with pytest.raises(InputError) as other_park:
        prepare_run(case.with_park(case.park.model_copy(update={"name": "elsewhere"})), folder, FACTS)
    assert str(other_park.value) == (
        f"operate.other-park: {folder}: this folder holds a run of another park; "
        f"expected elsewhere, got {case.park.name}. Name another folder with `--run`."
    )
    with only_one(folder / "serve.lock"), pytest.raises(InputError) as busy:
        prepare_run(case, folder, replace(FACTS, port=1))
    assert [found.code for found in busy.value.findings] == ["operate.run-busy"]
    assert {file.name: file.read_bytes() for file in (run.facts_file, run.park)} == before
    assert prepare_run(case, folder, FACTS).facts() == FACTS


def test_a_twin_that_cannot_start_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    run = prepare_run(read_case(FACTS.park), tmp_path / "run", FACTS)
    run.create(replace(FACTS, park=str(tmp_path / "gone.yaml")))
    with pytest.raises(InputError) as refused:
        serve(run, threading.Event().wait, web=False)
    assert [found.code for found in refused.value.findings] == ["operate.process-ended"]
    assert "park.no-file" in str(refused.value)


def test_a_process_that_dies_at_once_is_started_anew_more_and_more_slowly(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.create(FACTS)
    supervisor = Supervisor(run, [("broken", "lingtan.no_such_module")])
    process = supervisor.start("broken")
    wait_for(lambda: supervisor.look() or process.restarts == 2)
    assert process.pause_s >= 2.0
    supervisor.end()
    assert "No module named" in (run.log / "broken.log").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at the death of a parent is Linux's")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    """Rules out a control that nobody watches after `kill -9` of `lingtan serve`."""
    run = prepare_run(read_case(FACTS.park), tmp_path / "run", FACTS)
    code = (
        "import sys, threading; from pathlib import Path; from lingtan.operate.serving import serve;"
        "from lingtan.operate.store import RunFolder; serve(RunFolder(Path(sys.argv[1])), threading.Event().wait, web=False)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(run.path)]) as parent:
        wait_for(lambda: run.processes.exists() and "planner" in run.processes.read_text())
        wait_for(lambda: len(ticks(run)) > 2)
        pids = [each["pid"] for each in json.loads(run.processes.read_text()).values()]
        parent.kill()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() and _runs(pid) for pid in pids))
    assert codes(run)[-1] == "operate.stopped"


def _runs(pid: int) -> bool:
    """Whether a process is more than a dead one that nobody has waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_free_port_is_found_beside_one_that_is_taken() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) != port
