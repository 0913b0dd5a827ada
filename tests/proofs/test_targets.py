"""Targets, solved by hand: a carbon cap, green shares of the year and of each hour, hours on an island."""

from __future__ import annotations

from collections.abc import Mapping

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
from tests.small_parks import battery, bought, pv

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}


def with_targets(case: Case, price: float | list[float] = 0.5, paid: Mapping[str, float] | None = None) -> Plan:
    """The plan of a case that keeps its targets; `paid` are prices of flows beside the grid's [CNY/kWh]."""
    more = tuple(bought(case, each, flow) for flow, each in (paid or {}).items())
    return planned(case, price, (*more, *target_terms(case.park, case.rulebook, case.grid), *island_terms(case)))


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


class TestIndicator:
    """Electricity from the grid emits 0.8325 kg and every kilowatt-hour used is 0.3 kgce, so a park on the grid alone has 2.775
    t/tce (`rooms/carbon/test_annex4.py`). Direct hydropower is dearer, and emits nothing."""

    def test_direct_supply_is_taken_as_far_as_the_indicator_asks(self):
        """1.11 of 2.775 t/tce let 40 of 100 kWh come from the grid: 40 · 0.5 + 60 · 0.9 CNY. Three times the bound would ask for
        nothing, a bound on the standard coal of the grid alone could never be kept."""
        case = self._case([100.0], indicator=1.11)
        result = with_targets(case, paid=HYDRO)
        assert result.table["grid.import_kw"] == pytest.approx([40.0], rel=1e-4)
        assert result.table["hydro.generation_kw"] == pytest.approx([60.0], rel=1e-4)
        assert result.objective_cny == pytest.approx(74.0, rel=1e-4)
        [target] = targets_of(case.park, result.table, result.sizes, _accounts(case, result))
        assert (target.name, target.bound, target.met) == ("indicator", 1.11, True)
        assert target.value == pytest.approx(1.11, rel=1e-4)

    def test_what_is_fed_in_takes_its_standard_coal_along(self):
        """150 kWh of sun, of which 50 are sold, and 100 in the dark: 200 kWh used are 60 kgce, of which 0.555 t/tce let 40 kWh
        come from the grid. With the standard coal of the 50 that left it would be 50."""
        sun = {"sun": ("1", [1.0, 0.0])}
        case = self._case([100.0, 100.0], {"pv": pv(150.0)}, sun, connection={"export_limit": 1e3}, indicator=0.555)
        result = with_targets(case, paid=HYDRO | {"grid.export_kw": -0.2})
        assert result.table["grid.export_kw"] == pytest.approx([50.0, 0.0], abs=1e-2)
        assert result.table["grid.import_kw"] == pytest.approx([0.0, 40.0], abs=1e-2)

    def test_what_no_flow_changes_moves_the_bound(self):
        """100 GJ of heat bought in the hour at 4 kg/GJ are 0.4 t and 3.412 tce; with 100 kWh, 3.442 tce at 0.125 t/tce are 0.43025
        t: 0.03025 t are left for 36.336 kWh from the grid. Without the heat's coal the target would be out of reach, with
        its coal three times or without its tonnes it would ask for nothing."""
        heat = {"kind": "heat", "direction": "bought", "source": "fossil", "quantity": f"{100 * 8760} GJ"}
        measured = heat | {"factor": "0.004 t/GJ", "factor_source": "a test"}
        result = with_targets(self._case([100.0], indicator=0.125, activities=[measured]), paid=HYDRO)
        assert result.table["grid.import_kw"] == pytest.approx([30.25 / 0.8325], rel=1e-3)

    @staticmethod
    def _case(
        need: list[float],
        assets: dict[str, object] | None = None,
        series: dict[str, tuple[str, list[float]]] | None = None,
        *,
        indicator: float,
        **parts: object,
    ) -> Case:
        given = {"works": load(), "hydro": line("hydro"), **(assets or {})}
        shapes = {"need": ("kW", need), **(series or {})}
        return energy_case(given, steps=len(need), series=shapes, targets={"indicator": indicator}, **parts)


HYDRO = {"hydro.generation_kw": 0.9}


def line(source: str) -> dict[str, object]:
    """A direct line that gives what is asked; its price is the test's."""
    return {"family": "firm_line", "source": source, "power": 500.0, "price": 0.0, "legal_basis": "assumed: a test"}


