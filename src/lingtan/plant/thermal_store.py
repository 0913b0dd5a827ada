"""Thermal store: heat, steam or chilled water put in and taken out, with losses both ways and at rest. It does not age."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.park import ThermalStore
from lingtan.plant.ambient import Array


@dataclass(frozen=True)
class StoreState:
    """What a store holds [kWh; kg of hydrogen]."""

    content: float


def run_thermal_store(
    store: ThermalStore, state: StoreState, wanted_kw: Array, dt_s: float
) -> tuple[StoreState, dict[str, Array]]:
    """Follow a wanted power (giving to the bus > 0), within rating and content, for steps of `dt_s` seconds.

    Points: `power_kw` (what came of it) and `soc`, at the end of each step.
    """
    hours = dt_s / 3600.0
    keep = (1.0 - store.standing_loss_per_day) ** (hours / 24.0)
    most, room, content = store.power.min, store.energy.min, state.content
    power, soc = np.empty(wanted_kw.size), np.empty(wanted_kw.size)
    for number, wanted in enumerate(wanted_kw.tolist()):
        content *= keep
        if wanted >= 0.0:
            given = min(wanted, most, content * store.discharge_efficiency / hours)
            content = max(content - given * hours / store.discharge_efficiency, 0.0)
        else:
            taken = min(-wanted, most, max(room - content, 0.0) / (store.charge_efficiency * hours))
            content = min(content + taken * hours * store.charge_efficiency, room)
            given = -taken
        power[number], soc[number] = given + 0.0, content / room if room > 0.0 else 0.0
    return StoreState(content), {"power_kw": power, "soc": soc}
