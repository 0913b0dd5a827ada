"""Demand: a need of any carrier but electricity that is served, or cut and reported."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array
from lingtan.park import COUNTED, Demand
from lingtan.park.assets.ports import CarrierAt
from lingtan.park.carriers import flow_of


def lower_demand(name: str, demand: Demand, need: Array, carrier_at: CarrierAt, layout: Layout) -> None:
    """Publish `<name>.demand_<unit>` (known) and `<name>.shortfall_<unit>`, what of it cannot be served."""
    carrier = carrier_at[demand.bus]
    layout.publish(f"{name}.{flow_of('demand', carrier)}", Affine.known(need))
    cut = f"{name}.{flow_of('shortfall', carrier)}"
    columns = layout.program.columns(cut, layout.steps, COUNTED[carrier].rate, upper=np.maximum(need, 0.0))
    layout.publish(cut, Affine.of(columns))
    layout.inject(demand.bus, Affine.known(-need) + Affine.of(columns))
