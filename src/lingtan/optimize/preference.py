"""Which of several equal optima is taken: self-use before export, export before curtailment, and smooth before jagged.

Optima are seldom unique, and regulated figures (self-use shares, export shares) are read off them. So export and curtailment
carry a tiny cost in this order, and flows that can be moved in time a tiny curvature. Together they move the money by less
than a millionth of it; `Preference.amount` says by how much.
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

SHARE_OF_PRICE = 1e-7
"""The tiny cost, as a share of a typical energy price."""


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
    return Preference(tuple(parts))
