"""Island: from any moment on, stores and plants must carry the load for some hours without the grid.

With the load to serve `l`, what own plants could give `g` (availability times size) and the deficit `d ≥ l - g, d ≥ 0`, in every
step the deficits of the next N hours fit into what the stores hold when it begins, and each deficit into their power:

    Σ d[t … t+N] · h ≤ Σ discharge_efficiency · ((1 - standing_loss)^N · content[t-1] - reserve) + missed
    d[t] ≤ Σ discharge_share · power + missed / h

Content counts as if all of it stood to the end of the window, what is drawn before has lost less. Only batteries and plants count
from whose bus every load can be reached, for the deficit is that of all loads together.
What plants give beyond the load is not counted on to fill stores, and batteries alone count as stores, so a park that keeps these
rows lasts at least as long. Windows run over the end of the horizon into its beginning. `missed` is one size for all windows, at a
price far above any store's, so that a park that cannot keep them is told by how much, and never infeasible.

Sums over windows are differences of running sums, four entries a row however many hours.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lingtan.case import Case
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Index
from lingtan.park import Battery, Load, Park, Transformer
from lingtan.terms import Size, Term

MISSED = "island.missed_kwh"
ISLAND_MISSED_CNY_PER_KWH = 1000.0
"""A year's price of each kilowatt-hour that the worst window lacks [CNY/kWh]: about ten times what a battery costs a year."""


def island_terms(case: Case) -> tuple[Term, ...]:
    """What a kilowatt-hour missed costs; empty for a park that need not last alone."""
    if case.park.targets.island_hours is None:
        return ()
    return (Size("island", MISSED, ISLAND_MISSED_CNY_PER_KWH * case.grid.share_of_year),)


def lower_island(case: Case, layout: Layout) -> None:
    """Write the rows of a park that must last alone; nothing for any other."""
    hours = case.park.targets.island_hours
    if hours is None:
        return
    missed = layout.size(MISSED, 0.0, np.inf, "kWh").column
    assert missed is not None
    deficit = _deficits(case, layout)
    _within_power(case, deficit, missed, layout)
    window = min(max(int(np.ceil(hours / layout.step_hours - 1e-9)), 1), layout.steps)
    _within_content(case, deficit, window, missed, layout)


def _deficits(case: Case, layout: Layout) -> Index:
    """Columns of what own plants leave to the stores in each step [kW], (T,)."""
    program = layout.program
    deficit = program.columns("island.deficit", layout.steps, "kW")
    need = case.total_need_kw() * case.park.targets.island_share
    rows = program.rows("island.deficit_rows", layout.steps, "kW", lower=need, upper=np.inf)
    program.put(rows, deficit, 1.0)
    reaching = _reaching(case.park)
    for name, plant in case.park.generators():
        if plant.bus not in reaching:
            continue
        size, available = layout.sizes[f"{name}.power_kw"], case.available_pu(name)
        if size.column is None:
            program.shift(rows, -available * size.known)
        else:
            program.put(rows, np.full(layout.steps, size.column), available)
    return deficit


def _within_power(case: Case, deficit: Index, missed: int, layout: Layout) -> None:
    program, known = layout.program, 0.0
    rows = program.rows("island.power", layout.steps, "kW", lower=-np.inf, upper=0.0)
    program.put(rows, deficit, 1.0)
    program.put(rows, np.full(layout.steps, missed), -1.0 / layout.step_hours)
    for name, battery in _stores(case.park):
        size = layout.sizes[f"{name}.power_kw"]
        if size.column is None:
            known += battery.discharge_share * size.known
        else:
            program.put(rows, np.full(layout.steps, size.column), -battery.discharge_share)
    program.shift(rows, np.full(layout.steps, known))


def _within_content(case: Case, deficit: Index, window: int, missed: int, layout: Layout) -> None:
    program, steps = layout.program, layout.steps
    total = program.columns("island.running_sum", steps, "kWh")
    rows = program.rows("island.sums", steps, "kWh", lower=0.0, upper=0.0)
    program.put(rows, total, 1.0)
    program.put(rows[1:], total[:-1], -1.0)
    program.put(rows, deficit, -layout.step_hours)
    begin = np.arange(steps)
    last = begin + window - 1
    rows = program.rows("island.content", steps, "kWh", lower=-np.inf, upper=0.0)
    program.put(rows, total[last % steps], 1.0)
    program.put(rows[1:], total[:-1], -1.0)
    wrapped = rows[last >= steps]
    program.put(wrapped, np.full(wrapped.size, total[-1]), 1.0)
    program.put(rows, np.full(steps, missed), -1.0)
    days, known = window * layout.step_hours / 24.0, 0.0
    for name, battery in _stores(case.park):
        given = battery.discharge_efficiency * (1.0 - battery.standing_loss_per_day) ** days
        kept, size = battery.discharge_efficiency * battery.reserve, layout.sizes[f"{name}.energy_kwh"]
        if size.column is None:
            known -= kept * size.known
        elif kept:
            program.put(rows, np.full(steps, size.column), kept)
        content: Affine = layout.states[f"{name}.soc"][0]
        for columns, coefficient in content.parts:
            program.put(rows, np.roll(columns, 1), -given * np.roll(coefficient, 1))
    program.shift(rows, np.full(steps, known))


def _stores(park: Park) -> Iterator[tuple[str, Battery]]:
    """The batteries that count."""
    reaching = _reaching(park)
    return ((name, battery) for name, battery in park.of_family(Battery) if battery.bus in reaching)


def _reaching(park: Park) -> frozenset[str]:
    """The buses from which every bus with a load can be reached, by transformers the way they go."""
    ways = [(each.source_bus, each.bus) for _, each in park.of_family(Transformer)]
    ways += [(each.bus, each.source_bus) for _, each in park.of_family(Transformer) if each.two_way]
    found = frozenset(park.buses)
    for bus in {load.bus for _, load in park.of_family(Load)}:
        near, before = {bus}, 0
        while len(near) > before:
            before = len(near)
            near |= {source for source, sink in ways if sink in near}
        found &= near
    return found
