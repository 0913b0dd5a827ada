"""Flexible loads as they run: they take what is asked of them, within what they agreed to; asked nothing, their profile.

Windows and hours of a day are the planner's to keep: the plant remembers no energy that is owed.
"""

from __future__ import annotations

import numpy as np

from lingtan.park import FlexibleLoad, InterruptibleLoad, SheddableLoad, ShiftableLoad
from lingtan.plant.ambient import Array


def run_flexible(load: FlexibleLoad, need_kw: Array, wanted_kw: Array | None) -> dict[str, Array]:
    """Points: `power_kw` (below zero, for it takes energy), `need_kw` (its profile)."""
    if wanted_kw is None:
        taken = need_kw
    else:
        taken = np.clip(wanted_kw, need_kw * (1.0 - most_given_up(load)), most_taken_kw(load, need_kw))
    return {"power_kw": -taken, "need_kw": need_kw}


def most_given_up(load: FlexibleLoad) -> float:
    """Share of its profile that it can do without at a moment [1]."""
    match load:
        case ShiftableLoad() | InterruptibleLoad():
            return load.share
        case SheddableLoad():
            return sum(step.share for step in load.steps)
        case _:
            return 0.0


def most_taken_kw(load: FlexibleLoad, need_kw: Array) -> Array:
    """Most that it takes at a moment [kW]."""
    if not isinstance(load, ShiftableLoad):
        return need_kw
    return np.full_like(need_kw, np.inf) if load.limit is None else np.maximum(need_kw, load.limit)


def flexible_flows(load: FlexibleLoad, power_kw: Array, need_kw: Array) -> dict[str, Array]:
    """What it takes, moves and gives up, from its points; a plant in memory serves all that it takes."""
    taken = np.maximum(-power_kw, 0.0)
    flows = {"load_kw": taken, "shortfall_kw": np.zeros_like(taken)}
    more, less = np.maximum(taken - need_kw, 0.0), np.maximum(need_kw - taken, 0.0)
    match load:
        case ShiftableLoad():
            flows |= {"raised_kw": more, "lowered_kw": less}
        case InterruptibleLoad():
            flows |= {"interrupted_kw": less}
        case SheddableLoad():
            cheapest_first = sorted(zip(load.step_flows, load.steps, strict=True), key=lambda pair: pair[1].price)
            for flow, step in cheapest_first:
                flows[flow] = np.minimum(less, step.share * need_kw)
                less = less - flows[flow]
        case _:
            pass
    return flows
