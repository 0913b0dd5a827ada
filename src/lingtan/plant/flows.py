"""From measured points to the flows that an account takes: each its own direction, none below zero."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.park import (
    Asset,
    Battery,
    Demand,
    EvFleet,
    FirmLine,
    FlexibleLoad,
    HydrogenTank,
    Load,
    Park,
    ProcessLoad,
    Pv,
    Renovation,
    ThermalStore,
    ThermostaticLoad,
    Wind,
    flow_names,
)
from lingtan.park.carriers import flow_of
from lingtan.plant.ambient import Array
from lingtan.plant.flexible import flexible_flows


def flows_of(park: Park, points: Mapping[str, Array]) -> dict[str, Array]:
    """Every flow of the park and the totals [kW, (T,)], from its points.

    Split directions before averaging: a quarter-hour that imports and exports in turn has both. What a plant could have given and
    did not is curtailed, by its `available_kw`; a plant in memory serves every need, so shortfall is zero but for vehicles that
    leave without.
    """
    flows: dict[str, Array] = {}
    for name in park.connections:
        power = points[f"{name}.power_kw"]
        flows[f"{name}.import_kw"], flows[f"{name}.export_kw"] = _split(power)
    for name, asset in park.assets.items():
        flows |= _flows_of_asset(name, asset, park, points)
    steps = next(iter(flows.values())).size
    totals = {total: sum((flows[part] for part in parts), np.zeros(steps)) for total, parts in flow_names(park).items()}
    return flows | totals


def _flows_of_asset(name: str, asset: Asset, park: Park, points: Mapping[str, Array]) -> dict[str, Array]:
    match asset:
        case Load() | ThermostaticLoad():
            power = points[f"{name}.power_kw"]
            return {f"{name}.load_kw": np.maximum(-power, 0.0), f"{name}.shortfall_kw": np.zeros_like(power)}
        case FlexibleLoad():
            flows = flexible_flows(asset, points[f"{name}.power_kw"], points[f"{name}.need_kw"])
            return {f"{name}.{flow}": values for flow, values in flows.items()}
        case ProcessLoad():
            missed = {f"{name}.shortfall_t_per_h": np.zeros_like(points[f"{name}.product_t_per_h"])}
            return {flow: values for flow, values in points.items() if flow.startswith(f"{name}.")} | missed
        case Renovation():
            prefix = f"{name}.saved_"
            return {point: values for point, values in points.items() if point.startswith(prefix)}
        case Demand():
            flow = flow_of("demand", park.buses[asset.bus].carrier)
            need = points[f"{name}.{flow}"]
            return {f"{name}.{flow}": need, f"{name}.{flow.replace('demand', 'shortfall')}": np.zeros_like(need)}
        case Battery() | ThermalStore():
            given, taken = _split(points[f"{name}.power_kw"])
            return {f"{name}.discharge_kw": given, f"{name}.charge_kw": taken}
        case EvFleet():
            given, taken = _split(points[f"{name}.power_kw"])
            driving, driven = points[f"{name}.driving_kw"], points[f"{name}.driven_kw"]
            own = {"charge_kw": taken, "discharge_kw": given, "driving_kw": driving, "driven_kw": driven}
            return {f"{name}.{flow}": values for flow, values in (own | {"shortfall_kw": driving - driven}).items()}
        case HydrogenTank():
            given, taken = _split(points[f"{name}.flow_kg_per_h"])
            return {f"{name}.discharge_kg_per_h": given, f"{name}.charge_kg_per_h": taken}
        case Pv() | Wind() | FirmLine():
            power, available = points[f"{name}.power_kw"], points[f"{name}.available_kw"]
            curtailed = np.maximum(available - power, 0.0)
            return {f"{name}.generation_kw": np.maximum(power, 0.0), f"{name}.curtailed_kw": curtailed}
        case _:
            names = (f"{name}.{flow}" for flow in asset.flows(park.carrier_at()))
            return {flow: points[flow] for flow in names}


def _split(power_kw: Array) -> tuple[Array, Array]:
    return np.maximum(power_kw, 0.0), np.maximum(-power_kw, 0.0)
