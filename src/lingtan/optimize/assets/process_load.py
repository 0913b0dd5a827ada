"""ProcessLoad: a converter whose production must add up to what is due by the end of each window.

With the product `p` [t/h], what waits in stock at the end of a window `f` and what misses its deadline `m`, in every window `w`

    Σ p · h + f[w−1] + m[w] = due[w] + f[w],     0 ≤ f ≤ stock

A window that the horizon cuts is due in proportion. Over a circle the window before the first is the last.
"""

from __future__ import annotations

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.optimize.assets.flexible import windows_of
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Index
from lingtan.park import ProcessLoad


def lower_plan_of(name: str, load: ProcessLoad, production: Index, grid: TimeGrid, layout: Layout) -> None:
    """Tie the production columns [kW, (T,)] to the plan; publish `<name>.product_t_per_h` and `<name>.shortfall_t_per_h`."""
    program, hours = layout.program, layout.step_hours
    window = windows_of(grid, load.window, layout)
    count = int(window.max()) + 1
    due = load.tons * np.bincount(window, minlength=count) * hours / load.window
    rows = program.rows(f"{name}.plan", count, "t", lower=due, upper=due)
    program.put(rows[window], production, hours / load.specific_energy)
    missed = program.columns(f"{name}.missed_t", count, "t", upper=due)
    program.put(rows, missed, 1.0)
    if load.stock > 0.0:
        waiting = program.columns(f"{name}.stock_t", count, "t", upper=load.stock)
        program.put(rows, waiting, -1.0)
        program.put(rows, waiting[_windows_before(window, layout)], 1.0)
    layout.publish(f"{name}.product_t_per_h", Affine.of(production, 1.0 / load.specific_energy))
    last = np.append(np.diff(window) != 0, True)
    layout.publish(f"{name}.shortfall_t_per_h", Affine.of(missed[window], last / hours))


def _windows_before(window: Index, layout: Layout) -> Index:
    """The window before each, around the circle of its period."""
    period = np.arange(layout.steps) // layout.circle_steps
    before = np.empty(int(window.max()) + 1, dtype=np.int64)
    for each in range(int(period[-1]) + 1):
        own = np.unique(window[period == each])
        before[own] = np.roll(own, 1)
    return before
