"""Transformer, Pipe: what is sent from one bus arrives at another, less what is lost, one way at a time."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Index
from lingtan.park import COUNTED, Link, Transformer
from lingtan.park.assets.ports import CarrierAt


def lower_link(name: str, link: Link, carrier_at: CarrierAt, layout: Layout) -> None:
    """Publish what arrives, `<name>.forward_<unit>` and, both ways, `<name>.backward_<unit>`, and `<name>.loss_<unit>`.

    Both ways are the pair of one device (`Layout.opposed`): a link never sends in a circle to burn what is over.
    """
    sent, lost = 1.0 / link.arriving, Affine.known(np.zeros(layout.steps))
    ends = [(link.source_bus, link.bus), (link.bus, link.source_bus)]
    arriving = _arriving(name, link, carrier_at, layout)
    for way, (source, sink) in zip(arriving, ends, strict=False):
        columns = arriving[way]
        layout.publish(f"{name}.{way}", Affine.of(columns))
        layout.inject(source, Affine.of(columns, -sent))
        layout.inject(sink, Affine.of(columns))
        lost = lost + Affine.of(columns, sent - 1.0)
    layout.publish(f"{name}.{link.flow_lost(carrier_at)}", lost)
    if link.two_way:
        one, other = arriving.values()
        layout.opposed[name] = one, other
        if link.arriving == 1.0:
            layout.netted.append((one, other))


def _arriving(name: str, link: Link, carrier_at: CarrierAt, layout: Layout) -> dict[str, Index]:
    """Columns of what arrives each way, within the capacity of a transformer or the limit of a pipe."""
    ways = link.ways(carrier_at)
    if isinstance(link, Transformer):
        capacity = layout.size(f"{name}.capacity_kva", link.capacity.min, link.capacity.max, "kVA")
        return {way: layout.bounded(f"{name}.{way}", capacity, link.power_factor) for way in ways}
    carrier = carrier_at[link.bus]
    most = np.inf if link.limit is None else link.limit.at(carrier)
    return {
        way: layout.program.columns(f"{name}.{way}", layout.steps, COUNTED[carrier].rate, upper=most) for way in ways
    }
