"""Where supply was cut: each need that could not be met, how much of it, and in which hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lingtan.case import Case
from lingtan.optimize import Plan
from lingtan.park import COUNTED, ProcessLoad
from lingtan.park.carriers import Counted, flow_of
from lingtan.terms import Array
from lingtan.tolerances import noticed_in


@dataclass(frozen=True)
class Shortfall:
    """What one need of any carrier lacked: how much of it [`unit`], for how many hours, at worst [`rate_unit`], and when.

    `spells` counts the runs of steps that follow each other; `first` and `last` are the starts of the first and the last
    short step; `clock` names the hours of the day in which anything was ever cut, and `months` the months.
    """

    load: str
    amount: float
    unit: str
    hours: float
    most: float
    rate_unit: str
    spells: int
    first: str
    last: str
    clock: str
    months: str


def shortfalls(case: Case, plan: Plan) -> tuple[Shortfall, ...]:
    """The needs that were cut, in the order of the file; empty where every need was met."""
    found = ((name, cut_of(case, plan, name)) for name in case.park.assets)
    return tuple(
        _of_one(name, cut[0], cut[1], case) for name, cut in found if cut and float(cut[0].max()) > noticed(cut[1])
    )


def cut_of(case: Case, plan: Plan, name: str) -> tuple[Array, Counted] | None:
    """What of a need was cut in each step [rate of its carrier, (T,)] and how that is counted; None for what is no need."""
    asset = case.park.assets[name]
    if isinstance(
        asset, ProcessLoad
    ):  # its product leaves the park: no port of it counts tons, or one of its inputs does
        return plan.table[f"{name}.shortfall_t_per_h"], COUNTED["material"]
    for port in asset.ports():
        carrier = case.park.buses[port.bus].carrier
        flow = f"{name}.{flow_of('shortfall', carrier)}"
        if flow in plan.table.columns:
            return plan.table[flow], COUNTED[carrier]
    return None


def noticed(counted: Counted) -> float:
    """Below this rate a cut is what a solver leaves: a watt, or as little of another carrier."""
    return noticed_in(counted.rate)


def _of_one(load: str, cut: Array, counted: Counted, case: Case) -> Shortfall:
    grid = case.grid
    steps = np.flatnonzero(cut > noticed(counted))
    first, last = (str(grid.local[step]).replace("T", " ") for step in (steps[0], steps[-1]))
    months = np.unique(grid.local[steps].astype("M8[M]"))
    return Shortfall(
        load=load,
        amount=float(cut[steps].sum() * grid.step_hours),
        unit=counted.amount,
        hours=float(steps.size * grid.step_hours),
        most=float(cut.max()),
        rate_unit=counted.rate,
        spells=1 + int((np.diff(steps) > 1).sum()),
        first=first,
        last=last,
        clock=clock_text(np.unique(grid.minute_of_day[steps] // 60)),
        months=", ".join(map(str, months)),
    )


def clock_text(hours: Iterable[int]) -> str:
    """Hours of the day as spans of the clock.

    >>> clock_text([9, 10, 11, 23])
    '09:00–12:00, 23:00–24:00'
    """
    spans: list[list[int]] = []
    for hour in hours:
        if spans and spans[-1][1] == hour:
            spans[-1][1] = int(hour) + 1
        else:
            spans.append([int(hour), int(hour) + 1])
    return ", ".join(f"{begin:02d}:00–{end:02d}:00" for begin, end in spans)
