"""Every family that turns carriers into others: columns of its activities, rows that bound them, flows at its ports.

AbsorptionChiller, Boiler, Chp, CompressionChiller, Compressor, ElectricBoiler, Electrolyzer, FuelCell, HeatExchanger, HeatPump,
ProcessLoad, RecyclingLine, Turbine: what each of them does is stated by `lingtan.plant.conversion`, which the plant obeys as well;
a part-load curve and a commitment are written by `part_load` and `commitment`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.optimize.assets.commitment import Committed, Plant, at_most, committed, size_of
from lingtan.optimize.assets.part_load import part_load
from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.program import Index
from lingtan.park import Carrier, Converting
from lingtan.park.assets.ports import CarrierAt
from lingtan.plant.conversion import Bound, Conversion


def lower_conversion(
    name: str,
    asset: Converting,
    conversion: Conversion,
    carrier_at: CarrierAt,
    layout: Layout,
    plant: Plant | None = None,
) -> dict[str, Index]:
    """Publish a flow for each port, `<name>.<flow>` ≥ 0; returns the columns of the activities, (T,) each.

    A `plant` is committed: its first activity carries least load, starts and ramps, others run only while it does; where a first
    bound holds activities together, their sum carries them. Standing by it takes what so much of its first activity would.
    """
    size = layout.sizes[f"{name}.{conversion.size}"]
    activities = _activities(name, conversion, size, layout)
    run = _committed(plant, conversion, activities, size, layout)
    by_input = _by_input(name, conversion, activities, run.running_kw, layout)
    for port in asset.ports():
        carrier: Carrier = carrier_at[port.bus]
        given = by_input.get(port.field, Affine.known(np.zeros(layout.steps)))
        for way, ports in conversion.ways.items():
            if port.field in ports:
                given = given + Affine.of(activities[way], ports[port.field])
        if run.standby_kw.parts and port.way == "takes":
            given = given + run.standby_kw * conversion.first_ports.get(port.field, 0.0)
        layout.inject(port.bus, given)
        layout.publish(f"{name}.{asset.flow(port, carrier)}", given * (-1.0 if port.way == "takes" else 1.0))
    return activities


def _committed(
    plant: Plant | None, conversion: Conversion, activities: dict[str, Index], size: SizeOf, layout: Layout
) -> Committed:
    """Commit a plant; one that follows freely runs whole."""
    if plant is None:
        whole, nothing = size_of(size, layout), Affine.known(np.zeros(layout.steps))
        return Committed(whole, whole, nothing, nothing)
    if conversion.bounds:
        together = [activities[way] for way in conversion.bounds[0].parts]
        return committed(plant, _sum(plant, together, layout), layout)
    first, *others = activities.values()
    found = committed(plant, first, layout)
    for number, other in enumerate(others, 1):
        at_most(f"{plant.name}.if_running_{number}", Affine.of(other), found.running_kw, layout)
    return found


def _by_input(
    name: str, conversion: Conversion, activities: Mapping[str, Index], running_kw: Affine, layout: Layout
) -> dict[str, Affine]:
    """What flows at ports by the input of a part-load curve."""
    curve = conversion.curve
    if curve is None:
        return {}
    size = layout.sizes[f"{name}.{conversion.size}"]
    taken = part_load(name, activities[curve.way], size, curve.part_load, running_kw, layout)
    return {field: taken * each for field, each in curve.ports.items()}


def _sum(plant: Plant, activities: list[Index], layout: Layout) -> Index:
    """Columns of the sum of some activities, at most the size."""
    total = layout.bounded(f"{plant.name}.total", plant.size)
    rows = layout.program.rows(f"{plant.name}.sum", layout.steps, "kW", lower=0.0, upper=0.0)
    layout.program.put(rows, total, -1.0)
    for columns in activities:
        layout.program.put(rows, columns, 1.0)
    return total


def _activities(name: str, conversion: Conversion, size: SizeOf, layout: Layout) -> dict[str, Index]:
    if not conversion.bounds:
        return {way: layout.bounded(f"{name}.{way}", size) for way in conversion.ways}
    activities = {way: layout.program.columns(f"{name}.{way}", layout.steps, "kW") for way in conversion.ways}
    for number, bound in enumerate(conversion.bounds):
        _bound(f"{name}.bound_{number}", bound, activities, size, layout)
    return activities


def _bound(name: str, bound: Bound, activities: dict[str, Index], size: SizeOf, layout: Layout) -> None:
    share = np.broadcast_to(np.asarray(bound.share, dtype=np.float64), (layout.steps,))
    upper = 0.0 if size.column is not None else share * size.known
    rows = layout.program.rows(name, layout.steps, "kW", lower=-np.inf, upper=upper)
    for way, coefficient in bound.parts.items():
        layout.program.put(rows, activities[way], coefficient)
    if size.column is not None and share.any():
        layout.program.put(rows, np.full(layout.steps, size.column), -share)
