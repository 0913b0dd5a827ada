"""Renovation: a part of a need that is not needed any more, in proportion to how much of it is done.

The need that its load or demand publishes is what is left, so no total counts what is saved, and `saved_…` shows it.
"""

from __future__ import annotations

import numpy as np

from lingtan.optimize.assets.commitment import at_most
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array
from lingtan.park import COUNTED, Demand, Load, Renovation
from lingtan.park.assets.ports import CarrierAt
from lingtan.park.carriers import flow_of


def lower_renovation(
    name: str, renovation: Renovation, target: Load | Demand, need: Array, carrier_at: CarrierAt, layout: Layout
) -> None:
    """Publish `<name>.saved_<unit>` and the size `<name>.extent_pu`, and lower the published need of the target."""
    carrier = carrier_at[target.bus]
    extent = layout.size(f"{name}.extent_pu", renovation.extent.min, renovation.extent.max, "1")
    whole = need * renovation.saving
    known = Affine.known(whole * extent.known)
    saved = known if extent.column is None else Affine.of(np.full(layout.steps, extent.column), whole)
    stem = "load" if isinstance(target, Load) else "demand"
    needed = f"{renovation.of}.{flow_of(stem, carrier)}"
    layout.publish(needed, layout.flows[needed] + saved * -1.0)
    layout.publish(f"{name}.saved_{COUNTED[carrier].rate_ending}", saved)
    layout.inject(target.bus, saved)
    cut = layout.flows[f"{renovation.of}.{flow_of('shortfall', carrier)}"]
    at_most(f"{name}.short_of_what_is_left", cut, layout.flows[needed], layout)
