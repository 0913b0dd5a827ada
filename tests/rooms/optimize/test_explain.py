"""Explanations of small parks, solved by hand: what each part of a price is, and what another decision would cost."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.carbon.targets import target_terms
from lingtan.case import Case
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize import plan
from lingtan.optimize.explain import Explainer, Standing, explain
from lingtan.optimize.plan import Form
from lingtan.optimize.solve import solve
from lingtan.optimize.what_if import instead, off_instead
from lingtan.park.carriers import HYDROGEN_LHV_KWH_PER_KG
from lingtan.terms import Peak, Term
from tests.proofs.energy_parks import costs_at, energy_case
from tests.small_parks import battery, hours_grid, pv, small_case

BUSES = {"hot": {"carrier": "heat", "temperature": 85.0}, "pipe": {"carrier": "gas", "heating_value": 10.0}}
HEAT = {
    "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
    "boiler": {
        "family": "boiler",
        "fuel_bus": "pipe",
        "bus": "hot",
        "power": 200.0,
        "efficiency": 0.9,
        "variable_cost": 0.02,
    },
    "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 50.0, "efficiency": 1.0},
    "gas": {"family": "supply", "bus": "pipe", "price": 2.7},
}


def exact(models):
    return [solve(model, ("highs",)) for model in models]


def explained(case: Case, price, form: Form = "relaxed", extra: tuple[Term, ...] = ()) -> Explainer:
    costs = costs_at(case, price, extra)
    return explain(case, costs, plan(case, costs, exact, form=form))


def heat_case() -> Case:
    return energy_case(HEAT, BUSES, series={"heat": ("kW", [90.0])})


def parts_of(explainer: Explainer, step: int, asset: str, activity: str) -> dict[tuple[str, str], float]:
    (one,) = (each for each in explainer.at(step, asset).activities if each.name == activity)
    return {(part.kind, part.name): part.cny_per_unit for part in one.parts if part.kind != "preference"}


def test_the_boiler_sets_the_price_of_heat_and_the_electrode_earns_its_rent():
    """Gas heat costs 2.7 / 9 + 0.02 = 0.32 and is the last used, so heat is worth 0.32; electric heat costs 0.2 and is full: each
    kilowatt-hour of the electrode earns 0.12. Priced at the electrode, heat would be worth 0.2 and the boiler would lose."""
    explainer = explained(heat_case(), 0.2)
    assert explainer.bus_prices(0) == pytest.approx({"main": 0.2, "hot": 0.32, "pipe": 2.7}, abs=1e-6)
    assert parts_of(explainer, 0, "boiler", "boiler.heat") == pytest.approx(
        {("bus", "hot"): 0.32, ("bus", "pipe"): -0.30, ("term", "variable_operation"): -0.02}, abs=1e-6
    )
    assert parts_of(explainer, 0, "electrode", "electrode.heat") == pytest.approx(
        {("bus", "hot"): 0.32, ("bus", "main"): -0.2}, abs=1e-6
    )
    boiler, electrode = (explainer.at(0, name).activities[0] for name in ("boiler", "electrode"))
    assert (boiler.standing, electrode.standing) == (Standing.BETWEEN, Standing.MOST)
    assert boiler.reduced_cny == pytest.approx(0.0, abs=1e-6)
    assert electrode.reduced_cny == pytest.approx(-0.12, abs=1e-6)
    assert electrode.amount == pytest.approx(50.0)


def test_standing_still_costs_what_the_next_best_costs_more():
    """50 kW of heat from the boiler instead of the electrode: 50 · (0.32 - 0.20) = 6 CNY. The boiler cannot stand still: nothing
    else gives 40 kW but the shortfall, at 50 CNY/kWh times 1.05: rules out a plan that forgets the price of a cut."""
    explainer = explained(heat_case(), 0.2)
    off = off_instead(explainer, 0, "electrode", exact)
    assert off.cost_cny == pytest.approx(6.0, abs=1e-4)
    assert off.noise_cny < 1e-2
    cut = off_instead(explainer, 0, "boiler", exact)
    assert cut.cost_cny == pytest.approx(40.0 * (50.0 - 0.32), rel=1e-6)


def test_a_need_cannot_be_held_off():
    """What is given is no decision: with the flow from the grid and the cut both held at nothing, there is no plan."""
    case = energy_case({"works": {"family": "load", "profile": "need"}}, series={"need": ("kW", [10.0])})
    explainer = explained(case, 0.5)
    held = {"grid.import_kw": 0.0, "works.shortfall_kw": 0.0}
    assert instead(explainer, 0, held, exact).cost_cny is None


def test_a_store_weighs_now_against_later():
    """Charged at 0.2 for 0.9, wear 0.01: a kilowatt-hour in the full store is worth what it gives less wear, 0.89, and room for one
    more would earn 0.89 - 0.2 = 0.69. Valued at its cost, being full would have no price."""
    assets = {
        "works": {"family": "load", "profile": "need"},
        "store": battery(10.0, 5.0, wear_cost=0.01),
    }
    case = energy_case(assets, steps=2, series={"need": ("kW", [10.0, 10.0])})
    explainer = explained(case, [0.2, 0.9])
    gives = parts_of(explainer, 1, "store", "store.discharge_kw")
    assert gives == pytest.approx(
        {("bus", "main"): 0.9, ("stored", "store.cells"): -0.89, ("term", "wear"): -0.01}, abs=1e-5
    )
    content = explainer.at(0, "store").activities[2]
    assert (content.name, content.standing) == ("store.content_kwh", Standing.MOST)
    assert content.reduced_cny == pytest.approx(-0.69, abs=1e-5)
    assert (explainer.at(0, "store").turn, explainer.at(1, "store").turn) == (1, 0)


def test_what_is_curtailed_is_worth_nothing():
    """10 kW of need, 30 kW of sun: the value of a kilowatt-hour is none, and 20 kW are left. The rent of the sun is none then."""
    assets = {"works": {"family": "load", "profile": "need"}, "pv": pv(30.0)}
    case = energy_case(assets, series={"need": ("kW", [10.0]), "sun": ("1", [1.0])})
    explainer = explained(case, 0.5)
    assert explainer.bus_prices(0)["main"] == pytest.approx(0.0, abs=1e-4)
    generation, spilled = explainer.at(0, "pv").activities
    assert spilled.amount == pytest.approx(20.0)
    assert generation.standing is Standing.BETWEEN


def capped_case(**targets: float) -> Case:
    """90 kWh of heat in an hour from electricity at 0.1, or from hydrogen at 20 CNY/kg that counts no carbon."""
    assets = {
        "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
        "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 200.0, "efficiency": 1.0},
        "burner": {"family": "boiler", "fuel_bus": "h2", "bus": "hot", "power": 200.0, "efficiency": 1.0},
        "h2_in": {"family": "supply", "bus": "h2", "price": 0.5 * HYDROGEN_LHV_KWH_PER_KG},
    }
    buses = {"hot": BUSES["hot"], "h2": {"carrier": "hydrogen"}}
    return energy_case(assets, buses, series={"heat": ("kW", [90.0])}, targets=targets)


def prices_of_targets(case: Case) -> Explainer:
    return explained(case, 0.1, extra=target_terms(case.park, case.rulebook, case.grid))


T_PER_KWH = 0.8325e-3
"""Unbacked electricity (`rooms/carbon/test_annex4.py`)."""


def test_the_price_of_a_cap_is_that_of_a_tonne():
    """A tonne more lets 1 / 0.8325e-3 kWh of heat come from electricity at 0.1 instead of hydrogen at 0.5: 480.48 CNY. Told of a
    kilowatt-hour of the row that the cap is written in, it would be 0.4."""
    explainer = prices_of_targets(capped_case(carbon_cap=40.0 * T_PER_KWH * 8760.0))
    [price] = explainer.rule_prices()
    assert (price.rule, price.unit) == ("target.carbon_cap.above_1", "t")
    assert price.cny_per_unit == pytest.approx(0.4 / T_PER_KWH, rel=1e-5)


def test_the_price_of_the_core_indicator_is_that_of_a_tonne():
    """The grid alone has 2.775 t/tce, 1.11 are asked and nothing else gives: missed at 10 CNY per kilowatt-hour of unbacked
    electricity, which is 10 / 0.8325e-3 = 12,012 CNY a tonne."""
    case = energy_case(
        {"works": {"family": "load", "profile": "need"}}, series={"need": ("kW", [100.0])}, targets={"indicator": 1.11}
    )
    [price] = prices_of_targets(case).rule_prices()
    assert (price.rule, price.unit) == ("target.indicator.above_1", "t")
    assert price.cny_per_unit == pytest.approx(10.0 / T_PER_KWH, rel=1e-5)


def test_the_price_of_demand_is_that_of_a_kilowatt():
    """A month at 8 CNY/kW whose highest quarter of an hour is the second: one kilowatt less there saves 8 CNY. Told of a
    kilowatt-hour, and divided by the quarter of an hour, it would be 32."""
    case = small_case([10.0, 20.0, 10.0, 10.0], grid=hours_grid(4, step_minutes=15))
    whole = Grouping.whole(4, "2025-03")
    demand = Peak("basic_charge", Flow.of("grid.import_kw"), whole, np.array([8.0]), np.zeros(1))
    explainer = explained(case, 0.5, extra=(demand,))
    price = max(explainer.rule_prices(), key=lambda each: each.cny_per_unit)
    assert (price.rule, price.row, price.unit) == ("basic_charge", 1, "kW")
    assert price.cny_per_unit == pytest.approx(8.0, rel=1e-6)


def test_a_plan_of_another_program_is_refused():
    case = heat_case()
    other = energy_case(HEAT, BUSES, steps=2, series={"heat": ("kW", [90.0, 90.0])})
    with pytest.raises(ValueError, match=r"^this plan was decided on another program$"):
        explain(other, costs_at(other), plan(case, costs_at(case), exact))


def test_nobody_of_this_name():
    with pytest.raises(KeyError, match="chimney"):
        explained(heat_case(), 0.2).at(0, "chimney")
