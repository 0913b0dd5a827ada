"""A small site for tests of control: a factory, a PV plant, a battery, and a meter at 950 kW."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lingtan.control import ControlSettings, ControlSite, Image, Quality, Reading, site_of
from lingtan.park import Park
from tests import small_parks

NOON = 1_795_406_400_000
"""2026-11-23 04:00 UTC, noon in Shanghai; a quarter-hour begins."""


def control_park(battery: Mapping[str, Any] | None = None, connection: Mapping[str, Any] | None = None) -> Park:
    """Battery 500 kW / 1 MWh at 0.95 each way, PV 400 kW, no export, import up to 950 kW."""
    cells = {"charge_efficiency": 0.95, "discharge_efficiency": 0.95, **(battery or {})}
    assets = {
        "battery": {**small_parks.battery(500.0, 1000.0), **cells},
        "pv": small_parks.pv(400.0),
        "factory": {"family": "load", "profile": "need"},
    }
    return small_parks.park_of(assets, {"power_factor": 0.95, **(connection or {})})


def control_site(connection: Mapping[str, Any] | None = None, **settings: Any) -> ControlSite:
    return site_of(control_park(connection=connection), ControlSettings(**settings))


def image_of(now_ms: int, values: Mapping[str, float | None], age_s: float = 0.2) -> Image:
    """Good readings of these points, in the unit of their name."""
    return Image(
        now_ms,
        {
            point: Reading(value, "1" if point.endswith((".soc", ".state")) else "kW", Quality.GOOD, age_s)
            for point, value in values.items()
        },
    )
