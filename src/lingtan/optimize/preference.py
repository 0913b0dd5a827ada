"""Which of several equal optima is taken: self-use before export, export before curtailment, smooth before jagged, and no
size larger than it need be.

Optima are seldom unique, and regulated figures (self-use shares, export shares) are read off them. So export and curtailment
carry a tiny cost in this order, flows that can be moved in time a tiny curvature, and sizes the tiniest cost. Together they
move the money by about a millionth of it (a hundred-thousandth where as much is curtailed as is bought); `Preference.amount`
says by how much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.optimize.layout import Layout
from lingtan.optimize.program import Array, Index

ORDER: dict[str, float] = {".export_kw": 1.0, ".curtailed_kw": 2.0}
"""Relative reluctance, by the ending of a flow's name."""

SMOOTH: tuple[str, ...] = (".import_kw", ".export_kw", ".curtailed_kw", ".charge_kw", ".discharge_kw")
"""Flows that are spread rather than bunched where that costs nothing."""

SHARE_OF_PRICE = 3e-6
"""The tiny cost, as a share of a typical energy price. With 1e-7 PIQP stops before it has looked: on a month of the starter
park with more PV than need, 3.6 % of what could have been exported was curtailed; with 3e-6 it is 0.01 %."""

SIZE_WEIGHT = 0.1
"""Reluctance for a unit of size in every step, beside `ORDER`: it only decides where a larger size would be free."""


@dataclass(frozen=True, eq=False)
class Preference:
    """What was added to the objective beside money: (columns, cost, curvature) per flow."""

    parts: tuple[tuple[Index, Array, Array], ...]

    def amount(self, x: Array) -> float:
        """What the preference contributes to the objective at a point [CNY]."""
        return float(sum(cost @ x[at] + 0.5 * (curvature @ x[at] ** 2) for at, cost, curvature in self.parts))


def prefer(layout: Layout, typical_price: float, typical_power_kw: float) -> Preference:
    """Add the preference to the program; `typical_price` [CNY/kWh] and `typical_power_kw` [kW] set its size."""
    tiny = SHARE_OF_PRICE * typical_price * layout.step_hours
    parts = []
    for name, flow in layout.flows.items():
        if not name.endswith(SMOOTH):
            continue
        weight = next((order for ending, order in ORDER.items() if name.endswith(ending)), 0.0)
        for columns, _ in flow.parts:
            cost = np.full(columns.size, tiny * weight)
            curvature = np.full(columns.size, tiny / typical_power_kw)
            layout.program.charge(columns, cost)
            layout.program.curve(columns, curvature)
            parts.append((columns, cost, curvature))
    for size in layout.sizes.values():
        if size.column is not None:
            column = np.array([size.column])
            cost = np.full(1, tiny * SIZE_WEIGHT * layout.steps)
            layout.program.charge(column, cost)
            parts.append((column, cost, np.zeros(1)))
    return Preference(tuple(parts))
