"""What lies outside a bus balances it: sales take what is over, then vents; supplies give what is missing.

In the order of the park file, each within its limit. What is left then, nobody takes: the plant reports it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.park import Outside, Sale, Supply, Vent
from lingtan.park.assets.ports import CarrierAt
from lingtan.plant.ambient import Array

ORDER = (Sale, Vent, Supply)
"""Selling comes before letting go."""


def run_outside(
    assets: Mapping[str, Outside], over: Array, carrier_at: CarrierAt
) -> tuple[Array, dict[str, dict[str, Array]]]:
    """What is over at one bus (below zero: missing) after its assets took and gave; and the points of each."""
    points: dict[str, dict[str, Array]] = {}
    for family in ORDER:
        for name, asset in assets.items():
            if not isinstance(asset, family):
                continue
            most = np.inf if asset.limit is None else asset.limit.at(carrier_at[asset.bus])
            sign = -1.0 if isinstance(asset, Supply) else 1.0
            moved = np.clip(sign * over, 0.0, most)
            over = over - sign * moved
            points[name] = {asset.flow_at("bus", carrier_at): moved}
    return over, points
