"""From measured points to the flows that an account takes: each its own direction, none below zero."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.park import Battery, Load, Park, flow_names
from lingtan.plant.ambient import Array


def flows_of(park: Park, points: Mapping[str, Array]) -> dict[str, Array]:
    """Every flow of the park and the totals [kW, (T,)], from its points.

    Split directions before averaging: a quarter-hour that imports and exports in turn has both. What a plant could have given and
    did not is curtailed, by its `available_kw`; a plant in memory serves every need, so shortfall is zero.
    """
    flows: dict[str, Array] = {}
    for name in park.connections:
        power = points[f"{name}.power_kw"]
        flows[f"{name}.import_kw"], flows[f"{name}.export_kw"] = _split(power)
    for name, asset in park.assets.items():
        power = points[f"{name}.power_kw"]
        match asset:
            case Load():
                flows[f"{name}.load_kw"] = np.maximum(-power, 0.0)
                flows[f"{name}.shortfall_kw"] = np.zeros_like(power)
            case Battery():
                flows[f"{name}.discharge_kw"], flows[f"{name}.charge_kw"] = _split(power)
            case _:
                flows[f"{name}.generation_kw"] = np.maximum(power, 0.0)
                flows[f"{name}.curtailed_kw"] = np.maximum(points[f"{name}.available_kw"] - power, 0.0)
    steps = next(iter(flows.values())).size
    totals = {total: sum((flows[part] for part in parts), np.zeros(steps)) for total, parts in flow_names(park).items()}
    return flows | totals


def _split(power_kw: Array) -> tuple[Array, Array]:
    return np.maximum(power_kw, 0.0), np.maximum(-power_kw, 0.0)
