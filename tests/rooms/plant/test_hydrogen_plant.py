"""Hydrogen as it behaves: what a plan in whole numbers asks for comes back as its flows, at part load and standing by."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import committed_plan, energy_case
from tests.proofs.test_hydrogen import CURVE, GAS_H2, HOT, electrolyzer

SELLING = {"town": {"family": "sale", "bus": "h2", "price": "40 CNY/kg"}, "cooler": {"family": "vent", "bus": "hot"}}
RULES = {"start_cost": 0.3, "standby_power": 0.05, "minimum_load": 0.3}
STEPS = 4
AMBIENT = AmbientSeries({"works": np.zeros(STEPS)}, {})


def test_the_plant_does_what_was_planned() -> None:
    """Part load, recovered heat and standing by: one statement of physics, two readers."""
    plant = electrolyzer(part_load=CURVE, heat_bus="hot", heat_share=0.2, commitment={**RULES, "ramp": 0.7})
    case = energy_case({"plant": plant, **SELLING}, GAS_H2 | HOT, steps=STEPS)
    table = committed_plan(case, [0.2, 3.0, 0.2, 9.0]).table
    output = table["plant.hydrogen_kg_per_h"] * 33.33 / 0.6
    stands_by = (output < 1e-6) & (table["plant.consumption_kw"] > 1e-6)
    assert stands_by.tolist() == [False, True, False, False]
    assert 0.0 < output[0] < 999.0 or 0.0 < output[2] < 999.0  # the ramp keeps one hour at part load
    orders = {"plant": output, "plant.standby": stands_by.astype(float)}
    built = plant_of(case.park)
    _, points = run(built, initial_state(built), orders, AMBIENT, 3600.0)
    flows = flows_of(case.park, points)
    for name in ("plant.consumption_kw", "plant.hydrogen_kg_per_h", "plant.heat_kw", "town.sold_kg_per_h", "load_kw"):
        assert flows[name] == pytest.approx(table[name], abs=1e-3), name


def test_it_does_not_run_below_its_least_load() -> None:
    """299 kW of a plant that runs from 300 kW on: nothing, not a little."""
    case = energy_case({"plant": electrolyzer(commitment=RULES), **SELLING}, GAS_H2 | HOT, steps=STEPS)
    built = plant_of(case.park)
    orders = {"plant": np.array([299.0, 300.0, 2000.0, 0.0])}
    _, points = run(built, initial_state(built), orders, AMBIENT, 3600.0)
    assert points["plant.consumption_kw"] == pytest.approx([0.0, 300.0, 1000.0, 0.0])
