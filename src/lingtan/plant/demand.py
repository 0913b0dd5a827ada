"""Demand: what members need of a carrier; nothing steers it here."""

from __future__ import annotations

from lingtan.park import Carrier
from lingtan.park.carriers import flow_of
from lingtan.plant.ambient import Array


def run_demand(need: Array, carrier: Carrier) -> dict[str, Array]:
    """Points of a demand, in the unit of its carrier."""
    return {flow_of("demand", carrier): need}
