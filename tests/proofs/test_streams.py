"""Waste heat and by-products, solved by hand: what arises is used where it saves money, and what is left is seen and paid for."""

from __future__ import annotations

import pytest

from tests.proofs.energy_parks import NEAR, energy_case, planned
from tests.proofs.played import check_played

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}
GASES = {"coke_oven_gas": {"carrier": "byproduct_gas", "heating_value": 5.0}}
HEAT_NEED = {"family": "demand", "bus": "hot", "profile": "need"}


def electrode(power: float = 400.0) -> dict[str, object]:
    return {"family": "electric_boiler", "input": "main", "bus": "hot", "power": power, "efficiency": 1.0}


class TestWasteHeat:
    def test_waste_heat_comes_before_bought_heat(self):
        """40 of 70 kW arise in the first hour, 90 in the second: 30 are made, 20 rejected at 0.1. Unpriced: 15."""
        assets = {
            "heat_need": HEAT_NEED,
            "furnace": {"family": "waste_heat", "bus": "hot", "profile": "furnace", "cost": "0.1 CNY/kWh"},
            "electrode": electrode(),
        }
        series = {"need": ("kW", [70.0, 70.0]), "furnace": ("kW", [40.0, 90.0])}
        case = energy_case(assets, HOT, steps=2, series=series)
        result = planned(case)
        assert result.table["furnace.heat_kw"] == pytest.approx([40.0, 70.0], rel=NEAR)
        assert result.table["furnace.rejected_kw"] == pytest.approx([0.0, 20.0], abs=1e-4)
        assert result.objective_cny == pytest.approx(30 * 0.5 + 20 * 0.1, rel=NEAR)
        check_played(case, result)

    def test_a_shape_is_scaled_by_its_peak(self):
        """Half of 2 MW covers the need of 900 kW; read as a series in kW, half a kilowatt would arise."""
        assets = {
            "heat_need": HEAT_NEED,
            "furnace": {"family": "waste_heat", "bus": "hot", "profile": "shape", "peak": "2 MW"},
        }
        case = energy_case(assets, HOT, series={"need": ("kW", [900.0]), "shape": ("1", [0.5])})
        result = planned(case)
        assert result.table["furnace.heat_kw"] == pytest.approx([900.0], rel=NEAR)
        assert result.table["furnace.rejected_kw"] == pytest.approx([100.0], rel=NEAR)

    def test_a_yearly_amount_keeps_its_scale_in_a_window(self):
        """10 kWh over two hours of 1 : 3 are 7.5 kW in the second; scaled anew in the window they would be 10."""
        furnace = {"family": "waste_heat", "bus": "hot", "profile": "shape", "yearly": "10 kWh"}
        series = {"need": ("kW", [1.0, 1.0]), "shape": ("1", [1.0, 3.0])}
        case = energy_case({"heat_need": HEAT_NEED, "furnace": furnace}, HOT, steps=2, series=series)
        assert case.window(1, 1).arising("furnace") == pytest.approx([7.5])


class TestByproduct:
    def test_gas_that_arises_is_burnt_before_gas_that_is_bought(self):
        """20 m3/h of 5 kWh/m3 at 90 % are the 90 kW needed; of 30 arising, 10 are flared at 0.2. In kWh: 4 m3."""
        assets = {
            "heat_need": HEAT_NEED,
            "ovens": {"family": "byproduct", "bus": "coke_oven_gas", "profile": "ovens", "cost": "0.2 CNY/m3"},
            "boiler": {
                "family": "boiler",
                "fuel_bus": "coke_oven_gas",
                "bus": "hot",
                "power": 200.0,
                "efficiency": 0.9,
            },
            "electrode": electrode(),
        }
        case = energy_case(assets, HOT | GASES, series={"need": ("kW", [90.0]), "ovens": ("m3/h", [30.0])})
        result = planned(case)
        assert result.table["ovens.byproduct_gas_m3_per_h"] == pytest.approx([20.0], rel=NEAR)
        assert result.table["ovens.flared_m3_per_h"] == pytest.approx([10.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(10 * 0.2, rel=NEAR)
        check_played(case, result)

    def test_flaring_that_costs_enough_pays_for_cheap_heat(self):
        """A kWh of heat burns 0.222 m3 whose flaring costs 0.2, so 0.044: cooling it away at 0.04 pays, at 0.05 it does not."""
        for cost, flared in ((0.04, 0.0), (0.05, 10.0)):
            assets = {
                "heat_need": HEAT_NEED,
                "ovens": {"family": "byproduct", "bus": "coke_oven_gas", "profile": "ovens", "cost": 0.2},
                "boiler": {
                    "family": "boiler",
                    "fuel_bus": "coke_oven_gas",
                    "bus": "hot",
                    "power": 200.0,
                    "efficiency": 0.9,
                },
                "cooler": {"family": "vent", "bus": "hot", "cost": cost},
            }
            case = energy_case(assets, HOT | GASES, series={"need": ("kW", [90.0]), "ovens": ("m3/h", [30.0])})
            result = planned(case)
            assert result.table["ovens.flared_m3_per_h"] == pytest.approx([flared], abs=1e-4), cost

    def test_slag_that_is_sold_is_not_dumped(self):
        """3 t/h arise, 2 t/h find a buyer at 60 CNY/t, 1 goes to the landfill at 40. Without the landfill the rest would vanish."""
        buses = {"yard": {"carrier": "material"}}
        assets = {
            "works": {"family": "load", "bus": "main", "profile": "load"},
            "slag": {"family": "byproduct", "bus": "yard", "profile": "slag", "cost": "40 CNY/t"},
            "cement": {"family": "sale", "bus": "yard", "price": "60 CNY/t", "limit": "2 t/h"},
        }
        case = energy_case(assets, buses, series={"load": ("kW", [10.0]), "slag": ("t/h", [3.0])})
        result = planned(case)
        assert result.table["slag.material_t_per_h"] == pytest.approx([2.0], rel=NEAR)
        assert result.table["slag.flared_t_per_h"] == pytest.approx([1.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(10 * 0.5 - 2 * 60 + 40, rel=NEAR)
