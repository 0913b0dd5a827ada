"""Meter at the point of common coupling: registers that only rise, and demand as the sliding mean of 15 minutes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lingtan.plant.ambient import Array

DEMAND_S = 900.0
"""Length of the demand window [s]: the largest mean of 15 minutes is what a two-part price charges."""


def _nothing() -> Array:
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class MeterState:
    """Registers [kWh], and the last 15 minutes as drawn: seconds and import [kW] of each step, oldest first."""

    import_kwh: float = 0.0
    export_kwh: float = 0.0
    seconds: Array = field(default_factory=_nothing)
    import_kw: Array = field(default_factory=_nothing)


def run_meter(state: MeterState, power_kw: Array, dt_s: float) -> tuple[MeterState, dict[str, Array]]:
    """Points of a meter through which `power_kw` flows (importing > 0) in steps of `dt_s` seconds.

    `demand_kw` is the mean import of the 15 minutes that end with each step; a meter younger than that takes the mean of what
    it has seen. `import_kwh` and `export_kwh` are the registers at the end of each step.
    """
    steps, hours = power_kw.size, dt_s / 3600.0
    drawn, fed = np.maximum(power_kw, 0.0), np.maximum(-power_kw, 0.0)
    imported, exported = _register(state.import_kwh, drawn * hours), _register(state.export_kwh, fed * hours)
    seconds = np.concatenate([state.seconds, np.full(steps, dt_s)])
    kw = np.concatenate([state.import_kw, drawn])
    knots = np.concatenate([[0.0], np.cumsum(seconds)])
    used = np.concatenate([[0.0], np.cumsum(kw * seconds)])
    ends = knots[-steps:]
    since = np.maximum(ends - DEMAND_S, 0.0)
    demand = np.maximum(used[-steps:] - np.interp(since, knots, used), 0.0) / (ends - since)
    first = int(np.searchsorted(knots[1:], since[-1], side="right"))  # steps that ended before the window go
    after = MeterState(float(imported[-1]), float(exported[-1]), seconds[first:].copy(), kw[first:].copy())
    return after, {"demand_kw": demand, "import_kwh": imported, "export_kwh": exported}


def _register(start_kwh: float, added_kwh: Array) -> Array:
    return np.cumsum(np.concatenate([[start_kwh], added_kwh]))[1:]
