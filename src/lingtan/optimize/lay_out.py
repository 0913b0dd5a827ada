"""The physics of a case as a layout: buses, connections and assets, without money."""

from __future__ import annotations

import numpy as np

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.optimize.assets.battery import lower_battery
from lingtan.optimize.assets.commitment import Plant
from lingtan.optimize.assets.connection import lower_connection
from lingtan.optimize.assets.conversion import lower_conversion
from lingtan.optimize.assets.demand import lower_demand
from lingtan.optimize.assets.ev_fleet import lower_ev_fleet
from lingtan.optimize.assets.flexible import lower_flexible
from lingtan.optimize.assets.generator import lower_generator
from lingtan.optimize.assets.hydrogen_tank import lower_hydrogen_tank
from lingtan.optimize.assets.link import lower_link
from lingtan.optimize.assets.load import lower_load
from lingtan.optimize.assets.outside import lower_outside
from lingtan.optimize.assets.process_load import lower_plan_of
from lingtan.optimize.assets.renovation import lower_renovation
from lingtan.optimize.assets.stream import lower_stream
from lingtan.optimize.assets.thermal_store import lower_thermal_store
from lingtan.optimize.assets.thermostatic_load import lower_thermostatic_load
from lingtan.optimize.effort import SIZING
from lingtan.optimize.island import lower_island
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.modules import lower_modules
from lingtan.optimize.program import Program
from lingtan.optimize.start import OFF_FOR_LONG, Start
from lingtan.park import (
    COUNTED,
    Asset,
    Battery,
    Byproduct,
    Converting,
    Demand,
    EvFleet,
    FirmLine,
    FlexibleLoad,
    HydrogenTank,
    Load,
    Pipe,
    ProcessLoad,
    Pv,
    Renovation,
    Sale,
    Storing,
    Supply,
    ThermalStore,
    ThermostaticLoad,
    Transformer,
    Vent,
    WasteHeat,
    Wind,
    Yielding,
    flow_names,
)
from lingtan.park.assets.commitment import Startable
from lingtan.park.size import sizes_in
from lingtan.plant.conversion import Conversion, Levels
from lingtan.plant.conversions import conversion_of
from lingtan.plant.renovation import target_of


def lay_out(case: Case, start: Start | None = None, layout: Layout | None = None) -> Layout:
    """Buses, connections and assets of a case as columns and rows; every flow of the park is published.

    In a layout that is given, or in a new one. Sizes in modules are counted.
    """
    park, grid = case.park, case.grid
    layout = layout or Layout(grid.steps, grid.step_hours, program=Program(effort=SIZING))
    for name, bus in park.buses.items():
        layout.bus(name, COUNTED[bus.carrier].rate)
    for name, connection in park.connections.items():
        lower_connection(name, connection, layout)
    levels = Levels.of(park, case.outside_c())
    for name, asset in park.assets.items():
        _lower(name, asset, case, levels, layout, start)
    for name, renovation in park.of_family(Renovation):
        target = target_of(park, renovation)
        lower_renovation(name, renovation, target, case.need(renovation.of), park.carrier_at(), layout)
    if start is None:
        lower_island(case, layout)
    lower_modules(park, layout)
    for total, parts in flow_names(park).items():
        whole = Affine.known(np.zeros(grid.steps))
        for part in parts:
            whole = whole + layout.flows[part]
        layout.publish(total, whole)
    return layout


def _lower(name: str, asset: Asset, case: Case, levels: Levels, layout: Layout, start: Start | None) -> None:
    """One asset, by its family."""
    carrier_at = case.park.carrier_at()
    match asset:
        case Load() | FlexibleLoad() | ThermostaticLoad() | EvFleet() | Demand():
            _need(name, asset, case, layout)
        case Renovation():
            pass  # after what it renovates
        case Pv() | Wind() | FirmLine():
            lower_generator(name, asset, case.available_pu(name), layout)
        case Battery():
            begins = None if start is None else start.content_kwh[name]
            lower_battery(name, asset, layout, begins, case.grid.share_of_year * layout.stands_for)
        case ThermalStore() | HydrogenTank():
            _store(name, asset, layout, None if start is None else start.content_kwh[name])
        case Transformer() | Pipe():
            lower_link(name, asset, carrier_at, layout)
        case WasteHeat() | Byproduct():
            lower_stream(name, asset, case.arising(name), carrier_at, layout)
        case Supply() | Vent() | Sale():
            lower_outside(name, asset, carrier_at, layout, case.grid.share_of_year * layout.stands_for)
        case _:
            _convert(name, asset, case, levels, layout, start)


def _need(name: str, asset: Load | FlexibleLoad | Yielding | Demand, case: Case, layout: Layout) -> None:
    """What needs energy."""
    match asset:
        case Load():
            lower_load(name, asset, case.need_kw(name), layout)
        case Demand():
            lower_demand(name, asset, case.need(name), case.park.carrier_at(), layout)
        case FlexibleLoad():
            share = case.grid.share_of_year * layout.stands_for
            lower_flexible(name, asset, case.need(name), case.grid, share, layout)
        case ThermostaticLoad():
            lower_thermostatic_load(name, asset, case.room(name), layout)
        case EvFleet():
            lower_ev_fleet(name, asset, case.plugged(name), layout)


def _store(name: str, asset: Storing, layout: Layout, begins: float | None) -> None:
    """What keeps something else than electricity; it begins with a content, or the horizon is a circle."""
    if isinstance(asset, HydrogenTank):
        lower_hydrogen_tank(name, asset, layout, begins)
    else:
        lower_thermal_store(name, asset, layout, begins)


def _convert(name: str, asset: Converting, case: Case, levels: Levels, layout: Layout, start: Start | None) -> None:
    """A family that turns carriers into others."""
    for sized in sizes_in("assets", {name: asset}):
        layout.size(sized.name, sized.size.min, sized.size.max, sized.size.unit)
    conversion = conversion_of(asset, levels)
    plant = _plant(name, asset, conversion, layout, case.grid, start)
    activities = lower_conversion(name, asset, conversion, case.park.carrier_at(), layout, plant)
    if isinstance(asset, ProcessLoad):
        lower_plan_of(name, asset, activities[conversion.committed_way], case.grid, layout)


def _plant(
    name: str, asset: Converting, conversion: Conversion, layout: Layout, grid: TimeGrid, start: Start | None
) -> Plant | None:
    """What is to be committed of an asset; None where it follows freely. After a start, one that nobody speaks of was off."""
    rules = conversion.commitment
    if rules is None and isinstance(asset, Startable):
        rules = asset.commitment
    if rules is None:
        return None
    was = None if start is None else start.was.get(name, OFF_FOR_LONG)
    return Plant(name, layout.sizes[f"{name}.{conversion.size}"], rules, rules.outages(grid), was=was)
