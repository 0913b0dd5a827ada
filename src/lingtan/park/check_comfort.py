"""Checks of rooms that are kept warm or cold: how they get it, and what is around them."""

from __future__ import annotations

from collections.abc import Iterator

from lingtan.findings import Finding, say_number
from lingtan.park.assets import ThermostaticLoad
from lingtan.park.park import Park
from lingtan.park.remark import Remark

GIVEN_BY = {"heat": "heating", "cooling": "cooling"}
"""What a carrier that comes as it is can be used for."""


def check_comfort(park: Park) -> Iterator[Remark]:
    """Findings on the buses of thermostatic loads and the temperature around them."""
    for name, load in park.of_family(ThermostaticLoad):
        if load.outside is None and park.site.temperature is None:
            path = ("assets", name, "outside")
            yield Remark(("assets", name), Finding("park.no-outside", ".".join(path)))
        carrier = park.buses[load.bus].carrier if load.bus in park.buses else None
        if carrier not in GIVEN_BY:
            continue
        if load.need != GIVEN_BY[carrier]:
            path = ("assets", name, "need")
            yield Remark(path, Finding("park.need-of-another-bus", ".".join(path), GIVEN_BY[carrier], load.need))
        if load.cop != 1.0:
            path = ("assets", name, "cop")
            yield Remark(path, Finding("park.cop-without-machine", ".".join(path), "1", say_number(load.cop)))
