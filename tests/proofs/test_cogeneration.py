"""Electricity from steam, heat and fuel, solved by hand: turbines, back pressure, extraction."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.optimize import Plan, plan
from lingtan.park import Chp, Turbine
from tests.proofs.energy_parks import NEAR, costs_at, energy_case, planned
from tests.proofs.played import check_played
from tests.proofs.refused import refusal

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}
STEAM = {"high": {"carrier": "steam", "pressure": 4.0}, "low": {"carrier": "steam", "pressure": 0.8}}
PIPE = {"pipe": {"carrier": "gas", "heating_value": 10.0}}
GAS = {"gas": {"family": "supply", "bus": "pipe", "price": 3.0}}
LOAD = {"works": {"family": "load", "bus": "main", "profile": "load"}}
HEAT_NEED = {"heat_need": {"family": "demand", "bus": "hot", "profile": "need"}}


def electrode() -> dict[str, Any]:
    return {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 400.0, "efficiency": 1.0}


def chp(**more: Any) -> dict[str, Any]:
    """Gas to 40 % electricity and 50 % heat by back pressure."""
    at = {"fuel_bus": "pipe", "bus": "main", "heat_bus": "hot"}
    return {"family": "chp", **at, "power": 200.0, "efficiency": 0.4, "power_to_heat": 0.8, **more}


def on_or_off(case: Case, price: float) -> Plan:
    """The cheapest schedule on a circle in which plants are on or off."""
    return plan(case, costs_at(case, price), form="committed")


class TestTurbine:
    def test_waste_steam_becomes_electricity(self):
        """500 kW of steam at 20 % are half of the load of 200 kW. Counted as load instead of generation, it would cost more."""
        assets = {
            **LOAD,
            "coke_ovens": {"family": "waste_heat", "bus": "high", "profile": "steam"},
            "turbine": {"family": "turbine", "source_bus": "high", "bus": "main", "power": 300.0, "efficiency": 0.2},
        }
        case = energy_case(assets, STEAM, series={"load": ("kW", [200.0]), "steam": ("kW", [500.0])})
        result = planned(case)
        assert result.table["turbine.generation_kw"] == pytest.approx([100.0], rel=NEAR)
        assert result.table["turbine.steam_in_kw"] == pytest.approx([500.0], rel=NEAR)
        assert result.table["generation_kw"] == pytest.approx([100.0], rel=NEAR)
        assert result.table["load_kw"] == pytest.approx([200.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(100 * 0.5, rel=NEAR)
        check_played(case, result)

    def test_back_pressure_steam_serves_once_more(self):
        """84 kW of steam needed: 100 taken at 4 MPa leave 14 kW of electricity, 2 are lost. As a valve it would make none."""
        assets = {
            **LOAD,
            "steam_need": {"family": "demand", "bus": "low", "profile": "need"},
            "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "high", "power": 400.0, "efficiency": 1.0},
            "turbine": {
                "family": "turbine",
                "source_bus": "high",
                "bus": "main",
                "exhaust_bus": "low",
                "power": 300.0,
                "efficiency": 0.14,
                "loss": 0.02,
            },
            **GAS,
        }
        case = energy_case(assets, STEAM | PIPE, series={"load": ("kW", [50.0]), "need": ("kW", [84.0])})
        result = planned(case)
        assert result.table["turbine.generation_kw"] == pytest.approx([14.0], rel=NEAR)
        assert result.table["turbine.steam_kw"] == pytest.approx([84.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(10 * 3 + 36 * 0.5, rel=NEAR)
        check_played(case, result)


class TestChp:
    def test_back_pressure_gives_both_in_one_ratio(self):
        """100 kW of heat bring 80 of electricity from 20 m3 of gas. As free outputs, all 150 kW of the load would be made."""
        assets = {**LOAD, **HEAT_NEED, "chp": chp(), **GAS}
        case = energy_case(assets, HOT | PIPE, series={"load": ("kW", [150.0]), "need": ("kW", [100.0])})
        result = planned(case, 2.0)
        assert result.table["chp.generation_kw"] == pytest.approx([80.0], rel=NEAR)
        assert result.table["chp.gas_in_m3_per_h"] == pytest.approx([20.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(20 * 3 + 70 * 2.0, rel=NEAR)
        check_played(case, result)

    def test_extraction_trades_electricity_for_heat(self):
        """Of 100 kW, 0.2 go for each kW of heat: 50 of heat leave 90. With free heat 100 would be left, by back pressure 40."""
        plant = chp(power=100.0, power_loss=0.2)
        assets = {**LOAD, **HEAT_NEED, "chp": plant, **GAS}
        case = energy_case(assets, HOT | PIPE, series={"load": ("kW", [150.0]), "need": ("kW", [50.0])})
        result = planned(case, 2.0)
        assert result.table["chp.generation_kw"] == pytest.approx([90.0], rel=NEAR)
        assert result.table["chp.heat_kw"] == pytest.approx([50.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(100 / 4 * 3 + 60 * 2.0, rel=NEAR)
        check_played(case, result)

    def test_extraction_ends_at_the_power_to_heat(self):
        """At most 100 kW of heat beside 80 of electricity; 30 of 130 are short. Without the line of σ all are served."""
        assets = {**LOAD, **HEAT_NEED, "chp": chp(power=100.0, power_loss=0.2), **GAS}
        case = energy_case(assets, HOT | PIPE, series={"load": ("kW", [150.0]), "need": ("kW", [130.0])})
        result = planned(case, 2.0)
        assert result.table["chp.generation_kw"] == pytest.approx([80.0], rel=NEAR)
        assert result.table["heat_need.shortfall_kw"] == pytest.approx([30.0], rel=NEAR)


class TestCommittedChp:
    RULES: ClassVar[dict[str, float]] = {"minimum_load": 0.5, "start_cost": 0.1}

    def test_a_plant_below_its_least_load_is_off(self):
        """50 kW of heat go with 40 of electricity, below the least of 100: the electrode heats. Relaxed, a part of it would run."""
        assets = {**LOAD, **HEAT_NEED, "chp": chp(commitment=self.RULES), "electrode": electrode(), **GAS}
        case = energy_case(assets, HOT | PIPE, series={"load": ("kW", [150.0]), "need": ("kW", [50.0])})
        found = on_or_off(case, 1.0)
        assert found.table["chp.generation_kw"] == pytest.approx([0.0], abs=1e-4)
        assert found.objective_cny == pytest.approx(200 * 1.0, rel=NEAR)

    def test_a_committed_extraction_plant_counts_both_activities(self):
        """70 kW of electricity with 30 of heat are 76 without heat, above the least of 75. By one alone it could not run."""
        plant = chp(power=100.0, power_loss=0.2, commitment={"minimum_load": 0.75})
        assets = {**LOAD, **HEAT_NEED, "chp": plant, **GAS}
        series = {"load": ("kW", [70.0]), "need": ("kW", [30.0])}
        connection = {"import_limit": 0.0}
        found = on_or_off(energy_case(assets, HOT | PIPE, series=series, connection=connection), 1.0)
        assert found.table["chp.generation_kw"] == pytest.approx([70.0], rel=NEAR)
        assert found.table["chp.heat_kw"] == pytest.approx([30.0], rel=NEAR)
        assert found.objective_cny == pytest.approx(76 / 4 * 3, rel=NEAR)

    def test_starts_are_paid_for(self):
        """Heat in two hours apart: two starts of 80 kW at 0.25 are 40 CNY. Per start instead of per kilowatt they are 0.5."""
        plant = chp(power=80.0, commitment={"minimum_load": 0.5, "start_cost": 0.25})
        assets = {**LOAD, **HEAT_NEED, "chp": plant, **GAS}
        need = [100.0, 0.0, 100.0, 0.0]
        case = energy_case(assets, HOT | PIPE, steps=4, series={"load": ("kW", [80.0] * 4), "need": ("kW", need)})
        found = on_or_off(case, 0.9)
        assert np.sum(found.table["chp.start_kw"]) == pytest.approx(160.0, rel=NEAR)
        assert found.objective_cny == pytest.approx(2 * 60 + 2 * 80 * 0.9 + 2 * 80 * 0.25, rel=NEAR)


class TestRefused:
    """Efficiencies that make energy of nothing, in whole sentences."""

    MORE_OUT = "park.energy-from-nowhere: .efficiency: what leaves this plant as electricity and heat is more energy than goes in"
    LESS = "Lower the efficiency, raise the power to heat, or lower the loss."

    def test_a_turbine_that_gives_more_than_it_takes(self):
        at = {"family": "turbine", "source_bus": "a", "bus": "b", "power": 1.0}
        told = refusal(Turbine, {**at, "efficiency": 0.95, "loss": 0.1})
        assert told == f"{self.MORE_OUT}; expected ≤ 1, got 1.05. {self.LESS}"

    def test_a_chp_whose_heat_and_electricity_exceed_its_fuel(self):
        """40 % of electricity at a ratio of 0.5 would be 80 % of heat beside it: 1.2 in all."""
        assert refusal(Chp, chp(power_to_heat=0.5)) == f"{self.MORE_OUT}; expected ≤ 1, got 1.2. {self.LESS}"
