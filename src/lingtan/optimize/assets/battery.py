"""Battery: two converters around a store.

Charging takes a kilowatt from the bus and gives `charge_efficiency` to the cells; discharging takes a kilowatt from the cells
and gives `discharge_efficiency` to the bus. The cells are a bus of their own, so their balance is the storage equation.
"""

from __future__ import annotations

import numpy as np

from lingtan.optimize.assets.converter import Converter, lower_converter
from lingtan.optimize.assets.store import Store, lower_store
from lingtan.optimize.layout import Affine, Layout
from lingtan.park import Battery, ThermalStore


def lower_battery(
    name: str, battery: Battery, layout: Layout, start_kwh: float | None = None, share_of_year: float = 1.0
) -> None:
    """As `lower_two_way_store`, with the powers of each way, the reserve, and `share_of_year` of the most cycles of a year."""
    shares = battery.charge_share, battery.discharge_share
    lower_two_way_store(name, battery, layout, start_kwh, shares=shares, reserve=battery.reserve)
    if battery.cycles_per_year is not None:
        _limit_cycles(name, battery, battery.cycles_per_year * share_of_year, layout)


def _limit_cycles(name: str, battery: Battery, cycles: float, layout: Layout) -> None:
    """What the cells discharge is at most some cycles of the energy."""
    energy = layout.sizes[f"{name}.energy_kwh"]
    most = cycles * energy.known if energy.column is None else 0.0
    row = layout.program.rows(f"{name}.cycles", 1, "kWh", lower=-np.inf, upper=most)
    _, discharge = layout.opposed[name]
    drawn = layout.hours / battery.discharge_efficiency
    layout.program.put(np.broadcast_to(row, discharge.shape), discharge, drawn)
    if energy.column is not None:
        layout.program.put(row, np.array([energy.column]), -cycles)


def lower_two_way_store(
    name: str,
    battery: Battery | ThermalStore,
    layout: Layout,
    start_kwh: float | None = None,
    *,
    shares: tuple[float, float] = (1.0, 1.0),
    reserve: float = 0.0,
) -> None:
    """Publish `<name>.charge_kw`, `<name>.discharge_kw` (at the bus), the state `<name>.soc` and both sizes.

    `start_kwh` is the content it starts with; without it the horizon is a circle. `shares` of the power bound charging and
    discharging, and the content stays at or above a `reserve` of the energy.
    """
    cells = f"{name}.cells"
    layout.bus(cells)
    power = layout.size(f"{name}.power_kw", battery.power.min, battery.power.max, "kW")
    energy = layout.size(f"{name}.energy_kwh", battery.energy.min, battery.energy.max, "kWh")
    ways = {
        "charge_kw": {battery.bus: -1.0, cells: battery.charge_efficiency},
        "discharge_kw": {battery.bus: 1.0, cells: -1.0 / battery.discharge_efficiency},
    }
    columns = {
        way: lower_converter(Converter(f"{name}.{way}", ports, share), power, layout)
        for (way, ports), share in zip(ways.items(), shares, strict=True)
    }
    for way in ways:
        layout.publish(f"{name}.{way}", Affine.of(columns[way]))
    layout.opposed[name] = columns["charge_kw"], columns["discharge_kw"]
    loss_per_hour = 1.0 - (1.0 - battery.standing_loss_per_day) ** (1.0 / 24.0)
    content = lower_store(Store(f"{name}.content_kwh", cells, loss_per_hour, reserve), energy, layout, start_kwh)
    layout.states[f"{name}.soc"] = (Affine.of(content), energy)
