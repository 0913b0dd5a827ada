"""A whole plant: every asset of a park on its buses, moved on by a step or by many at once.

`run` is the one formula; `step` is a run of one step, so both give the same trajectory. Needs, PV, wind, stores and converters
come first, then links that nobody steers, firm lines and streams give what a bus still needs; the connections take what is left,
and on buses of other carriers sales, vents and supplies do. Where no one takes it, what is left is reported as
`<bus>.unbalanced_kw`, or in the unit of its carrier (above zero: too much).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from lingtan.findings import Finding, raise_errors
from lingtan.frozen import DeepFrozen
from lingtan.park import (
    COUNTED,
    Asset,
    Battery,
    Converting,
    Demand,
    EvFleet,
    FirmLine,
    FlexibleLoad,
    HydrogenTank,
    Link,
    Load,
    Outside,
    Park,
    Pv,
    Renovation,
    Storing,
    Stream,
    ThermalStore,
    ThermostaticLoad,
    Wind,
    Yielding,
)
from lingtan.park.assets.ports import CarrierAt
from lingtan.park.size import sizes_in
from lingtan.plant.ambient import Ambient, AmbientSeries, Array
from lingtan.plant.battery import BatteryState, run_battery
from lingtan.plant.connection import run_connection, shares
from lingtan.plant.conversion import Levels
from lingtan.plant.conversions import conversion_of
from lingtan.plant.demand import run_demand
from lingtan.plant.ev_fleet import envelope_of, run_ev_fleet
from lingtan.plant.firm_line import run_firm_line
from lingtan.plant.flexible import run_flexible
from lingtan.plant.hydrogen_tank import run_hydrogen_tank
from lingtan.plant.link import from_the_ends, run_link
from lingtan.plant.load import run_load
from lingtan.plant.meter import MeterState, run_meter
from lingtan.plant.outside import run_outside
from lingtan.plant.pv import run_pv
from lingtan.plant.renovation import saved_by, share_left, target_of
from lingtan.plant.run_conversion import STANDBY, run_conversion
from lingtan.plant.stream import run_stream
from lingtan.plant.thermal_store import StoreState, run_thermal_store
from lingtan.plant.thermostatic_load import room_around, run_thermostatic_load, start_of
from lingtan.plant.wind import run_wind

STEERED = Battery | Pv | Wind | FirmLine | Storing | Converting | Link | FlexibleLoad | ThermostaticLoad | EvFleet
"""Families that take a set-point: a store or a fleet a power, a converter what it gives, a link what arrives, a flexible load
what it takes, the others a limit."""


@dataclass(frozen=True)
class Plant:
    """A park whose sizes are all known, as something that behaves."""

    park: Park

    @property
    def steered(self) -> tuple[str, ...]:
        """Assets that take a set-point."""
        return tuple(name for name, asset in self.park.assets.items() if isinstance(asset, STEERED))


@dataclass(frozen=True, eq=False)
class PlantState(DeepFrozen):
    """What the plant remembers from one step to the next, by asset and by connection."""

    batteries: Mapping[str, BatteryState]
    meters: Mapping[str, MeterState]
    stores: Mapping[str, StoreState] = field(default_factory=dict)


def plant_of(park: Park) -> Plant:
    """The plant of a park. Raises `InputError` with a `plant.free-size` for each size that is still a range."""
    raise_errors(Finding("plant.free-size", each.cell) for each in park.sizes() if each.size.free)
    return Plant(park)


def initial_state(plant: Plant, soc: Mapping[str, float] | None = None) -> PlantState:
    """New stores, half full where `soc` (0 … 1) does not say otherwise, and meters that start at zero.

    A room is at its set-point where `soc` does not say how far up its band it is.
    """
    told = soc or {}
    batteries: dict[str, BatteryState] = {}
    stores: dict[str, StoreState] = {}
    for name, asset in plant.park.assets.items():
        if not isinstance(asset, Battery | Storing | EvFleet | ThermostaticLoad):
            continue
        share = told.get(name, 0.5)
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"{name}: a state of charge is 0 … 1, not {share!r}")
        if isinstance(asset, Battery):
            batteries[name] = BatteryState(share * asset.energy.min)
        elif isinstance(asset, ThermostaticLoad):
            warmth = asset.low + share * (asset.high - asset.low) if name in told else asset.held_at_c
            stores[name] = start_of(asset, warmth)
        elif isinstance(asset, EvFleet):
            stores[name] = StoreState(share * asset.energy_kwh)
        else:
            room = asset.mass.min if isinstance(asset, HydrogenTank) else asset.energy.min
            stores[name] = StoreState(share * room)
    return PlantState(batteries, {name: MeterState() for name in plant.park.connections}, stores)


def step(
    plant: Plant, state: PlantState, set_points: Mapping[str, float], ambient: Ambient, dt_s: float
) -> tuple[PlantState, dict[str, float]]:
    """Move on by `dt_s` seconds; returns the new state and the measured points.

    `set_points` are powers of batteries (discharging > 0) and limits of plants [kW], by asset; one that is not there means 0
    for a battery and no limit for a plant. Powers are means of the step; `soc`, registers and demand stand at its end.
    """
    after, points = run(plant, state, set_points, AmbientSeries.of(ambient), dt_s)
    return after, {name: float(values[0]) for name, values in points.items()}


def run(
    plant: Plant, state: PlantState, set_points: Mapping[str, ArrayLike], ambient: AmbientSeries, dt_s: float
) -> tuple[PlantState, dict[str, Array]]:
    """The same over the steps of `ambient`: set-points are numbers or (T,), points are (T,)."""
    if not dt_s > 0.0:
        raise ValueError(f"dt_s: a step takes time, not {dt_s!r} s")
    running = _Running(plant, state, _orders(plant, set_points, ambient.steps), ambient, dt_s)
    park = plant.park
    for name, asset in park.assets.items():
        running.run(name, asset)
    running.link(park)
    for bus in park.buses:
        running.offer(park, bus)
        trading = {
            name: asset for name, asset in park.assets.items() if isinstance(asset, Outside) and asset.bus == bus
        }
        running.given[bus], points = run_outside(trading, running.given[bus], running.carrier_at)
        for name, measured in points.items():
            _read(name, measured, running.points)
    meters = _connect(park, state, running.given, dt_s, running.points)
    return PlantState(running.batteries, meters, running.stores), running.points


class _Running:
    """The steps of a run while its assets are gone through."""

    def __init__(
        self, plant: Plant, state: PlantState, orders: dict[str, Array], ambient: AmbientSeries, dt_s: float
    ) -> None:
        self.state, self.orders, self.ambient, self.dt_s = state, orders, ambient, dt_s
        self.park = plant.park
        self.carrier_at: CarrierAt = plant.park.carrier_at()
        self.levels = Levels.of(plant.park, ambient.outside_c)
        self.given = {bus: np.zeros(ambient.steps) for bus in plant.park.buses}
        self.points: dict[str, Array] = {}
        self.batteries: dict[str, BatteryState] = {}
        self.stores: dict[str, StoreState] = {}
        self.offered: set[str] = set()

    def run(self, name: str, asset: Asset) -> None:
        """One asset that waits for no other; firm lines and what lies outside come later."""
        ambient, order = self.ambient, self.orders.get(name)
        wanted = np.zeros(ambient.steps) if order is None else order
        match asset:
            case Load() | FlexibleLoad() | ThermostaticLoad() | EvFleet() | Demand() | Renovation():
                self._need(name, asset, order)
            case Pv():
                self.take(name, asset.bus, run_pv(asset.power.min, ambient.available_pu[name], order))
            case Wind():
                self.take(name, asset.bus, run_wind(asset.power.min, ambient.available_pu[name], order))
            case Battery():
                self.batteries[name], measured = run_battery(asset, self.state.batteries[name], wanted, self.dt_s)
                self.take(name, asset.bus, measured)
            case ThermalStore():
                self.stores[name], measured = run_thermal_store(asset, self.state.stores[name], wanted, self.dt_s)
                self.take(name, asset.bus, measured)
            case HydrogenTank():
                self.stores[name], measured = run_hydrogen_tank(asset, self.state.stores[name], wanted, self.dt_s)
                _read(name, measured, self.points)
                self.given[asset.bus] = self.given[asset.bus] + measured["flow_kg_per_h"]
            case FirmLine():
                pass
            case _ if isinstance(asset, Outside | Stream | Link):
                pass
            case _:
                self._convert(name, asset)

    def _need(
        self, name: str, asset: Load | FlexibleLoad | Yielding | Demand | Renovation, order: Array | None
    ) -> None:
        needs = self.ambient.need_kw
        match asset:
            case Load():
                self.take(name, asset.bus, run_load(needs[name] * share_left(self.park, name)))
            case FlexibleLoad():
                self.take(name, asset.bus, run_flexible(asset, needs[name], order))
            case ThermostaticLoad():
                self._room(name, asset, order)
            case EvFleet():
                self._fleet(name, asset, order)
            case Demand():
                need = needs[name] * share_left(self.park, name)
                _read(name, run_demand(need, self.carrier_at[asset.bus]), self.points)
                self.given[asset.bus] = self.given[asset.bus] - need
            case Renovation():
                _read(
                    name,
                    saved_by(asset, needs[asset.of], self.carrier_at[target_of(self.park, asset).bus]),
                    self.points,
                )

    def _room(self, name: str, asset: ThermostaticLoad, order: Array | None) -> None:
        around = self.ambient
        room = room_around(asset, around.outside_c, around.arising.get(name), around.steps, self.dt_s / 3600.0)
        self.stores[name], measured = run_thermostatic_load(asset, self.state.stores[name], room, order)
        self.take(name, asset.bus, measured)

    def _fleet(self, name: str, asset: EvFleet, order: Array | None) -> None:
        """The share that leaves is read off what driving takes then."""
        plugged, hours = self.ambient.available_pu[name], self.dt_s / 3600.0
        per_vehicle = asset.vehicles * asset.trip
        leaving = self.ambient.need_kw[name] * hours / per_vehicle if per_vehicle > 0.0 else np.zeros_like(plugged)
        envelope = envelope_of(asset, plugged, hours, leaving)
        self.stores[name], measured = run_ev_fleet(asset, self.state.stores[name], envelope, order)
        self.take(name, asset.bus, measured)

    def _convert(self, name: str, asset: Converting) -> None:
        conversion = conversion_of(asset, self.levels)
        [size] = [each.size.min for each in sizes_in("assets", {name: asset}) if each.size.quantity == conversion.size]
        still = np.zeros(self.ambient.steps)
        first, *others = conversion.ways
        wanted = {first: self.orders.get(name, still)}
        wanted |= {way: self.orders.get(f"{name}.{way}", still) for way in (*others, STANDBY)}
        given, measured = run_conversion(asset, conversion, size, wanted, self.carrier_at)
        _read(name, measured, self.points)
        for bus, flow in given.items():
            self.given[bus] = self.given[bus] + flow

    def offer(self, park: Park, bus: str) -> None:
        """Firm lines and streams of a bus, once everything else is on it but what lies outside; each runs once."""
        for name, asset in park.assets.items():
            if name in self.offered or not isinstance(asset, FirmLine | Stream) or asset.bus != bus:
                continue
            self.offered.add(name)
            needed = -self.given[bus]
            if isinstance(asset, FirmLine):
                steps = self.ambient.steps
                available = np.ones(steps) if asset.availability is None else self.ambient.available_pu[name]
                self.take(name, bus, run_firm_line(asset.power.min, available, needed, self.orders.get(name)))
            else:
                measured = run_stream(asset, self.ambient.arising[name], needed, self.carrier_at)
                _read(name, measured, self.points)
                self.given[bus] = self.given[bus] + measured[asset.flow_at("bus", self.carrier_at)]

    def link(self, park: Park) -> None:
        """Links that are steered send what they shall, then the others what the buses at their ends still need."""
        links = {name: asset for name, asset in park.assets.items() if isinstance(asset, Link)}
        for name in links.keys() & self.orders.keys():
            self.send(name, links[name], self.orders[name])
        for name in from_the_ends({name: each for name, each in links.items() if name not in self.orders}):
            self.offer(park, links[name].bus)
            self.send(name, links[name], -self.given[links[name].bus])

    def send(self, name: str, link: Link, wanted: Array) -> None:
        """A link by what shall arrive at its bus."""
        given, measured = run_link(link, wanted, self.carrier_at)
        _read(name, measured, self.points)
        for bus, flow in given.items():
            self.given[bus] = self.given[bus] + flow

    def take(self, name: str, bus: str, measured: Mapping[str, Array]) -> None:
        """Points of an asset whose `power_kw` goes to one bus."""
        _read(name, measured, self.points)
        self.given[bus] = self.given[bus] + measured["power_kw"]


def _connect(
    park: Park, state: PlantState, given: Mapping[str, Array], dt_s: float, points: dict[str, Array]
) -> dict[str, MeterState]:
    meters: dict[str, MeterState] = {}
    for bus, left in given.items():
        taking = {name: connection for name, connection in park.connections.items() if connection.bus == bus}
        if not taking:
            points[f"{bus}.unbalanced_{COUNTED[park.buses[bus].carrier].rate_ending}"] = left
        for name, share in shares(taking).items():
            measured = run_connection(taking[name], -left * share + 0.0)
            meters[name], counted = run_meter(state.meters[name], measured["power_kw"], dt_s)
            _read(name, measured | counted, points)
    return meters


def _orders(plant: Plant, set_points: Mapping[str, ArrayLike], steps: int) -> dict[str, Array]:
    """Set-points as arrays; one for an asset that takes none, or one that is no number, is a fault of the caller."""
    orders: dict[str, Array] = {}
    for name, given in set_points.items():
        if name.partition(".")[0] not in plant.steered:
            raise KeyError(f"{name!r} takes no set-point; those that do: {', '.join(plant.steered)}")
        orders[name] = np.broadcast_to(np.asarray(given, dtype=np.float64), (steps,))
        if np.isnan(orders[name]).any():
            raise ValueError(f"{name}: a set-point must be a number")
    return orders


def _read(name: str, measured: Mapping[str, Array], points: dict[str, Array]) -> None:
    points.update({f"{name}.{quantity}": values for quantity, values in measured.items()})
