"""The wall time of `lingtan --help`: what a user waits before anything happens."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from benchmarks.report import Report
from benchmarks.sides import run as run_process

RUNS = 7
BUDGET_S = 0.6


def run(_hours: int) -> Report:
    """Median of seven, after one run that fills the caches; beside it the bare interpreter, which nothing can beat."""
    bare_s = median_s([sys.executable, "-c", "pass"])
    program = Path(sys.executable).with_name("lingtan")
    if not program.exists():
        return report(None, bare_s, [f"no {program}: lingtan is not installed in this environment"])
    first = run_process([str(program), "--help"])
    if first.status != 0:
        return report(None, bare_s, [f"`lingtan --help` ended with exit status {first.status}: {first.errors.strip()}"])
    help_s = median_s([str(program), "--help"])
    late = [f"`lingtan --help` takes {help_s:.2f} s; expected at most {BUDGET_S} s"] if help_s > BUDGET_S else []
    return report(help_s, bare_s, late)


def median_s(command: list[str]) -> float:
    """Median wall time of `RUNS` runs."""
    return median(run_process(command).wall_s for _ in range(RUNS))


def report(help_s: float | None, bare_s: float, failures: list[str]) -> Report:
    """One row: seconds, and how many bare interpreters they are."""
    row = {
        "name": "lingtan --help",
        "wall_s": help_s,
        "bare python_s": bare_s,
        "ours / bare": None if help_s is None else help_s / bare_s,
        "budget_s": BUDGET_S,
    }
    return Report("help_time", f"median wall time of {RUNS} runs", (row,), tuple(failures))
