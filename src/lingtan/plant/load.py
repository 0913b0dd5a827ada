"""Load: it takes what its members need; nothing steers it here."""

from __future__ import annotations

from lingtan.plant.ambient import Array


def run_load(need_kw: Array) -> dict[str, Array]:
    """Points of a load; its power is below zero, for it takes energy from the bus."""
    return {"power_kw": -need_kw}
