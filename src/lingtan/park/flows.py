"""The names of all flows that a park publishes: what terms may speak of."""

from __future__ import annotations

from lingtan.park.assets import Battery, EvFleet, FirmLine, Pv, Wind
from lingtan.park.park import Park

TOTALS: tuple[str, ...] = (
    "load_kw",
    "import_kw",
    "export_kw",
    "generation_kw",
    "curtailed_kw",
    "charge_kw",
    "discharge_kw",
    "shortfall_kw",
)
"""Sums of electricity over the whole park, each ≥ 0 [kW]; load is all use, also of heat pumps and electrolyzers; generation is
delivered, curtailed is what was available and not taken; driving is a load, and what the batteries of vehicles give to it a
discharge. Other carriers have no totals, only flows of their assets."""


def flow_names(park: Park) -> dict[str, tuple[str, ...]]:
    """The flows of each total: `{"generation_kw": ("pv.generation_kw", "wind.generation_kw"), …}`, all in kW.

    State of charge (`battery.soc`, 0 to 1) is a state and not a flow, so it is not among them.
    """
    parts: dict[str, list[str]] = {total: [] for total in TOTALS}
    for name in park.connections:
        parts["import_kw"].append(f"{name}.import_kw")
        parts["export_kw"].append(f"{name}.export_kw")
    for name, need in park.electric_needs():
        parts["load_kw"].append(f"{name}.{need.USED}")
        parts["shortfall_kw"].append(f"{name}.shortfall_kw")
    for name, asset in park.assets.items():
        match asset:
            case Battery():
                parts["charge_kw"].append(f"{name}.charge_kw")
                parts["discharge_kw"].append(f"{name}.discharge_kw")
            case EvFleet():
                parts["charge_kw"].append(f"{name}.charge_kw")
                parts["discharge_kw"] += [f"{name}.discharge_kw", f"{name}.driven_kw"]
            case Pv() | Wind() | FirmLine():
                parts["generation_kw"].append(f"{name}.generation_kw")
                parts["curtailed_kw"].append(f"{name}.curtailed_kw")
            case _:
                pass
    parts["load_kw"] += [f"{name}.consumption_kw" for name in park.users()]
    parts["generation_kw"] += [f"{name}.generation_kw" for name in park.makers()]
    return {total: tuple(names) for total, names in parts.items()}
