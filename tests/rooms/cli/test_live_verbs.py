"""`serve`, `devices` and `replay` as a user types them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app
from lingtan.cli.serve_verb import stay, usual_folder
from lingtan.operate.ending import only_one
from lingtan.operate.serving import HeldRun
from lingtan.operate.store import Batch, DecisionRow, RunFacts, RunFolder, TelemetryReader
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.operate.wiring import Wire
from lingtan.park import read_park
from tests.rooms.operate.operate_samples import START_MS, live_case, virtual
from tests.small_parks import SHIPPED_PARKS

FACTS = RunFacts("park.yaml", (), {}, START_MS, True, "127.0.0.1", 8400, "auto")
LIMIT_S = 90.0


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")


def lingtan(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A run of which 70 seconds are recorded; its devices are gone."""
    folder = RunFolder(tmp_path / "run")
    folder.create(FACTS)
    write_json_atomically(folder.park, live_case().park.dump())
    with virtual(folder.path, plans=False) as park:
        park.hold(50.0)
        park.run(70)
        wires = {name: asdict(Wire(each.id, "127.0.0.1", 1, 1)) for name, each in park.plant.templates.items()}
    write_json_atomically(folder.wiring, wires)
    return folder


def test_a_replay_of_the_last_hour_says_that_all_is_the_same(run: RunFolder) -> None:
    result = lingtan("replay", run.path)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "70 ticks, 140 decisions: all come out the same\n",
        "",
    )


def test_a_replay_of_a_span_and_as_data(run: RunFolder) -> None:
    result = lingtan("replay", run.path, "--start", "2026-03-03 10:30:31", "--hours", 0.01, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["ticks"], told["differing"], told["differences"]) == (0, 36, 0, [])


def test_a_replay_that_differs_names_the_first_and_ends_with_2(run: RunFolder) -> None:
    with virtual(run.path, plans=False) as park:
        row = next(
            each for each in park.store.decisions(START_MS + 65_000, START_MS + 66_000) if each.asset == "battery"
        )
        park.store.write(Batch(decisions=[DecisionRow(**{**vars(row), "set_point_kw": 77.0})]))
    result = lingtan("replay", run.path)
    assert result.exit_code == 2
    assert result.stderr.startswith("operate.replay-differs: battery 2026-03-03 ")
    assert "the recorded decisions come out otherwise now; expected 140, got 139. Compare the versions" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--start", "soon"), "cli.bad-start: --start: this is not a moment; expected 2026-07-01T00:00, got soon."),
        (
            ("--start", "2020-01-01"),
            "operate.nothing-to-replay: --start: nothing is recorded in this span; got 2020-01-01.",
        ),
    ],
)
def test_a_replay_of_nothing_is_a_finding(run: RunFolder, arguments: tuple[str, ...], said: str) -> None:
    result = lingtan("replay", run.path, *arguments)
    assert (result.exit_code, result.stderr.startswith(said)) == (2, True)


def test_a_folder_without_a_run_is_a_finding(tmp_path: Path) -> None:
    expected = (
        f"operate.no-run: {tmp_path}: there is no run in this folder. "
        "Name the folder that `lingtan serve` printed, or start one.\n"
    )
    assert lingtan("replay", tmp_path).stderr == expected
    assert lingtan("devices", "fault", tmp_path, "battery", "slow").stderr == expected


