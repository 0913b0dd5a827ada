"""What would mend a shortfall: which cell of the park file to change, to what, and what a year of it costs.

Nothing is estimated: each remedy is the park with one limit raised, planned again. A remedy counts when the new plan serves
every need; its price is the difference of the two objectives without the price of unserved energy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lingtan.case import Case
from lingtan.optimize import Costs, NotCertifiedError, Plan, costs_of, plan
from lingtan.park import Battery, FirmLine, Park, Pv, Wind
from lingtan.terms import Readings, evaluate

SERVED_KW = 1e-3
"""A cut below a watt counts as served [kW]."""

STRETCH = 2.0
"""A limit is raised to this many times the largest need, more than any remedy can use."""


@dataclass(frozen=True)
class Remedy:
    """One cell to change: from its present value to the least that serves every need, and the yearly cost of doing so."""

    cell: str
    unit: str
    now: float
    then: float
    cost_cny: float


def remedies(case: Case, short: Plan) -> tuple[Remedy, ...]:
    """The remedies of a plan with unserved energy, cheapest first; empty where no single limit mends it."""
    base = paid_cny(costs_of(case), case, short)
    found = []
    for cell, unit, now, stretched in _stretched(case):
        changed = case.with_park(stretched)
        costs = costs_of(changed)
        try:
            mended = plan(changed, costs)
        except NotCertifiedError:
            continue
        if float(mended.table["shortfall_kw"].max()) <= SERVED_KW:
            then = _used(cell, changed, mended)
            found.append(Remedy(cell, unit, now, then, paid_cny(costs, changed, mended) - base))
    return tuple(sorted(found, key=lambda remedy: remedy.cost_cny))


def paid_cny(costs: Costs, case: Case, decided: Plan) -> float:
    """What a plan costs without the price of what it does not serve [CNY]."""
    readings = Readings(decided.table.columns, case.grid.step_hours, decided.sizes, decided.elected)
    return evaluate((*costs.bill, *costs.operation, *costs.investment), readings).amount


def _stretched(case: Case) -> Iterator[tuple[str, str, float, Park]]:
    """The park with one limit raised far, for each limit that could stand in the way."""
    data = case.park.dump()
    most = STRETCH * float(case.total_need_kw().max())
    for name, connection in case.park.connections.items():
        path, limit = f"connections.{name}", connection.import_limit
        carried = connection.capacity.max * connection.power_factor
        if limit is not None and limit < carried:
            yield f"{path}.import_limit", "kW", limit, _with(data, ("connections", name, "import_limit"), carried)
        else:
            opened = _with(data, ("connections", name, "capacity", "max"), most / connection.power_factor)
            yield f"{path}.capacity", "kVA", connection.capacity.max, opened
    for name, asset in case.park.assets.items():
        if isinstance(asset, Pv | Wind | FirmLine):
            grown = _with(data, ("assets", name, "power", "max"), max(most, asset.power.max) * STRETCH)
            yield f"assets.{name}.power", "kW", asset.power.max, grown
        elif isinstance(asset, Battery):
            wide = _with(data, ("assets", name, "energy", "max"), 24.0 * most)
            tall = _with(wide.dump(), ("assets", name, "power", "max"), most)
            yield f"assets.{name}.energy", "kWh", asset.energy.max, tall


def _with(data: dict[str, Any], path: tuple[str, ...], value: float) -> Park:
    """The park with one value of its plain data replaced; everything else is shared."""
    if len(path) == 1:
        raise ValueError("a path into a park has at least two parts")
    return Park.model_validate(_replaced(data, path, value))


def _replaced(data: dict[str, Any], path: tuple[str, ...], value: float) -> dict[str, Any]:
    head, *rest = path
    return {**data, head: _replaced(data[head], tuple(rest), value) if rest else value}


def _used(cell: str, case: Case, mended: Plan) -> float:
    """What the mended plan needs of the raised limit."""
    section, name, field = cell.split(".")
    if section == "connections":
        drawn = float(mended.table[f"{name}.import_kw"].max())
        return drawn if field == "import_limit" else drawn / case.park.connections[name].power_factor
    return mended.sizes[f"{name}.{'power_kw' if field == 'power' else 'energy_kwh'}"]
