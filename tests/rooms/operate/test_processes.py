"""The processes of a run, for real: they start, survive `kill -9` of each other, and end so that no device is left told."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from lingtan.case import read_case
from lingtan.findings import InputError
from lingtan.operate.ending import only_one
from lingtan.operate.serving import free_port, prepared_run, serve
from lingtan.operate.store import OrdersReader, PlansReader, RunFacts, RunFolder, TelemetryReader
from lingtan.operate.supervisor import SILENT_AFTER_S, Supervisor
from lingtan.park import Park
from lingtan.park.devices import DeviceAt
from tests import small_parks
from tests.small_parks import SHIPPED_PARKS

LIMIT_S = 60.0
NAMES = {"twin", "control", "planner", "web"}
ROOT = Path(__file__).parents[3]
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
        self.run = RunFolder(folder)
        self._end, self._ready = threading.Event(), threading.Event()
        self.error: BaseException | None = None
        self.waited: list[str] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        wait_for(lambda: self._ready.is_set() or self.error)

    def _serve(self) -> None:
        try:
            facts = replace(FACTS, port=free_port("127.0.0.1", 20_000 + os.getpid() % 10_000))  # workers apart
            with prepared_run(read_case(facts.park), self.run.path, facts) as run:
                serve(run, self._end.wait, waiting=self.waited.append, ready=lambda _: self._ready.set())
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
        assert made.waited == ["twin", "web"]
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


def told_of(run: RunFolder) -> list[tuple[str, str]]:
    """What the log says of the processes, oldest first."""
    with TelemetryReader(run.telemetry) as telemetry:
        events = telemetry.events(limit=10_000)[::-1]
    return [(event.who, event.code) for event in events if event.code.startswith("operate.process-")]


def written_for_battery(run: RunFolder) -> bool:
    with TelemetryReader(run.telemetry) as telemetry:
        latest = telemetry.latest_decisions().get("battery")
    return latest is not None and latest.written


def committed(run: RunFolder) -> dict[str, list[Any]]:
    """What each of the three files has committed, oldest first."""
    with (
        TelemetryReader(run.telemetry) as telemetry,
        PlansReader(run.plans) as planned,
        OrdersReader(run.orders) as orders,
    ):
        return {
            "ticks": telemetry.tick_times(0, 10**15),
            "decisions": [row.at_ms for row in telemetry.decisions(0, 10**15)],
            "events": telemetry.events(limit=10_000)[::-1],
            "plans": planned.plans(0, 10**15),
            "orders": orders.orders(),
        }


def lost(before: dict[str, list[Any]], run: RunFolder) -> list[str]:
    """The kinds of rows of which one that was committed is gone or changed."""
    now = committed(run)
    return [kind for kind, rows in before.items() if now[kind][: len(rows)] != rows]


@contextmanager
def operator(run: RunFolder) -> Iterator[httpx.Client]:
    """Somebody who has signed in at the pages of a run."""
    facts = run.facts()
    address = f"http://{facts.host}:{facts.port}/api/v1"
    with httpx.Client(base_url=address, headers={"x-lingtan": "1"}, timeout=LIMIT_S) as client:
        signed_in = client.post("/login", json={"secret": run.secret.read_text().strip()})
        assert signed_in.status_code == 204
        yield client


def order(client: httpx.Client, **form: object) -> int:
    answer = client.post("/orders", json=form)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def is_open(client: httpx.Client) -> bool:
    """Whether the pages answer and still know the session."""
    with suppress(httpx.TransportError):
        return bool(client.get("/session").json()["open"])
    return False


def test_a_run_outlives_the_death_and_the_hanging_of_its_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules out a row that was committed and is gone, a process that waits for another, an order that dies with control; and a
    supervisor that asks only whether a process is there: stopped by the kernel, it lives and does nothing."""
    with served(tmp_path / "run") as made, operator(made.run) as client:
        run = made.run
        wait_for(lambda: written_for_battery(run))
        wait_for(lambda: plans(run))
        order(client, kind="stop", asset="battery")
        wait_for(lambda: "operate.order-stop" in codes(run))
        assert modes(run.path) == {"folder": {0o700}, "file": {0o600}}

        def outlived(name: str, is_back: Callable[[], Any]) -> None:
            """Kill one: it comes back, the others are the same and go on, nothing committed is gone."""
            before, others = committed(run), {each: made.pid(each) for each in NAMES - {name}}
            made.kill(name)
            wait_for(lambda: ticks(run)[-1] > before["ticks"][-1][0] + 2000)
            wait_for(is_back)
            wait_for(lambda: told_of(run)[-1:] == [(name, "operate.process-back")])
            assert {each: made.pid(each) for each in NAMES - {name}} == others
            assert lost(before, run) == []

        outlived("control", lambda: written_for_battery(run) and codes(run).count("operate.started") == 2)
        with TelemetryReader(run.telemetry) as telemetry:
            assert telemetry.latest_decisions()["battery"].set_point_kw == 0.0
            assert telemetry.state("now")["stops"] == {"battery": "operator"}
            assert telemetry.state("mode") == "auto"

        issued = plans(run)
        outlived("planner", lambda: plans(run) > issued)  # it plans as soon as it is back

        number = order(client, kind="release", asset="battery")  # told that it is kept, and killed at once
        outlived("web", lambda: is_open(client))
        with OrdersReader(run.orders) as orders:
            assert [(each.id, each.kind) for each in orders.orders()] == [(number - 1, "stop"), (number, "release")]
        wait_for(lambda: "operate.order-release" in codes(run))

        before = committed(run)
        outlived("twin", lambda: "operate.device-back" in codes(run))
        gaps = [after - earlier for earlier, after in zip(ticks(run), ticks(run)[1:], strict=False)]
        assert max(gaps[len(before["ticks"]) :]) <= 5000  # a busy machine misses a tick, but control waits for nobody

        pids = {name: made.pid(name) for name in NAMES}
        for name, silent_s in {"planner": 12.0, "web": 6.0}.items():
            assert SILENT_AFTER_S[name] > silent_s
            monkeypatch.setitem(SILENT_AFTER_S, name, silent_s)
            os.kill(pids[name] or 0, signal.SIGSTOP)
        wait_for(lambda: sum(code == "operate.process-back" for _, code in told_of(run)) == len(NAMES) + 2)
        assert {name for name in NAMES if made.pid(name) != pids[name]} == {"planner", "web"}
        assert is_open(client)

    assert made.error is None
    told = [(name, code.removeprefix("operate.process-")) for name, code in told_of(made.run)]
    dead = ("control", "planner", "web", "twin")
    assert told[: 2 * len(dead)] == [(name, what) for name in dead for what in ("died", "back")]
    assert sorted(told[2 * len(dead) :]) == [(name, what) for name in ("planner", "web") for what in ("back", "hung")]
    assert codes(made.run)[-1] == "operate.stopped"
    assert all(each["pid"] is None for each in json.loads(made.run.processes.read_text()).values())
    with TelemetryReader(made.run.telemetry) as telemetry:
        lengths = sorted(took for _, took in telemetry.tick_times(0, 10**15))
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
    with prepared_run(case, folder, FACTS) as run:
        before = {file.name: file.read_bytes() for file in (run.facts_file, run.park)}
    wired = case.with_park(case.park.model_copy(update={"devices": devices(case.park)}))
    with pytest.raises(InputError) as other_kind, prepared_run(wired, folder, replace(FACTS, twin=False)):
        pass
    assert [(found.code, found.who) for found in other_kind.value.findings] == [("operate.other-kind", str(folder))]
    elsewhere = case.with_park(case.park.model_copy(update={"name": "elsewhere"}))
    with pytest.raises(InputError) as other_park, prepared_run(elsewhere, folder, FACTS):
        pass
    assert str(other_park.value) == (
        f"operate.other-park: {folder}: this folder holds a run of another park; "
        f"expected elsewhere, got {case.park.name}. Name another folder with `--run`."
    )
    assert {file.name: file.read_bytes() for file in (run.facts_file, run.park)} == before
    with prepared_run(case, folder, FACTS) as again:
        assert again.facts() == FACTS