def test_templates_are_listed() -> None:
    lines = lingtan("devices", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == [
        "firm_line_meter",
        "load_meter",
        "sunspec_battery",
        "sunspec_meter",
        "sunspec_pv",
        "sunspec_wind",
    ]
    [battery] = [
        each for each in json.loads(lingtan("devices", "list", "--json").stdout) if each["family"] == "battery"
    ]
    assert (battery["set_points"], battery["lease"]) == (["set_power_kw"], True)


def test_devices_that_do_not_answer_are_told_one_by_one(run: RunFolder) -> None:
    result = lingtan("devices", "test", run.path, "battery")
    assert (result.exit_code, result.stdout) == (
        2,
        "battery\tdoes not answer: no-connection the socket cannot be opened\n",
    )
    unknown = lingtan("devices", "test", run.path, "batery")
    assert unknown.stderr.startswith("operate.unknown-device: batery: the run has no device of this name; expected ")


def test_a_park_on_paper_has_no_devices_to_test() -> None:
    result = lingtan("devices", "test", SHIPPED_PARKS["starter"])
    assert (result.exit_code, result.stderr.split(":")[0]) == (2, "operate.no-devices")


def test_faults_are_ordered_added_and_cleared(run: RunFolder) -> None:
    first = lingtan("devices", "fault", run.path, "battery", "slow", "--seconds", 20)
    assert (first.exit_code, first.stdout) == (0, "battery: answers slow for 20.0 s\n")
    lingtan("devices", "fault", run.path, "grid", "frozen")
    orders = json.loads(run.faults.read_text())
    assert [(each["device"], each["kind"], each["until_ms"] - each["from_ms"]) for each in orders] == [
        ("battery", "slow", 20_000),
        ("grid", "frozen", 60_000),
    ]
    assert lingtan("devices", "fault", run.path, "--clear").stdout == "no faults any more\n"
    assert json.loads(run.faults.read_text()) == []


def test_a_fault_that_nobody_knows_is_a_finding(run: RunFolder) -> None:
    result = lingtan("devices", "fault", run.path, "battery", "explode")
    assert (result.exit_code, result.stderr.split(": ")[0]) == (2, "operate.bad-fault")
    assert not run.faults.exists()


@pytest.mark.parametrize("given", [(), ("battery",)])
def test_a_fault_that_says_too_little_is_answered_with_what_there_is(run: RunFolder, given: tuple[str, ...]) -> None:
    """Rules out "the twin knows no such fault" for a fault that nobody named."""
    result = lingtan("devices", "fault", run.path, *given)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "operate.fault-needs: DEVICE KIND: this says neither a device and what it is to do wrong, nor `--clear`; expected DEVICE: "
    )
    assert all(name in result.stderr for name in ("battery", "grid", "KIND: ", "socket_drop", "--clear"))
    assert not run.faults.exists()


def test_pages_for_other_machines_are_warned_of(tmp_path: Path) -> None:
    """The warning comes first, also where the start is refused. Rules out a secret that goes over a hall's Wi-Fi unsaid."""
    starter = SHIPPED_PARKS["starter"]
    open_to_all = lingtan("serve", starter, "--twin", "--run", tmp_path / "a", "--host", "0.0.0.0")
    assert open_to_all.stderr.startswith("operate.open-host: --host: the pages are reached from other machines")
    at_home = lingtan("serve", starter, "--twin", "--run", tmp_path / "a", "--host", "127.0.0.1")
    assert "operate.open-host" not in at_home.stderr


def test_real_devices_play_no_faults(tmp_path: Path) -> None:
    RunFolder(tmp_path).create(RunFacts(**{**asdict(FACTS), "twin": False}))
    assert lingtan("devices", "fault", tmp_path, "battery", "slow").stderr.startswith("operate.no-twin: ")


def test_serving_asks_for_fixed_sizes_devices_and_a_free_port(tmp_path: Path) -> None:
    starter = SHIPPED_PARKS["starter"]
    free = lingtan("serve", starter, "--twin", "--run", tmp_path / "a")
    assert (free.exit_code, "cli.free-size" in free.stderr, "dispatch" in free.stderr) == (2, True, False)
    sizes = tmp_path / "summary.json"
    sizes.write_text(
        json.dumps({"sizes": {"pv": {"power_kw": 2000}, "battery": {"power_kw": 500, "energy_kwh": 1000}}})
    )
    wired = lingtan("serve", starter, "--sizes", sizes, "--run", tmp_path / "b")
    assert (wired.exit_code, wired.stderr.startswith("operate.no-devices: devices: ")) == (2, True)
    assert list(tmp_path.iterdir()) == [sizes]  # a start that is refused leaves no folder
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = lingtan("serve", starter, "--twin", "--sizes", sizes, "--run", tmp_path / "c", "--port", port)
    assert busy.stderr == (
        f"operate.port-taken: --port: somebody answers at this address already; got 127.0.0.1:{port}. "
        "Choose another port, or leave `--port` out.\n"
    )


