"""A whole study of the shipped parks by stage: how much of it is reading, solving, accounting and reporting."""

from __future__ import annotations

import json
import os
import sys
import tempfile

from benchmarks.report import Cell, Report
from benchmarks.sides import ROOT, last_line
from benchmarks.sides import run as run_process

PARKS = ("measured", "yibin")
BUDGET_S = {"yibin": 90.0}
"""Wall time that a study may take on two processors (issue 3)."""
STAGES = ("read_s", "solve_s", "account_s", "report_s")
"""Accounting includes writing the programs, settling, appraising and advising."""


def run(_hours: int) -> Report:
    """Study each shipped park once, in a fresh process, into a folder that is thrown away."""
    rows: list[dict[str, Cell]] = []
    failures: list[str] = []
    for park in PARKS:
        with tempfile.TemporaryDirectory() as folder:
            ended = run_process([sys.executable, "-m", "benchmarks.ours.study", str(ROOT / "examples" / park), folder])
        if ended.status != 0:
            failures.append(f"{park}: exit status {ended.status}: {last_line(ended.errors)}")
            rows.append(row(park, None))
            continue
        figures: dict[str, float] = json.loads(last_line(ended.output))
        rows.append(row(park, {**figures, "wall_s": ended.wall_s, "peak_mb": ended.peak_mb}))
        failures += late(park, ended.wall_s)
    return Report("study", "plan, operate, account, finance, report, and the reference", tuple(rows), tuple(failures))


def row(park: str, figures: dict[str, float] | None) -> dict[str, Cell]:
    """One park: seconds, and what belongs to no machine: each stage's share of the wall time, and programs solved at once."""
    shares = {stage: f"{stage.removesuffix('_s')} / wall" for stage in STAGES}
    cells: dict[str, Cell] = {"name": f"study {park}"}
    cells |= dict.fromkeys(("wall_s", "peak_mb", *STAGES, *shares.values(), "solved at once"))
    if figures is not None:
        cells |= {title: figures[title] for title in ("wall_s", "peak_mb", *STAGES)}
        cells |= {title: figures[stage] / figures["wall_s"] for stage, title in shares.items()}
        cells["solved at once"] = figures["each solved_s"] / figures["solve_s"]
    return cells


def late(park: str, wall_s: float) -> list[str]:
    """The claim that failed, where a park has a budget; it is for two processors."""
    budget_s = BUDGET_S.get(park)
    if budget_s is None or wall_s <= budget_s or len(os.sched_getaffinity(0)) < 2:
        return []
    return [f"study {park} takes {wall_s:.0f} s; expected at most {budget_s:.0f} s"]
