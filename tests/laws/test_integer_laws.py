"""Laws of programs with whole numbers, against trying all of them: the answer is the best there is, and the bound is one."""

from __future__ import annotations

from itertools import product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lingtan.optimize.effort import Effort
from lingtan.optimize.program import Model, Program
from lingtan.optimize.solve import solve
from lingtan.optimize.solvers import highs_integer

EXACT = Effort(time_limit_s=20.0, relative_gap=1e-9)


def drawn(seed: int, counts: int, flows: int, rows: int, scale: float) -> Model:
    """A random program that always has an answer: every row has a dear shortfall and a dear surplus."""
    seeded = np.random.default_rng(seed)
    program = Program(effort=EXACT)
    flow = program.columns("flows", flows, "kW", upper=seeded.uniform(1.0, 10.0, flows) * scale)
    count = program.columns("counts", counts, "1", upper=seeded.integers(1, 4, counts), integer=True)
    short = program.columns("short", rows, "kW")
    over = program.columns("over", rows, "kW")
    need = seeded.uniform(0.0, 20.0, rows) * scale
    balance = program.rows("balance", rows, "kW", lower=need, upper=need)
    program.put(np.repeat(balance, flows), np.tile(flow, rows), np.round(seeded.uniform(-1.0, 2.0, rows * flows), 2))
    sizes = np.round(seeded.uniform(-2.0, 6.0, rows * counts), 2) * scale
    program.put(np.repeat(balance, counts), np.tile(count, rows), sizes)
    program.put(balance, short, 1.0)
    program.put(balance, over, -1.0)
    program.charge(flow, np.round(seeded.uniform(-0.5, 2.0, flows), 2))
    program.charge(count, np.round(seeded.uniform(0.0, 4.0, counts), 2) * scale)
    program.charge(short, 50.0)
    program.charge(over, 5.0)
    return program.finish()


def best_by_trying(model: Model) -> float:
    """The least cost over every combination of whole numbers, each with scipy's linear program for the rest."""
    matrix = np.zeros(model.shape)
    matrix[model.rows, model.owner] = model.values
    whole = np.flatnonzero(model.integer)
    costs = []
    for numbers in product(*(range(int(model.lower[at]), int(model.upper[at]) + 1) for at in whole)):
        lower, upper = model.lower.copy(), model.upper.copy()
        lower[whole] = upper[whole] = numbers
        found = linprog(model.cost, A_eq=matrix, b_eq=model.row_lower, bounds=np.column_stack([lower, upper]))
        if found.status == 0:
            costs.append(found.fun)
    return min(costs)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    counts=st.integers(1, 3),
    flows=st.integers(1, 4),
    rows=st.integers(1, 4),
    scale=st.sampled_from([0.01, 1.0, 1000.0]),
    many=st.sampled_from([1, 100]),
    at_once=st.sampled_from([0, 2000]),
)
def test_the_answer_is_the_best_of_all_and_the_bound_is_below_it(seed, counts, flows, rows, scale, many, at_once):
    """Rules out rounding the relaxed answer, a bound in the solver's money, a gap that is not what it says, and a first answer
    (looked for where there are many, or in windows) that is taken for the best."""
    model = drawn(seed, counts, flows, rows, scale)
    with patch.multiple(highs_integer, MANY=many, MOST_AT_ONCE=at_once, WINDOW=2):
        solution = solve(model)
    best = best_by_trying(model)
    turnover = float(np.abs(model.cost) @ np.abs(solution.x)) + scale
    assert solution.certificate.objective_cny == pytest.approx(best, abs=2e-6 * turnover)
    assert solution.search.bound_cny <= best + 1e-6 * turnover
    assert solution.search.bound_cny == pytest.approx(best, abs=2e-6 * turnover)
    assert np.array_equal(solution.x[model.integer], np.round(solution.x[model.integer]))
    relaxed = solve(model.relaxed()).certificate.objective_cny
    assert relaxed <= best + 2e-6 * turnover
