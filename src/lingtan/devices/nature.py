"""Natures: what a device of a family can say and be told, whoever made it. Templates fill them with registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Family = Literal["battery", "pv", "wind", "load", "firm_line", "connection"]

SIGNS_OF_LIFE: tuple[str, ...] = ("heartbeat", "clock_s")
"""What any device may show: a counter of its own, and its clock."""

REVERT, REVERT_TIME, REVERT_REMAINING = "revert_kw", "revert_time_s", "revert_remaining_s"
CONTROLLER_HEARTBEAT = "controller_heartbeat"

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "power_kw": "kW",
        "available_kw": "kW",
        "soc": "1",
        "state": "1",
        "demand_kw": "kW",
        "import_kwh": "kWh",
        "export_kwh": "kWh",
        "heartbeat": "1",
        "clock_s": "s",
        "set_power_kw": "kW",
        "set_limit_kw": "kW",
        REVERT: "kW",
        REVERT_TIME: "s",
        REVERT_REMAINING: "s",
        CONTROLLER_HEARTBEAT: "1",
    }
)
"""Every quantity that a template may name, with its unit; signs are the park's (`power_kw > 0` gives energy to the bus)."""


@dataclass(frozen=True)
class Nature:
    """What a family must show, may show, and what it can be told."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    set_point: str | None = None

    @property
    def points(self) -> tuple[str, ...]:
        """All quantities that may be read."""
        return (*self.required, *self.optional, *SIGNS_OF_LIFE)


NATURES: Mapping[Family, Nature] = MappingProxyType(
    {
        "battery": Nature(("power_kw", "soc", "state"), set_point="set_power_kw"),
        "pv": Nature(("power_kw", "available_kw", "state"), set_point="set_limit_kw"),
        "wind": Nature(("power_kw", "available_kw", "state"), set_point="set_limit_kw"),
        "load": Nature(("power_kw",)),
        "firm_line": Nature(("power_kw",)),
        "connection": Nature(("power_kw", "demand_kw", "import_kwh", "export_kwh")),
    }
)
"""What each family of asset is made of, seen from a wire."""
