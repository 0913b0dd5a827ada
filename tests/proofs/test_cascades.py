"""Heat handed down from level to level, solved by hand: exchangers and steam let down."""

from __future__ import annotations

import pytest

from tests.proofs.energy_parks import NEAR, energy_case, planned
from tests.proofs.played import check_played

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}
FLUE = {"flue": {"carrier": "heat", "temperature": 300.0}}
STEAM = {"high": {"carrier": "steam", "pressure": 1.6}, "low": {"carrier": "steam", "pressure": 0.5}}
HEAT_NEED = {"family": "demand", "bus": "hot", "profile": "need"}


def exchanger(source: str, bus: str, power: object = 400.0, **more: object) -> dict[str, object]:
    return {"family": "heat_exchanger", "source_bus": source, "bus": bus, "power": power, **more}


def electrode(bus: str) -> dict[str, object]:
    return {"family": "electric_boiler", "input": "main", "bus": bus, "power": 400.0, "efficiency": 1.0}


class TestHeatExchanger:
    def test_waste_heat_reaches_the_colder_bus_through_an_exchanger(self):
        """100 kW at 300 °C give 80 at 85 °C by an efficiency of 0.8, 20 are made. Free passage between levels would make none."""
        assets = {
            "heat_need": HEAT_NEED,
            "kiln": {"family": "waste_heat", "bus": "flue", "profile": "kiln"},
            "recovery": exchanger("flue", "hot", efficiency=0.8),
            "electrode": electrode("hot"),
        }
        case = energy_case(assets, HOT | FLUE, series={"need": ("kW", [100.0]), "kiln": ("kW", [100.0])})
        result = planned(case)
        assert result.table["recovery.heat_kw"] == pytest.approx([80.0], rel=NEAR)
        assert result.table["recovery.heat_in_kw"] == pytest.approx([100.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(20 * 0.5, rel=NEAR)
        check_played(case, result)

    def test_it_is_built_as_large_as_it_pays(self):
        """20 kW of waste heat in one hour, 60 in the other: what is used once saves 0.5: at 0.6 a kW it has 20, at 0.4 60."""
        for each, built in ((0.6, 20.0), (0.4, 60.0)):
            assets = {
                "heat_need": HEAT_NEED,
                "kiln": {"family": "waste_heat", "bus": "flue", "profile": "kiln"},
                "recovery": exchanger(
                    "flue", "hot", {"min": 0.0, "max": 400.0}, efficiency=1.0, capex=each * 25 * 4380.0
                ),
                "electrode": electrode("hot"),
            }
            series = {"need": ("kW", [60.0, 60.0]), "kiln": ("kW", [20.0, 60.0])}
            finance = {"discount_rate": 0.0, "horizon": 25}
            result = planned(energy_case(assets, HOT | FLUE, steps=2, series=series, finance=finance))
            assert result.sizes["recovery.power_kw"] == pytest.approx(built, rel=1e-3), each

    def test_let_down_steam_keeps_its_energy(self):
        """60 kW at 0.5 MPa from 1.6 MPa are 60 of the boiler: 66.7 kWh of gas, 6.67 m3. Lost on the way, they would be more."""
        buses = {**STEAM, "pipe": {"carrier": "gas", "heating_value": 10.0}}
        assets = {
            "steam_need": {"family": "demand", "bus": "low", "profile": "need"},
            "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "high", "power": 200.0, "efficiency": 0.9},
            "valve": exchanger("high", "low", efficiency=1.0),
            "gas": {"family": "supply", "bus": "pipe", "price": 3.0},
        }
        case = energy_case(assets, buses, series={"need": ("kW", [60.0])})
        result = planned(case)
        assert result.table["valve.steam_in_kw"] == pytest.approx([60.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(60 / 9 * 3, rel=NEAR)
        check_played(case, result)
