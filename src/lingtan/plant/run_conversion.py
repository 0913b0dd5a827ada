"""A converter as it runs: it follows the activities that are wanted of it, within its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from lingtan.park import Carrier, Converting, ProcessLoad
from lingtan.park.assets.ports import CarrierAt
from lingtan.plant.ambient import Array
from lingtan.plant.conversion import Conversion
from lingtan.tolerances import AT_LIMIT_RELATIVE

STANDBY = "standby"
"""What is wanted of a plant that shall stay warm while it does not run: above zero where it shall."""


def run_conversion(
    asset: Converting, conversion: Conversion, size: float, wanted: Mapping[str, Array], carrier_at: CarrierAt
) -> tuple[dict[str, Array], dict[str, Array]]:
    """What flows at each bus (given > 0) and the points of the asset, from the wanted activities, each (T,).

    An activity that nobody wants is 0. All of them are cut in proportion where a bound would be broken. A plant with a least load
    that is asked for less does not run; where `wanted` holds a `STANDBY` above zero it stands by then. Ramps and times up and down
    are the planner's to keep.
    """
    steps = next(iter(wanted.values())).size
    activities = {way: np.maximum(wanted.get(way, np.zeros(steps)), 0.0) for way in conversion.ways}
    cut = _share_allowed(conversion, size, activities, steps) * _running(conversion, size, activities)
    by_input = _by_input(conversion, size, activities, cut)
    standing_by = _standby_kw(conversion, size, wanted, cut)
    given: dict[str, Array] = {}
    points: dict[str, Array] = {}
    for port in asset.ports():
        carrier: Carrier = carrier_at[port.bus]
        flow = np.zeros(steps)
        for way, ports in conversion.ways.items():
            flow = flow + activities[way] * cut * ports.get(port.field, 0.0)
        flow = flow + by_input.get(port.field, 0.0)
        if port.way == "takes":
            flow = flow + standing_by * conversion.first_ports.get(port.field, 0.0)
        given[port.bus] = given.get(port.bus, np.zeros(steps)) + flow
        points[asset.flow(port, carrier)] = -flow if port.way == "takes" else flow
    if isinstance(asset, ProcessLoad):
        points["product_t_per_h"] = activities[conversion.committed_way] * cut / asset.specific_energy
    return given, points


def _running(conversion: Conversion, size: float, activities: Mapping[str, Array]) -> Array | float:
    """1 where the plant runs, 0 where it is asked for less than its least load, (T,)."""
    if conversion.commitment is None:
        return 1.0
    least = conversion.commitment.minimum_load * size
    return np.where(activities[conversion.committed_way] >= least * (1.0 - AT_LIMIT_RELATIVE), 1.0, 0.0)


def _by_input(conversion: Conversion, size: float, activities: Mapping[str, Array], cut: Array) -> Mapping[str, Array]:
    """What flows at ports by the input of a part-load curve, (T,) each."""
    curve = conversion.curve
    if curve is None:
        return {}
    output = activities[curve.way] * cut
    loads, inputs = curve.part_load.curve()
    taken = np.where(output > 0.0, np.interp(output / size if size > 0.0 else output, loads, inputs) * size, 0.0)
    return {field: taken * each for field, each in curve.ports.items()}


def _standby_kw(conversion: Conversion, size: float, wanted: Mapping[str, Array], cut: Array) -> Array | float:
    """The power that standing by takes where it is wanted and the plant does not run, (T,)."""
    rules = conversion.commitment
    if rules is None or rules.standby_power is None or STANDBY not in wanted:
        return 0.0
    runs = (wanted.get(conversion.committed_way, np.zeros_like(cut)) > 0.0) & (cut > 0.0)
    return np.where((wanted[STANDBY] > 0.0) & ~runs, rules.standby_power * size, 0.0)


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
