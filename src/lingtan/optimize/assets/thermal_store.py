"""ThermalStore: two converters around a store, as a battery."""

from __future__ import annotations

from lingtan.optimize.assets.battery import lower_two_way_store
from lingtan.optimize.layout import Layout
from lingtan.park import ThermalStore


def lower_thermal_store(name: str, store: ThermalStore, layout: Layout, start_kwh: float | None = None) -> None:
    """Publish `<name>.charge_kw`, `<name>.discharge_kw` (at the bus), the state `<name>.soc` and both sizes."""
    lower_two_way_store(name, store, layout, start_kwh)
