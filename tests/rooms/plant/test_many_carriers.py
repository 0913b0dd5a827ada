"""A plant of several carriers: it obeys the statement that the optimizer plans by, and what nobody takes is reported."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import energy_case, planned

BUSES = {
    "hot": {"carrier": "heat", "temperature": 85.0},
    "pipe": {"carrier": "gas", "heating_value": 10.0},
}
ASSETS: dict[str, Any] = {
    "heat_need": {"family": "demand", "bus": "hot", "profile": "need"},
    "pump": {"family": "heat_pump", "input": "main", "bus": "hot", "power": 40.0, "pinch": 0.0},
    "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 200.0, "efficiency": 0.9},
    "tank": {"family": "thermal_store", "bus": "hot", "power": 30.0, "energy": 60.0, "standing_loss_per_day": 0.1},
    "gas": {"family": "supply", "bus": "pipe", "price": 3.0},
    "cooler": {"family": "vent", "bus": "hot", "cost": 0.01},
}
SERIES = {"need": ("kW", [30.0, 90.0, 60.0, 20.0]), "air": ("°C", [-5.0, 0.0, 5.0, 10.0])}
SITE = {"zone": "Asia/Shanghai", "temperature": "air"}
PRICES = [0.2, 1.2, 1.2, 0.2]


def ambient(case: Any) -> AmbientSeries:
    return AmbientSeries({"heat_need": case.need("heat_need")}, {}, case.outside_c())


def test_the_plant_does_what_was_planned() -> None:
    """The activities of the plan, given as set-points, come back as its flows: one statement of physics, two readers."""
    case = energy_case(ASSETS, BUSES, steps=4, series=SERIES, site=SITE)
    plan = planned(case, PRICES)
    plant = plant_of(case.park)
    table = plan.table
    orders = {"pump": table["pump.heat_kw"], "boiler": table["boiler.heat_kw"]}
    orders["tank"] = table["tank.discharge_kw"] - table["tank.charge_kw"]
    state = initial_state(plant, {"tank": float(table["tank.soc"][-1])})  # a circle ends where it began
    _, points = run(plant, state, orders, ambient(case), 3600.0)
    flows = flows_of(case.park, points)
    for name in ("pump.consumption_kw", "boiler.gas_in_m3_per_h", "gas.supply_m3_per_h", "tank.charge_kw", "load_kw"):
        assert flows[name] == pytest.approx(table[name], abs=1e-4), name
    assert points["tank.soc"] == pytest.approx(table["tank.soc"], abs=1e-6)
    assert np.abs(points["hot.unbalanced_kw"]).max() < 1e-4


def test_what_nobody_takes_is_reported_in_the_unit_of_its_carrier() -> None:
    """A boiler without anyone to buy its gas: rules out gas from nowhere."""
    assets = {name: asset for name, asset in ASSETS.items() if name != "gas"}
    case = energy_case(assets, BUSES, steps=4, series=SERIES, site=SITE)
    plant = plant_of(case.park)
    _, points = run(plant, initial_state(plant), {"boiler": np.full(4, 90.0)}, ambient(case), 3600.0)
    assert points["pipe.unbalanced_m3_per_h"] == pytest.approx([-10.0] * 4)
    assert points["cooler.vented_kw"] == pytest.approx([60.0, 0.0, 30.0, 70.0])


def test_a_converter_keeps_within_its_size() -> None:
    """500 kW wanted of a heat pump of 40 kW: its input is that of 40 as well."""
    case = energy_case(ASSETS, BUSES, steps=4, series=SERIES, site=SITE)
    plant = plant_of(case.park)
    _, points = run(plant, initial_state(plant), {"pump": np.full(4, 500.0)}, ambient(case), 3600.0)
    assert points["pump.heat_kw"] == pytest.approx([40.0] * 4)
    cop = 0.5 * 358.15 / (85.0 - np.array([-5.0, 0.0, 5.0, 10.0]))
    assert points["pump.consumption_kw"] == pytest.approx(40.0 / cop)


def test_a_thermal_store_loses_what_its_page_says() -> None:
    """54 of 60 kWh after a day at rest with a tenth lost, in one step or in 24; per step instead of per day it would be 4.8."""
    case = energy_case(
        ASSETS, BUSES, steps=24, series={"need": ("kW", [0.0] * 24), "air": ("°C", [0.0] * 24)}, site=SITE
    )
    plant = plant_of(case.park)
    _, points = run(plant, initial_state(plant, {"tank": 1.0}), {}, ambient(case), 3600.0)
    assert points["tank.soc"][-1] == pytest.approx(0.9, rel=1e-12)
