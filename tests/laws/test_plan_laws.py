"""Laws of a plan, on small parks drawn at random: what holds for any park, whatever its prices, plants and limits.

Everything is checked from what a user sees: the table, the sizes, the bill. Tolerances: energy balances to `BALANCE_KW`; money
to `BILL_RELATIVE` of what the terms turn over; two plans of equal worth to 1e-6 of it, since each is certified to
`GAP_RELATIVE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.account import settle
from lingtan.case import Case
from lingtan.optimize import Costs, Plan, certify, costs_of, plan
from lingtan.optimize.lower import elect, lower
from lingtan.optimize.plan import lay_out
from lingtan.optimize.preference import prefer, typical_power_kw
from lingtan.optimize.program import Model
from lingtan.park import Battery, Park
from lingtan.series import Series
from lingtan.terms import Readings, evaluate
from lingtan.tolerances import BALANCE_KW, BILL_RELATIVE, GAP_RELATIVE, SHARE_AT_BOUND
from tests.small_parks import HOURS, INVENTED, battery, book_with, hours_grid, park_of, pv, retail

SAME_WORTH = 2 * GAP_RELATIVE
SAME_SHARE = 2e-3
CUT_KW = 1e-3
"""A shortfall below a watt is none (as in `lingtan.study.shortfall`)."""


# --------------------------------------------------------------------------------------------------------------- random parks


@dataclass(frozen=True)
class Draw:
    """A park in numbers, so that a failing one prints as what it is; `scale` multiplies all power, energy and money."""

    seed: int
    steps: int
    step_minutes: int
    pv_kw: float | None
    wind_kw: float | None
    battery_kwh: float | None
    line_kw: float
    import_kw: float
    export_kw: float
    export_price: float
    basis: str
    must_take: bool
    scale: float = 1.0


@st.composite
def draws(draw: st.DrawFn) -> Draw:
    """None is a size to decide, 0 a plant that is not there. Import limits from far too little to plenty for 30 kW of load."""
    size = st.sampled_from([None, 0.0, 5.0, 20.0, 80.0])
    return Draw(
        seed=draw(st.integers(0, 10_000)),
        steps=draw(st.integers(24, 96)),
        step_minutes=draw(st.sampled_from([15, 30, 60])),
        pv_kw=draw(size),
        wind_kw=draw(size),
        battery_kwh=draw(size),
        line_kw=draw(st.sampled_from([0.0, 8.0])),
        import_kw=draw(st.sampled_from([8.0, 20.0, 60.0])),
        export_kw=draw(st.sampled_from([0.0, 10.0])),
        export_price=draw(st.sampled_from([0.0, 0.15])),
        basis=draw(st.sampled_from(["choice", "capacity", "demand"])),
        must_take=draw(st.booleans()),
    )


@cache
def book():
    return book_with(retail(0.5, factors=True, capacity_price=22.0, demand_price=35.0), HOURS)


def case_of_draw(drawn: Draw) -> Case:
    """The park of a draw, on a few days from 30 March on: two months are billed."""
    rng, k = np.random.default_rng(drawn.seed), drawn.scale
    grid = hours_grid(drawn.steps, step_minutes=drawn.step_minutes, start="2025-03-31T14:00")
    hour = grid.minute_of_day / 60
    sun = np.clip(np.sin(np.pi * (hour - 6) / 12), 0, None) * rng.beta(3, 1.5)
    need = (18.0 + 12.0 * (np.abs(hour - 14) < 6)) * (1 + 0.1 * rng.normal(size=grid.steps)).clip(0.2, 2)
    series = {
        "need": Series.of("need", need * k, "kW", grid),
        "sun": Series.of("sun", sun, "1", grid),
        "breeze": Series.of("breeze", rng.beta(1, 2, grid.steps), "1", grid),
    }
    return Case(park_of_draw(drawn), grid, series, book())


def park_of_draw(drawn: Draw) -> Park:
    k = drawn.scale

    def size(value: float | None, most: float) -> Any:
        return {"min": 0.0, "max": most * k} if value is None else value * k

    line = {"family": "firm_line", "source": "hydro", "price": 0.3, "legal_basis": "test", "must_take": drawn.must_take}
    content = None if drawn.battery_kwh is None else drawn.battery_kwh / 2
    losses = {"charge_efficiency": 0.95, "discharge_efficiency": 0.93, "standing_loss_per_day": 0.01, "wear_cost": 0.02}
    assets: dict[str, Mapping[str, Any]] = {
        "works": {"family": "load", "profile": "need"},
        "pv": pv(size(drawn.pv_kw, 100.0), capex=2500.0, om_share=0.01),
        "wind": {**pv(size(drawn.wind_kw, 50.0), "breeze", capex=4000.0), "family": "wind"},
        "line": {**line, "power": drawn.line_kw * k},
        "store": battery(
            size(content, 40.0), size(drawn.battery_kwh, 80.0), capex_energy=900.0, capex_power=200.0, life=12, **losses
        ),
    }
    present = {name: asset for name, asset in assets.items() if asset.get("power") != 0.0}
    connection = {
        "capacity": 80.0 * k,
        "import_limit": drawn.import_kw * k,
        "export_limit": drawn.export_kw * k,
        "export_price": drawn.export_price,
    }
    return park_of(present, connection, tariff={"price": "test.retail", "hours": "test.hours", "basis": drawn.basis})


def planned(case: Case) -> tuple[Plan, Costs]:
    costs = costs_of(case)
    return plan(case, costs), costs


def readings_of(case: Case, found: Plan) -> Readings:
    """A plan as its terms are evaluated on."""
    return Readings(found.table.columns, case.grid.step_hours, found.sizes, found.elected)


def gross_cny(case: Case, costs: Costs, found: Plan) -> float:
    """What the terms turn over: the scale of money in this plan."""
    readings = readings_of(case, found)
    return 1e-6 + sum(abs(line.amount) for line in evaluate(costs.all_terms(), readings).lines)


# ----------------------------------------------------------------------------------------------------------------------- laws


@given(draws())
def test_a_plan_is_physics(drawn):
    """Rules out energy from nowhere, flows beyond their limits, a state of charge outside 0 to 1."""
    case = case_of_draw(drawn)
    check_physics(case, planned(case)[0])


@given(draws(), st.sampled_from([0.21, 0.6, 5.0]))
def test_a_plan_is_physics_where_feeding_in_earns_more_than_drawing_costs(drawn, price):
    """Above the valley price, above every price, far above: nothing is bought to be sold through the same meter."""
    case = case_of_draw(replace(drawn, export_kw=10.0, export_price=price))
    check_physics(case, planned(case)[0])


def check_physics(case: Case, found: Plan) -> None:
    flow, near = found.table, BALANCE_KW
    supplied = flow["import_kw"] + flow["generation_kw"] + flow["discharge_kw"] + flow["shortfall_kw"]
    used = flow["load_kw"] + flow["export_kw"] + flow["charge_kw"]
    assert np.abs(supplied - used).max() <= near
    for name in flow.names:
        assert flow[name].min() >= 0.0
    grid = case.park.connections["grid"]
    assert flow["import_kw"].max() <= grid.import_limit + near
    assert flow["export_kw"].max() <= grid.export_limit + near
    assert np.minimum(flow["import_kw"], flow["export_kw"]).max() <= near
    assert np.all(flow["shortfall_kw"] <= case.need_kw("works") + near)
    for name, asset in case.park.generators():
        power = found.sizes[f"{name}.power_kw"]
        offered = power * case.available_pu(name)
        assert asset.power.min <= power <= asset.power.max
        assert np.abs(flow[f"{name}.generation_kw"] + flow[f"{name}.curtailed_kw"] - offered).max() <= near
    for name, asset in case.park.of_family(Battery):
        check_battery(case, found, name, asset)


def check_battery(case: Case, found: Plan, name: str, asset: Battery) -> None:
    """The state of charge follows from the flows, and ends as it began."""
    flow, hours = found.table, case.grid.step_hours
    charge, discharge, soc = (flow[f"{name}.{each}"] for each in ("charge_kw", "discharge_kw", "soc"))
    power, energy = found.sizes[f"{name}.power_kw"], found.sizes[f"{name}.energy_kwh"]
    near = 2 * BALANCE_KW + 1e-9 * energy
    assert soc.min() >= 0.0
    assert soc.max() <= 1.0
    assert max(charge.max(), discharge.max()) <= power + near
    kept = (1.0 - asset.standing_loss_per_day) ** (hours / 24.0)
    content = soc * energy
    moved = hours * (charge * asset.charge_efficiency - discharge / asset.discharge_efficiency)
    assert np.abs(np.roll(content, 1) * kept + moved - content).max() <= near
    assert np.minimum(charge, discharge).max() <= 1e-3 * max(power, 1.0)


@given(draws())
def test_a_plan_costs_what_it_says(drawn):
    """Bill, running, building and unserved energy, evaluated on the published table, are the objective. Settling the table
    gives the same bill, on the basis that was elected."""
    case = case_of_draw(drawn)
    found, costs = planned(case)
    readings = readings_of(case, found)
    near = BILL_RELATIVE * gross_cny(case, costs, found)
    assert abs(evaluate(costs.all_terms(), readings).amount - found.objective_cny) <= near
    accounts = settle(case.park, found.table, case.rulebook, sizes=found.sizes, elected=found.elected)
    assert accounts.bill.unrounded_cny == pytest.approx(evaluate(costs.bill, readings).amount, abs=near)
    assert dict(accounts.bill.elected) == dict(found.elected)
    assert abs(accounts.bill.rounding_cny) <= 0.005 * len(accounts.bill.lines) + 1e-9
    assert found.objective_cny == min(cost for _, cost in found.alternatives)
    assert len(found.alternatives) == (2 if case.park.tariff.basis == "choice" else 1)


@settings(max_examples=15)
@given(draws(), st.floats(0.3, 0.9), st.sampled_from([0.0, 0.1, 0.3]))
def test_a_share_that_is_kept_is_the_share_that_is_reported(drawn, of_load, export):
    """One definition: what the optimizer keeps to, what the account prints and the verdict of the rule, with a store that loses,
    a line that does not count and needs that are cut. Two formulas differed by the losses, so a battery could buy a share."""
    asked = {"charge": "access", "load_rate": 0.5, "shares": "keep"}
    plain = case_of_draw(replace(drawn, pv_kw=None))
    rulebook = book_with(
        retail(0.5, factors=True, capacity_price=22.0, demand_price=35.0), HOURS, *share_records(of_load, export)
    )
    park = Park.model_validate({**plain.park.dump(), "direct_supply": asked})
    case = replace(plain, park=park, rulebook=rulebook)
    found, _ = planned(case)
    accounts = settle(case.park, found.table, case.rulebook, sizes=found.sizes, elected=found.elected)
    shares = {share.name: share for share in accounts.shares}
    green, energy = accounts.green, accounts.energy
    line_kwh = energy.delivered_by("line") if "line" in energy.generation_kwh else 0.0
    used = energy.load_kwh - energy.shortfall_kwh - energy.import_kwh - line_kwh
    counted = energy.available_kwh - energy.generation_kwh.get("line", 0.0)
    assert energy.delivered_kwh - energy.export_kwh - energy.losses_kwh - line_kwh == pytest.approx(used, abs=1e-2)
    expected = {
        "share.self_use_of_generation": (green.self_use_of_generation, used, counted),
        "share.self_use_of_load": (green.self_use_of_load, used, energy.load_kwh - energy.shortfall_kwh),
        "share.export": (green.export_share, energy.export_kwh, counted),
    }
    missed_kwh = sum(
        line.quantity
        for line in evaluate(costs_of(case).penalty, readings_of(case, found)).lines
        if "share." in line.component
    )
    for name, (printed, part, whole) in expected.items():
        if printed is not None and whole > 1.0:
            assert printed == pytest.approx(max(part / whole, 0.0), abs=2e-6)
            assert printed == pytest.approx(max(shares[name].value, 0.0), abs=SHARE_AT_BOUND)
    assert all(share.met is not False for share in shares.values()) or missed_kwh > 0


def share_records(of_load: float, export: float) -> list[dict[str, Any]]:
    """The rules of a direct supply of PV and wind: half of the generation self-used, and shares as drawn."""
    network = {
        "access_capacity": "1 MVA",
        "capacity_price": "20 CNY/kVA/month",
        "transmission": "0.1 CNY/kWh",
        "load_rate": 0.5,
    }
    year = {"year": 2025, "available": "100 kWh", "self_used": "100 kWh", "load": "100 kWh", "exported": "0 kWh"}
    kept = {"spot_continuous": False, "self_use_of_generation": True, "self_use_of_load": True, "export_share": True}
    return [
        {
            **INVENTED,
            "id": "test.network",
            "kind": "direct_supply_charge",
            "full_backup": False,
            "on_grid_energy": ["purchase"],
            "examples": [{**network, "basic": "0.24 MCNY", "energy": "0.438 MCNY"}],
        },
        {
            **INVENTED,
            "id": "test.shares",
            "kind": "supply_shares",
            "users": "one",
            "self_use_of_generation": 0.5,
            "self_use_of_load": [{"year": 2025, "share": of_load}],
            "export": export,
            "export_needs_spot": False,
            "sources": ["pv", "wind"],
            "examples": [{**year, **kept}],
        },
    ]


@given(draws())
def test_a_plan_is_certified_and_nothing_beside_it_is(drawn):
    """A point or price that is moved a little is refused: rules out a certificate that accepts anything."""
    case = case_of_draw(drawn)
    found, costs = planned(case)
    model = model_of(case, costs, found)
    x, duals = found.solution.x, found.solution.duals
    if found.solution.solver == "highs":
        model = replace(model, curvature=np.zeros_like(model.curvature))
    assert certify(model, x, duals).accepted
    rng = np.random.default_rng(drawn.seed)
    (served,) = (block for block in model.row_blocks if block.name == "main.balance")
    moved = x.copy()
    moved[rng.choice(np.unique(model.owner[np.isin(model.rows, served.index)]))] += 1e-3 * model.column_scale[0]
    assert not certify(model, moved, duals).accepted
    dearer = duals.copy()
    dearer[served.index] *= 1.01
    assert not certify(model, x, dearer).accepted


def model_of(case: Case, costs: Costs, found: Plan) -> Model:
    """The program that the plan was decided on, written anew."""
    layout = lay_out(case)
    lower(elect(costs.all_terms(), found.elected), layout)
    priced = [term for term in costs.bill if hasattr(term, "flow") and hasattr(term, "price") and term.price.any()]
    typical = float(np.mean([np.abs(term.price).mean() for term in priced if term.price.shape == (case.grid.steps,)]))
    prefer(layout, typical, typical_power_kw(case))
    return layout.program.finish()


@given(draws())
def test_a_looser_limit_never_costs_more(drawn):
    case = case_of_draw(drawn)
    found, costs = planned(case)
    for looser in (
        replace(drawn, import_kw=2 * drawn.import_kw),
        replace(drawn, export_kw=drawn.export_kw + 5.0),
    ):
        more = plan(case_of_draw(looser), costs_of(case_of_draw(looser)))
        assert more.objective_cny <= found.objective_cny + SAME_WORTH * gross_cny(case, costs, found)


@given(draws())
def test_a_shortfall_is_reported_exactly_where_supply_is_cut(drawn):
    """Without a store each step stands alone, and what cannot be served is need less all that is offered, not more."""
    drawn = replace(drawn, battery_kwh=0.0, pv_kw=drawn.pv_kw or 5.0, wind_kw=drawn.wind_kw or 5.0)
    case = case_of_draw(drawn)
    found, costs = planned(case)
    offered = sum(asset.power.max * case.available_pu(name) for name, asset in case.park.generators())
    cut = np.maximum(case.need_kw("works") - offered - drawn.import_kw, 0.0)
    assert found.table["shortfall_kw"] == pytest.approx(cut, abs=CUT_KW)
    (penalty,) = costs.penalty
    price = found.marginal_price["main"]
    assert price[cut > CUT_KW] == pytest.approx(penalty.price[0], rel=1e-3)
    assert np.all(price[cut == 0] < penalty.price[0])


@settings(max_examples=8)
@given(draws(), st.sampled_from([1e-2, 1e-1, 7.0, 1e2, 1e3]))
def test_a_larger_park_of_the_same_kind_has_the_same_plan(drawn, scale):
    """Power, energy and money times k, shares and prices as they were: rules out a tolerance or weight in kW or CNY."""
    check_scaling(drawn, scale)


def check_scaling(drawn: Draw, scale: float) -> None:
    case, large = case_of_draw(drawn), case_of_draw(replace(drawn, scale=scale))
    (one, costs), (other, _) = planned(case), planned(large)
    near = SAME_WORTH * gross_cny(case, costs, one)
    assert abs(other.objective_cny / scale - one.objective_cny) <= near
    accounts = [
        settle(c.park, p.table, c.rulebook, sizes=p.sizes, elected=p.elected) for c, p in ((case, one), (large, other))
    ]
    free_export = (
        drawn.export_kw > 0 and drawn.export_price == 0
    )  # what is exported or curtailed is then no matter of money
    for share in (
        ("self_use_of_load",) if free_export else ("self_use_of_generation", "self_use_of_load", "export_share")
    ):
        ours, theirs = (getattr(each.green, share) for each in accounts)
        assert (ours is None) == (theirs is None)
        assert ours is None or theirs == pytest.approx(ours, abs=SAME_SHARE)
    for name, size in one.sizes.items():
        assert other.sizes[name] / scale == pytest.approx(size, rel=2e-3, abs=0.05)


LAWS = (
    test_a_plan_is_physics,
    test_a_plan_costs_what_it_says,
    test_a_plan_is_certified_and_nothing_beside_it_is,
    test_a_looser_limit_never_costs_more,
    test_a_shortfall_is_reported_exactly_where_supply_is_cut,
)


@pytest.mark.long
@settings(max_examples=1500)
@given(draws(), st.sampled_from([1e-2, 1e-1, 7.0, 1e2, 1e3]))
def test_all_laws_for_many_more_parks(drawn, scale):
    """The laws of the gate on over a thousand parks, each also at another scale."""
    for law in LAWS:
        law.hypothesis.inner_test(drawn)
    check_scaling(drawn, scale)
