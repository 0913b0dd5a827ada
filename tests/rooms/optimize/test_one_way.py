"""A meter and an inverter run one way at a time, also where running both ways at once would pay on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.optimize import Costs, Plan, costs_of, plan
from lingtan.optimize.objective import shortfall_terms
from lingtan.optimize.one_way import Pair, Task, solve_one_way
from lingtan.optimize.program import Model, Program
from lingtan.optimize.solve import Solution, certified_at, solve_in_turn
from lingtan.terms import Term
from tests.small_parks import battery, bought, pv, small_case

DEAR_EXPORT = {"export_limit": 500.0, "export_price": 5.0}
"""Sold at ten times the price of a kilowatt-hour bought."""


def planned(case: Case, *bill: Term) -> Plan:
    return plan(case, Costs(bill, (), (), shortfall_terms(case)))


def test_a_park_sells_nothing_that_it_buys():
    """100 kW of need and nothing to sell: 100 kW are bought at 0.5. On paper, 600 are bought and 500 sold: -2,200 CNY an hour."""
    case = small_case([100.0, 100.0], connection=DEAR_EXPORT)
    found = plan(case, costs_of(case))
    assert found.table["import_kw"] == pytest.approx([100.0, 100.0])
    assert found.table["export_kw"] == pytest.approx([0.0, 0.0], abs=1e-6)
    assert found.objective_cny == pytest.approx(100.0, rel=1e-6)
    assert found.held_steps == 2


def test_each_step_runs_the_way_of_its_difference():
    """PV of 300, 100 and 60 kW against a need of 100: 200 are sold, nothing, 40 bought. The second hour may run either way."""
    case = small_case([100.0] * 3, {"pv": pv(300.0)}, series={"sun": [1.0, 1 / 3, 0.2]}, connection=DEAR_EXPORT)
    found = plan(case, costs_of(case))
    assert found.table["export_kw"] == pytest.approx([200.0, 0.0, 0.0], abs=1e-3)
    assert found.table["import_kw"] == pytest.approx([0.0, 0.0, 40.0], abs=1e-3)
    assert found.objective_cny == pytest.approx(40.0 * 0.5 - 200.0 * 5.0, rel=1e-4)
    assert found.solution.certificate.accepted


def test_a_battery_burns_nothing_by_running_both_ways():
    """The park is paid to take energy. An inverter that loses half of it could burn 75 kWh an hour by charging and discharging at
    once; charging alone, and emptying in the next hour, it takes 100 in one of the two hours."""
    store = battery(100.0, 50.0, charge_efficiency=0.5, discharge_efficiency=0.5)
    case = small_case([10.0, 10.0], {"store": store})
    found = planned(case, bought(case, -0.1))
    charge, discharge = found.table["store.charge_kw"], found.table["store.discharge_kw"]
    assert np.minimum(charge, discharge).max() <= 1e-3
    assert charge.sum() * 0.5 == pytest.approx(discharge.sum() / 0.5, abs=1e-3)
    assert found.held_steps > 0


def test_a_plan_that_runs_one_way_anyway_is_solved_once():
    """Rules out a second year-long solve for what a solver leaves, below a watt."""
    calls: list[int] = []

    def counted(models: object) -> list[Solution]:
        calls.append(1)
        return solve_in_turn(models)  # type: ignore[arg-type]

    case = small_case(
        [100.0] * 3, {"pv": pv(300.0)}, series={"sun": [1.0, 0.0, 0.2]}, connection={"export_limit": 50.0}
    )
    found = plan(case, costs_of(case), counted)
    assert (calls, found.held_steps) == ([1], 0)
    assert np.minimum(found.table["import_kw"], found.table["export_kw"]).max() == 0.0


def test_a_tie_through_one_meter_is_netted_and_not_solved_again():
    """Sold for what it is bought for: any amount may go in a circle, and none is as good. Rules out a second year-long solve."""
    calls: list[int] = []

    def circling(models: Sequence[Model]) -> list[Solution]:
        calls.append(1)
        (solution,) = solve_in_turn(models)
        return [replace(solution, x=solution.x + 50.0)]

    model, pair = metered(price=0.5, export_price=0.5)
    (answer,) = solve_one_way([Task(model, (pair,), (pair,), np.zeros(0, dtype=np.int64))], circling)
    assert answer.solution.x == pytest.approx([100.0, 0.0], abs=1e-3)
    assert answer.solution.certificate.accepted
    assert (calls, answer.closed.size) == ([1], 0)


def test_what_pays_on_paper_is_not_netted_away_under_the_same_prices():
    """Sold at ten times the price: the difference of both flows costs more than the proof allows, so the step is held."""
    model, pair = metered(price=0.5, export_price=5.0)
    (both,) = solve_in_turn([model])
    assert certified_at(model, both, np.array([100.0, 0.0])) is None
    (answer,) = solve_one_way([Task(model, (pair,), (pair,), np.zeros(0, dtype=np.int64))], solve_in_turn)
    assert answer.solution.x == pytest.approx([100.0, 0.0], abs=1e-3)
    assert list(answer.closed) == [1]


def metered(price: float, export_price: float) -> tuple[Model, Pair]:
    """A need of 100 kW for an hour behind a meter of 500 kW each way."""
    program = Program()
    bought = program.columns("import", 1, "kW", upper=500.0)
    sold = program.columns("export", 1, "kW", upper=500.0)
    need = program.rows("need", 1, "kW", lower=100.0, upper=100.0)
    for columns, amount, cost in ((bought, 1.0, price), (sold, -1.0, -export_price)):
        program.put(need, columns, amount)
        program.charge(columns, cost)
    return program.finish(), (bought, sold)


def test_a_trickle_below_a_millionth_of_the_largest_flow_holds_nothing():
    """A store of 2 MW beside a meter of 100 MW: 50 W both ways are what a solver leaves; 500 W are not."""
    program = Program()
    columns = [program.columns(name, 1, "kW", upper=1e6) for name in ("import", "export", "charge", "discharge")]
    program.put(program.rows("need", 1, "kW", lower=100.0, upper=100.0), columns[0], 1.0)
    model = program.finish()
    pairs = ((columns[0], columns[1]), (columns[2], columns[3]))
    task = Task(model, pairs, (), np.zeros(0, dtype=np.int64))
    assert task.holding(np.array([100_000.0, 0.0, 2_000.0, 0.05]), whole=False) is None
    held = task.holding(np.array([100_000.0, 0.0, 2_000.0, 0.5]), whole=False)
    assert held is not None
    assert list(held.closed) == [3]
