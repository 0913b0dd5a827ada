"""A plant with a part-load curve as one activity: what its output earns and takes, all segments of the curve together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lingtan.optimize.explain import RATES, Activity, Part, PartKind
from lingtan.tolerances import noticed_in

SEGMENT = ".segment_"
"""Columns of a part-load curve, by their name."""


def as_one(activities: Sequence[Activity], step_hours: float) -> Activity | None:
    """The output of such a plant with all that the plant gives and takes, per unit of the output; None where it is no such plant.

    A unit of a segment is a unit of no bus, and being on is none either: what the whole output takes, divided by it, can be read.
    """
    output = next((each for each in activities if each.is_flow and SEGMENT not in each.name), None)
    if output is None or output.amount <= noticed_in(output.rate_unit):
        return None
    if not any(SEGMENT in each.name for each in activities):
        return None
    summed: dict[tuple[PartKind, str], tuple[float, float]] = {}
    for each in (output, *(other for other in activities if other is not output)):
        share = each.amount / output.amount
        money = share if each.rate_unit in RATES else share / step_hours
        for part in each.parts:
            cny, amount = summed.get((part.kind, part.name), (0.0, 0.0))
            summed[part.kind, part.name] = cny + money * part.cny_per_unit, amount + share * part.per_unit
    return replace(output, parts=tuple(Part(*key, *both) for key, both in summed.items()), reduced_cny=0.0)
