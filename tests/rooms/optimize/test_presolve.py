"""What is decided before anything is solved, and the prices of the rows that decide it, by hand.

Every price is checked through both solvers, whose own are not to be told there: an interior-point method follows a price that has
no end, a simplex method stops at some.
"""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.optimize.program import Model, Program
from lingtan.optimize.solve import SOLVERS, solve
from lingtan.optimize.solvers.presolve import presolved


def beside_two_sources(write) -> Model:
    """Need 10 kW from `a` at 2 and `b` at 1 up to 4 (columns 0 and 1, row 0), and what `write` adds."""
    program = Program()
    a, b = program.columns("a", 1, "kW"), program.columns("b", 1, "kW", upper=4.0)
    need = program.rows("need", 1, "kW", lower=10.0, upper=10.0)
    program.put(need, a, 1.0)
    program.put(need, b, 1.0)
    program.charge(a, 2.0)
    program.charge(b, 1.0)
    write(program)
    return program.finish()


def sold(program: Program, name: str, cost: float, upper: float = np.inf) -> np.ndarray:
    column = program.columns(name, 1, "kW", upper=upper)
    program.charge(column, cost)
    return column


def balance(program: Program, need: float, *entries: tuple[np.ndarray, float], at_most: float | None = None) -> None:
    row = program.rows("slag", 1, "kW", lower=need if at_most is None else -np.inf, upper=need)
    for column, factor in entries:
        program.put(row, column, factor)


def price_of_last_row(model: Model) -> float:
    one, other = (solve(model, (name,)).duals for name in ("piqp", "highs"))
    assert [one[0], other[0]] == pytest.approx([2.0, 2.0], rel=1e-6)
    assert one[-1] == pytest.approx(other[-1], rel=1e-9)
    return float(one[-1])


def test_where_nobody_takes_one_more_costs_what_the_cheapest_asks():
    """Two sellers and a mill in maintenance. Rules out the price that PIQP came to (-5,255,729), and that of the dearer seller."""

    def idle(program: Program) -> None:
        cheap, dear = sold(program, "cheap", 3.0), sold(program, "dear", 5.0)
        mill = program.columns("mill", 1, "kW", upper=0.0)
        balance(program, 0.0, (cheap, 1.0), (dear, 1.0), (mill, -1.0))

    assert price_of_last_row(beside_two_sources(idle)) == pytest.approx(3.0, rel=1e-9)


def test_where_everyone_gives_all_one_less_saves_what_the_dearest_asks():
    """Both give what they can for a need of 10: nobody could give more, and a need of 9 would save the 5 of the dearer one."""

    def full(program: Program) -> None:
        balance(program, 10.0, (sold(program, "cheap", 3.0, 6.0), 1.0), (sold(program, "dear", 5.0, 4.0), 1.0))

    assert price_of_last_row(beside_two_sources(full)) == pytest.approx(5.0, rel=1e-9)


def test_what_one_row_decides_leaves_another_no_choice():
    """A mill that is held off takes no slag (its own row says so), so nobody gives any.

    Rules out that only bounds are looked at.
    """

    def linked(program: Program) -> None:
        runs, takes = program.columns("mill", 1, "kW", upper=0.0), program.columns("takes", 1, "kW")
        link = program.rows("link", 1, "kW", lower=0.0, upper=0.0)
        program.put(link, takes, 1.0)
        program.put(link, runs, -2.0)
        balance(program, 0.0, (sold(program, "cheap", 3.0), 1.0), (sold(program, "dear", 5.0), 1.0), (takes, -1.0))

    model = beside_two_sources(linked)
    known = presolved(model, with_tight=True)
    assert known is not None
    assert known.open.tolist() == [True, True, False, False, False, False]
    assert [each.rows.tolist() for each in known.rounds] == [[1], [2]]
    assert price_of_last_row(model) == pytest.approx(3.0, rel=1e-9)


@pytest.mark.parametrize(("worth", "price"), [(4.0, -4.0), (-4.0, 0.0)])
def test_a_bound_that_nothing_may_pass_never_pays(worth, price):
    """An offer of nothing, as a row: what would earn 4 is held by it, what would lose 4 needs no holding. Rules out a price of 4,
    which would pay for what the row forbids."""

    def night(program: Program) -> None:
        balance(program, 0.0, (sold(program, "sun", -worth), 1.0), at_most=0.0)

    assert price_of_last_row(beside_two_sources(night)) == pytest.approx(price, abs=1e-9)


def test_a_factor_of_rounding_decides_nothing():
    """The sun of 18:00 is 6e-17 of what is built, and 6e-17 · 60 is not zero: held to its least, nothing would be built."""

    def evening(program: Program) -> None:
        size = program.columns("size", 1, "kW", upper=60.0)
        sun = program.columns("sun", 1, "kW")
        balance(program, 0.0, (sun, 1.0), (size, -6e-17))

    known = presolved(beside_two_sources(evening), with_tight=True)
    assert known is not None
    assert known.open[2]


def test_what_contradicts_itself_is_left_to_the_next_solver():
    """A need of 8 where 6 can be given."""

    def short(program: Program) -> None:
        balance(program, 8.0, (sold(program, "one", 3.0, 6.0), 1.0))

    assert SOLVERS["piqp"](beside_two_sources(short)) is None
