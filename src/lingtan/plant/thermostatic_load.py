"""Thermostatic load: one temperature that leaks to the outside, and power that holds it.

With the temperature `θ`, heat capacity `C`, heat loss `K`, gains `g` and the power `q` of heating (of cooling, below zero),

    C · dθ/dt = K · (θ_outside − θ) + g + q

which is solved exactly for powers that hold through a step of `h` hours. A room is counted by what it holds beyond the end of the
band that it needs power to keep, in kWh: warmth above `low` where it is heated, cold below `high` where it is cooled. Between two
ends of steps the temperature only rises or only falls, so a band that holds at the ends holds all the time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.frozen import DeepFrozen
from lingtan.park import ThermostaticLoad
from lingtan.plant.ambient import Array
from lingtan.plant.clipped import clipped
from lingtan.plant.thermal_store import StoreState

LEEWAY = 0.02
"""The share of the band that a room may be warmer than nature alone brings it: without any, a summer's days leave a solver no room
between what is and what may be."""


@dataclass(frozen=True, eq=False)
class Room(DeepFrozen):
    """A space in steps: `held[t] = keep · held[t−1] + natural[t] + hours · (power that comes inside)` [kWh].

    `keep` is the share of its content that a step leaves [1], `natural` (…, T) what outside and gains do [kWh], `hours` what a
    kilowatt through a step adds [h], less than the step because some of it leaks at once. `band` is its content at the other end of
    the band, `target` that at the set-point [kWh].
    """

    keep: float
    natural: Array
    hours: float
    band: float
    target: float

    def ceiling(self) -> Array:
        """The most that it may hold at the end of each step [kWh], (…, T), on circles: the band, or what nature alone brings.

        A heater cannot cool: what sun and summer do beyond the band is not held against it. Nobody opens a window to burn power.
        """
        by_nature = clipped(self.keep, self.natural, self.band, np.inf)
        return by_nature + np.where(by_nature > self.band, LEEWAY * self.band, 0.0)

    def held(self, content: float, power_kw: float, step: int) -> float:
        """Its content after one step at a power inside [kWh]."""
        return float(self.keep * content + self.natural[step] + self.hours * power_kw)


def room_of(load: ThermostaticLoad, outside_c: Array, gains_kw: Array, step_hours: float) -> Room:
    """The room of a load in steps of some hours; `outside_c` [°C] and `gains_kw` [kW] are (…, T)."""
    sign = 1.0 if load.need == "heating" else -1.0
    limit_c = needed_c(load)
    keep = float(np.exp(-load.heat_loss * step_hours / load.heat_capacity))
    hours = load.heat_capacity * -float(np.expm1(-load.heat_loss * step_hours / load.heat_capacity)) / load.heat_loss
    flowing_kw = load.heat_loss * (outside_c - limit_c) + gains_kw
    return Room(
        keep=keep,
        natural=sign * hours * flowing_kw,
        hours=hours,
        band=load.heat_capacity * (load.high - load.low),
        target=load.heat_capacity * sign * (load.held_at_c - limit_c),
    )


def room_around(
    load: ThermostaticLoad, outside_c: Array | None, gains_kw: Array | None, steps: int, step_hours: float
) -> Room:
    """The room of a load among what surrounds it: its own `outside` counts before the air of the site [°C, (T,)].

    Raises ValueError where nobody says how warm it is outside; a park's check asks for it.
    """
    outside = np.full(steps, load.outside) if load.outside is not None else outside_c
    if outside is None:
        raise ValueError("a room needs the temperature around it")
    return room_of(load, outside, np.zeros(steps) if gains_kw is None else gains_kw, step_hours)


def needed_c(load: ThermostaticLoad) -> float:
    """The end of the band that it takes power to keep [°C]."""
    return load.low if load.need == "heating" else load.high


def temperature_slope(load: ThermostaticLoad) -> float:
    """What a kilowatt-hour held changes its temperature by [K/kWh]: below zero where it is cooled."""
    return (1.0 if load.need == "heating" else -1.0) / load.heat_capacity


def holding_kw(load: ThermostaticLoad, room: Room) -> Array:
    """Power from the bus that holds the set-point all the time [kW], (T,), on a circle: what it takes if nobody asks for more."""
    held = clipped(room.keep, room.natural, room.target, np.inf)
    needed = (held - room.keep * np.roll(held, 1) - room.natural) / (room.hours * load.cop)
    return np.clip(needed, 0.0, load.power.max)


def missing_kw(load: ThermostaticLoad, room: Room) -> Array:
    """Power from the bus that the band asks for and the largest `power` cannot give, however early it runs [kW], (T,)."""
    most = room.natural + room.hours * load.cop * load.power.max
    held = clipped(room.keep, most, 0.0, room.ceiling())
    lacking = -(room.keep * np.roll(held, 1) + most) / (room.hours * load.cop)
    return np.maximum(lacking, 0.0)


def start_of(load: ThermostaticLoad, temperature_c: float) -> StoreState:
    """What it holds at a temperature [°C]."""
    return StoreState((temperature_c - needed_c(load)) / temperature_slope(load))


def run_thermostatic_load(
    load: ThermostaticLoad, state: StoreState, room: Room, wanted_kw: Array | None
) -> tuple[StoreState, dict[str, Array]]:
    """Take what is asked for, within the power and the band; asked nothing, hold the set-point.

    Points: `power_kw` (below zero, for it takes energy) and `temperature_c` at the end of each step. Where its power is too small
    the room leaves the band.
    """
    content, per_kw = state.content, room.hours * load.cop
    steps = room.natural.size
    power, held = np.empty(steps), np.empty(steps)
    for number in range(steps):
        alone = room.held(content, 0.0, number)
        aimed = (room.target - alone) / per_kw if wanted_kw is None else float(wanted_kw[number])
        least, most = max(-alone / per_kw, 0.0), max((room.band - alone) / per_kw, 0.0)
        taken = min(max(min(max(aimed, least), most), 0.0), load.power.min)
        content = alone + per_kw * taken
        power[number], held[number] = -taken, content
    return StoreState(content), {
        "power_kw": power,
        "temperature_c": needed_c(load) + temperature_slope(load) * held,
    }
