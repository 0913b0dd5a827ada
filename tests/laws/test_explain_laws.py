"""Laws of explanations, on random parks of electricity, heat and gas: what is said of a plan is so, judged without the explainer.

Prices are judged by planning again. A plan is convex, so a price `λ` of a need, a size or a bound must hold `f(+ε) - f ≥ λ·ε` and
`f - f(-ε) ≤ λ·ε`: a price too high breaks the first, one too low the second, and where both sides agree it is exact.
Two certified costs may differ by `GAP_RELATIVE` of what the plan turns over, so ε is large enough to be seen beside that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.case import Case
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize import Costs, Plan, costs_of, plan
from lingtan.optimize.explain import Activity, Explainer, Standing, explain
from lingtan.optimize.solve import solve
from lingtan.optimize.what_if import instead
from lingtan.park import Park
from lingtan.series import Series
from lingtan.terms import Bands, Ratio
from lingtan.tolerances import GAP_RELATIVE
from tests.laws.test_plan_laws import Draw, case_of_draw, draws, gross_cny

EPS_KW = 0.5


def exact(models):
    """HiGHS ends on a vertex: what is between its bounds has no reduced cost but for rounding."""
    return [solve(model, ("highs",)) for model in models]


@st.composite
def heated(draw: st.DrawFn) -> Draw:
    """A random park of electricity with at least some import, so that prices are those of a park that works."""
    return replace(draw(draws()), steps=24, step_minutes=60, import_kw=draw(st.sampled_from([20.0, 120.0])))


def case_of(drawn: Draw) -> Case:
    """The drawn park with heat beside it: a boiler on gas that ends at its yearly limit, an electrode, a tank, and a vent."""
    plain = case_of_draw(drawn)
    rng = np.random.default_rng(drawn.seed + 1)
    data = plain.park.dump()
    data["buses"] |= {
        "hot": {"carrier": "heat", "temperature": 85.0},
        "pipe": {"carrier": "gas", "heating_value": 10.0},
    }
    open_size = {"min": 0.0, "max": 40.0}
    data["assets"] |= {
        "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
        "boiler": {
            "family": "boiler",
            "fuel_bus": "pipe",
            "bus": "hot",
            "power": open_size if drawn.must_take else 12.0,
            "capex": 300.0,
            "variable_cost": 0.01,
        },
        "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 15.0},
        "gas": {"family": "supply", "bus": "pipe", "price": 3.0, "yearly_limit": 365 * float(rng.uniform(5, 40))},
        "tank": {"family": "thermal_store", "bus": "hot", "power": 10.0, "energy": 30.0},
        "chimney": {"family": "vent", "bus": "hot", "cost": 0.02},
    }
    heat = Series.of("heat", rng.uniform(2.0, 24.0, plain.grid.steps), "kW", plain.grid)
    return replace(plain, park=Park.model_validate(data), series={**plain.series, "heat": heat})


def explained(case: Case, costs: Costs | None = None) -> tuple[Explainer, Costs, Plan]:
    costs = costs_of(case) if costs is None else costs
    found = plan(case, costs, exact)
    return explain(case, costs, found), costs, found


def activities(explainer: Explainer) -> list[tuple[int, str, Activity]]:
    park, steps = explainer.case.park, explainer.case.grid.steps
    names = [*park.assets, *park.connections]
    return [
        (step, name, each)
        for step in range(0, steps, 5)
        for name in names
        for each in explainer.at(step, name).activities
    ]


@settings(max_examples=15)
@given(heated())
def test_what_an_activity_earns_it_costs(drawn):
    """Value given less value taken, cost and rents is zero between the bounds. Rules out a price, a row or a term left out or
    counted twice, and (by the signs at the bounds) one with the wrong sign."""
    explainer, _, _ = explained(case_of(drawn))
    seen = set()
    for step, name, each in activities(explainer):
        size = sum(abs(part.cny_per_unit) for part in each.parts) + 1e-3
        where = (step, name, each)
        assert abs(each.worth_cny + each.reduced_cny) <= 1e-9 * size, where
        seen.add(each.standing)
        if each.standing is Standing.BETWEEN:
            assert abs(each.worth_cny) <= 1e-6 * size, where
        elif each.standing is Standing.LEAST and each.most > each.least:
            assert each.worth_cny <= 1e-6 * size, where
        elif each.standing is Standing.MOST and each.most > each.least:
            assert each.worth_cny >= -1e-6 * size, where
    assert Standing.BETWEEN in seen
    assert Standing.LEAST in seen


@settings(max_examples=10)
@given(heated())
def test_the_solver_of_the_middle_is_explained_as_well(drawn):
    """PIQP stops short of bounds; what its prices leave unexplained, times how far it stops short, is within the gap."""
    case = case_of(drawn)
    costs = costs_of(case)
    found = plan(case, costs)
    explainer = explain(case, costs, found)
    model, x = explainer.draft.model, found.solution.x
    room = np.where(explainer.reduced > 0, x - model.lower, model.upper - x)
    room[found.held] = 0.0
    unexplained = np.abs(explainer.reduced[np.isfinite(room)]) @ room[np.isfinite(room)]
    turnover = float(np.abs(model.cost) @ np.abs(x)) + model.money_unit
    assert unexplained <= 10 * GAP_RELATIVE * turnover


@settings(max_examples=10)
@given(heated())
def test_a_size_is_paid_by_its_rents(drawn):
    """What the rows of a decided size earn over the horizon is its cost, but for what the end of its range takes. Rules out a rent
    that is told of one step only, or told twice."""
    explainer, _, found = explained(case_of(drawn))
    model, layout = explainer.draft.model, explainer.draft.layout
    for name, size in layout.sizes.items():
        if size.column is None:
            continue
        entries = slice(model.starts[size.column], model.starts[size.column + 1])
        rents = float(model.values[entries] @ found.solution.duals[model.rows[entries]])
        cost = float(model.cost[size.column])
        assert rents == pytest.approx(cost - found.limit_price[name], rel=1e-6, abs=1e-6 * (1 + abs(cost))), name


def check_price(price_cny: float, eps: float, at: Callable[[float], float], noise: float) -> None:
    """A price of a right side against the costs with a little more and a little less of it."""
    cost = at(0.0)
    assert at(eps) - cost >= price_cny * eps - noise
    assert cost - at(-eps) <= price_cny * eps + noise


@settings(max_examples=8)
@given(heated(), st.integers(0, 23), st.booleans())
def test_one_more_of_what_stands_still_loses_what_is_told_of_it(drawn, step, middle):
    """Each flow that stands still, planned again with a twentieth of its unit, costs at least what is told of it; what is withheld
    has no such plan. Rules out a price that proves the plan no more, and a plant that cannot run told to lose some figure."""
    case = case_of(drawn)
    costs = costs_of(case)
    explainer = explain(case, costs, plan(case, costs) if middle else plan(case, costs, exact))
    has_every_size = not any(map(explainer.is_not_chosen, case.park.assets))  # else one may ask for a size of another
    for name in (*case.park.assets, *case.park.connections):
        for each in explainer.at(step, name).activities:
            if not each.is_flow or each.standing not in {Standing.LEAST, Standing.WITHHELD}:
                continue
            more = instead(explainer, step, {each.name: 0.05}, exact)
            if each.standing is Standing.WITHHELD or has_every_size:
                assert (more.cost_cny is None) is (each.standing is Standing.WITHHELD), each
            if more.cost_cny is not None:
                told = each.reduced_cny * 0.05 * case.grid.step_hours
                assert more.cost_cny >= told - more.noise_cny - 1e-6, each


@settings(max_examples=10)
@given(heated(), st.integers(0, 23), st.sampled_from([("works", "main", "need"), ("heating", "hot", "heat")]))
def test_the_value_at_a_bus_is_what_a_need_there_costs(drawn, step, what):
    """Half a kilowatt more or less in one hour, planned again, at an electric bus and a hot one."""
    _, bus, profile = what
    case = case_of(drawn)
    explainer, costs, found = explained(case)

    def cost(delta: float) -> float:
        values = case.series[profile].values.copy()
        values[step] += delta
        changed = replace(case, series={**case.series, profile: Series.of(profile, values, "kW", case.grid)})
        again = replace(costs_of(changed), bill=tuple(costs.bill))
        return plan(changed, again, exact).objective_cny

    noise = 4 * GAP_RELATIVE * gross_cny(case, costs, found) + 1e-6
    price = explainer.bus_prices(step)[bus]
    if len(found.alternatives) == 1:  # with a choice, another basis may become the cheaper one
        check_price(price, min(EPS_KW, case.series[profile].values[step]), cost, noise)


@settings(max_examples=10)
@given(heated())
def test_the_rent_of_a_given_size_is_what_more_of_it_saves(drawn):
    """The rents of an electrode that is given, all steps together, against the park with half a kilowatt more and less of it."""
    case = case_of(replace(drawn, basis="capacity"))
    explainer, costs, found = explained(case)
    rent = 0.0
    for step in range(case.grid.steps):
        for each in explainer.at(step, "electrode").activities:
            rent += min(each.reduced_cny, 0.0) * case.grid.step_hours

    def cost(delta: float) -> float:
        data = case.park.dump()
        data["assets"]["electrode"]["power"] = 15.0 + delta
        changed = case.with_park(Park.model_validate(data))
        return plan(changed, costs_of(changed), exact).objective_cny

    noise = 4 * GAP_RELATIVE * gross_cny(case, costs, found) + 1e-6
    check_price(rent, EPS_KW, cost, noise)


def test_the_price_of_a_rule_is_what_tightening_it_costs():
    """An energy cap and a least share of own supply, each as a row of the plan, with its bound moved and planned again. Each must
    have a price in one park at least (the share has in two of three): what holds of the prices that are told holds of none."""
    priced: set[str] = set()

    @settings(max_examples=8)
    @given(heated(), st.sampled_from([0.3, 0.6, 0.9]))
    def check(drawn: Draw, part: float) -> None:
        case = case_of(replace(drawn, basis="capacity", pv_kw=None))
        free = plan(case, costs_of(case), exact)
        priced.update(cap_priced(case, free, part) | share_priced(case, free, part))

    check()
    assert priced == {"cap.above_1", "own"}


def cap_priced(case: Case, free: Plan, part: float) -> set[str]:
    """A cap on the energy that a plan without it draws: a kilowatt-hour more and less of it, planned again."""
    cap = part * float(free.table["import_kw"].sum())
    whole = Grouping.whole(case.grid.steps, "2025")

    def costs(delta_kwh: float) -> Costs:
        return ruled(case, Bands("cap", Flow.of("import_kw"), whole, (cap + delta_kwh,), (0.0, 20.0)))

    price, _, noise = price_of(case, costs(0.0), "cap.above_1")
    check_price(-price, 1.0, lambda delta: plan(case, costs(delta), exact).objective_cny, noise)
    return {"cap.above_1"} if price > noise else set()


def share_priced(case: Case, free: Plan, part: float) -> set[str]:
    """More own supply of what is used than a plan without a rule has: a point of the share more and less, planned again.

    What is used moves with the plan, so a point of the bound moves the row by a point of what is used in the plan beside it. Where
    something is held, lest it run both ways at once to please the rule, plans beside each other are of different programs.
    """
    own, used = Flow.of("generation_kw"), Flow.of("load_kw")
    least = float(free.table["generation_kw"].sum()) / used_kwh(free) + 0.1 * part

    def costs(bound: float) -> Costs:
        return ruled(case, Ratio("own", own, used, "at_least", bound, penalty=20.0))

    price, found, noise = price_of(case, costs(least), "own")
    point = 0.01
    tighter, softer = (plan(case, costs(least + moved), exact) for moved in (point, -point))
    if any(len(each.held) for each in (found, tighter, softer)):
        return set()
    assert tighter.objective_cny - found.objective_cny >= price * point * used_kwh(tighter) - noise
    assert found.objective_cny - softer.objective_cny <= price * point * used_kwh(softer) + noise
    return {"own"} if price * point * used_kwh(found) > noise else set()


def ruled(case: Case, rule: Bands | Ratio) -> Costs:
    base = costs_of(case)
    return replace(base, penalty=(*base.penalty, rule))


def price_of(case: Case, costs: Costs, rule: str) -> tuple[float, Plan, float]:
    """The price that is told of a rule, none where none is; the plan, and what two certified costs may differ by."""
    explainer, _, found = explained(case, costs)
    prices = {each.rule: each for each in explainer.rule_prices()}
    assert {each.unit for each in prices.values()} <= {"kWh"}
    price = prices[rule].cny_per_unit if rule in prices else 0.0
    return price, found, 4 * GAP_RELATIVE * gross_cny(case, costs, found) + 1e-6


def used_kwh(of: Plan) -> float:
    return float(of.table["load_kw"].sum())
