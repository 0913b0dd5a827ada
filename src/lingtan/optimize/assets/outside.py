"""Supply, Vent, Sale: what crosses the park's boundary, up to a rate and up to an amount of the whole horizon."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Affine, Layout
from lingtan.park import COUNTED, Outside, Supply, Vent
from lingtan.park.assets.ports import CarrierAt


def lower_outside(name: str, asset: Outside, carrier_at: CarrierAt, layout: Layout, share_of_year: float = 1.0) -> None:
    """Publish the one flow of the asset, in the unit of its carrier; a yearly limit counts as `share_of_year` of it."""
    carrier = carrier_at[asset.bus]
    counted = COUNTED[carrier]
    upper = np.inf if asset.limit is None else asset.limit.at(carrier)
    flow = f"{name}.{asset.flow_at('bus', carrier_at)}"
    columns = layout.program.columns(flow, layout.steps, counted.rate, upper=upper)
    layout.publish(flow, Affine.of(columns))
    layout.inject(asset.bus, Affine.of(columns, 1.0 if isinstance(asset, Supply) else -1.0))
    if not isinstance(asset, Vent) and asset.yearly_limit is not None:
        most = asset.yearly_limit.at(carrier) * share_of_year
        row = layout.program.rows(f"{name}.yearly_limit", 1, counted.amount, lower=-np.inf, upper=most)
        layout.program.put(np.broadcast_to(row, columns.shape), columns, layout.hours)
