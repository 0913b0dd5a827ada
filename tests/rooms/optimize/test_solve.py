"""Propose and certify: both solvers, the chain, and what happens when nobody can be believed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lingtan.optimize import costs_of
from lingtan.optimize.certificate import Certificate
from lingtan.optimize.lower import elect, elections, lower
from lingtan.optimize.plan import lay_out, plan
from lingtan.optimize.program import Model, Program
from lingtan.optimize.solve import SOLVERS, NotCertifiedError, solve
from lingtan.optimize.solvers.proposal import Proposal
from tests.small_parks import HOURS, battery, pv, retail, small_case

CHAIN = "lingtan.optimize.solve.SOLVERS"
DAY = 20.0 + 10.0 * np.sin(np.linspace(0, 2 * np.pi, 24, endpoint=False))
SUN = np.clip(np.sin(np.pi * (np.arange(24) - 6) / 12), 0, None)


def two_sources() -> Model:
    """Need 10; `a` at 2, `b` at 1 up to 4: optimum 6 and 4, 16 CNY, price 2."""
    program = Program()
    a, b = program.columns("a", 1, "kW"), program.columns("b", 1, "kW", upper=4.0)
    need = program.rows("need", 1, "kW", lower=10.0, upper=10.0)
    program.put(need, a, 1.0)
    program.put(need, b, 1.0)
    program.charge(a, 2.0)
    program.charge(b, 1.0)
    return program.finish()


def day_of_a_park() -> Model:
    """PV and battery to size, time-of-use prices, a demand charge: one day by the hour, without preference."""
    assets = {"pv": pv({"min": 0, "max": 60}, capex=2000.0), "battery": battery({"min": 0, "max": 20}, 40.0)}
    prices = [retail(0.5, factors=True, demand_price=35.0, capacity_price=22.0), HOURS]
    case = small_case(DAY, assets, series={"sun": SUN}, records=prices, connection={"capacity": 40.0})
    terms = costs_of(case).all_terms()
    layout = lay_out(case)
    lower(elect(terms, next(iter(elections(terms)))), layout)
    return layout.program.finish()


@pytest.mark.parametrize("solver", ["piqp", "highs"])
def test_each_solver_finds_point_and_price(solver):
    """Rules out a dual of the wrong sign or of the scaled program: the price would be -2, or 2 in other units."""
    found = solve(two_sources(), (solver,))
    assert (found.solver, found.status) == (solver, "solved")
    assert found.x == pytest.approx([6.0, 4.0], abs=1e-6)
    assert found.duals == pytest.approx([2.0], rel=1e-6)
    assert found.certificate.accepted


def slag_that_nobody_takes() -> Model:
    """The two sources; beside them 7 arise on a bus of their own in each of 500 steps, all dumped at 3: 10,500 CNY more."""
    program = Program()
    a, b = program.columns("a", 1, "kW"), program.columns("b", 1, "kW", upper=4.0)
    dumped = program.columns("dumped", 500, "kW", upper=7.0)
    need = program.rows("need", 1, "kW", lower=10.0, upper=10.0)
    balance = program.rows("slag", 500, "kW", lower=-7.0, upper=-7.0)
    program.put(need, a, 1.0)
    program.put(need, b, 1.0)
    program.put(balance, dumped, -1.0)
    program.charge(a, 2.0)
    program.charge(b, 1.0)
    program.charge(dumped, 3.0)
    return program.finish()


@pytest.mark.parametrize("solver", ["piqp", "highs"])
def test_what_an_equation_fixes_has_the_price_of_its_cost(solver):
    """Rules out two prices, of the equation and of the bound, that grow against each other without end: PIQP came to 7e9 CNY,
    and called a plan of a year that was 0.2 % too dear solved, for its gap was small beside them."""
    found = solve(slag_that_nobody_takes(), (solver,))
    assert found.x[:2] == pytest.approx([6.0, 4.0], abs=1e-6)
    assert found.x[2:] == pytest.approx(np.full(500, 7.0), abs=1e-9)
    assert found.duals == pytest.approx(np.array([2.0, *[-3.0] * 500]), rel=1e-6)
    assert found.certificate.objective_cny == pytest.approx(10_516.0, rel=1e-6)


def test_equations_that_contradict_a_bound_are_left_to_the_next_solver():
    """8 would have to be dumped where 7 can: PIQP must not clip that away."""
    model = slag_that_nobody_takes()
    short = replace(model, row_lower=np.where(model.row_lower == -7.0, -8.0, model.row_lower))
    short = replace(short, row_upper=np.where(model.row_upper == -7.0, -8.0, model.row_upper))
    assert SOLVERS["piqp"](short) is None


@pytest.mark.parametrize("solver", ["piqp", "highs"])
@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e4])
def test_prices_do_not_depend_on_the_size_of_the_park(solver, unit):
    """A price is money per unit of need: the same for a need of 10 W and of 100 MW."""
    model = two_sources()
    bounds = {name: getattr(model, name) * unit for name in ("lower", "upper", "row_lower", "row_upper")}
    scale = 2.0 ** np.round(np.log2(unit))
    large = replace(model, **bounds, column_scale=model.column_scale * scale, row_scale=model.row_scale * scale)
    found = solve(large, (solver,))
    assert found.x == pytest.approx([6.0 * unit, 4.0 * unit], rel=1e-6)
    assert found.duals == pytest.approx([2.0], rel=1e-6)


def test_both_solvers_agree_on_a_park():
    """An interior point and a vertex of the same program: the same money, and prices that each proves for itself."""
    model = day_of_a_park()
    one, other = solve(model, ("piqp",)), solve(model, ("highs",))
    assert one.certificate.objective_cny == pytest.approx(other.certificate.objective_cny, rel=1e-6)
    assert one.certificate.bound_cny == pytest.approx(other.certificate.bound_cny, rel=1e-6)


def test_ranged_rows_and_free_sides():
    """1 ≤ x - y ≤ 3 with x dear and y at most 5: the row stands at its lower side, worth 2."""
    program = Program()
    x, y = program.columns("x", 1, "kW"), program.columns("y", 1, "kW", lower=5.0, upper=5.0)
    row = program.rows("range", 1, "kW", lower=1.0, upper=3.0)
    program.put(row, x, 1.0)
    program.put(row, y, -1.0)
    program.charge(x, 2.0)
    for solver in ("piqp", "highs"):
        found = solve(program.finish(), (solver,))
        assert found.x == pytest.approx([6.0, 5.0], rel=1e-6)
        assert found.duals == pytest.approx([2.0], rel=1e-6)


def offering(x: list[float], price: float):
    return lambda model: Proposal("fake", "solved", np.array(x), np.array([price]), 1)  # noqa: ARG005


def test_an_answer_that_is_not_certified_is_passed_over(monkeypatch):
    """The first solver says `solved` and is wrong by a CNY; the second is asked, and is believed."""
    solvers = {"first": offering([7.0, 3.0], 2.0), "silent": lambda _: None, "second": offering([6.0, 4.0], 2.0)}
    monkeypatch.setattr(CHAIN, solvers)
    assert solve(two_sources(), ("first", "silent", "second")).solver == "second"


def test_no_certified_answer_is_an_error_that_carries_all_attempts(monkeypatch):
    monkeypatch.setattr(CHAIN, {"first": offering([7.0, 3.0], 2.0), "silent": lambda _: None})
    with pytest.raises(NotCertifiedError) as error:
        solve(two_sources(), ("first", "silent"))
    (first, seen), (second, nothing) = error.value.attempts
    assert (first, second, nothing) == ("first", "silent", None)
    assert isinstance(seen, Certificate)
    assert (seen.objective_cny, seen.bound_cny) == (17.0, 16.0)
    assert str(error.value) == (
        f"no solver could certify an answer (first: primal 0.0e+00, dual 0.0e+00, gap {seen.gap:.1e}; silent: no answer)"
    )


def test_a_plan_says_so_when_nobody_is_believed(monkeypatch):
    """Rules out a plan that is written although its program was not solved."""
    monkeypatch.setattr(CHAIN, {"piqp": lambda _: None, "highs": lambda _: None})
    case = small_case([1.0])
    with pytest.raises(NotCertifiedError, match="piqp: no answer; highs: no answer"):
        plan(case, costs_of(case))


def test_a_plan_found_by_the_fallback_costs_the_same(monkeypatch):
    """HiGHS leaves the curvature of the preference aside and still pays its tiny prices; none of them is money."""
    prices = [retail(0.5, factors=True, demand_price=35.0), HOURS]
    assets = {"pv": pv(60.0), "battery": battery(10.0, 20.0)}
    grid = {"export_limit": 5.0}
    case = small_case(DAY, assets, series={"sun": SUN}, records=prices, connection=grid)
    first = plan(case, costs_of(case))
    monkeypatch.setitem(__import__("lingtan.optimize.solve", fromlist=["SOLVERS"]).SOLVERS, "piqp", lambda _: None)
    second = plan(case, costs_of(case))
    assert (first.solution.solver, second.solution.solver) == ("piqp", "highs")
    assert second.objective_cny == pytest.approx(first.objective_cny, rel=1e-6)
    assert second.table["export_kw"].sum() == pytest.approx(first.table["export_kw"].sum(), rel=1e-3)
