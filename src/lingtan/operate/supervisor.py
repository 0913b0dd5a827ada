"""Starts the processes of a run, starts those anew that end or fall silent, and ends them in the right order."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lingtan.findings import Severity
from lingtan.operate.notes import Notebook
from lingtan.operate.store import RunFolder
from lingtan.operate.store.private import private
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.operate.watchdog import Pulse

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
STEADY_S = 60.0
"""A process that lived so long is started anew at once when it ends."""

STARTING_S = 90.0
"""How long a process may take to its first sign of life: a twin reads the series of a whole year first."""

SILENT_AFTER_S = {"control": 15.0, "planner": 300.0, "web": 30.0, "twin": 30.0, "weather": 180.0}
"""Silence after which a process is ended and started anew [s]. Control ticks each second, web and twin tell of themselves as often;
the planner is silent while it plans, which may take minutes, and is needed every quarter of an hour; weather is silent while a slow
source answers."""

PATIENCE_S = 6.0
"""How long a process has to end by itself."""


@dataclass
class Process:
    """One process of the run."""

    name: str
    module: str
    pulse: Pulse
    popen: subprocess.Popen[bytes] | None = None
    started_s: float = 0.0
    restarts: int = 0
    pause_s: float = FIRST_PAUSE_S
    due_s: float = 0.0
    status: int | None = None
    is_down: bool = False
    """Whether its end was noted and its return was not: one that dies again and again is noted once."""

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.popen is not None and self.popen.poll() is None


@dataclass
class Supervisor:
    """Keeps the processes of a run alive. `modules` in the order of starting; they end in the opposite order."""

    run: RunFolder
    modules: Sequence[tuple[str, str]]
    processes: list[Process] = field(default_factory=list)
    notebook: Notebook = field(init=False)

    def __post_init__(self) -> None:
        self.notebook = Notebook(self.run.notes)

    def start(self, name: str) -> Process:
        """Start one process."""
        module = dict(self.modules)[name]
        process = Process(name, module, Pulse(self.run.alive(name)))
        self.processes.append(process)
        self._spawn(process)
        self._tell()
        return process

    def look(self) -> None:
        """Start what has ended, and end what has fallen silent; called about twice a second."""
        now = time.monotonic()
        for process in self.processes:
            if process.is_alive:
                self._listen(process)
                continue
            if process.status is None:
                self._note_end(process, now)
            if now >= process.due_s:
                process.restarts += 1
                self._spawn(process)
                self._tell()

    def serve(self, wait: Callable[[float], bool]) -> None:
        """Look until asked to end."""
        while not wait(0.5):
            self.look()

    def end(self) -> None:
        """End all processes, the last started first: control gives its leases back while its devices still answer."""
        for process in reversed(self.processes):
            if process.popen is None:
                continue
            with contextlib.suppress(ProcessLookupError):
                process.popen.send_signal(signal.SIGTERM)
            try:
                process.status = process.popen.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.popen.kill()
                process.status = process.popen.wait()
        self._tell()

    def _spawn(self, process: Process) -> None:
        log = self.run.log / f"{process.name}.log"
        with open(log, "ab", opener=private) as out:
            process.popen = subprocess.Popen(
                [sys.executable, "-m", "lingtan.operate.child", process.module, str(self.run.path)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a terminal's Ctrl-C is for us; we end the others in order
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"},
            )
        process.started_s, process.status = time.monotonic(), None
        process.pulse.begin()

    def _listen(self, process: Process) -> None:
        """End a process that has fallen silent: it cannot be asked any more. Note one that is back."""
        assert process.popen is not None
        silent_s = process.pulse.silent_s()
        patience_s = SILENT_AFTER_S.get(process.name, math.inf) if process.pulse.has_beaten else STARTING_S
        if silent_s > patience_s:
            self._note_down(process, "operate.process-hung", seconds=round(silent_s))
            process.popen.kill()
        elif process.is_down and process.pulse.has_beaten:
            process.is_down = False
            self._note("operate.process-back", process, Severity.NOTE, restarts=process.restarts)

    def _note_down(self, process: Process, code: str, **detail: float) -> None:
        if not process.is_down:
            process.is_down = True
            self._note(code, process, Severity.ERROR if process.name == "control" else Severity.WARNING, **detail)

    def _note(self, code: str, process: Process, severity: Severity, **detail: float) -> None:
        self.notebook.add(time.time_ns() // 1_000_000, code, process.name, severity, **detail)

    def _note_end(self, process: Process, now: float) -> None:
        assert process.popen is not None
        process.status = process.popen.returncode
        self._note_down(process, "operate.process-died", exit=process.status)
        if now - process.started_s >= STEADY_S:
            process.pause_s = FIRST_PAUSE_S
        process.due_s = now + process.pause_s
        process.pause_s = min(2 * process.pause_s, LONGEST_PAUSE_S)

    def _tell(self) -> None:
        """`processes.json`: who runs, since when, how often it was started anew."""
        now_ms, now_s = time.time_ns() // 1_000_000, time.monotonic()
        told = {
            each.name: {
                "pid": each.popen.pid if each.popen is not None and each.is_alive else None,
                "started_ms": now_ms - round(1000 * (now_s - each.started_s)),
                "restarts": each.restarts,
                "status": each.status,
            }
            for each in self.processes
        }
        with contextlib.suppress(OSError):  # a full disk is no reason to leave the processes alone
            write_json_atomically(self.run.processes, told)


def log_tail(path: Path, lines: int = 5) -> str:
    """The last lines of a log, in one."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
    return " | ".join(line.strip() for line in text.splitlines()[-lines:] if line.strip())