@pytest.mark.parametrize("asked", [(), ("--port", "8400")])
@pytest.mark.parametrize("host", ["300.1.1.1", "203.0.113.7", "2001:db8::7", "no-such-machine.invalid", "x" * 70])
def test_an_address_that_this_machine_has_not_is_told_before_anything_else(
    tmp_path: Path, host: str, asked: tuple[str, ...]
) -> None:
    """Rules out "cannot be written", or a web process that ended, for what is a slip of the pen."""
    result = lingtan("serve", tmp_path / "no-park.yaml", "--twin", "--run", tmp_path / "a", "--host", host, *asked)
    assert (result.exit_code, result.stderr) == (
        2,
        f"operate.no-such-address: --host: this machine has no such address; expected 127.0.0.1, got {host}. "
        "Give an address of this machine, or leave `--host` out.\n",
    )


def test_a_run_that_is_served_already_is_told_before_its_park_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules out ten seconds of work for nothing; and that the looking itself writes into the other's lock."""
    read: list[object] = []
    monkeypatch.setattr("lingtan.cli.serve_verb.read_park_case", lambda *given: read.append(given))
    run = RunFolder(tmp_path)
    with only_one(run.lock):
        before = run.lock.stat().st_mtime_ns
        result = lingtan("serve", SHIPPED_PARKS["starter"], "--twin", "--run", run.path)
        assert run.lock.stat().st_mtime_ns == before
    assert (result.exit_code, result.stderr, read) == (
        2,
        f"operate.run-busy: {run.path}: this run is being served already. "
        "Stop the other one first, or name another folder with `--run`.\n",
        [],
    )


def test_what_a_start_waits_for_is_said_and_json_stays_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rules out a minute and a half of silence."""

    def at_once(*_: object, waiting: Callable[[str], None], ready: Callable[[RunFacts], None]) -> None:
        waiting("twin")
        waiting("web")
        ready(RunFacts(**{**asdict(FACTS), "park": str(SHIPPED_PARKS["starter"])}))

    monkeypatch.setattr("lingtan.operate.serving.serve", at_once)
    monkeypatch.setattr("lingtan.operate.ending.Ending", lambda: SimpleNamespace(wait=None))
    stay(HeldRun(tmp_path), as_json=False)
    assert capsys.readouterr().out.splitlines()[:3] == [
        "starting the twin: it reads the series of a year, which may take a minute and a half",
        "starting the pages",
        "serving starter: http://127.0.0.1:8400/",
    ]
    stay(HeldRun(tmp_path), as_json=True)
    assert list(json.loads(capsys.readouterr().out)) == ["url", "run", "secret"]


def test_a_practice_is_not_kept_where_the_real_devices_have_their_run() -> None:
    """Rules out `serve park`, then `serve park --twin`, in one folder: the second would be refused, or worse."""
    starter = SHIPPED_PARKS["starter"]
    name = read_park(starter).name
    assert usual_folder(starter, twin=False) == Path("runs") / name
    assert usual_folder(starter, twin=True) == Path("runs") / f"{name}-twin"


# ---------------------------------------------------------------------------------------------- for real


def wait_for(is_so: Callable[[], Any]) -> None:
    until = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.1)


def ticks(run: RunFolder) -> int:
    with contextlib.suppress(Exception), TelemetryReader(run.telemetry) as telemetry:
        return len(telemetry.tick_times(0, 10**15))
    return 0


def test_a_park_is_served_tested_and_ended_by_ctrl_c(tmp_path: Path) -> None:
    """The whole verb in a process of its own: it says where it is, its devices answer, and it leaves nothing running."""
    sizes = tmp_path / "summary.json"
    sizes.write_text(
        json.dumps({"sizes": {"pv": {"power_kw": 2000}, "battery": {"power_kw": 500, "energy_kwh": 1000}}})
    )
    run = RunFolder(tmp_path / "run")
    command = [
        sys.executable,
        "-c",
        "from lingtan.cli import main; main()",
        "serve",
        str(SHIPPED_PARKS["starter"]),
        "--twin",
        "--sizes",
        str(sizes),
    ]
    with subprocess.Popen(
        [*command, "--run", str(run.path), "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LINGTAN_LANG": "en"},
    ) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert told["run"] == str(run.path)
        assert told["url"].startswith("http://127.0.0.1:")
        wait_for(lambda: ticks(run) > 3)
        tested = lingtan("devices", "test", run.path, "--json")
        assert tested.exit_code == 0
        assert all(each["fault"] is None for each in json.loads(tested.stdout).values())
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_S) == 130
    assert all(each["pid"] is None for each in json.loads(run.processes.read_text()).values())
    with TelemetryReader(run.telemetry) as telemetry:
        assert telemetry.events(limit=1)[0].code == "operate.stopped"
