"""The program: blocks, triplets, bounds and units, before any solver sees them."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from lingtan.optimize.program import Model, Program


def dense(model: Model) -> np.ndarray:
    """The matrix as scipy reads the compressed columns."""
    return sp.csc_matrix((model.values, model.rows, model.starts), shape=model.shape).toarray()


def small() -> Program:
    """Import of at most 300 kW beside a store of 800 kWh, for a need of 100 kW in each of two hours."""
    program = Program()
    bought = program.columns("grid.import_kw", 2, "kW", upper=300.0)
    content = program.columns("battery.content_kwh", 2, "kWh", upper=[800.0, 700.0])
    balance = program.rows("main.balance", 2, "kW", lower=100.0, upper=100.0)
    program.put(balance, bought, 1.0)
    program.put(balance, content, [-1.0, -2.0])
    program.put(balance, np.roll(content, 1), 0.9)
    program.charge(bought, [0.5, 0.25])
    return program


def test_blocks_follow_each_other():
    """Rules out two blocks on the same columns: then a load would be a battery."""
    model = small().finish()
    assert [(block.name, block.index.tolist()) for block in model.columns] == [
        ("grid.import_kw", [0, 1]),
        ("battery.content_kwh", [2, 3]),
    ]
    assert [(block.name, block.start, block.count) for block in model.row_blocks] == [("main.balance", 0, 2)]
    assert model.shape == (2, 4)


def test_matrix_is_what_was_put():
    assert dense(small().finish()).tolist() == [[1.0, 0.0, -1.0, 0.9], [0.0, 1.0, 0.9, -2.0]]


def test_a_place_named_twice_adds_up():
    """A store of one step meets itself: -1 + 0.9 = -0.1. The last entry alone would be 0.9, both entries a broken matrix."""
    program = Program()
    column = program.columns("content", 1, "kWh")
    row = program.rows("balance", 1, "kW", lower=0.0, upper=0.0)
    program.put(row, column, -1.0)
    program.put(row, np.roll(column, 1), 0.9)
    model = program.finish()
    assert model.values == pytest.approx([-0.1])
    assert model.starts.tolist() == [0, 1]


def test_columns_without_entries_keep_their_place():
    """Rules out starts that slip where a column has no row: every column after it would get its neighbor's entries."""
    program = Program()
    program.columns("idle", 2, "kW")
    used = program.columns("used", 1, "kW")
    program.columns("idle too", 1, "kW")
    program.put(program.rows("row", 1, "kW", lower=0.0, upper=1.0), used, 3.0)
    assert dense(program.finish()).tolist() == [[0.0, 0.0, 3.0, 0.0]]


def test_costs_and_curvatures_add_up_and_a_cap_only_lowers():
    program = small()
    program.charge(np.array([0, 0, 3]), [1.0, 2.0, 4.0])
    program.curve(np.array([1]), 0.5)
    program.cap(np.array([0, 1, 2]), [1_000.0, 50.0, 60.0])
    program.shift(np.array([1]), 7.0)
    model = program.finish()
    assert model.cost.tolist() == [3.5, 0.25, 0.0, 4.0]
    assert model.curvature.tolist() == [0.0, 0.5, 0.0, 0.0]
    assert model.upper.tolist() == [300.0, 50.0, 60.0, 700.0]
    assert (model.row_lower.tolist(), model.row_upper.tolist()) == ([100.0, 107.0], [100.0, 107.0])


def test_objective_counts_offset_and_half_the_curvature():
    program = small()
    program.offset = 10.0
    program.curve(np.array([0]), 0.5)
    x = np.array([4.0, 8.0, 0.0, 0.0])
    assert program.finish().objective(x) == 10.0 + 4 * 0.5 + 8 * 0.25 + 0.5 * 0.5 * 16


def test_products_with_the_matrix():
    model = small().finish()
    x, price = np.array([1.0, 2.0, 3.0, 4.0]), np.array([10.0, 100.0])
    assert model.activity(x).tolist() == (dense(model) @ x).tolist()
    assert model.priced(price).tolist() == (dense(model).T @ price).tolist()


def test_units_come_from_the_program_itself():
    """The need is 100 kW, so a power is counted in 1 kW; of a need of 40 MW in about 400 kW. Rules out a fixed unit."""
    assert small().finish().column_scale.tolist() == [1.0] * 4
    program = small()
    program.shift(np.array([0, 1]), 40_000.0 - 100.0)
    assert program.finish().column_scale.tolist() == [512.0] * 4


def test_a_program_without_needs_takes_its_unit_from_its_limits():
    program = Program()
    column = program.columns("flow", 1, "kW", upper=6_400.0)
    program.put(program.rows("row", 1, "kW", lower=-np.inf, upper=0.0), column, 1.0)
    assert program.finish().column_scale.tolist() == [64.0]


def test_plain_numbers_and_tonnes_have_units_of_their_own():
    program = small()
    program.columns("share", 1, "1")
    program.columns("emissions", 1, "t")
    program.shift(np.array([0, 1]), 40_000.0 - 100.0)
    assert program.finish().column_scale.tolist() == [512.0] * 4 + [1.0, 0.5]


def test_preferences_do_not_set_the_money_unit():
    """A median over tiny costs too would be 1e-9 CNY, and prices a billion of it: PIQP then stops far from the optimum."""
    program = small()
    tiny = program.columns("preferred", 50, "kW")
    program.charge(tiny, 1e-9)
    assert 0.1 <= program.finish().money_unit <= 1.0


def test_scaling_is_exact_and_leads_back():
    """Units are powers of two: scaled there and back, every figure is the same to the last bit."""
    program = small()
    program.shift(np.array([0, 1]), 12_345.678)
    program.curve(np.array([0, 1]), 0.1)
    model = program.finish()
    scaled = model.scaled()
    column, row, money = model.column_scale, model.row_scale, model.money_unit
    assert money != 1.0
    assert column[0] != 1.0
    assert (scaled.cost * money / column == model.cost).all()
    assert (scaled.curvature * money / column**2 == model.curvature).all()
    assert (scaled.values * row[model.rows] / column[model.owner] == model.values).all()
    for back, given in ((scaled.lower, model.lower), (scaled.upper, model.upper)):
        assert (back * column == given).all()
    for back, given in ((scaled.row_lower, model.row_lower), (scaled.row_upper, model.row_upper)):
        assert (back * row == given).all()
    x = np.array([3.0, 5.0, 7.0, 11.0])
    assert scaled.objective(x / column) * money == pytest.approx(model.objective(x), rel=1e-15)


def test_a_hair_from_a_bound_is_on_it():
    """1e-9 of the unit is a hair, 1e-6 is a flow; rules out a shortfall of a nanowatt in a report."""
    model = small().finish()
    x = np.array([1e-10, 300.0 - 1e-10, 1e-6, 700.0 - 1e-6])
    assert model.at_bounds(x).tolist() == [0.0, 300.0, 1e-6, 700.0 - 1e-6]


def test_a_program_that_decides_nothing_is_refused():
    program = Program()
    program.columns("flow", 1, "kW")
    with pytest.raises(ValueError, match="a program without rows decides nothing"):
        program.finish()