def devices(park: Park) -> dict[str, DeviceAt]:
    """An address for everything in a park."""
    kinds = {"pv": "sunspec_pv", "battery": "sunspec_battery", "grid": "sunspec_meter"}
    names = (*park.connections, *park.assets)
    return {name: DeviceAt(template=kinds.get(name, "load_meter"), host="10.0.0.1") for name in names}


def test_a_run_is_held_from_the_first_write_to_its_end(tmp_path: Path) -> None:
    """Rules out a second start that rewrites park and facts between the first one's check and its processes."""
    case, folder = read_case(FACTS.park), tmp_path / "run"
    with prepared_run(case, folder, FACTS) as run:
        with pytest.raises(InputError) as busy, prepared_run(case, folder, replace(FACTS, port=1)):
            pass
        assert [found.code for found in busy.value.findings] == ["operate.run-busy"]
        assert run.facts() == FACTS
    with prepared_run(case, folder, replace(FACTS, port=1)) as after:
        assert after.facts().port == 1


def test_a_start_that_is_refused_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules out a half-made run that a later start takes for one to go on with."""
    case, folder = read_case(FACTS.park), tmp_path / "run"
    with pytest.raises(InputError) as refused, prepared_run(case, folder, replace(FACTS, twin=False)):
        pass
    assert [found.code for found in refused.value.findings] == ["operate.no-devices"]
    assert list(tmp_path.iterdir()) == []

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("lingtan.operate.store.run_folder.OrdersWriter", full)
    with pytest.raises(InputError) as unwritable, prepared_run(case, folder, FACTS):
        pass
    assert str(unwritable.value).startswith(f"cli.unwritable: {folder}: ")
    assert "database or disk is full" in str(unwritable.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    """Rules out `--run .`: a second start took every file of the folder away from everybody else, programs included."""
    (tmp_path / "tool.sh").write_text("true\n")
    (tmp_path / "tool.sh").chmod(0o755)
    with pytest.raises(InputError) as refused, prepared_run(read_case(FACTS.park), tmp_path, FACTS):
        pass
    assert str(refused.value) == (
        f"operate.other-folder: {tmp_path}: this folder holds what is not of a run; got tool.sh. "
        "Name an empty folder, or one that is not there yet, with `--run`."
    )
    assert [(each.name, each.stat().st_mode & 0o777) for each in tmp_path.iterdir()] == [("tool.sh", 0o755)]


def test_a_family_that_is_not_live_is_told_before_sizes_are_asked_for(tmp_path: Path) -> None:
    """Rules out a user who has a study made for the sizes, and hears only then that the park cannot be served."""
    free = small_parks.battery(100.0, 200.0) | {"power": {"min": 0.0, "max": 100.0}}
    pump = {"family": "heat_pump", "input": "main", "bus": "hot", "power": 10.0, "cop": 3.0}
    case = small_parks.small_case([100.0], {"battery": free})
    assets = small_parks.park_of({"pump": pump}, buses={"main": {}, "hot": {"carrier": "heat"}}).assets
    mixed = case.with_park(case.park.model_copy(update={"assets": {**case.park.assets, **assets}}))
    with pytest.raises(InputError) as refused, prepared_run(mixed, tmp_path / "run", FACTS):
        pass
    assert [(found.code, found.who) for found in refused.value.findings] == [("control.not-live", "assets.pump")]


def test_what_lies_in_a_run_folder_is_its_owners(tmp_path: Path) -> None:
    """Whatever the user's umask and whoever made the folder before: secrets, sessions and telemetry lie in it."""
    case, folder = read_case(FACTS.park), tmp_path / "run"
    with prepared_run(case, folder, FACTS):
        assert modes(folder) == {"folder": {0o700}, "file": {0o600}}
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)  # as an older version left them
    with prepared_run(case, folder, FACTS):
        assert modes(folder) == {"folder": {0o700}, "file": {0o600}}


def modes(folder: Path) -> dict[str, set[int]]:
    """The permissions of a folder and all that lies in it."""
    found: dict[str, set[int]] = {"folder": set(), "file": set()}
    for each in (folder, *folder.rglob("*")):
        found["folder" if each.is_dir() else "file"].add(each.stat().st_mode & 0o777)
    return found


def test_a_twin_that_cannot_start_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    with prepared_run(read_case(FACTS.park), tmp_path / "run", FACTS) as run:
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
    run = RunFolder(tmp_path / "run")
    code = """
import sys, threading
from tests.rooms.operate.test_processes import FACTS, Path, prepared_run, read_case, serve
with prepared_run(read_case(FACTS.park), Path(sys.argv[1]), FACTS) as run:
    serve(run, threading.Event().wait, web=False)
"""
    with subprocess.Popen([sys.executable, "-c", code, str(run.path)], cwd=ROOT) as parent:
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
