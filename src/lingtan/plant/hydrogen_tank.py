"""Hydrogen tank: hydrogen put in and taken out within its limits; what it holds may boil off."""

from __future__ import annotations

import numpy as np

from lingtan.park import HydrogenTank
from lingtan.plant.ambient import Array
from lingtan.plant.thermal_store import StoreState


def run_hydrogen_tank(
    tank: HydrogenTank, state: StoreState, wanted_kg_per_h: Array, dt_s: float
) -> tuple[StoreState, dict[str, Array]]:
    """Follow a wanted rate (giving to the bus > 0) [kg/h], within limits and content, for steps of `dt_s` seconds.

    Points: `flow_kg_per_h` (what came of it) and `soc`, at the end of each step.
    """
    hours, room, content = dt_s / 3600.0, tank.mass.min, state.content
    keep = (1.0 - tank.loss_per_day) ** (hours / 24.0)
    most_in = np.inf if tank.charge_limit is None else tank.charge_limit
    most_out = np.inf if tank.discharge_limit is None else tank.discharge_limit
    flow, soc = np.empty(wanted_kg_per_h.size), np.empty(wanted_kg_per_h.size)
    for number, wanted in enumerate(wanted_kg_per_h.tolist()):
        content *= keep
        given = max(min(wanted, most_out, content / hours), -min(most_in, max(room - content, 0.0) / hours))
        content = min(max(content - given * hours, 0.0), room)
        flow[number], soc[number] = given + 0.0, content / room if room > 0.0 else 0.0
    return StoreState(content), {"flow_kg_per_h": flow, "soc": soc}
