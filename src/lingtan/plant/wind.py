"""Wind: the turbines deliver what the wind offers, or their limit if that is less, within a step.

Blades need seconds to turn, so below a step of some seconds this is too fast; a ramp is not modeled yet.
"""

from __future__ import annotations

from lingtan.plant.ambient import Array
from lingtan.plant.generator import limited_kw, offered_kw


def run_wind(rated_kw: float, available_pu: Array, limit_kw: Array | None) -> dict[str, Array]:
    """Points of a wind plant."""
    available = offered_kw(rated_kw, available_pu)
    return {"power_kw": limited_kw(available, limit_kw), "available_kw": available}
