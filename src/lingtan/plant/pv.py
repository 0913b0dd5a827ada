"""PV: the inverter delivers what the sun offers, or its limit if that is less, within a step."""

from __future__ import annotations

from lingtan.plant.ambient import Array
from lingtan.plant.generator import limited_kw, offered_kw


def run_pv(rated_kw: float, available_pu: Array, limit_kw: Array | None) -> dict[str, Array]:
    """Points of a PV plant."""
    available = offered_kw(rated_kw, available_pu)
    return {"power_kw": limited_kw(available, limit_kw), "available_kw": available}
