"""A whole study of the measured park: time, memory, and how much of it is solving."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.report import Cell, Report
from benchmarks.sides import ROOT, Ended, last_line
from benchmarks.sides import run as run_process

PARK = ROOT / "examples" / "measured"
SOLVER_TIMES = ("build_s", "solve_s")


def run(_hours: int) -> Report:
    """Run `lingtan study examples/measured` once, in a fresh process, into a folder that is thrown away."""
    program = Path(sys.executable).with_name("lingtan")
    missing = [f"no {path}" for path in (program, PARK / "park.yaml") if not path.exists()]
    if missing:
        return report(None, {}, missing)
    with tempfile.TemporaryDirectory() as folder:
        ended = run_process([str(program), "study", str(PARK), "--out", folder])
        if ended.status != 0:
            return report(None, {}, [f"exit status {ended.status}: {last_line(ended.errors)}"])
        solver = json.loads((Path(folder) / "summary.json").read_text(encoding="utf-8"))["solver"]
    return report(ended, {name: float(solver[name]) for name in SOLVER_TIMES}, [])


def report(ended: Ended | None, solver: dict[str, float], failures: list[str]) -> Report:
    """One row; shares are of the wall time of the whole command."""
    row: dict[str, Cell] = {"name": "study examples/measured", "wall_s": None, "peak_mb": None}
    row |= dict.fromkeys((*SOLVER_TIMES, "building / wall", "solving / wall"))
    if ended is not None:
        row |= {"wall_s": ended.wall_s, "peak_mb": ended.peak_mb, **solver}
        row |= {"building / wall": solver["build_s"] / ended.wall_s, "solving / wall": solver["solve_s"] / ended.wall_s}
    return Report(
        "study_measured", "plan, operate, account, finance, report, and the reference", (row,), tuple(failures)
    )
