"""WasteHeat, Byproduct: the bus gets what it still needs of what arises, and the rest is got rid of."""

from __future__ import annotations

import numpy as np

from lingtan.park import Stream
from lingtan.park.assets.ports import CarrierAt
from lingtan.plant.ambient import Array


def run_stream(asset: Stream, arising: Array, needed: Array, carrier_at: CarrierAt) -> dict[str, Array]:
    """Points of a stream: what its bus takes of it, no more than `needed`, and what is left, (T,) each."""
    given = np.clip(needed, 0.0, arising)
    return {asset.flow_at("bus", carrier_at): given, asset.flow_left(carrier_at): arising - given}
