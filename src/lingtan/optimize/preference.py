"""Which of several equal optima is taken: self-use before export, export before curtailment, smooth before jagged, and no
size larger than it need be.

Optima are seldom unique, and regulated figures (self-use shares, export shares) are read off them. So export and curtailment
carry a tiny cost in this order, flows that can be moved in time a tiny curvature, and sizes the tiniest cost. Together they
move the money by about a millionth of it (a hundred-thousandth where as much is curtailed as is bought); `Preference.amount`
says by how much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lingtan.case import Case
from lingtan.optimize.layout import Layout
from lingtan.optimize.program import Array, Index
from lingtan.park import Demand
from lingtan.park.carriers import KWH_PER_TON_OF_MATERIAL
from lingtan.park.size import sizes_in

ORDER: dict[str, float] = {".export_kw": 1.0, ".curtailed_kw": 2.0, ".loss_kw": 3.0, ".discharge_kw": 3.0}
"""Relative reluctance, by the ending of a flow's name; what is over is curtailed before a transformer sends it in a circle, or a
store takes it in and gives it out at once."""

SMOOTH: tuple[str, ...] = (".import_kw", ".export_kw", ".curtailed_kw", ".charge_kw", ".discharge_kw", ".loss_kw")
"""Flows that are spread rather than bunched where that costs nothing."""

SHARE_OF_PRICE = 3e-6
"""The tiny cost, as a share of a typical energy price. With 1e-7 PIQP stops before it has looked: on a month of the starter
park with more PV than need, 3.6 % of what could have been exported was curtailed; with 3e-6 it is 0.01 %."""

FOLLOW_WEIGHT = 30.0
"""How much more it counts to stay with the last plan than to be smooth. At the full power of a peak it comes to a ten-thousandth of
a typical price, so no change that saves more is held back. At one price all day 94 % of the last plan stays; with 1 it is 40 %."""

POWERS = frozenset({"kW", "kVA"})
"""Units of sizes that are powers."""

SIZE_WEIGHT = 0.1
"""Reluctance for a unit of size in every step, beside `ORDER`: it only decides where a larger size would be free."""


@dataclass(frozen=True, eq=False)
class Preference:
    """What was added to the objective beside money: (columns, cost, curvature) per flow."""

    parts: tuple[tuple[Index, Array, Array], ...]

    def amount(self, x: Array) -> float:
        """What the preference contributes to the objective at a point [CNY]."""
        return float(sum(cost @ x[at] + 0.5 * (curvature @ x[at] ** 2) for at, cost, curvature in self.parts))


def typical_power_kw(case: Case) -> float:
    """About the largest power that flows in a park [kW]: that of all needs together, or what may be given and taken beside them.

    The curvature of flows is told by it, so it must not be far below what flows: by the electric loads alone, an electrolyzer of
    300 MW in a park without any was kept from running when electricity is cheap, and the plan cost a quarter more than need be.
    """
    park = case.park
    needs = float(case.total_need_kw().max())
    for name, demand in park.of_family(Demand):
        needs += float(case.need(name).max()) * (park.buses[demand.bus].kwh_per_unit or KWH_PER_TON_OF_MATERIAL)
    gives = sum(each.capacity.max for each in park.connections.values())
    takes = sum(each.export_limit for each in park.connections.values())
    for name, asset in park.assets.items():
        power = sum(each.size.max for each in sizes_in("assets", {name: asset}) if each.size.unit in POWERS)
        ways = {port.way for port in asset.ports()}
        gives += power if ways & {"gives", "both"} else 0.0
        takes += power if ways & {"takes", "both"} else 0.0
    return max(needs, min(gives, needs + takes), 1.0)


def prefer(
    layout: Layout, typical_price: float, typical_power_kw: float, last: Mapping[str, Array] | None = None
) -> Preference:
    """Add the preference to the program; `typical_price` [CNY/kWh] and `typical_power_kw` [kW] set its size.

    `last` holds flows of the last plan [kW, (T,)], NaN where it did not reach: what is planned again stays near to them.
    """
    tiny = SHARE_OF_PRICE * typical_price * layout.step_hours
    told = last or {}
    held = np.isfinite(list(told.values())).all(axis=0) if told else np.zeros(layout.steps, dtype=bool)
    parts = []
    for name, flow in layout.flows.items():
        if not name.endswith(SMOOTH):
            continue
        weight = next((order for ending, order in ORDER.items() if name.endswith(ending)), 0.0)
        for columns, _ in flow.parts:
            cost = np.full(columns.size, tiny * weight)
            curvature = np.full(columns.size, tiny / typical_power_kw)
            if name in told:
                curvature[held] *= FOLLOW_WEIGHT
                cost[held] -= curvature[held] * told[name][held]
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
