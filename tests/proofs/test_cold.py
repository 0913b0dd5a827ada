"""Cold, solved by hand: compression and absorption chillers."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.plant.compression_chiller import cooling_performance
from tests.proofs.energy_parks import NEAR, energy_case, planned
from tests.proofs.played import check_played

BUSES = {
    "cold": {"carrier": "cooling", "temperature": 7.0},
    "hot": {"carrier": "heat", "temperature": 90.0},
    "tower": {"carrier": "heat", "temperature": 32.0},
}
KILN = {"family": "waste_heat", "bus": "hot", "profile": "kiln"}
NEED = {"cold_need": {"family": "demand", "bus": "cold", "profile": "need"}}


def compression(**more: Any) -> dict[str, Any]:
    return {"family": "compression_chiller", "input": "main", "bus": "cold", "power": 400.0, **more}


def absorption(**more: Any) -> dict[str, Any]:
    return {"family": "absorption_chiller", "source_bus": "hot", "bus": "cold", "power": 400.0, "cop": 0.7, **more}


def test_cold_takes_electricity_by_the_cop():
    """100 kW of cold at a COP of 4 take 25 kW; taken as heating COP, they would take 33."""
    case = energy_case({**NEED, "chiller": compression(cop=4.0)}, BUSES, series={"need": ("kW", [100.0])})
    result = planned(case)
    assert result.table["chiller.consumption_kw"] == pytest.approx([25.0], rel=NEAR)
    assert result.table["load_kw"] == pytest.approx([25.0], rel=NEAR)
    assert result.objective_cny == pytest.approx(12.5, rel=NEAR)
    check_played(case, result)


def test_a_hot_hour_costs_more_electricity():
    """From 7 °C to air of 27 and 37 °C, half of Carnot: COPs of 7.0 and 4.67, not one of the mean."""
    series = {"need": ("kW", [100.0, 100.0]), "air": ("°C", [27.0, 37.0])}
    site = {"zone": "Asia/Shanghai", "temperature": "air"}
    assets = {**NEED, "chiller": compression(quality=0.5, pinch=0.0)}
    case = energy_case(assets, BUSES, steps=2, series=series, site=site)
    result = planned(case)
    mild, hot = 0.5 * 280.15 / 20.0, 0.5 * 280.15 / 30.0
    assert result.table["chiller.consumption_kw"] == pytest.approx([100 / mild, 100 / hot], rel=NEAR)
    check_played(case, result)


def test_waste_heat_cools():
    """70 kW of cold take 100 of heat at 0.7: 80 arise, so 56 of cold, and 14 by the compressor at a COP of 4 for 3.5 kWh."""
    assets = {
        **NEED,
        "kiln": KILN,
        "absorption": absorption(),
        "compression": compression(cop=4.0),
    }
    case = energy_case(assets, BUSES, series={"need": ("kW", [70.0]), "kiln": ("kW", [80.0])})
    result = planned(case)
    assert result.table["absorption.cooling_kw"] == pytest.approx([56.0], rel=NEAR)
    assert result.objective_cny == pytest.approx(3.5 * 0.5, rel=NEAR)
    check_played(case, result)


@pytest.mark.parametrize(
    ("chiller", "more", "rejected"),
    [
        (compression(cop=4.0), {}, 125.0),
        (absorption(cop=0.8, variable_cost=0.01), {"kiln": {**KILN, "cost": 0.001}}, 225.0),
    ],
)
def test_rejected_heat_is_all_that_went_in(chiller, more, rejected):
    """Cold and what drove it: 100 + 25 kW, 100 + 125 kW. Cold alone would leave energy unaccounted for."""
    assets = {
        **NEED,
        **more,
        "chiller": {**chiller, "reject_bus": "tower"},
        "cooler": {"family": "vent", "bus": "tower", "cost": 0.02},
    }
    case = energy_case(assets, BUSES, series={"need": ("kW", [100.0]), "kiln": ("kW", [400.0])})
    result = planned(case)
    assert result.table["chiller.heat_kw"] == pytest.approx([rejected], rel=NEAR)
    assert result.table["cooler.vented_kw"] == pytest.approx([rejected], rel=NEAR)
    check_played(case, result)


def test_no_machine_gives_more_than_the_best():
    """Where the air is as cold as the water, Carnot promises any number."""
    assert cooling_performance(7.0, [5.0, 7.0], 0.5, 0.0).tolist() == [10.0, 10.0]
