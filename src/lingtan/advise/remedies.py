"""What would mend a shortfall: which cells of the park file to change, to what, and what doing so costs.

Nothing is estimated: each remedy is the park with the limits of one thing raised, planned again. A remedy counts when the new
plan serves every need on the bus that was short; its price is the difference of the two objectives without the price of
unserved energy. What the park file gives no price for, such as building more of a grid connection, is not in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lingtan.advise.needs import Need, needs_of
from lingtan.advise.opened import Limit, Opened, Path, limit_of_size, widened, with_value
from lingtan.advise.own_limits import inputs_of_processes, own_limits
from lingtan.advise.shortfall import Shortfall, cut_of, noticed
from lingtan.advise.upstream import ways_upstream
from lingtan.case import Case
from lingtan.optimize import Costs, NotCertifiedError, Plan, SolveAll, costs_of, plan, solve_in_turn
from lingtan.park import Battery, EvFleet, FirmLine, Link, Park, Pv, Wind
from lingtan.park.site import Connection
from lingtan.terms import Readings, evaluate
from lingtan.tolerances import NOTICED_KW

STRETCH = 2.0
"""Where nothing says how much is enough, a limit is raised to this many times the largest need."""

PER_UNIT = 10
"""New values are rounded up to a tenth of a kW, kWh or kVA."""

UNSEEN = 0.9 * NOTICED_KW
"""What a new value may lie below the solver's and still serve every need [kW]."""


