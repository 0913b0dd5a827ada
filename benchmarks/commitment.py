"""A day with six committed plants: how long, over many seeds, and the gap that is left. Ours alone: no peer is asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.report import Cell, Report
from benchmarks.sides import run as run_process

SEEDS = 20
MEDIAN_S, P95_S = 5.0, 20.0
"""Judged on seconds of the processor, which are those of the clock where nothing runs beside; the clock is shown too."""


def run(_: int) -> Report:
    """All seeds in one fresh process; fails where it did not run, a claim is missed, or a gap is not known."""
    ended = run_process([sys.executable, "-m", "benchmarks.ours.commitment_day", str(SEEDS)])
    if ended.status != 0:
        last = (ended.errors.strip().splitlines() or ["no word"])[-1]
        return Report("commitment", WHAT, ({"name": "commitment day"},), (f"ours: {last}",))
    return conclude(json.loads(ended.output.strip().splitlines()[-1]))


WHAT = "96 quarter-hours, 20 assets, 6 on or off, asked for a gap of 0.1 % within 20 s"


def conclude(days: Sequence[Mapping[str, float]]) -> Report:
    """One row over all seeds."""
    used = sorted(day["cpu_s"] for day in days)
    p95 = used[min(int(0.95 * len(used)), len(used) - 1)]
    gaps = [day["gap"] for day in days]
    row: dict[str, Cell] = {
        "name": f"commitment day, {len(days)} seeds",
        "median cpu_s": median(used),
        "p95 cpu_s": p95,
        "median wall_s": median(day["wall_s"] for day in days),
        "largest wall_s": max(day["wall_s"] for day in days),
        "median gap": median(gaps),
        "largest gap": max(gaps),
        "out of time": float(sum(day["out_of_time"] for day in days)),
    }
    failures = []
    if median(used) > MEDIAN_S:
        failures.append(f"the median day takes {median(used):.1f} s; expected at most {MEDIAN_S:g} s")
    if p95 > P95_S:
        failures.append(f"one day in twenty takes {p95:.1f} s; expected at most {P95_S:g} s")
    if not all(gap < float("inf") for gap in gaps):
        failures.append("a day has no gap; it is always shown")
    return Report("commitment", WHAT, (row,), tuple(failures))
