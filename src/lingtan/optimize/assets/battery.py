"""Battery: two converters around a store.

Charging takes a kilowatt from the bus and gives `charge_efficiency` to the cells; discharging takes a kilowatt from the cells
and gives `discharge_efficiency` to the bus. The cells are a bus of their own, so their balance is the storage equation.
"""

from __future__ import annotations

from lingtan.optimize.assets.converter import Converter, lower_converter
from lingtan.optimize.assets.store import Store, lower_store
from lingtan.optimize.layout import Affine, Layout
from lingtan.park import Battery, ThermalStore


def lower_battery(name: str, battery: Battery, layout: Layout, start_kwh: float | None = None) -> None:
    """As `lower_two_way_store`."""
    lower_two_way_store(name, battery, layout, start_kwh)


def lower_two_way_store(
    name: str, battery: Battery | ThermalStore, layout: Layout, start_kwh: float | None = None
) -> None:
    """Publish `<name>.charge_kw`, `<name>.discharge_kw` (at the bus), the state `<name>.soc` and both sizes.

    `start_kwh` is the content it starts with; without it the horizon is a circle.
    """
    cells = f"{name}.cells"
    layout.bus(cells)
    power = layout.size(f"{name}.power_kw", battery.power.min, battery.power.max, "kW")
    energy = layout.size(f"{name}.energy_kwh", battery.energy.min, battery.energy.max, "kWh")
    ways = {
        "charge_kw": {battery.bus: -1.0, cells: battery.charge_efficiency},
        "discharge_kw": {battery.bus: 1.0, cells: -1.0 / battery.discharge_efficiency},
    }
    columns = {way: lower_converter(Converter(f"{name}.{way}", ports), power, layout) for way, ports in ways.items()}
    for way in ways:
        layout.publish(f"{name}.{way}", Affine.of(columns[way]))
    layout.opposed[name] = columns["charge_kw"], columns["discharge_kw"]
    loss_per_hour = 1.0 - (1.0 - battery.standing_loss_per_day) ** (1.0 / 24.0)
    content = lower_store(Store(f"{name}.content_kwh", cells, loss_per_hour), energy, layout, start_kwh)
    layout.states[f"{name}.soc"] = (Affine.of(content), energy)
