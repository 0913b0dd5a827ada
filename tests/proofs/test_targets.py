"""Targets, solved by hand: a carbon cap, green shares of the year and of each hour, hours on an island."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.account import Accounts, settle
from lingtan.carbon import carbon_account
from lingtan.carbon.targets import target_terms
from lingtan.case import Case
from lingtan.optimize import Plan
from lingtan.optimize.island import island_terms
from lingtan.study.targets import targets_of
from tests.proofs.energy_parks import energy_case, planned
from tests.small_parks import battery, pv

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}


def with_targets(case: Case, price: float | list[float] = 0.5) -> Plan:
    return planned(case, price, target_terms(case.park, case.rulebook, case.grid) + island_terms(case))


def load(profile: str = "need") -> dict[str, object]:
    return {"family": "load", "profile": profile}


class TestCarbonCap:
    def test_the_dearer_way_is_taken_as_far_as_the_cap_asks(self):
        """Electric heat is cheaper than biomass heat, and counts the national factor; the cap leaves room for 40 of 100 kWh."""
        case = self._case(cap=40.0 * self._factor() * 8760.0)
        result = with_targets(case, 0.1)
        assert result.table["electrode.heat_kw"] == pytest.approx([40.0], rel=1e-4)
        assert result.table["wood_boiler.heat_kw"] == pytest.approx([60.0], rel=1e-4)
        [target] = targets_of(case.park, result.table, result.sizes, _accounts(case, result))
        assert (target.name, target.met) == ("carbon_cap", True)

    def test_the_cap_counts_as_the_account_counts(self):
        """Tonnes at the bound of the plan are the tonnes of the account: one formula, two readers."""
        case = self._case(cap=40.0 * self._factor() * 8760.0)
        result = with_targets(case, 0.1)
        account = carbon_account(case.park, result.table, case.rulebook, float(result.table["load_kw"].sum()), 0.0)
        assert account.inventory.emissions_t == pytest.approx(40.0 * self._factor(), rel=1e-5)

    def test_a_cap_out_of_reach_is_missed_and_told(self):
        """Without wood no heat is free of carbon: an infeasible program would have no answer, a silent one would look kept."""
        case = self._case(cap=0.0, wood=False)
        result = with_targets(case, 0.1)
        assert result.table["heat_need.shortfall_kw"] == pytest.approx([0.0], abs=1e-6)
        [target] = targets_of(case.park, result.table, result.sizes, _accounts(case, result))
        assert target.met is False
        assert result.objective_cny == pytest.approx(0.1 * 100.0 + 10.0 * 100.0, rel=1e-4)

    @staticmethod
    def _factor() -> float:
        case = energy_case({"works": load()}, series={"need": ("kW", [1.0])})
        table = planned(case).table
        return carbon_account(case.park, table, case.rulebook, 1.0, 0.0).inventory.emissions_t

    @staticmethod
    def _case(cap: float, *, wood: bool = True) -> Case:
        assets = {
            "heat_need": {"family": "demand", "bus": "hot", "profile": "need"},
            "electrode": {
                "family": "electric_boiler",
                "input": "main",
                "bus": "hot",
                "power": 400.0,
                "efficiency": 1.0,
            },
        }
        if wood:
            assets["wood_boiler"] = {
                "family": "boiler",
                "fuel_bus": "wood",
                "bus": "hot",
                "power": 400.0,
                "efficiency": 1.0,
            }
            assets["chips"] = {"family": "supply", "bus": "wood", "price": 2000.0}
        buses = HOT | {"wood": {"carrier": "biomass", "heating_value": "4 kWh/kg"}}
        return energy_case(assets, buses, series={"need": ("kW", [100.0])}, targets={"carbon_cap": cap})


class TestGreenShares:
    def test_of_the_year_what_is_fed_in_counts(self):
        """A sunny hour gives 200 for two hours of 100: 100 % of the year, though the second hour is drawn from the grid."""
        case = self._case(yearly_green_share=1.0)
        result = with_targets(case)
        assert result.sizes["pv.power_kw"] == pytest.approx(200.0, rel=1e-4)

    def test_of_each_hour_it_must_be_kept_in_a_store(self):
        """The same share step by step needs a battery of 100 kWh; counted over the year it would need none."""
        case = self._case(hourly_green_share=1.0)
        result = with_targets(case)
        assert result.sizes["battery.energy_kwh"] == pytest.approx(100.0, rel=1e-3)
        assert result.table["grid.import_kw"] == pytest.approx([0.0, 0.0], abs=1e-3)

    @staticmethod
    def _case(**targets: float) -> Case:
        assets = {
            "works": load(),
            "pv": pv({"min": 0.0, "max": 1000.0}, capex=1000.0),
            "battery": battery({"min": 0.0, "max": 500.0}, {"min": 0.0, "max": 500.0}, capex_energy=600.0),
        }
        series = {"need": ("kW", [100.0, 100.0]), "sun": ("1", [1.0, 0.0])}
        connection = {"export_limit": 1000.0}
        return energy_case(assets, steps=2, series=series, connection=connection, targets=targets)


class TestIsland:
    def test_the_battery_lasts_through_the_worst_hours(self):
        """Three hours of 50 % of 100 kW from any of six hours, with 30 kW of sun in one: 150 kWh; the mean hour would ask 135."""
        assets = {
            "works": load(),
            "pv": pv(30.0),
            "battery": battery(
                {"min": 0.0, "max": 500.0}, {"min": 0.0, "max": 900.0}, capex_energy=600.0, capex_power=1.0
            ),
        }
        series = {"need": ("kW", [100.0] * 6), "sun": ("1", [1.0, 0.0, 0.0, 0.0, 0.0, 0.0])}
        targets = {"island_hours": 3.0, "island_share": 0.5}
        case = energy_case(assets, steps=6, series=series, targets=targets)
        result = with_targets(case)
        assert result.sizes["battery.energy_kwh"] == pytest.approx(150.0, rel=1e-3)
        assert result.sizes["battery.power_kw"] == pytest.approx(50.0, rel=1e-3)
        content = result.table["battery.soc"] * result.sizes["battery.energy_kwh"]
        deficit = np.array([20.0, 50.0, 50.0, 50.0, 50.0, 50.0])
        ahead = np.array([sum(deficit[(t + j) % 6] for j in range(3)) for t in range(6)])
        assert (np.roll(content, 1) >= ahead - 0.1).all()

    def test_a_park_without_stores_is_told_what_it_lacks(self):
        """No battery, 4 hours of 100 kW: 400 kWh short. An infeasible program would say nothing."""
        case = energy_case(
            {"works": load()}, steps=6, series={"need": ("kW", [100.0] * 6)}, targets={"island_hours": 4.0}
        )
        result = with_targets(case)
        [target] = targets_of(case.park, result.table, result.sizes, _accounts(case, result))
        assert target.value == pytest.approx(400.0, rel=1e-3)
        assert target.met is False


def _accounts(case: Case, result: Plan) -> Accounts:
    return settle(case.park, result.table, case.rulebook, sizes=result.sizes, elected=result.elected)
