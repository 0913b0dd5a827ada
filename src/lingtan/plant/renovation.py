"""Renovation: a need that is smaller by what was done."""

from __future__ import annotations

from lingtan.park import COUNTED, Carrier, Demand, Load, Park, Renovation
from lingtan.plant.ambient import Array


def target_of(park: Park, renovation: Renovation) -> Load | Demand:
    """What is renovated; the park's check has seen to it that there is one."""
    target = park.assets[renovation.of]
    assert isinstance(target, Load | Demand)
    return target


def share_left(park: Park, name: str) -> float:
    """Share of the need of a load or a demand that is left after all its renovations [1]."""
    return 1.0 - sum(each.extent.min * each.saving for _, each in park.of_family(Renovation) if each.of == name)


def saved_by(renovation: Renovation, need: Array, carrier: Carrier) -> dict[str, Array]:
    """Points of a renovation: what it saves of a need, in the unit of the need."""
    return {f"saved_{COUNTED[carrier].rate_ending}": need * renovation.extent.min * renovation.saving}