@dataclass(frozen=True)
class Change:
    """One cell of the park file: its path, its present value, and the value that is enough."""

    path: Path
    unit: str
    now: float
    then: float

    @property
    def cell(self) -> str:
        """The path as findings write it."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Remedy:
    """Cells to change together, the loads that are then served in full, and what that costs over the horizon [CNY]."""

    loads: tuple[str, ...]
    changes: tuple[Change, ...]
    cost_cny: float


def remedies(
    case: Case, short: Plan, found: tuple[Shortfall, ...], solve_all: SolveAll = solve_in_turn
) -> tuple[Remedy, ...]:
    """The remedies of a plan with unserved energy, cheapest first; empty where no single thing mends it."""
    base = paid_cny(costs_of(case), case, short)

    def mended_by(loads: tuple[str, ...], ways: tuple[Opened, ...]) -> Remedy | None:
        return next(filter(None, (_try(case, short, opened, loads, base, solve_all) for opened in ways)), None)

    ways = (way for need in needs_of(case, short, found) for way in _of_need(case, need, mended_by))
    return tuple(sorted(ways, key=lambda remedy: remedy.cost_cny))


def _of_need(
    case: Case, need: Need, mended_by: Callable[[tuple[str, ...], tuple[Opened, ...]], Remedy | None]
) -> Iterator[Remedy]:
    """The remedies of one bus: the needs that lack what they themselves can take, each alone, and what serves all of its needs.

    What those alone would mend is left aside where nothing serves all; what is far is looked at where nothing near helps: each
    try is a plan.
    """
    own = dict(own_limits(case, need))
    alone = [
        remedy
        for name, ways in (*own.items(), *inputs_of_processes(case, need))
        if (remedy := mended_by((name,), ways)) is not None
    ]
    yield from alone
    rest = need.without(name for remedy in alone for name in remedy.loads)
    others = need.without(own)
    tried = {asked.loads: asked for asked in (need, rest, others) if asked.cuts}.values()
    for candidates in (_candidates, _farther):
        for asked in tried:
            together = [each for ways in candidates(case, asked) if (each := mended_by(asked.loads, ways)) is not None]
            yield from together
            if together:
                return
        if alone and not rest.cuts:
            return


def paid_cny(costs: Costs, case: Case, decided: Plan) -> float:
    """What a plan costs without the price of what it does not serve, settled lines counted in [CNY]."""
    readings = Readings(decided.table.columns, case.grid.step_hours, decided.sizes, decided.elected)
    return evaluate((*costs.bill, *costs.operation, *costs.investment), readings).amount + decided.settled_cny


def applied(park: Park, remedy: Remedy) -> Park:
    """The park with the cells of a remedy changed, as its reader would do it."""
    data = park.dump()
    for change in remedy.changes:
        data = with_value(data, change.path, change.then)
    return Park.model_validate(data)


def _try(
    case: Case, short: Plan, opened: Opened, loads: tuple[str, ...], base_cny: float, solve_all: SolveAll
) -> Remedy | None:
    """The remedy that lies in what was opened, in the form of the plan that is short; None where it does not serve these loads."""
    changed = case.with_park(opened.park)
    costs = costs_of(changed)
    try:
        mended = plan(changed, costs, solve_all, form=short.form)
    except NotCertifiedError:
        return None
    cuts = (cut_of(changed, mended, name) for name in loads)
    if any(cut is not None and float(cut[0].max()) > noticed(cut[1]) for cut in cuts):
        return None
    needed = (
        (limit, min(_rounded_up(_needed(limit.path, case, mended), case.grid.step_hours), limit.most))
        for limit in opened.limits
    )
    changes = tuple(Change(limit.path, limit.unit, limit.now, then) for limit, then in needed if then > limit.now)
    cost = paid_cny(costs, changed, mended) - base_cny
    return Remedy(loads, changes, cost) if changes else None


def _farther(case: Case, need: Need) -> Iterator[tuple[Opened, ...]]:
    """What leads to a bus of electricity from others, as a transformer, a fuel cell and all that feeds these."""
    if need.is_electric:
        near = {name for name, connection in case.park.connections.items() if connection.bus == need.bus}
        near |= {
            name
            for name, asset in case.park.assets.items()
            if isinstance(asset, Pv | Wind | FirmLine | Battery) and asset.bus == need.bus
        }
        yield from _upstream(case, need, but=frozenset(near))


def _upstream(case: Case, need: Need, but: frozenset[str] = frozenset()) -> Iterator[tuple[Opened, ...]]:
    hours = float((need.cut > 0).sum() * case.grid.step_hours)
    yield from ways_upstream(case, need.bus, float(need.cut.max()), hours, but)


def _candidates(case: Case, need: Need) -> Iterator[tuple[Opened, ...]]:
    """Each thing on a bus that is short, with its limits raised; where there are several ways, the lesser first."""
    if not need.is_electric:
        yield from _upstream(case, need)
        return
    park, data = case.park, case.park.dump()
    most = STRETCH * float(case.total_need_kw().max())
    for name, connection in park.connections.items():
        if connection.bus == need.bus:
            yield _connection(data, name, connection, need)
    stores = any(battery.bus == need.bus for _, battery in park.of_family(Battery))
    for name, asset in park.assets.items():
        at: Path = ("assets", name)
        if not isinstance(asset, Pv | Wind | FirmLine | Battery) or asset.bus != need.bus:
            continue
        if isinstance(asset, Pv | Wind | FirmLine):
            enough = asset.power.max + need.most(case.available_pu(name))
            carried = _carried_kw(asset)
            if carried <= asset.power.max:
                continue  # the roofs are full: no cell of this plant may be raised
            if math.isfinite(enough) or stores:  # a plant that stands still in a short step needs a battery to help
                limit = limit_of_size((*at, "power"), "kW", asset.power.max, is_free=asset.power.free, most=carried)
                widest = min(_above(enough), STRETCH * max(most, asset.power.max), carried)
                yield (Opened((limit,), widened(data, {(*at, "power", "max"): widest})),)
        elif isinstance(asset, Battery):
            power = limit_of_size((*at, "power"), "kW", asset.power.max, is_free=asset.power.free)
            energy = limit_of_size((*at, "energy"), "kWh", asset.energy.max, is_free=asset.energy.free)
            widest_kw, widest_kwh = max(most, asset.power.max), max(24.0 * most, asset.energy.max)
            wide = {(*at, "power", "max"): widest_kw, (*at, "energy", "max"): widest_kwh}
            yield (Opened((energy, power), widened(data, wide)),)


def _connection(data: dict[str, Any], name: str, connection: Connection, need: Need) -> tuple[Opened, ...]:
    """A connection with its agreed limit raised within what it carries, or with its capacity raised as well."""
    at: Path = ("connections", name)
    carried = connection.capacity.max * connection.power_factor
    kva = limit_of_size((*at, "capacity"), "kVA", connection.capacity.max, is_free=connection.capacity.free)
    agreed = connection.import_limit
    enough = _above((carried if agreed is None else min(agreed, carried)) + need.most() / connection.planned_share)
    wide: dict[Path, float] = {(*at, "capacity", "max"): max(enough / connection.power_factor, connection.capacity.max)}
    if agreed is None:
        return (Opened((kva,), widened(data, wide)),)
    kw = Limit((*at, "import_limit"), "kW", agreed)
    raised: dict[Path, float] = {(*at, "import_limit"): enough}
    if enough <= carried:
        return (Opened((kw,), widened(data, raised)),)
    return (Opened((kw, kva), widened(data, {**wide, **raised})),)


def _carried_kw(asset: Pv | Wind | FirmLine) -> float:
    """The most that may ever be installed: what the roofs carry, where modules stand on roofs [kW]."""
    roof = asset.roof if isinstance(asset, Pv) else None
    return math.inf if roof is None else roof.power_kw


def _needed(path: Path, case: Case, mended: Plan) -> float:
    """What the mended plan uses of a limit; a size may stand higher where that costs nothing."""
    section, name, field = path[:3]
    park = case.park

    def used(flow: str) -> float:
        return float(mended.table[f"{name}.{flow}"].max())

    if field == "import_limit":
        return used("import_kw") / park.connections[name].planned_share
    if section == "connections":
        connection = park.connections[name]
        return max(used("import_kw") / connection.planned_share, used("export_kw")) / connection.power_factor
    thing = park.assets[name]
    if isinstance(thing, Link) and field == "limit":
        return max(used(way) for way in thing.ways(park.carrier_at()))
    if field in {"limit", "yearly_limit"}:
        flow = thing.flow_at("bus", park.carrier_at())
        amount = float(mended.table[f"{name}.{flow}"].sum()) * case.grid.step_hours / case.grid.share_of_year
        return amount if field == "yearly_limit" else used(flow)
    if field in {"charge_limit", "discharge_limit"}:
        return used(f"{field.removesuffix('_limit')}_kg_per_h")
    if field == "vehicle_power":
        return _each_kw(name, case, mended)
    if field == "energy":
        return mended.sizes[f"{name}.energy_kwh"] * used("soc")
    if f"{name}.charge_kw" in mended.table.columns:
        return max(used("charge_kw"), used("discharge_kw"))
    [size] = [each.name for each in park.sizes() if each.owner == name and each.field == field]
    return mended.sizes[size]


def _each_kw(name: str, case: Case, mended: Plan) -> float:
    """The most that a plugged-in vehicle of a fleet charges with [kW]."""
    fleet, plugged = case.park.assets[name], case.plugged(name)
    assert isinstance(fleet, EvFleet)
    here = plugged > 0.0
    return float((mended.table[f"{name}.charge_kw"][here] / (fleet.vehicles * plugged[here])).max())


def _rounded_up(value: float, step_hours: float) -> float:
    """A value that a person would type, no smaller than the one given but for what nobody notices.

    >>> _rounded_up(900.0000004, 1.0), _rounded_up(900.01, 1.0)
    (900.0, 900.1)
    """
    return math.ceil((value - UNSEEN * min(step_hours, 1.0)) * PER_UNIT) / PER_UNIT


def _above(value: float) -> float:
    """A limit with room for a solver that stops short of it; infinity stays."""
    return value + 0.5 * UNSEEN
