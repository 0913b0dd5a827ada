"""Needs that may be short of what they themselves can take: a fleet of its chargers, a room of its heater, a line of its rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lingtan.advise.needs import Need
from lingtan.advise.opened import Limit, Opened, Path, limit_of_size, widened
from lingtan.advise.upstream import FAR, ways_upstream
from lingtan.case import Case
from lingtan.park import EvFleet, ProcessLoad, ThermostaticLoad
from lingtan.plant.ev_fleet import charging_on_arrival, envelope_of
from lingtan.tolerances import NOTICED_KW

OWN_POWER = 2.0
"""How many times the largest cut the own power of a need is raised by: charging loses some on its way."""

ENOUGH = 1.0 + 1e-6
"""What a line misses, spread over its window, is enough where nothing is lost on the way; with more a plan would run when that is
cheapest, and take more of it than the line needs."""

PER_KW = 10
"""A charger is looked for in tenths of a kilowatt."""

Ways = tuple[Opened, ...]


def own_limits(case: Case, need: Need) -> Iterator[tuple[str, Ways]]:
    """Each need of a bus that has a limit of its own, with the ways to raise it, the lesser first."""
    data = case.park.dump()
    for name, cut in need.cuts.items():
        match case.park.assets[name]:
            case EvFleet() as fleet:
                yield name, tuple(_of_fleet(case, data, name, fleet, float(cut.max())))
            case ThermostaticLoad() | ProcessLoad() as asset:
                at: Path = ("assets", name, "power")
                limit = limit_of_size(at, "kW", asset.power.max, is_free=asset.power.free)
                steps = (
                    (1.0, OWN_POWER) if isinstance(asset, ProcessLoad) else (OWN_POWER,)
                )  # a line loses nothing on its way
                enough = [asset.power.max + each * float(cut.max()) + 0.5 * NOTICED_KW for each in steps]
                yield name, tuple(Opened((limit,), widened(data, {(*at, "max"): each})) for each in enough)
            case _:
                continue


def inputs_of_processes(case: Case, need: Need) -> Iterator[tuple[str, Ways]]:
    """What leads to the heat and the material of lines that miss their deadlines: these may be short, and not their electricity."""
    for name, cut in need.cuts.items():
        asset = case.park.assets[name]
        if not isinstance(asset, ProcessLoad):
            continue
        hours = float((cut > 0).sum() * case.grid.step_hours)
        for bus, per_ton in ((asset.heat_bus, asset.heat_per_ton), (asset.source_bus, asset.material_per_ton)):
            if bus is not None:
                missing = float(cut.max()) / asset.specific_energy * per_ton
                for ways in ways_upstream(case, bus, missing, hours, steps=(ENOUGH, FAR)):
                    yield name, ways


def _of_fleet(case: Case, data: dict[str, Any], name: str, fleet: EvFleet, cut_kw: float) -> Iterator[Opened]:
    """A fleet with its charge points raised, with what a vehicle takes, with both: by as little as can do, then by far.

    No schedule holds more at any moment than charging on arrival does, so below what that takes nothing is enough. Where the bus
    has not always as much as that, more may be, and the plan says what it takes.
    """
    at: Path = ("assets", name)
    points = limit_of_size((*at, "power"), "kW", fleet.power.max, is_free=fleet.power.free)
    vehicle = Limit((*at, "vehicle_power"), "kW", fleet.vehicle_power)
    far_kw = fleet.power.max + OWN_POWER * cut_kw + 0.5 * NOTICED_KW
    far_each_kw = fleet.vehicle_power + OWN_POWER * cut_kw / fleet.vehicles
    only_points = _least(case, name, fleet, "points", fleet.power.max, far_kw)
    only_vehicle = _least(case, name, fleet, "vehicle", fleet.vehicle_power, far_each_kw)
    tries: list[tuple[float | None, float | None]] = []
    if _misses(case, name, fleet):
        tries += [(only_points, None), (None, only_vehicle)]
        least = _least(case, name, _with(fleet, points=far_kw), "vehicle", fleet.vehicle_power, far_each_kw)
        if least is not None:
            tries.append((_least(case, name, _with(fleet, vehicle=least), "points", fleet.power.max, far_kw), least))
    tries += [(only_points and far_kw, None), (None, only_vehicle and far_each_kw)]
    if only_points is None and only_vehicle is None:
        tries.append((far_kw, far_each_kw))
    for kw, each_kw in tries:
        limits = tuple(limit for limit, value in ((points, kw), (vehicle, each_kw)) if value is not None)
        raised: dict[Path, float] = {} if kw is None else {(*at, "power", "max"): kw}
        raised |= {} if each_kw is None else {vehicle.path: each_kw}
        if limits:
            yield Opened(limits, widened(data, raised))


def _with(fleet: EvFleet, *, points: float | None = None, vehicle: float | None = None) -> EvFleet:
    """A fleet with other chargers."""
    changed: dict[str, Any] = {} if points is None else {"power": fleet.power.model_copy(update={"max": points})}
    changed |= {} if vehicle is None else {"vehicle_power": vehicle}
    return fleet.model_copy(update=changed)


def _least(case: Case, name: str, fleet: EvFleet, which: str, now: float, far: float) -> float | None:
    """The least of a limit above what it is now with which charging on arrival misses nothing; None where even `far` does."""
    if _misses(case, name, _with(fleet, **{which: far})):
        return None
    low, high = int(now * PER_KW), int(far * PER_KW) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _misses(case, name, _with(fleet, **{which: middle / PER_KW})) else (low, middle)
    return high / PER_KW


def _misses(case: Case, name: str, fleet: EvFleet) -> bool:
    """Whether vehicles leave without what they need where all of them charge on arrival."""
    envelope = envelope_of(fleet, case.plugged(name), case.grid.step_hours)
    return float(charging_on_arrival(fleet, envelope)[1].max()) > NOTICED_KW
