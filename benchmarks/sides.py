"""Run one side of a comparison: a fresh process, one thread, its time and memory.

The harness imports nothing heavy, because on Linux a child inherits the high-water mark of its parent's memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEER_PYTHON = "LINGTAN_ORACLE_PYTHON"
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "POLARS_MAX_THREADS"), "1"
)


@dataclass(frozen=True)
class Side:
    """What one program needed for one case, and the objective it reached."""

    build_s: float
    solve_s: float
    objective_cny: float
    peak_mb: float


@dataclass(frozen=True)
class Missing:
    """A side that did not run, and why: the last line it wrote, or what is not installed."""

    reason: str


@dataclass(frozen=True)
class Ended:
    """A finished process: wall time, largest resident memory, exit status and what it wrote."""

    wall_s: float
    peak_mb: float
    status: int
    output: str
    errors: str


def ours(module: str, *arguments: str) -> Side | Missing:
    """Run `benchmarks.ours.<module>` with the Python that runs the harness."""
    return side([sys.executable, "-m", f"benchmarks.ours.{module}", *arguments])


def peer(module: str, *arguments: str) -> Side | Missing:
    """Run `benchmarks.peers.<module>` with the peers' own Python."""
    python = Path(os.environ.get(PEER_PYTHON, ROOT / ".venv-oracle" / "bin" / "python"))
    if not python.exists():
        return Missing(f"no {python}: run `make oracle`, or set {PEER_PYTHON}")
    return side([str(python), "-m", f"benchmarks.peers.{module}", *arguments])


def side(command: list[str]) -> Side | Missing:
    """Run a side; its last line of output is JSON with the fields of `Side`, its memory is measured from outside."""
    ended = run(command)
    if ended.status != 0:
        return Missing(last_line(ended.errors) or f"exit status {ended.status}")
    figures = json.loads(last_line(ended.output))
    return Side(figures["build_s"], figures["solve_s"], figures["objective_cny"], ended.peak_mb)


def run(command: list[str]) -> Ended:
    """Run a command from the root of the checkout with one thread, and wait for it."""
    environment = os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=errors)
        _, code, used = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(code)
        output.seek(0)
        errors.seek(0)
        return Ended(wall_s, used.ru_maxrss / 1024, process.returncode, output.read(), errors.read())


def last_line(text: str) -> str:
    """The last line that is not blank, or nothing."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
