"""Money spent once, as yearly terms: what the optimizer weighs a kilowatt against. Worked by hand on a park with all families."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.finance.investment import capital_prices, investment_terms, operation_terms
from lingtan.park import Park
from lingtan.study.project import investments_of
from lingtan.terms import Readings, Size, evaluate
from tests.small_parks import battery, hours_grid, park_of, pv

FINANCE = {"discount_rate": 0.0, "horizon": 20, "residual": 0.0}


def park(**finance: Any) -> Park:
    assets = {
        "works": {"family": "load", "profile": "need"},
        "roof": pv(10.0, capex=2_000.0, om_share=0.01, life=20, variable_cost=0.05),
        "store": battery(5.0, 10.0, capex_power=200.0, capex_energy=600.0, om_share=0.02, life=10, wear_cost=0.03),
        "line": {"family": "firm_line", "source": "hydro", "power": 9.0, "price": 0.3, "legal_basis": "test"},
    }
    return park_of(assets, finance={**FINANCE, **finance})


@pytest.mark.parametrize("step_minutes", [60, 15, 5])
@pytest.mark.parametrize("year", [2024, 2025])
def test_a_calendar_year_is_one_year(year, step_minutes):
    """Leap or not, in any step. Steps taken for hours would make a year of quarter-hours four."""
    assert TimeGrid.of_year(year, "Asia/Shanghai", step_minutes).share_of_year == pytest.approx(1.0, rel=1e-12)
    assert TimeGrid.of_year(year, "Europe/Berlin", step_minutes).share_of_year == pytest.approx(1.0, rel=1e-12)


def test_a_week_is_its_part_of_its_year():
    week = TimeGrid.of_span(datetime(2024, 2, 26), datetime(2024, 3, 4), "Asia/Shanghai", 60)
    assert week.share_of_year == pytest.approx(7 / 366)


def test_prices_of_what_can_be_bought():
    """Each size with its own capital, life and upkeep; a line is contracted and not bought."""
    assert capital_prices(park()) == {
        "roof.power_kw": (2_000.0, 20, 0.01),
        "store.power_kw": (200.0, 10, 0.02),
        "store.energy_kwh": (600.0, 10, 0.02),
    }


def test_a_year_carries_its_part_of_the_capital():
    """Without interest: PV 2,000 over 20 years is 100, upkeep 20; a store of 10 years is bought twice, 60 and 20 a year."""
    terms = investment_terms(park(), TimeGrid.of_year(2025, "Asia/Shanghai", 60))
    prices = {(term.name, term.asset): term.price for term in terms if isinstance(term, Size)}
    assert prices == pytest.approx(
        {
            ("capital", "roof.power_kw"): 100.0,
            ("upkeep", "roof.power_kw"): 20.0,
            ("capital", "store.power_kw"): 20.0,
            ("upkeep", "store.power_kw"): 4.0,
            ("capital", "store.energy_kwh"): 60.0,
            ("upkeep", "store.energy_kwh"): 12.0,
        }
    )


def test_interest_makes_capital_dearer():
    """6 %, 20 years: 2,000 · 0.06 / (1 − 1.06^−20) = 174.37 a year."""
    terms = investment_terms(park(discount_rate=0.06), TimeGrid.of_year(2025, "Asia/Shanghai", 60))
    assert terms[0].price == pytest.approx(2_000 * 0.06 / (1 - 1.06**-20), rel=1e-12)


def test_a_day_carries_a_day():
    """Rules out a window that pays a year of capital for a day of use: then nothing would ever be built."""
    day = investment_terms(park(), hours_grid(24))
    assert day[0].price == pytest.approx(100.0 / 365)


def test_what_costs_nothing_is_no_term():
    assert (
        investment_terms(park_of({"works": {"family": "load", "profile": "need"}, "roof": pv(1.0)}), hours_grid(24))
        == ()
    )


def test_running_costs_follow_delivered_energy():
    """4 kWh of PV at 0.05, 2 kWh discharged at 0.03; what is charged or curtailed costs nothing."""
    flows = {
        "roof.generation_kw": np.full(4, 4.0),
        "store.discharge_kw": np.full(4, 2.0),
        "roof.curtailed_kw": np.ones(4),
    }
    found = evaluate(operation_terms(park(), hours_grid(4, step_minutes=15)), Readings(flows, 0.25))
    assert {line.component: line.amount for line in found.lines} == pytest.approx(
        {"variable_operation": 0.2, "wear": 0.06}
    )


@pytest.mark.parametrize("power_kw", [0.0, 4.0, 10.0, 37.5])
@pytest.mark.parametrize("energy_kwh", [0.0, 12.0, 80.0])
def test_what_is_invested_is_what_the_optimizer_weighs(power_kw, energy_kwh):
    """Without interest a twentieth (a tenth) of it a year. Rules out a cash flow that forgets what is paid once, or that pays the
    first price for all of a large plant: at 37.5 kW by 52,500 CNY."""
    assets = {
        "works": {"family": "load", "profile": "need"},
        "roof": pv(
            {"min": 0, "max": 50}, capex=3_000.0, capex_fixed=700.0, capex_above=[{"size": 20.0, "capex": 0.0}], life=20
        ),
        "store": battery(
            {"min": 0, "max": 5},
            {"min": 0, "max": 90},
            capex_energy=600.0,
            capex_fixed=90.0,
            life=20,
            capex_above=[{"size": 10.0, "capex": 500.0}, {"size": 30.0, "capex": 400.0}],
        ),
    }
    scaled = park_of(assets, finance=FINANCE)
    sizes = {"roof.power_kw": power_kw, "store.power_kw": 0.0, "store.energy_kwh": energy_kwh}
    weighed = evaluate(investment_terms(scaled, TimeGrid.of_year(2025, "Asia/Shanghai", 60)), Readings({}, 1.0, sizes))
    invested = {each.name: each.capex_cny for each in investments_of(scaled, sizes)}
    by_hand_pv = 0.0 if power_kw == 0 else 700.0 + 3_000.0 * min(power_kw, 20.0)
    assert invested["roof"] == pytest.approx(by_hand_pv)
    assert weighed.amount == pytest.approx(sum(invested.values()) / 20.0)


def test_what_is_added_to_a_plant_costs_the_difference():
    """60 kW stand already: 30 more cost 30 at the price above 50, and nothing once. Priced by itself it would cost 700 + 90,000."""
    assets = {"roof": pv(90.0, capex=3_000.0, capex_fixed=700.0, capex_above=[{"size": 50.0, "capex": 2_000.0}])}
    (roof,) = investments_of(park_of(assets, finance=FINANCE), {"roof.power_kw": 30.0}, {"roof.power_kw": 60.0})
    assert roof.capex_cny == pytest.approx(60_000.0)
