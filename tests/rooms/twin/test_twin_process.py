"""The twin as a process: it serves a run folder, obeys signals, and comes back where it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pymodbus.client import ModbusTcpClient

from lingtan.twin.__main__ import main
from tests.small_parks import SHIPPED_PARKS

LIMIT_S = 30.0


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of the starter park with sizes of our own."""
    sizes = {"pv": {"power_kw": 2000.0}, "battery": {"power_kw": 500.0, "energy_kwh": 1000.0}}
    facts = {"park": str(SHIPPED_PARKS["starter"]), "packs": [], "sizes": sizes}
    (tmp_path / "run.json").write_text(json.dumps(facts))
    return tmp_path


@contextmanager
def twin_of(run: Path) -> Iterator[subprocess.Popen[str]]:
    wiring = run / "wiring.json"
    before = wiring.stat().st_mtime_ns if wiring.exists() else 0
    started = time.monotonic()
    command = [sys.executable, "-m", "lingtan.twin", str(run)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not wiring.exists() or wiring.stat().st_mtime_ns == before:
                assert process.poll() is None, process.stderr.read()
                assert time.monotonic() - started < LIMIT_S
                time.sleep(0.05)
            yield process
        finally:
            process.kill()


def battery_words(run: Path, address: int, count: int) -> list[int]:
    where = json.loads((run / "wiring.json").read_text())["battery"]
    assert where == {"template": "sunspec_battery", "host": "127.0.0.1", "port": where["port"], "unit": 1}
    client = ModbusTcpClient(where["host"], port=where["port"], timeout=5)
    assert client.connect()
    try:
        return client.read_holding_registers(address, count=count, device_id=1).registers
    finally:
        client.close()


def tell_battery(run: Path, *words: int) -> None:
    port = json.loads((run / "wiring.json").read_text())["battery"]["port"]
    client = ModbusTcpClient("127.0.0.1", port=port, timeout=5)
    assert client.connect()
    try:
        assert not client.write_registers(40090, list(words), device_id=1).isError()
    finally:
        client.close()


def test_a_killed_twin_comes_back_where_it_was_and_ends_in_good_order(run):
    """Rules out new ports after a restart (a driver would look for the old ones) and a battery that is half full again."""
    with twin_of(run) as process:
        ports = (run / "wiring.json").read_text()
        assert battery_words(run, 40074, 1) == [5000]
        tell_battery(run, 7, 0xA120, 0, 0, 0, 2)  # 500 kW for 2 s: 1 kWh and more of 1000
        deadline = time.monotonic() + LIMIT_S
        while battery_words(run, 40090, 2) != [0, 0]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(LIMIT_S) == 0
        assert process.stderr.read() == ""
    with twin_of(run) as process:
        assert (run / "wiring.json").read_text() == ports
        assert 4970 <= battery_words(run, 40074, 1)[0] < 5000
        process.kill()
        process.wait(LIMIT_S)
    with twin_of(run) as process:
        assert (run / "wiring.json").read_text() == ports
        assert 4970 <= battery_words(run, 40074, 1)[0] < 5000
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_S) == 0


def test_a_folder_that_is_no_run_is_a_finding(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"twin.no-run: {tmp_path}: this folder is no run that can be served; got [Errno 2] No such file or directory: "
        f"'{tmp_path}/run.json'. Start it with `lingtan serve PARK --twin`.\n"
    )
    assert main([]) == 2


def test_a_run_without_sizes_names_what_is_free(tmp_path, capsys):
    (tmp_path / "run.json").write_text(json.dumps({"park": str(SHIPPED_PARKS["starter"])}))
    assert main([str(tmp_path)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1:3] for line in said] == [
        ["cli.free-size", "assets.pv.power"],
        ["cli.free-size", "assets.battery.power"],
        ["cli.free-size", "assets.battery.energy"],
    ]
