"""The twin as a process of a run: a server for each device on loopback, one step of the plant a second.

It reads `run.json` (which park, which sizes) and `faults.json`, and writes `wiring.json` once every device listens and
`twin.json`, what the plant remembers. Nothing else of the run is touched: to the others it is a plant behind wires.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lingtan.case import Case, read_case, with_sizes
from lingtan.findings import Finding
from lingtan.plant import initial_state, plant_of
from lingtan.twin.bank import Clock
from lingtan.twin.faults import FaultOrder, read_faults
from lingtan.twin.kept import keep, kept, write_atomically
from lingtan.twin.plant import TwinPlant
from lingtan.twin.server import DeviceServer

HOST = "127.0.0.1"
TICK_MS = 1000
_KEEP_EVERY = 5


def rising_clock() -> Clock:
    """UTC milliseconds that only rise: the wall clock at the start, and the monotonic one from there on."""
    start_ms, start_s = time.time_ns() // 1_000_000, time.monotonic()
    return lambda: start_ms + int((time.monotonic() - start_s) * 1000.0)


def case_of_run(run: Path) -> Case:
    """The sized case that `run.json` names. Raises `InputError` with its findings."""
    facts = json.loads((run / "run.json").read_text("utf-8"))
    case = read_case(facts["park"], tuple(facts.get("packs", ())))
    return replace(case, park=with_sizes(case, facts.get("sizes") or {}))


class Twin:
    """A plant with its servers, on the run folder `run`."""

    def __init__(self, case: Case, run: Path, clock: Clock) -> None:
        self._run, self._clock = run, clock
        self._kept = run / "twin.json"
        self.plant = TwinPlant(case, clock, state=kept(self._kept, initial_state(plant_of(case.park))))
        self.servers = {name: self._server(name) for name in self.plant.banks}
        self._orders: tuple[FaultOrder, ...] = ()
        self._seen: object = None
        self._ticks = 0

    async def listen(self) -> None:
        """Open every device, at the port it had before where that is free, and say where they stand."""
        self.tick()
        before = _ports(self._run / "wiring.json")
        wiring: dict[str, dict[str, Any]] = {}
        for name, server in self.servers.items():
            port = await server.listen(HOST, before.get(name, 0))
            template = self.plant.templates[name].id
            wiring[name] = {"template": template, "host": HOST, "port": port, "unit": 1}
        write_atomically(self._run / "wiring.json", wiring)

    def tick(self) -> None:
        """Move the plant on to now."""
        self._read_faults()
        self.plant.advance(self._orders)
        for server in self.servers.values():
            server.drop_where_ordered()
        self._ticks += 1
        if self._ticks % _KEEP_EVERY == 1:
            keep(self._kept, self.plant.state)
        with contextlib.suppress(OSError):
            (self._run / "twin.alive").touch()  # the supervisor ends a twin that falls silent

    async def run(self, until: asyncio.Event) -> None:
        """Tick on each whole second until told to stop; a tick that came late is not made up for."""
        while not until.is_set():
            wait_s = (TICK_MS - self._clock() % TICK_MS) / 1000.0
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), wait_s)
            self.tick()

    async def close(self) -> None:
        """Let go of every socket and write down what has to survive."""
        for server in self.servers.values():
            await server.close()
        keep(self._kept, self.plant.state)

    def _server(self, name: str) -> DeviceServer:
        return DeviceServer(self.plant.banks[name], lambda: self.plant.faults_of(name))

    def _read_faults(self) -> None:
        """Read the orders anew where their file changed; what is wrong with it is told once."""
        path = self._run / "faults.json"
        try:
            found = path.stat()
            state: object = (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            state = None
        if state == self._seen:
            return
        self._seen = state
        self._orders, findings = read_faults(path, self.plant.templates)
        tell(findings)


def tell(findings: Iterable[Finding]) -> None:
    """Say findings on standard error, which the supervisor keeps as the log."""
    for finding in findings:
        sys.stderr.write(finding.text() + "\n")
    sys.stderr.flush()


async def serve(run: Path, clock: Clock | None = None) -> None:
    """Serve the plant of a run until the process is told to end."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    twin = Twin(case_of_run(run), run, clock or rising_clock())
    try:
        await twin.listen()
        await twin.run(stop)
    finally:
        await twin.close()


def _ports(wiring: Path) -> Mapping[str, int]:
    """Where the devices of an earlier twin of this run listened, so that whoever lost them finds them again."""
    try:
        before = json.loads(wiring.read_text("utf-8"))
        return {name: int(one["port"]) for name, one in before.items() if 0 < int(one["port"]) < 65536}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
