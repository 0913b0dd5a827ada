"""What can be raised where a need of heat, cold, hydrogen, a fuel or a material is short: all that leads to its bus.

A boiler that is too small, a store, a purchase that ends at its limit; and behind them what feeds those: the gas of the boiler,
the connection of the electrode. Each is tried by itself. How much is enough is not known before (a chain converts on its way), so
limits are raised far, and the plan that comes out says what it uses of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from lingtan.advise.opened import Limit, Opened, Path, limit_of_size, widened
from lingtan.case import Case
from lingtan.park import COUNTED, Asset, HydrogenTank, Link, Park, Pv
from lingtan.park.carriers import KWH_PER_TON_OF_MATERIAL
from lingtan.park.size import sizes_in

FAR = 4.0
"""How many times what is missing a limit is raised by, in kilowatts: no plant on the way loses more."""


HELD = frozenset({"kWh", "kg"})
"""Units of what is kept: rates last for hours."""


def ways_upstream(
    case: Case,
    bus: str,
    missing: float,
    hours: float,
    but: frozenset[str] = frozenset(),
    steps: Sequence[float] = (FAR,),
) -> Iterator[tuple[Opened, ...]]:
    """Each thing that leads to a bus, `but` some, with its limits raised; `missing` is the largest cut [rate of the carrier], for
    `hours`. `steps` are how many times that they are raised by, the lesser first."""
    by_step = [dict(_raised(case, bus, step * missing, hours, but)) for step in steps]
    for name in by_step[0]:
        yield tuple(opened for each in by_step for opened in each[name])


def _raised(
    case: Case, bus: str, far: float, hours: float, but: frozenset[str]
) -> Iterator[tuple[str, tuple[Opened, ...]]]:
    """Each thing that leads to a bus by its name, with its limits raised by `far` [rate of the carrier at the bus]."""
    park, data = case.park, case.park.dump()
    far_kw = far * _kwh_per_unit(park, bus)
    reached = upstream_of(park, bus)
    for name, connection in park.connections.items():
        if connection.bus in reached and name not in but:
            capacity = connection.capacity
            far_kva = capacity.max + far_kw / connection.power_factor
            wide: dict[Path, float] = {("connections", name, "capacity", "max"): far_kva}
            limits = [limit_of_size(("connections", name, "capacity"), "kVA", capacity.max, is_free=capacity.free)]
            if connection.import_limit is not None:
                limits.append(Limit(("connections", name, "import_limit"), "kW", connection.import_limit))
                wide["connections", name, "import_limit"] = connection.import_limit + far_kw
            yield name, (Opened(tuple(limits), widened(data, wide)),)
    for name, asset in park.assets.items():
        if name not in but and any(port.bus in reached and port.way != "takes" for port in asset.ports()):
            if isinstance(asset, HydrogenTank):
                yield from ((f"{name}.rates", ways) for ways in _rates_of(name, asset, data, far))
            opened = _opened(name, asset, park, data, far_kw, hours)
            if opened is not None:
                yield name, (opened,)


def upstream_of(park: Park, bus: str) -> frozenset[str]:
    """A bus and all those that something takes from to feed it, near or far."""
    reached = {bus}
    while True:
        feeding = {
            port.bus
            for asset in park.assets.values()
            if any(port.bus in reached and (port.way == "gives" or isinstance(asset, Link)) for port in asset.ports())
            for port in asset.ports()
            if port.way != "gives"
        }
        if feeding <= reached:
            return frozenset(reached)
        reached |= feeding


def _opened(name: str, asset: Asset, park: Park, data: dict[str, Any], far_kw: float, hours: float) -> Opened | None:
    """An asset with its sizes and its limits raised; None where it has none."""
    at: Path = ("assets", name)
    limits: list[Limit] = []
    wide: dict[Path, float] = {}
    roof = asset.roof if isinstance(asset, Pv) else None
    most = math.inf if roof is None else roof.power_kw
    for sized in sizes_in("assets", {name: asset}):
        size, path = sized.size, (*at, sized.field)
        if size.max < most:
            limits.append(limit_of_size(path, size.unit, size.max, is_free=size.free, most=most))
            wide[*path, "max"] = min(size.max + far_kw * (hours if size.unit in HELD else 1.0), most)
    bus = next(port.bus for port in asset.ports() if port.way != "takes")
    counted, more = COUNTED[park.buses[bus].carrier], far_kw / _kwh_per_unit(park, bus)
    for field, unit, far in (("limit", counted.rate, more), ("yearly_limit", counted.amount, more * 8760.0)):
        limit = getattr(asset, field, None)
        if limit is not None:
            now = limit.at(park.buses[bus].carrier)
            limits.append(Limit((*at, field), unit, now))
            wide[*at, field] = now + far
    return Opened(tuple(limits), widened(data, wide)) if limits else None


def _rates_of(name: str, tank: HydrogenTank, data: dict[str, Any], far: float) -> Iterator[tuple[Opened, ...]]:
    """A tank that holds enough and gives or takes in too slowly: each rate by itself, then both."""
    at: Path = ("assets", name)
    rates = {"discharge_limit": tank.discharge_limit, "charge_limit": tank.charge_limit}
    limits = [Limit((*at, field), "kg/h", now) for field, now in rates.items() if now is not None]
    if limits:
        some = [[each] for each in limits] + ([limits] if len(limits) > 1 else [])
        yield tuple(
            Opened(tuple(each), widened(data, {limit.path: limit.now + far for limit in each})) for each in some
        )


def _kwh_per_unit(park: Park, bus: str) -> float:
    return park.buses[bus].kwh_per_unit or KWH_PER_TON_OF_MATERIAL
