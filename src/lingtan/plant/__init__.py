"""How a park behaves: physics of each asset family, and a whole plant in memory with virtual time.

`plant_of` takes a park whose sizes are known; `step` moves it by some seconds and says what its meters read, `run` does the
same over many steps at once. Points are `<asset>.<quantity>`; `power_kw > 0` gives energy to the bus. One module a family:
`load`, `pv`, `wind`, `firm_line`, `battery`, `connection`, `meter`; `flows` reads the points as the flows that accounts take.
"""

from __future__ import annotations

from lingtan.plant.ambient import Ambient, AmbientSeries
from lingtan.plant.battery import BatteryState
from lingtan.plant.flows import flows_of
from lingtan.plant.meter import MeterState
from lingtan.plant.plant import Plant, PlantState, initial_state, plant_of, run, step
from lingtan.plant.virtual import VirtualPlant

__all__ = [
    "Ambient",
    "AmbientSeries",
    "BatteryState",
    "MeterState",
    "Plant",
    "PlantState",
    "VirtualPlant",
    "flows_of",
    "initial_state",
    "plant_of",
    "run",
    "step",
]
