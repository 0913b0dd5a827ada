"""One decision of control for twenty assets: what is left of a second for everything else."""

from __future__ import annotations

from statistics import median
from time import process_time

from benchmarks.report import Cell, Report
from lingtan.control import ControlSite, Image, Mode, Priority, Proposal, Quality, Reading, boot, cycle, site_of
from lingtan.park import Park
from tests.small_parks import battery, park_of, pv

PAIRS = 10
TICKS = 600
BUDGET_MS = 20.0
"""Of the 100 ms that a whole tick may take, with devices and the commit to disk (judged by tests/rooms/operate in test-long)."""
START_MS = 1_795_406_400_000


def run(_hours: int) -> Report:
    """Ten batteries and ten plants, every point good and a proposal for each, for ten minutes."""
    site = site_of(park())
    wishes = [
        Proposal(one.name, -50.0, 50.0, 20.0, Priority.MARKET, START_MS + 10**7, "bench", "wish")
        for one in site.controlled
    ]
    memory, took_ms = boot(site, START_MS, Mode.AUTO), []
    for tick in range(TICKS):
        now_ms = START_MS + 1000 * tick
        image = image_of(site, now_ms)
        begun = process_time()
        memory = cycle(site, memory, image, wishes, None, now_ms).memory
        took_ms.append(1000.0 * (process_time() - begun))
    took_ms.sort()
    p99_ms = took_ms[int(0.99 * TICKS)]
    row: dict[str, Cell] = {
        "name": f"{len(site.controlled)} assets, {len(site.channels)} points",
        "ticks": float(TICKS),
        "median_ms": median(took_ms),
        "p99_ms": p99_ms,
        "budget_ms": BUDGET_MS,
    }
    late = [f"p99 of a decision is {p99_ms:.1f} ms; expected at most {BUDGET_MS:g} ms"] if p99_ms > BUDGET_MS else []
    return Report("tick", "one cycle of control in memory, CPU time", (row,), tuple(late))


def park() -> Park:
    """A bus with ten batteries, ten plants and one load behind a connection of 10 MVA."""
    pairs = {f"battery_{number}": battery(500.0, 1000.0) for number in range(PAIRS)}
    pairs |= {f"pv_{number}": pv(400.0) for number in range(PAIRS)}
    return park_of({**pairs, "works": {"family": "load", "profile": "need"}}, {"capacity": 10_000.0})


def image_of(site: ControlSite, now_ms: int) -> Image:
    """Good readings of every point: batteries at 40 %, sun at a quarter, what is missing from the grid."""
    values = {point: 0.4 if point.endswith(".soc") else 0.0 for point in site.channels}
    for number in range(PAIRS):
        values |= {f"pv_{number}.power_kw": 100.0, f"pv_{number}.available_kw": 100.0}
    values |= {"works.power_kw": -5000.0, "grid.power_kw": 4000.0}
    readings = {
        point: Reading(value, "1" if point.endswith((".soc", ".state")) else "kW", Quality.GOOD, 0.2)
        for point, value in values.items()
    }
    return Image(now_ms, readings)
