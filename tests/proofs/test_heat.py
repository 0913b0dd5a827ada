"""Heat, solved by hand: boilers, heat pumps, thermal stores, demands, purchases, vents and sales."""

from __future__ import annotations

import pytest

from lingtan.plant.heat_pump import coefficient_of_performance
from tests.proofs.energy_parks import NEAR, energy_case, planned

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}
GAS = {"pipe": {"carrier": "gas", "heating_value": 10.0}}


def need(profile: str = "need", bus: str = "hot") -> dict[str, object]:
    return {"family": "demand", "bus": bus, "profile": profile}


class TestBoiler:
    def test_fuel_by_its_heating_value(self):
        """90 kWh of heat at 90 % are 100 kWh, 10 m3 of gas at 10 kWh/m3, 30 CNY. Without the heating value it would be 300."""
        assets = {
            "heat_need": need(),
            "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 200.0, "efficiency": 0.9},
            "gas": {"family": "supply", "bus": "pipe", "price": 3.0},
        }
        result = planned(energy_case(assets, HOT | GAS, series={"need": ("kW", [90.0])}))
        assert result.table["gas.supply_m3_per_h"] == pytest.approx([10.0], rel=NEAR)
        assert result.table["boiler.gas_in_m3_per_h"] == pytest.approx([10.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(30.0, rel=NEAR)

    def test_the_cheaper_of_gas_and_electricity(self):
        """Gas heat costs 3 / (10 · 0.9) = 0.333, electric heat 0.2 / 0.98 = 0.204: the electrode boiler, to its 50 kW, then gas."""
        assets = {
            "heat_need": need(),
            "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 200.0, "efficiency": 0.9},
            "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 50.0},
            "gas": {"family": "supply", "bus": "pipe", "price": 3.0},
        }
        result = planned(energy_case(assets, HOT | GAS, series={"need": ("kW", [90.0])}), 0.2)
        assert result.table["electrode.heat_kw"] == pytest.approx([50.0], rel=NEAR)
        assert result.table["boiler.heat_kw"] == pytest.approx([40.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(50 / 0.98 * 0.2 + 40 / 9 * 3, rel=NEAR)

    def test_a_purchase_ends_at_its_yearly_limit(self):
        """Half a week's worth of 8760 m3 a year is 1 m3/h · 2 h: 2 m3 in two hours. As a limit of each hour it would be none."""
        assets = {
            "heat_need": need(),
            "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 200.0, "efficiency": 1.0},
            "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 90.0, "efficiency": 1.0},
            "gas": {"family": "supply", "bus": "pipe", "price": 1.0, "yearly_limit": 8760.0},
        }
        result = planned(energy_case(assets, HOT | GAS, steps=2, series={"need": ("kW", [15.0, 15.0])}), [0.5, 0.9])
        assert result.table["gas.supply_m3_per_h"] == pytest.approx([0.5, 1.5], rel=1e-4)


class TestHeatPump:
    def test_electricity_and_source_make_the_heat(self):
        """COP 4: 100 kW of heat are 25 kW of electricity and 75 kW of the source. Forgotten, the source would be a gift."""
        buses = {**HOT, "waste": {"carrier": "heat", "temperature": 40.0}}
        assets = {
            "heat_need": need(),
            "pump": {
                "family": "heat_pump",
                "input": "main",
                "source_bus": "waste",
                "bus": "hot",
                "power": 200.0,
                "cop": 4.0,
            },
            "source": {"family": "supply", "bus": "waste", "price": 0.02},
        }
        result = planned(energy_case(assets, buses, series={"need": ("kW", [100.0])}))
        assert result.table["pump.consumption_kw"] == pytest.approx([25.0], rel=NEAR)
        assert result.table["pump.heat_in_kw"] == pytest.approx([75.0], rel=NEAR)
        assert result.table["load_kw"] == pytest.approx([25.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(25 * 0.5 + 75 * 0.02, rel=NEAR)

    def test_the_air_of_each_hour(self):
        """From air of −5 and 15 °C: two COPs, not that of the mean."""
        assets = {
            "heat_need": need(),
            "pump": {
                "family": "heat_pump",
                "input": "main",
                "bus": "hot",
                "power": 200.0,
                "quality": 0.5,
                "pinch": 0.0,
            },
        }
        series = {"need": ("kW", [100.0, 100.0]), "air": ("°C", [-5.0, 15.0])}
        site = {"zone": "Asia/Shanghai", "temperature": "air"}
        result = planned(energy_case(assets, HOT, steps=2, series=series, site=site))
        cold, mild = 0.5 * 358.15 / 90.0, 0.5 * 358.15 / 70.0
        assert result.table["pump.consumption_kw"] == pytest.approx([100 / cold, 100 / mild], rel=NEAR)

    def test_no_machine_gives_more_than_the_best(self):
        """Where the lift is next to nothing, Carnot promises hundreds."""
        assert coefficient_of_performance([29.9, 40.0], 30.0, 0.5, 0.0).tolist() == [10.0, 10.0]


class TestThermalStore:
    def test_cheap_hours_fill_it(self):
        """100 kW of heat in a dear hour, made in a cheap one before: 100 / 0.8 / 0.8 kWh go in. Losses counted once: 125."""
        assets = {
            "heat_need": need(),
            "electrode": {
                "family": "electric_boiler",
                "input": "main",
                "bus": "hot",
                "power": 400.0,
                "efficiency": 1.0,
            },
            "tank": {
                "family": "thermal_store",
                "bus": "hot",
                "power": 400.0,
                "energy": 500.0,
                "standing_loss_per_day": 0.0,
                "charge_efficiency": 0.8,
                "discharge_efficiency": 0.8,
                "wear_cost": 1e-4,
            },
        }
        result = planned(energy_case(assets, HOT, steps=2, series={"need": ("kW", [0.0, 100.0])}), [0.1, 1.0])
        assert result.table["electrode.heat_kw"] == pytest.approx([156.25, 0.0], abs=1e-3)
        full, empty = result.table["tank.soc"]
        assert full - empty == pytest.approx(0.25, abs=1e-5)
        assert result.table["charge_kw"] == pytest.approx([0.0, 0.0])  # the total is electricity alone


class TestOutside:
    def test_what_is_over_needs_a_vent(self):
        """A byproduct that must go somewhere is let go at its cost; a vent that was free or absent would hide it."""
        buses = {**HOT, "waste": {"carrier": "heat", "temperature": 40.0}}
        assets = {
            "heat_need": need(),
            "electrode": {
                "family": "electric_boiler",
                "input": "main",
                "bus": "hot",
                "power": 400.0,
                "efficiency": 1.0,
            },
            "cooler": {"family": "vent", "bus": "hot", "cost": 0.1},
        }
        result = planned(energy_case(assets, buses, series={"need": ("kW", [30.0])}), -0.3)
        assert result.table["cooler.vented_kw"] == pytest.approx([370.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(-0.3 * 400 + 0.1 * 370, rel=NEAR)

    def test_a_sale_earns_up_to_its_limit(self):
        """40 kW sold at 0.8 against electric heat of 0.5: 30 needed, 40 sold. A price of the wrong sign would sell nothing."""
        assets = {
            "heat_need": need(),
            "electrode": {
                "family": "electric_boiler",
                "input": "main",
                "bus": "hot",
                "power": 400.0,
                "efficiency": 1.0,
            },
            "town": {"family": "sale", "bus": "hot", "price": "0.8 CNY/kWh", "limit": "40 kW"},
        }
        result = planned(energy_case(assets, HOT, series={"need": ("kW", [30.0])}))
        assert result.table["town.sold_kw"] == pytest.approx([40.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(70 * 0.5 - 40 * 0.8, rel=NEAR)

    def test_a_need_that_cannot_be_served_is_reported(self):
        """10 of 30 kW are short, at 50 CNY/kWh; an infeasible program would have no answer at all."""
        assets = {
            "heat_need": need(),
            "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 20.0, "efficiency": 1.0},
        }
        result = planned(energy_case(assets, HOT, series={"need": ("kW", [30.0])}))
        assert result.table["heat_need.shortfall_kw"] == pytest.approx([10.0], rel=NEAR)
        assert result.penalty_cny == pytest.approx(500.0, rel=NEAR)
