"""Where supply was cut: each need that could not be met, how much of it, and in which hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lingtan.case import Case
from lingtan.optimize import Plan
from lingtan.park import Load
from lingtan.terms import Array
from lingtan.tolerances import NOTICED_KW


@dataclass(frozen=True)
class Shortfall:
    """What one load lacked: energy, for how many hours, how much at worst, and when on the park's clock.

    `spells` counts the runs of steps that follow each other; `first` and `last` are the starts of the first and the last
    short step; `clock` names the hours of the day in which anything was ever cut, and `months` the months.
    """

    load: str
    energy_kwh: float
    hours: float
    most_kw: float
    spells: int
    first: str
    last: str
    clock: str
    months: str


def shortfalls(case: Case, plan: Plan) -> tuple[Shortfall, ...]:
    """The loads that were cut, in the order of the file; empty where every need was met."""
    cuts = ((name, plan.table[f"{name}.shortfall_kw"]) for name, _ in case.park.of_family(Load))
    return tuple(_of_one(name, cut, case) for name, cut in cuts if float(cut.max()) > NOTICED_KW)


def _of_one(load: str, cut: Array, case: Case) -> Shortfall:
    grid = case.grid
    steps = np.flatnonzero(cut > NOTICED_KW)
    first, last = (str(grid.local[step]).replace("T", " ") for step in (steps[0], steps[-1]))
    months = np.unique(grid.local[steps].astype("M8[M]"))
    return Shortfall(
        load=load,
        energy_kwh=float(cut[steps].sum() * grid.step_hours),
        hours=float(steps.size * grid.step_hours),
        most_kw=float(cut.max()),
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
