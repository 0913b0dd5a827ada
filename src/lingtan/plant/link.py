"""Transformer, Pipe: what is sent arrives less what is lost, up to what the link carries."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.park import Link, Transformer
from lingtan.park.assets.ports import CarrierAt
from lingtan.plant.ambient import Array


def run_link(link: Link, wanted: Array, carrier_at: CarrierAt) -> tuple[dict[str, Array], dict[str, Array]]:
    """What each of both buses gets (above zero) or gives, and the points of a link, from what shall arrive at `bus`, (T,).

    Below zero it is what shall arrive at `source_bus`; a link of one way does nothing then.
    """
    most = _most(link, carrier_at)
    forward, backward = np.clip(wanted, 0.0, most), np.clip(-wanted, 0.0, most if link.two_way else 0.0)
    sent = 1.0 / link.arriving
    points = dict(zip(link.ways(carrier_at), (forward, backward), strict=False))
    points[link.flow_lost(carrier_at)] = (forward + backward) * (sent - 1.0)
    return {link.bus: forward - backward * sent, link.source_bus: backward - forward * sent}, points


def _most(link: Link, carrier_at: CarrierAt) -> float:
    if isinstance(link, Transformer):
        return link.capacity.min * link.power_factor
    return np.inf if link.limit is None else link.limit.at(carrier_at[link.bus])


def from_the_ends(links: Mapping[str, Link]) -> tuple[str, ...]:
    """The order in which links that nobody steers follow what their buses need: those that feed no other link first."""
    left, order = dict(links), list[str]()
    while left:
        sources = {link.source_bus for link in left.values()}
        name = next((name for name, link in left.items() if link.bus not in sources), next(iter(left)))
        order.append(name)
        del left[name]
    return tuple(order)
