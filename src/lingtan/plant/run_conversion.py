"""A converter as it runs: it follows the activities that are wanted of it, within its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from lingtan.park import Carrier, Converting
from lingtan.park.assets.ports import CarrierAt
from lingtan.plant.ambient import Array
from lingtan.plant.conversion import Conversion


def run_conversion(
    asset: Converting, conversion: Conversion, size: float, wanted: Mapping[str, Array], carrier_at: CarrierAt
) -> tuple[dict[str, Array], dict[str, Array]]:
    """What flows at each bus (given > 0) and the points of the asset, from the wanted activities, each (T,).

    An activity that nobody wants is 0. All of them are cut in proportion where a bound would be broken.
    """
    steps = next(iter(wanted.values())).size
    activities = {way: np.maximum(wanted.get(way, np.zeros(steps)), 0.0) for way in conversion.ways}
    cut = _share_allowed(conversion, size, activities, steps)
    given: dict[str, Array] = {}
    points: dict[str, Array] = {}
    for port in asset.ports():
        carrier: Carrier = carrier_at[port.bus]
        flow = np.zeros(steps)
        for way, ports in conversion.ways.items():
            flow = flow + activities[way] * cut * ports.get(port.field, 0.0)
        given[port.bus] = given.get(port.bus, np.zeros(steps)) + flow
        points[asset.flow(port, carrier)] = -flow if port.way == "takes" else flow
    return given, points


def _share_allowed(conversion: Conversion, size: float, activities: Mapping[str, Array], steps: int) -> Array:
    """The largest share of all activities that breaks no bound, (T,) [1]."""
    allowed = np.ones(steps)
    for amount, limit in _sides(conversion, size, activities, steps):
        share = np.divide(limit, amount, out=np.ones(steps), where=(amount > limit) & (amount > 0.0))
        allowed = np.minimum(allowed, np.maximum(share, 0.0))
    return allowed


def _sides(
    conversion: Conversion, size: float, activities: Mapping[str, Array], steps: int
) -> Iterator[tuple[Array, Array]]:
    """Both sides of every bound, (T,) each."""
    if not conversion.bounds:
        for activity in activities.values():
            yield activity, np.full(steps, size)
    for bound in conversion.bounds:
        amount = np.zeros(steps)
        for way, by in bound.parts.items():
            amount = amount + activities[way] * by
        yield amount, np.zeros(steps) + bound.share * size
