"""Fleet of electric vehicles: one content between two bounds that move as vehicles come and go.

With `N` vehicles of a battery `B`, the share `s` of them plugged in, a trip `E` and the level `L` that each leaves with, a vehicle
that is away counts with what it will bring back, `L·B − E`: its trip is counted as used when it leaves. What all of them hold is
then `e[t] = e[t−1] + h · (η·charge − discharge/η − driven)`, between

    N · ((1 − m) · (L·B − E) + m · R)   and   N · ((1 − m) · (L·B − E) + m · B)

where `m[t]` is the share that is plugged in through step t and stays, and `R` the least that one of them holds: its reserve, or
what it came with where nothing can be given back. The lower bound says that those who leave take `L·B` each, whatever the others
hold; the upper one that those who stay cannot hold more than their batteries. Steps are a circle, or as many
circles as there are periods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingtan.frozen import DeepFrozen
from lingtan.park import EvFleet
from lingtan.plant.ambient import Array
from lingtan.plant.clipped import clipped
from lingtan.plant.thermal_store import StoreState

DAY_MINUTES = 1440


@dataclass(frozen=True, eq=False)
class Envelope(DeepFrozen):
    """What a fleet may hold at the end of each step [kWh], what those who leave then need for driving [kW], and the most that the
    vehicles which are plugged in charge with [kW]; arrays are (…, T)."""

    least_kwh: Array
    most_kwh: Array
    driving_kw: Array
    charging_kw: Array
    step_hours: float


def plugged_by_clock(fleet: EvFleet, minute_of_day: NDArray[Any], step_minutes: int) -> Array:
    """Share plugged in by the hours that a fleet comes and leaves [1], (T,): 1 in steps that lie between them as a whole."""
    if fleet.arrives is None or fleet.leaves is None:
        raise ValueError("a fleet without a series comes and leaves by the clock")
    arrives, leaves = round(60 * fleet.arrives), round(60 * fleet.leaves)
    since = (minute_of_day - arrives) % DAY_MINUTES
    return np.asarray(since + step_minutes <= (leaves - arrives) % DAY_MINUTES, dtype=np.float64)


def envelope_of(fleet: EvFleet, plugged: Array, step_hours: float, leaving: Array | None = None) -> Envelope:
    """The envelope of a fleet by the share plugged in (…, T) [1].

    Vehicles leave at the end of a step where the next has fewer of them; `leaving` says the share that does, where the next step is
    not known.
    """
    if leaving is None:
        leaving = np.maximum(plugged - np.roll(plugged, -1, axis=-1), 0.0)
    staying = plugged - leaving
    brought = fleet.leaves_with * fleet.battery - fleet.trip
    away, least = (1.0 - staying) * brought, fleet.reserve * fleet.battery if fleet.v2g > 0.0 else brought
    return Envelope(
        least_kwh=fleet.vehicles * (away + staying * least),
        most_kwh=fleet.vehicles * (away + staying * fleet.battery),
        driving_kw=fleet.vehicles * fleet.trip * leaving / step_hours,
        charging_kw=fleet.vehicles * fleet.vehicle_power * plugged,
        step_hours=step_hours,
    )


def charging_on_arrival(fleet: EvFleet, envelope: Envelope) -> tuple[Array, Array]:
    """Where nobody steers it, a fleet charges as soon as it comes: what it takes, and what vehicles leave without [kW].

    No schedule holds more at any moment, so what is missing here is missing in every plan.
    """
    hours, most = envelope.step_hours, np.minimum(envelope.charging_kw, fleet.power.max)
    added = (fleet.charge_efficiency * most - envelope.driving_kw) * hours
    held = clipped(1.0, added, envelope.least_kwh, envelope.most_kwh)
    before = np.roll(held, 1, axis=-1)
    taken = (held - before + envelope.driving_kw * hours) / (fleet.charge_efficiency * hours)
    missing = np.maximum(envelope.least_kwh - before - added, 0.0) / hours
    return np.clip(taken, 0.0, most), missing


def run_ev_fleet(
    fleet: EvFleet, state: StoreState, envelope: Envelope, wanted_kw: Array | None
) -> tuple[StoreState, dict[str, Array]]:
    """Follow a wanted power (giving to the bus > 0) within charge points and envelope; asked nothing, charge on arrival.

    Points: `power_kw`, `soc` of all vehicles, `driving_kw` and what of it the batteries gave, `driven_kw`.
    """
    hours, content = envelope.step_hours, state.content
    power, soc, driven = (np.empty(envelope.driving_kw.size) for _ in range(3))
    for step, driving in enumerate(envelope.driving_kw.tolist()):
        least, most = float(envelope.least_kwh[step]), float(envelope.most_kwh[step])
        limit = min(float(envelope.charging_kw[step]), fleet.power.min)
        asked = -limit if wanted_kw is None else float(wanted_kw[step])
        spare = content - driving * hours
        if asked >= 0.0:
            room = max(spare - least, 0.0) * fleet.discharge_efficiency / hours
            given = min(asked, fleet.v2g * limit, room)
            content -= given * hours / fleet.discharge_efficiency
        else:
            room = max(most - spare, 0.0) / (fleet.charge_efficiency * hours)
            given = -min(-asked, limit, room)
            content -= given * hours * fleet.charge_efficiency
        driven[step] = min(driving, max(content - least, 0.0) / hours)
        content -= driven[step] * hours
        power[step], soc[step] = given + 0.0, content / fleet.energy_kwh
    return StoreState(content), {"power_kw": power, "soc": soc, "driving_kw": envelope.driving_kw, "driven_kw": driven}
