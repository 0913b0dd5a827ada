"""A whole plant: every asset of a park on its buses, moved on by a step or by many at once.

`run` is the one formula; `step` is a run of one step, so both give the same trajectory. Loads, PV, wind and batteries come first,
then firm lines give what a bus still needs, and the connections take what is left. A bus without a connection has no one to take
it: what is left there is reported as `<bus>.unbalanced_kw` (above zero: too much).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lingtan.findings import Finding, raise_errors
from lingtan.frozen import DeepFrozen
from lingtan.park import Battery, FirmLine, Load, Park, Pv, Wind
from lingtan.plant.ambient import Ambient, AmbientSeries, Array
from lingtan.plant.battery import BatteryState, run_battery
from lingtan.plant.connection import run_connection, shares
from lingtan.plant.firm_line import run_firm_line
from lingtan.plant.load import run_load
from lingtan.plant.meter import MeterState, run_meter
from lingtan.plant.pv import run_pv
from lingtan.plant.wind import run_wind

STEERED = Battery | Pv | Wind | FirmLine
"""Families that take a set-point: a battery a power, the others a limit."""


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


def plant_of(park: Park) -> Plant:
    """The plant of a park. Raises `InputError` with a `plant.free-size` for each size that is still a range."""
    raise_errors(Finding("plant.free-size", each.cell) for each in park.sizes() if each.size.free)
    return Plant(park)


def initial_state(plant: Plant, soc: Mapping[str, float] | None = None) -> PlantState:
    """New batteries, half full where `soc` (0 … 1) does not say otherwise, and meters that start at zero."""
    told = soc or {}
    batteries = {}
    for name, battery in plant.park.of_family(Battery):
        share = told.get(name, 0.5)
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"{name}: a state of charge is 0 … 1, not {share!r}")
        batteries[name] = BatteryState(share * battery.energy.min)
    return PlantState(batteries, {name: MeterState() for name in plant.park.connections})


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
    orders = _orders(plant, set_points, ambient.steps)
    points: dict[str, Array] = {}
    given = {bus: np.zeros(ambient.steps) for bus in plant.park.buses}
    batteries: dict[str, BatteryState] = {}
    for name, asset in plant.park.assets.items():
        order = orders.get(name)
        match asset:
            case Load():
                measured = run_load(ambient.need_kw[name])
            case Pv():
                measured = run_pv(asset.power.min, ambient.available_pu[name], order)
            case Wind():
                measured = run_wind(asset.power.min, ambient.available_pu[name], order)
            case Battery():
                wanted = np.zeros(ambient.steps) if order is None else order
                batteries[name], measured = run_battery(asset, state.batteries[name], wanted, dt_s)
            case FirmLine():
                continue
        _read(name, measured, points)
        given[asset.bus] = given[asset.bus] + measured["power_kw"]
    for name, line in plant.park.of_family(FirmLine):
        available = np.ones(ambient.steps) if line.availability is None else ambient.available_pu[name]
        measured = run_firm_line(line.power.min, available, -given[line.bus], orders.get(name))
        _read(name, measured, points)
        given[line.bus] = given[line.bus] + measured["power_kw"]
    meters = _connect(plant.park, state, given, dt_s, points)
    return PlantState(batteries, meters), points


def _connect(
    park: Park, state: PlantState, given: Mapping[str, Array], dt_s: float, points: dict[str, Array]
) -> dict[str, MeterState]:
    meters: dict[str, MeterState] = {}
    for bus, left in given.items():
        taking = {name: connection for name, connection in park.connections.items() if connection.bus == bus}
        if not taking:
            points[f"{bus}.unbalanced_kw"] = left
        for name, share in shares(taking).items():
            measured = run_connection(taking[name], -left * share + 0.0)
            meters[name], counted = run_meter(state.meters[name], measured["power_kw"], dt_s)
            _read(name, measured | counted, points)
    return meters


def _orders(plant: Plant, set_points: Mapping[str, ArrayLike], steps: int) -> dict[str, Array]:
    """Set-points as arrays; one for an asset that takes none, or one that is no number, is a fault of the caller."""
    orders: dict[str, Array] = {}
    for name, given in set_points.items():
        if name not in plant.steered:
            raise KeyError(f"{name!r} takes no set-point; those that do: {', '.join(plant.steered)}")
        orders[name] = np.broadcast_to(np.asarray(given, dtype=np.float64), (steps,))
        if np.isnan(orders[name]).any():
            raise ValueError(f"{name}: a set-point must be a number")
    return orders


def _read(name: str, measured: Mapping[str, Array], points: dict[str, Array]) -> None:
    points.update({f"{name}.{quantity}": values for quantity, values in measured.items()})
