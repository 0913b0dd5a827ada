"""ThermostaticLoad: a store that leaks to the outside and is filled by what the load takes.

What it holds (see `plant.thermostatic_load`) stays between nothing, which is the end of the band that it needs power to keep, and
its ceiling. What its bus or its own power cannot give is shortfall, so the band holds in every plan and says what it would take.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array
from lingtan.park import ThermostaticLoad
from lingtan.plant.thermostatic_load import Room, needed_c, temperature_slope


def lower_thermostatic_load(name: str, load: ThermostaticLoad, room: Room, layout: Layout) -> None:
    """Publish `<name>.load_kw`, `<name>.shortfall_kw`, the size of its power and the reading `<name>.temperature_c`.

    The horizon, or each of its periods, is a circle: it ends as warm as it began.
    """
    program, steps, inside = layout.program, layout.steps, f"{name}.room"
    layout.bus(inside)
    power = layout.size(f"{name}.power_kw", load.power.min, load.power.max, "kW")
    taken = layout.bounded(f"{name}.taken_kw", power)
    cut = program.columns(f"{name}.shortfall_kw", steps, "kW")
    held = program.columns(f"{name}.held_kwh", steps, "kWh", upper=_ceiling(room, layout))
    wanted = Affine.of(taken) + Affine.of(cut)
    layout.inject(load.bus, Affine.of(taken, -1.0))
    layout.inject(inside, wanted * load.cop + Affine.known(room.natural / room.hours))
    layout.inject(inside, Affine.of(held, -1.0 / room.hours))
    layout.inject(inside, Affine.of(held[layout.earlier()], room.keep / room.hours))
    layout.publish(f"{name}.load_kw", wanted)
    layout.publish(f"{name}.shortfall_kw", Affine.of(cut))
    temperature = Affine.known(np.full(steps, needed_c(load))) + Affine.of(held, temperature_slope(load))
    layout.readings[f"{name}.temperature_c"] = temperature


def _ceiling(room: Room, layout: Layout) -> Array:
    """The ceiling on the circle of each period, (T,)."""
    by_period = room.natural.reshape(-1, layout.circle_steps)
    return replace(room, natural=by_period).ceiling().reshape(-1)
