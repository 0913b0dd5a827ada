"""Firm line: the sender follows the park (以荷定源): it sends what the bus still needs, up to what is available.

So a line never pushes power through the park into the public grid, and no one has to steer it; who does, gives a limit.
"""

from __future__ import annotations

import numpy as np

from lingtan.plant.ambient import Array
from lingtan.plant.generator import limited_kw, offered_kw


def run_firm_line(
    contracted_kw: float, available_pu: Array, needed_kw: Array, limit_kw: Array | None
) -> dict[str, Array]:
    """Points of a line; `needed_kw` is what loads take from its bus beyond what plants and stores give."""
    available = offered_kw(contracted_kw, available_pu)
    sent = np.minimum(limited_kw(available, limit_kw), np.maximum(needed_kw, 0.0))
    return {"power_kw": sent, "available_kw": available}
