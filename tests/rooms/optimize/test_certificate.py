"""The certificate on programs whose optimum and prices are known by hand.

The program: buy `a` at 2 or `b` at 1, `b` at most 4, for a need of 10. Optimum 6 and 4, 16 CNY; one more unit of need is
bought as `a`, so the need has price 2, and one more unit of `b`'s limit saves 1.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lingtan.optimize.certificate import Certificate, certify
from lingtan.optimize.program import Model, Program
from lingtan.tolerances import DUAL_RELATIVE, GAP_RELATIVE, PRIMAL_RELATIVE

OPTIMUM, PRICE = np.array([6.0, 4.0]), np.array([2.0])


def two_sources(*, ranged: bool = False) -> Model:
    program = Program()
    a = program.columns("a", 1, "kW")
    b = program.columns("b", 1, "kW", upper=4.0)
    need = program.rows("need", 1, "kW", lower=10.0, upper=np.inf if ranged else 10.0)
    program.put(need, a, 1.0)
    program.put(need, b, 1.0)
    program.charge(a, 2.0)
    program.charge(b, 1.0)
    return program.finish()


def test_the_optimum_with_its_price_is_accepted():
    seen = certify(two_sources(), OPTIMUM, PRICE)
    assert seen == Certificate(0.0, 0.0, 0.0, objective_cny=16.0, bound_cny=16.0)
    assert seen.accepted


def test_a_point_that_misses_the_need_is_refused():
    """Rules out a solver's point that is cheap because it serves 9.999 of 10."""
    seen = certify(two_sources(), np.array([5.999, 4.0]), PRICE)
    assert seen.primal_residual > 100 * PRIMAL_RELATIVE
    assert not seen.accepted


@pytest.mark.parametrize("point", [[5.0, 5.0], [-1.0, 4.0]])
def test_a_point_beyond_its_bounds_is_refused(point):
    model = replace(two_sources(), row_lower=np.array([sum(point)]), row_upper=np.array([sum(point)]))
    seen = certify(model, np.array(point), PRICE)
    assert seen.primal_residual > 0.1
    assert not seen.accepted


def test_a_feasible_point_that_costs_more_is_refused():
    """7 and 3 serve the need at 17 CNY; the price proves that 16 is possible. Without a gap it would pass."""
    seen = certify(two_sources(), np.array([7.0, 3.0]), PRICE)
    assert (seen.objective_cny, seen.bound_cny) == (17.0, 16.0)
    assert seen.gap > 1e4 * GAP_RELATIVE
    assert not seen.accepted


@pytest.mark.parametrize("price", [1.5, 2.5, 0.0])
def test_a_wrong_price_is_refused(price):
    """Below 2 it proves less than 16; above 2, `a` would earn without limit, which no bound of `a` explains."""
    seen = certify(two_sources(), OPTIMUM, np.array([price]))
    assert not seen.accepted
    assert (seen.dual_residual > DUAL_RELATIVE) == (price > 2.0)


def test_a_price_of_the_wrong_sign_is_refused():
    """`need ≥ 10` can only cost; a price below zero would stand on the side that has no bound."""
    assert certify(two_sources(ranged=True), OPTIMUM, PRICE).accepted
    seen = certify(two_sources(ranged=True), OPTIMUM, -PRICE)
    assert seen.dual_residual > DUAL_RELATIVE
    assert not seen.accepted


def test_an_unbounded_program_has_no_certificate():
    """A cost below zero without an upper bound: no price can prove an optimum."""
    model = two_sources()
    model = replace(model, cost=np.array([-1.0, 1.0]), row_upper=np.array([np.inf]))
    assert not certify(model, OPTIMUM, np.array([0.0])).accepted


def test_curvature_is_part_of_objective_and_bound():
    """Minimize x²/2 · 4 + 2x with x ≥ 3: at 3, 24 CNY, price 2 + 4 · 3 = 14, bound 14 · 3 - 4 · 9 / 2 = 24."""
    program = Program()
    x = program.columns("x", 1, "kW")
    program.put(program.rows("least", 1, "kW", lower=3.0, upper=np.inf), x, 1.0)
    program.charge(x, 2.0)
    program.curve(x, 4.0)
    seen = certify(program.finish(), np.array([3.0]), np.array([14.0]))
    assert (seen.objective_cny, seen.bound_cny) == (24.0, 24.0)
    assert seen.accepted
    assert not certify(program.finish(), np.array([3.0]), np.array([2.0])).accepted


@pytest.mark.parametrize(
    ("point", "price"), [([np.nan, 4.0], 2.0), ([6.0, np.nan], 2.0), ([6.0, 4.0], np.nan), ([np.inf, 4.0], 2.0)]
)
def test_what_is_not_a_number_is_refused(point, price):
    """Rules out comparisons that NaN slips through."""
    with np.errstate(invalid="ignore"):
        assert not certify(two_sources(), np.array(point), np.array([price])).accepted


def test_a_certificate_is_as_strict_in_any_unit():
    """Residuals are relative to the program's own units: the same park in W instead of kW is judged alike."""
    model = two_sources()
    large = replace(
        model,
        **{name: getattr(model, name) * 1e3 for name in ("lower", "upper", "row_lower", "row_upper")},
        column_scale=model.column_scale * 1e3,
        row_scale=model.row_scale * 1e3,
    )
    off = np.array([5.999, 4.0])
    one, other = certify(model, off, PRICE), certify(large, off * 1e3, PRICE)
    assert other.primal_residual == pytest.approx(one.primal_residual, rel=1e-9)
    assert other.objective_cny == pytest.approx(1e3 * one.objective_cny)
