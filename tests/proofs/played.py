"""A plan played back through the plant: its activities as set-points, its needs and weather as surroundings."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.optimize import Plan
from lingtan.park import Converting, Demand, EvFleet, FirmLine, Link, Load, Pv, Stream, ThermostaticLoad, Wind
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from lingtan.plant.conversion import Levels
from lingtan.plant.conversions import conversion_of

NEAR = 1e-3
"""What a plan and its plant may differ by [the unit of a flow]: plans are certified to this."""


def play(case: Case, plan: Plan) -> dict[str, np.ndarray]:
    """All flows of the plant that follows a plan of a park whose sizes are known."""
    plant = plant_of(case.park)
    table = plan.table
    orders = activities(case, plan)
    stores = {name for name in case.park.assets if f"{name}.soc" in table.names}
    orders |= {name: table[f"{name}.discharge_kw"] - table[f"{name}.charge_kw"] for name in stores}
    orders |= {name: table[f"{name}.generation_kw"] for name, _ in case.park.generators()}
    orders |= {
        name: _arriving(case, plan, name, asset) for name, asset in case.park.assets.items() if isinstance(asset, Link)
    }
    orders |= {name: table[f"{name}.load_kw"] for name, _ in case.park.of_family(ThermostaticLoad)}
    begun = {name: float(table[f"{name}.soc"][-1]) for name in stores}
    for name, room in case.park.of_family(ThermostaticLoad):
        share = (float(table[f"{name}.temperature_c"][-1]) - room.low) / (room.high - room.low)
        begun[name] = min(max(share, 0.0), 1.0)
    state = initial_state(plant, begun)
    _, points = run(plant, state, orders, around(case), case.grid.step_hours * 3600.0)
    return flows_of(case.park, points)


def _arriving(case: Case, plan: Plan, name: str, link: Link) -> np.ndarray:
    """What arrives at the bus of a link, less what goes back."""
    forward, *backward = (plan.table[f"{name}.{way}"] for way in link.ways(case.park.carrier_at()))
    return forward - sum(backward)


def around(case: Case) -> AmbientSeries:
    """What surrounds the plant of a case."""
    assets = case.park.assets.items()
    fleets = [name for name, _ in case.park.of_family(EvFleet)]
    needs = {name: case.need(name) for name, asset in assets if isinstance(asset, Load | Demand)}
    available = {name: case.available_pu(name) for name, asset in assets if isinstance(asset, Pv | Wind | FirmLine)}
    return AmbientSeries(
        needs | {name: case.envelope(name).driving_kw for name in fleets},
        available | {name: case.plugged(name) for name in fleets},
        case.outside_c(),
        {name: case.arising(name) for name, asset in assets if isinstance(asset, Stream)},
    )


def activities(case: Case, plan: Plan) -> dict[str, np.ndarray]:
    """The set-points of all converters: the activities that give the flows of a plan."""
    levels, carrier_at = Levels.of(case.park, case.outside_c()), case.park.carrier_at()
    orders: dict[str, np.ndarray] = {}
    for name, asset in case.park.assets.items():
        if not isinstance(asset, Converting):
            continue
        ways, ports = conversion_of(asset, levels).ways, list(asset.ports())
        steps = case.grid.steps
        by_port = [[np.broadcast_to(w.get(port.field, 0.0), (steps,)) for w in ways.values()] for port in ports]
        flows = [
            plan.table[f"{name}.{asset.flow(port, carrier_at[port.bus])}"] * (-1.0 if port.way == "takes" else 1.0)
            for port in ports
        ]
        found = [
            np.linalg.lstsq(np.array(by_port)[:, :, step], np.array(flows)[:, step], rcond=None)[0]
            for step in range(steps)
        ]
        for number, way in enumerate(ways):
            orders[name if number == 0 else f"{name}.{way}"] = np.array(found)[:, number]
    return orders


def check_played(case: Case, plan: Plan, but: Iterable[str] = ()) -> None:
    """Every flow of the plan is one of the plant: one statement of physics, two readers."""
    flows = play(case, plan)
    for name in sorted(flows.keys() - set(but)):
        assert flows[name] == pytest.approx(plan.table[name], abs=NEAR, rel=1e-4), name