class TestGreenShares:
    @pytest.mark.parametrize("target", ["yearly_green_share", "hourly_green_share"])
    @pytest.mark.parametrize("brown", ["line", "engine"])
    def test_what_fossil_plants_bring_in_is_not_green(self, target, brown):
        """A direct line of unknown origin, or an engine on gas, is cheaper than the grid, and hydropower dearest of all: 70 of 100
        kWh come from the water and no more, for they are asked. With fossil power counted as matched, none would."""
        plants = {
            "line": {"coal": line("unknown")},
            "engine": {
                "engine": {"family": "chp", "fuel_bus": "pipe", "bus": "main", "heat_bus": "hot"}
                | {"power": 500.0, "efficiency": 0.5, "power_to_heat": 1.25},
                "gas": {"family": "supply", "bus": "pipe", "price": 1.0, "fuel": "natural_gas"},
                "air": {"family": "vent", "bus": "hot", "cost": 0.0},
            },
        }[brown]
        case = energy_case(
            {"works": load(), "hydro": line("hydro"), **plants},
            HOT | {"pipe": {"carrier": "gas", "heating_value": 10.0}},
            series={"need": ("kW", [100.0])},
            targets={target: 0.7},
        )
        result = with_targets(case, paid=HYDRO | ({"coal.generation_kw": 0.2} if brown == "line" else {}))
        assert result.table["hydro.generation_kw"] == pytest.approx([70.0], rel=1e-4)
        assert result.table["generation_kw"] == pytest.approx([100.0], rel=1e-4)

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

    def test_what_a_store_loses_while_it_stands_is_not_counted_on(self):
        """Half a day's content is lost in a day, so three hours leave 2^(-3/24) of it, and 300 kWh take 300 · 2^(3/24) = 327 kWh.
        Without the loss 300 would be said to last three hours, and they do not."""
        store = battery(1e3, {"min": 0.0, "max": 900.0}, capex_energy=600.0) | {"standing_loss_per_day": 0.5}
        targets = {"island_hours": 3.0}
        case = energy_case(
            {"works": load(), "battery": store}, steps=6, series={"need": ("kW", [100.0] * 6)}, targets=targets
        )
        result = with_targets(case)
        assert result.sizes["battery.energy_kwh"] == pytest.approx(300.0 * 2 ** (3 / 24), rel=1e-3)

    def test_only_what_a_battery_gives_is_counted_on(self):
        """100 kW for 3 hours from a battery that gives half of its power and keeps a tenth of its energy: 200 kW and 300 / 0.9 kWh.
        Counted whole, 100 kW and 300 kWh would be said to be enough."""
        store = battery({"min": 0.0, "max": 900.0}, {"min": 0.0, "max": 900.0}, capex_energy=600.0, capex_power=1.0) | {
            "discharge_share": 0.5,
            "reserve": 0.1,
        }
        case = energy_case(
            {"works": load(), "battery": store},
            steps=6,
            series={"need": ("kW", [100.0] * 6)},
            targets={"island_hours": 3.0},
        )
        result = with_targets(case)
        assert result.sizes["battery.power_kw"] == pytest.approx(200.0, rel=1e-3)
        assert result.sizes["battery.energy_kwh"] == pytest.approx(300.0 / 0.9, rel=1e-3)

    @pytest.mark.parametrize(("two_way", "missed_kwh"), [(False, 300.0), (True, 0.0)])
    def test_a_battery_that_no_load_can_be_reached_from_is_none(self, two_way: bool, missed_kwh: float):
        """Behind a transformer that only leads to it, a battery of 500 kWh keeps nobody alive."""
        way = {"family": "transformer", "source_bus": "main", "bus": "low", "capacity": 1e3, "two_way": two_way}
        assets = {"works": load(), "battery": battery(1e3, 500.0) | {"bus": "low"}, "way": way}
        case = energy_case(
            assets,
            buses={"low": {}},
            steps=6,
            series={"need": ("kW", [100.0] * 6)},
            targets={"island_hours": 3.0},
        )
        result = with_targets(case)
        [target] = targets_of(case.park, result.table, result.sizes, _accounts(case, result))
        assert target.value == pytest.approx(missed_kwh, abs=0.1)

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
