"""ShiftableLoad, InterruptibleLoad, SheddableLoad: loads that give way.

Each publishes `<name>.load_kw`, what it takes: its profile, moved or cut by agreement. What of that cannot be served is
`<name>.shortfall_kw`, as for any load, so a cut that was agreed to is never counted as one that was suffered.
"""

from __future__ import annotations

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.optimize.assets.commitment import at_most
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array, Index
from lingtan.park import FlexibleLoad, InterruptibleLoad, SheddableLoad, ShiftableLoad

MONDAY = np.datetime64("1970-01-05T00:00", "m")


def lower_flexible(
    name: str, load: FlexibleLoad, need_kw: Array, grid: TimeGrid, share_of_year: float, layout: Layout
) -> None:
    """Publish what a flexible load takes, moves, gives up and lacks."""
    match load:
        case ShiftableLoad():
            taken = _shifted(name, load, need_kw, grid, layout)
        case InterruptibleLoad():
            taken = _interrupted(name, load, need_kw, grid, share_of_year, layout)
        case SheddableLoad():
            taken = _shed(name, load, need_kw, layout)
        case _:
            raise TypeError(f"{name}: {type(load).__name__} gives way in no known way")
    cut = layout.program.columns(f"{name}.shortfall_kw", layout.steps, "kW")
    at_most(f"{name}.shortfall_of_load", Affine.of(cut), taken, layout)
    layout.publish(f"{name}.load_kw", taken)
    layout.publish(f"{name}.shortfall_kw", Affine.of(cut))
    layout.inject(load.bus, taken * -1.0 + Affine.of(cut))


def windows_of(grid: TimeGrid, hours: float, layout: Layout) -> Index:
    """The number of the window that each step lies in, from 0 on, (T,): windows of local time from a Monday's midnight on.

    Typical periods do not follow each other, so no window reaches from one into the next.
    """
    minutes = (grid.local.astype("M8[m]") - MONDAY).astype(np.int64)
    window = minutes // round(hours * 60)
    period = np.arange(layout.steps) // layout.circle_steps
    _, numbers = np.unique(np.stack([period, window]), axis=1, return_inverse=True)
    return numbers.reshape(-1).astype(np.int64)


def _shifted(name: str, load: ShiftableLoad, need_kw: Array, grid: TimeGrid, layout: Layout) -> Affine:
    """Its profile, raised here and lowered there: as much in each window."""
    room = np.inf if load.limit is None else np.maximum(load.limit - need_kw, 0.0)
    raised = layout.program.columns(f"{name}.raised_kw", layout.steps, "kW", upper=room)
    lowered = layout.program.columns(f"{name}.lowered_kw", layout.steps, "kW", upper=load.share * need_kw)
    window = windows_of(grid, load.window, layout)
    rows = layout.program.rows(f"{name}.window", int(window.max()) + 1, "kWh", lower=0.0, upper=0.0)
    for columns, sign in ((raised, 1.0), (lowered, -1.0)):
        layout.program.put(rows[window], columns, sign * layout.step_hours)
    layout.publish(f"{name}.raised_kw", Affine.of(raised))
    layout.publish(f"{name}.lowered_kw", Affine.of(lowered))
    layout.opposed[name] = raised, lowered
    return Affine.known(need_kw) + Affine.of(raised) + Affine.of(lowered, -1.0)


def _interrupted(
    name: str, load: InterruptibleLoad, need_kw: Array, grid: TimeGrid, share_of_year: float, layout: Layout
) -> Affine:
    """Its profile less the cuts. A cut is on or off where the layout commits; relaxed, a shallow cut counts as a part of an
    hour."""
    program, steps, hours = layout.program, layout.steps, layout.step_hours
    if not layout.is_committed:
        layout.relaxed.append(name)
    most = load.share * need_kw
    cut = program.columns(f"{name}.interrupted_kw", steps, "kW", upper=most)
    on = program.columns(f"{name}.cut", steps, "1", upper=1.0, integer=layout.is_committed)
    at_most(f"{name}.cut_limit", Affine.of(cut), Affine.of(on, most), layout)
    day = windows_of(grid, 24.0, layout)
    daily = program.rows(f"{name}.hours_per_day", int(day.max()) + 1, "1", lower=-np.inf, upper=load.hours_per_day)
    program.put(daily[day], on, hours)
    if load.yearly_hours is not None:
        allowed = load.yearly_hours * share_of_year
        yearly = program.rows(f"{name}.yearly_hours", 1, "1", lower=-np.inf, upper=allowed)
        program.put(np.broadcast_to(yearly, on.shape), on, layout.hours)
    if load.cuts_per_day is not None:
        begins = program.columns(f"{name}.cut_begins", steps, "1", upper=1.0)
        rise = program.rows(f"{name}.cut_rise", steps, "1", lower=-np.inf, upper=0.0)
        program.put(rise, on, 1.0)
        program.put(rise, on[layout.earlier()], -1.0)
        program.put(rise, begins, -1.0)
        count = program.rows(f"{name}.cuts_per_day", int(day.max()) + 1, "1", lower=-np.inf, upper=load.cuts_per_day)
        program.put(count[day], begins, 1.0)
    layout.publish(f"{name}.interrupted_kw", Affine.of(cut))
    return Affine.known(need_kw) + Affine.of(cut, -1.0)


def _shed(name: str, load: SheddableLoad, need_kw: Array, layout: Layout) -> Affine:
    """Its profile less what goes of each step."""
    taken = Affine.known(need_kw)
    for flow, step in zip(load.step_flows, load.steps, strict=True):
        columns = layout.program.columns(f"{name}.{flow}", layout.steps, "kW", upper=step.share * need_kw)
        layout.publish(f"{name}.{flow}", Affine.of(columns))
        taken = taken + Affine.of(columns, -1.0)
    return taken
