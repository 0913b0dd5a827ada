"""Hydrogen, solved by hand: electrolyzers with their least load, standby, ramps and part-load curve, and the heat they leave."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lingtan.park import Electrolyzer
from tests.proofs.energy_parks import NEAR, committed_plan, energy_case, planned

GAS_H2 = {"h2": {"carrier": "hydrogen"}}
HOT = {"hot": {"carrier": "heat", "temperature": 60.0}}
NEED = {"family": "demand", "bus": "h2", "profile": "need"}


def electrolyzer(power: Any = 1000.0, **more: Any) -> dict[str, Any]:
    stated = {} if "part_load" in more else {"specific_energy": 50.0}
    return {"family": "electrolyzer", "input": "main", "bus": "h2", "power": power, **stated, **more}


def told(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return error.value.errors()[0]["msg"].removeprefix("Value error, ")


CURVE = {"points": [{"load": 0.2, "efficiency": 0.75}, {"load": 1.0, "efficiency": 0.6}]}
"""At a fifth of full load it takes 0.16 of the full input, not 0.2."""


class TestElectrolyzer:
    def test_electricity_by_the_specific_energy(self):
        """10 kg at 50 kWh/kg are 500 kWh, 250 CNY, all of it load. By the heating value alone it would be 333 kWh."""
        case = energy_case({"plant": electrolyzer(), "users": NEED}, GAS_H2, series={"need": ("kg/h", [10.0])})
        result = planned(case)
        assert result.table["plant.hydrogen_kg_per_h"] == pytest.approx([10.0], rel=NEAR)
        assert result.table["plant.consumption_kw"] == pytest.approx([500.0], rel=NEAR)
        assert result.table["load_kw"] == pytest.approx([500.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(250.0, rel=NEAR)

    def test_its_size_is_what_it_takes(self):
        """400 kW make 8 kg; a size counted at the hydrogen (by its heating value) would make 12 and leave nothing short."""
        case = energy_case({"plant": electrolyzer(400.0), "users": NEED}, GAS_H2, series={"need": ("kg/h", [10.0])})
        result = planned(case)
        assert result.table["users.shortfall_kg_per_h"] == pytest.approx([2.0], rel=NEAR)

    def test_what_it_costs_to_build_decides_its_size(self):
        """10 kg in one of two hours, or 5 in each from a smaller plant: without a store the size is that of the larger need."""
        free = electrolyzer({"min": 0, "max": 2000}, capex=1000.0)
        case = energy_case({"plant": free, "users": NEED}, GAS_H2, steps=2, series={"need": ("kg/h", [2.0, 10.0])})
        assert planned(case).sizes["plant.power_kw"] == pytest.approx(500.0, rel=NEAR)

    def test_recovered_heat_replaces_a_boiler(self):
        """A fifth of 500 kW is 100 kW of heat: none is made otherwise. Heat of what the hydrogen holds would be 67 kW."""
        assets = {
            "plant": electrolyzer(heat_bus="hot", heat_share=0.2),
            "users": NEED,
            "baths": {"family": "demand", "bus": "hot", "profile": "warmth"},
            "boiler": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 500.0, "efficiency": 1.0},
        }
        series = {"need": ("kg/h", [10.0]), "warmth": ("kW", [120.0])}
        result = planned(energy_case(assets, GAS_H2 | HOT, series=series))
        assert result.table["plant.heat_kw"] == pytest.approx([100.0], rel=NEAR)
        assert result.table["boiler.heat_kw"] == pytest.approx([20.0], rel=1e-4)
        assert result.objective_cny == pytest.approx(0.5 * 520.0, rel=NEAR)


class TestPartLoad:
    def test_full_load_takes_the_whole_size(self):
        """At 60 % 1000 kW make 600 / 33.33 kg, and take 1000 kW."""
        case = energy_case(
            {"plant": electrolyzer(part_load=CURVE), "users": NEED}, GAS_H2, series={"need": ("kg/h", [600 / 33.33])}
        )
        assert committed_plan(case).table["plant.consumption_kw"] == pytest.approx([1000.0], rel=NEAR)

    def test_half_load_lies_on_the_line_between_two_points(self):
        """From (0.2, 0.16) to (1, 1): 0.5 takes 0.475. A constant efficiency of full load would take 500 kW, not 475."""
        case = energy_case(
            {"plant": electrolyzer(part_load=CURVE), "users": NEED}, GAS_H2, series={"need": ("kg/h", [300 / 33.33])}
        )
        assert committed_plan(case).table["plant.consumption_kw"] == pytest.approx([475.0], rel=NEAR)

    def test_below_its_first_point_it_does_not_run(self):
        """A tenth is below a fifth: made in the other hour with a vent, or not at all. Here the need is short; run on the line's
        extension it would not be."""
        case = energy_case(
            {"plant": electrolyzer(part_load=CURVE), "users": NEED}, GAS_H2, series={"need": ("kg/h", [60 / 33.33])}
        )
        assert committed_plan(case).table["users.shortfall_kg_per_h"] == pytest.approx([60 / 33.33], rel=NEAR)


class TestCommitment:
    def test_a_start_pays_where_the_gain_is_larger(self):
        """Sold at 30 a kg, 20 kg cost 500: a gain of 100 in the one cheap hour. A start of 0.05 CNY/kW is 50, one of 0.2 is
        200. On a circle of four hours the plant starts once, for idling at a tenth through the dear hours costs 420; starts
        counted per kilowatt-hour of a quarter would be a quarter as dear."""
        town = {"family": "sale", "bus": "h2", "price": "30 CNY/kg"}
        prices = [0.5, 2.0, 2.0, 2.0]
        for start_cost, made in ((0.05, 20.0), (0.2, 0.0)):
            plant = electrolyzer(commitment={"start_cost": start_cost, "minimum_load": 0.1})
            result = committed_plan(energy_case({"plant": plant, "town": town}, GAS_H2, steps=4), prices)
            assert result.relaxed == ()
            assert result.table["plant.hydrogen_kg_per_h"] == pytest.approx([made, 0.0, 0.0, 0.0], abs=1e-4)
            assert result.cost_cny == pytest.approx(-50.0 if made else 0.0, abs=1e-3)

    def test_it_stands_by_for_less_than_a_start(self):
        """Two cheap hours with a dear one between: standing by at 5 % costs 50 kWh at 2, a start 150. It takes that power from
        the bus, which a standby free of charge would not."""
        town = {"family": "sale", "bus": "h2", "price": "30 CNY/kg"}
        rules = {"start_cost": 0.15, "standby_power": 0.05, "minimum_load": 0.2}
        assets = {"plant": electrolyzer(commitment=rules), "town": town}
        result = committed_plan(energy_case(assets, GAS_H2, steps=4), [0.2, 2.0, 0.2, 9.0])
        assert result.table["plant.consumption_kw"] == pytest.approx([1000.0, 50.0, 1000.0, 0.0], abs=1e-3)
        assert result.cost_cny == pytest.approx(2 * (200.0 - 600.0) + 100.0 + 150.0, rel=NEAR)

    def test_it_ramps_by_a_share_of_its_size(self):
        """Half of its size an hour: from 0 to 1000 kW through 500. Without the ramp the second hour would be full at once."""
        town = {"family": "sale", "bus": "h2", "price": "30 CNY/kg"}
        plant = electrolyzer(commitment={"ramp": 0.5})
        result = committed_plan(energy_case({"plant": plant, "town": town}, GAS_H2, steps=5), [9.0, 0.1, 0.1, 0.1, 9.0])
        assert result.table["plant.consumption_kw"] == pytest.approx([0.0, 500.0, 1000.0, 500.0, 0.0], abs=1e-3)

    def test_an_outage_stops_it(self):
        """The second hour is planned maintenance (the grid begins on 3 March 2025)."""
        town = {"family": "sale", "bus": "h2", "price": "30 CNY/kg"}
        outage = {"start": "2025-03-03T01:00", "end": "2025-03-03T02:00"}
        plant = electrolyzer(commitment={"maintenance": [outage]})
        result = committed_plan(energy_case({"plant": plant, "town": town}, GAS_H2, steps=3), 0.1)
        assert result.table["plant.consumption_kw"] == pytest.approx([1000.0, 0.0, 1000.0], abs=1e-3)


ONCE = "the efficiency is said once: by a figure for all loads, or by a curve; expected part_load | specific_energy"


class TestRefused:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            (
                {"specific_energy": 30.0},
                "the value is out of range; expected ≥ 33.33 kWh/kg, got 30.0",
            ),
            (
                {"specific_energy": 50.0, "part_load": CURVE},
                f"park.one-efficiency: .part_load: {ONCE}, got part_load, specific_energy. Keep one of the two.",
            ),
            (
                {},
                f"park.one-efficiency: .part_load: {ONCE}. Keep one of the two.",
            ),
            (
                {"specific_energy": 40.0, "heat_bus": "hot", "heat_share": 0.2},
                "park.more-out-than-in: .heat_share: product and recovered heat together are more energy than goes in; expected "
                "≤ 1, got 1.03325. Lower the efficiency or the share of heat.",
            ),
            (
                {"specific_energy": 50.0, "heat_bus": "hot"},
                "park.heat-half-said: .heat_share: recovered heat needs a share and a bus to go to; expected heat_bus, heat_share. "
                "Give both, or neither.",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_reason(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(ValidationError) as error:
            Electrolyzer.model_validate(
                {"family": "electrolyzer", "input": "main", "bus": "h2", "power": 1.0, **fields}
            )
        assert told(error) == message
