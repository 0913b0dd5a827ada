"""Plants of a few assets, for tests of how they behave."""

from __future__ import annotations

from typing import Any

from lingtan.plant import Ambient, Plant, plant_of
from tests.small_parks import battery, park_of, pv

LOAD = {"family": "load", "profile": "need"}
CALM = Ambient({"works": 0.0}, {})


def plant_with(assets: dict[str, Any] | None = None, connection: dict[str, Any] | None = None, **parts: Any) -> Plant:
    """A load `works` beside other assets on the bus `main` with the connection `grid` (1,000 kW)."""
    return plant_of(park_of({"works": LOAD, **(assets or {})}, connection, **parts))


def with_battery(power: float = 100.0, energy: float = 200.0, **more: Any) -> Plant:
    """A load and a battery, without losses unless said."""
    return plant_with({"battery": battery(power, energy, **more)})


def sunny() -> Plant:
    """A load, 400 kW of PV and a lossless battery of 100 kW and 200 kWh."""
    return plant_with({"pv": pv(400.0), "battery": battery(100.0, 200.0)})


def line(**more: Any) -> dict[str, Any]:
    """A firm line of 300 kW."""
    return {"family": "firm_line", "source": "hydro", "power": 300.0, "price": 0.3, "legal_basis": "test", **more}
