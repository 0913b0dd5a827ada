"""Where supply was cut: each need that could not be met, how much of it, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.park import Load
from lingtan.study.study import Side

NOTICED_KW = 1e-3
"""A cut below a watt is the solver's dust and no shortfall [kW]."""


@dataclass(frozen=True)
class Shortfall:
    """What one load lacked: energy, for how many hours, and from which moment on the park's clock."""

    load: str
    energy_kwh: float
    hours: float
    first: str


def shortfalls(side: Side) -> tuple[Shortfall, ...]:
    """The loads that were cut, in the order of the file; empty where every need was met."""
    table, hours = side.plan.table, side.case.grid.step_hours
    found = []
    for name, _ in side.case.park.of_family(Load):
        cut = table[f"{name}.shortfall_kw"]
        steps = np.flatnonzero(cut > NOTICED_KW)
        if steps.size:
            first = str(side.case.grid.local[steps[0]]).replace("T", " ")
            found.append(Shortfall(name, float(cut[steps].sum() * hours), float(steps.size * hours), first))
    return tuple(found)
