"""WasteHeat, Byproduct: what arises is taken by the bus, or got rid of at a price."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array
from lingtan.park import COUNTED, Stream
from lingtan.park.assets.ports import CarrierAt


def lower_stream(name: str, stream: Stream, arising: Array, carrier_at: CarrierAt, layout: Layout) -> None:
    """Publish what the bus takes (`<name>.heat_kw`, …) and what it leaves (`<name>.rejected_kw`, `<name>.flared_…`).

    One column a step, of what is left: as with a demand, the balance of the bus is the only row.
    """
    left = f"{name}.{stream.flow_left(carrier_at)}"
    rate = COUNTED[carrier_at[stream.bus]].rate
    columns = layout.program.columns(left, layout.steps, rate, upper=np.maximum(arising, 0.0))
    taken = Affine.known(arising) + Affine.of(columns, -1.0)
    layout.publish(left, Affine.of(columns))
    layout.publish(f"{name}.{stream.flow_at('bus', carrier_at)}", taken)
    layout.inject(stream.bus, taken)
