"""HydrogenTank: a store of kilograms, filled and emptied within its rates."""

from __future__ import annotations

from lingtan.optimize.assets.store import Store, lower_store
from lingtan.optimize.layout import Affine, Layout
from lingtan.park import HydrogenTank


def lower_hydrogen_tank(name: str, tank: HydrogenTank, layout: Layout, start_kg: float | None = None) -> None:
    """Publish `<name>.charge_kg_per_h`, `<name>.discharge_kg_per_h`, the state `<name>.soc` and the size `<name>.mass_kg`.

    `start_kg` is the content it starts with; without it the horizon is a circle.
    """
    inside = f"{name}.inside"
    layout.bus(inside, "kg/h")
    mass = layout.size(f"{name}.mass_kg", tank.mass.min, tank.mass.max, "kg")
    ways = []
    for way, limit, sign in (("charge", tank.charge_limit, -1.0), ("discharge", tank.discharge_limit, 1.0)):
        flow = f"{name}.{way}_kg_per_h"
        columns = layout.bounded(flow, mass, 1.0 / layout.step_hours, "kg/h")  # no step moves more than it can hold
        if limit is not None:
            layout.program.cap(columns, limit)
        layout.inject(tank.bus, Affine.of(columns, sign))
        layout.inject(inside, Affine.of(columns, -sign))
        layout.publish(flow, Affine.of(columns))
        ways.append(columns)
    layout.opposed[name] = ways[0], ways[1]
    layout.netted.append(layout.opposed[name])
    loss_per_hour = 1.0 - (1.0 - tank.loss_per_day) ** (1.0 / 24.0)
    content = lower_store(Store(f"{name}.content_kg", inside, loss_per_hour, unit="kg"), mass, layout, start_kg)
    layout.states[f"{name}.soc"] = (Affine.of(content), mass)
