"""The generic store: energy that a bus keeps from one step to the next.

With content `e[t]` [kWh] at the end of step t and standing loss `s` per hour, the bus receives
`(e[t-1] * (1 - s)^h - e[t]) / h` kW in step t of `h` hours. There is no column for the exchange itself: the content is enough.
Over the horizon (or each of its periods) the store is cyclic: it ends as it began. With a content at the start it is not: `e[-1]`
is that content, and the end is free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.program import Index, Unit


@dataclass(frozen=True)
class Store:
    """A content between a reserve and a size on a bus.

    `standing_loss` is the share lost per hour [1/h], `reserve` the share of the size that stays in it [1].
    """

    name: str
    bus: str
    standing_loss: float = 0.0
    reserve: float = 0.0
    unit: Unit = "kWh"


def lower_store(store: Store, size: SizeOf, layout: Layout, start_kwh: float | None = None) -> Index:
    """Write the store; returns the columns of its content at the end of each step [kWh], shape (T,)."""
    content = layout.bounded(store.name, size, unit=store.unit)
    keep = (1.0 - store.standing_loss) ** layout.step_hours
    if store.reserve > 0.0:
        _keep_reserve(store, content, size, layout, None if start_kwh is None else start_kwh * keep)
    layout.inject(store.bus, Affine.of(content, -1.0 / layout.step_hours))
    if start_kwh is None:
        layout.inject(store.bus, Affine.of(content[layout.earlier()], keep / layout.step_hours))
        return content
    before = content[layout.earlier()]
    carried = np.full(layout.steps, keep / layout.step_hours)
    carried[0] = 0.0
    known = np.zeros(layout.steps)
    known[0] = start_kwh * keep / layout.step_hours
    layout.inject(store.bus, Affine(known, ((before, carried),)))
    return content


def _keep_reserve(store: Store, content: Index, size: SizeOf, layout: Layout, first_kwh: float | None) -> None:
    """The content stays at or above the reserve; a store that begins below it may stay at what is left of that at rest."""
    if size.column is not None:
        rows = layout.program.rows(f"{store.name}.reserve", layout.steps, "kWh", lower=0.0, upper=np.inf)
        layout.program.put(rows, content, 1.0)
        layout.program.put(rows, np.full(layout.steps, size.column), -store.reserve)
        return
    least = np.full(layout.steps, store.reserve * size.known)
    if first_kwh is not None:
        keep = (1.0 - store.standing_loss) ** layout.step_hours
        least = np.minimum(least, first_kwh * keep ** np.arange(layout.steps))
    rows = layout.program.rows(f"{store.name}.reserve", layout.steps, "kWh", lower=least, upper=np.inf)
    layout.program.put(rows, content, 1.0)
