"""Whole numbers in a program: searched, held, certified, and told with what is proven about others."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from lingtan.optimize.effort import DAY, SIZING, Effort, for_schedule, with_asked
from lingtan.optimize.one_way import Task, solve_one_way
from lingtan.optimize.plan import drafted
from lingtan.optimize.program import Model, Program
from lingtan.optimize.solve import NotCertifiedError, out_of_time, solve, solve_in_turn
from lingtan.optimize.solvers import highs, highs_integer, piqp
from lingtan.optimize.solvers.proposal import Incumbent
from lingtan.park import Search
from tests.proofs.energy_parks import costs_at
from tests.proofs.test_commitment_day import day
from tests.small_parks import hours_grid

SEARCH = "lingtan.optimize.solve.highs_integer.search"


def machines(effort: Effort = DAY) -> Model:
    """Need 10 kW; a machine gives 3 kW for 3.1 CNY, the grid a kilowatt for 2: three machines and 1 kW, 11.3 CNY."""
    program = Program(effort=effort)
    grid = program.columns("grid", 1, "kW")
    count = program.columns("machines", 1, "1", upper=5.0, integer=True)
    need = program.rows("need", 1, "kW", lower=10.0, upper=10.0)
    program.put(need, grid, 1.0)
    program.put(need, count, 3.0)
    program.charge(grid, 2.0)
    program.charge(count, 3.1)
    return program.finish()


def found_as(x: list[float] | None, bound_cny: float, *, is_out_of_time: bool = False):
    """A search that hands back this, whatever it is asked."""
    return lambda _: Incumbent(None if x is None else np.array(x), bound_cny, 7, is_out_of_time)


def test_a_third_of_a_machine_is_not_built():
    """Rules out the relaxed answer: 3.33 machines for 10.33 CNY."""
    solution = solve(machines())
    assert solution.x == pytest.approx([1.0, 3.0], abs=1e-6)
    assert solution.x[1] == 3.0  # to the last digit: it is held, not approached
    assert solution.certificate.objective_cny == pytest.approx(11.3, rel=1e-6)
    assert solution.certificate.accepted
    assert solution.search is not None
    assert solution.search.bound_cny == pytest.approx(11.3, rel=1e-6)
    assert solution.search.gap == pytest.approx(0.0, abs=1e-6)
    assert (solution.status, solution.search.effort, solution.search.is_out_of_time) == ("solved", DAY, False)


def test_the_price_is_that_of_the_next_kilowatt():
    """With three machines held, a kilowatt more comes from the grid at 2. The relaxed program would say 1.033."""
    assert solve(machines()).duals == pytest.approx([2.0], rel=1e-5)


def test_a_program_without_whole_numbers_has_no_search():
    assert solve(machines().relaxed()).search is None
    assert solve(machines().relaxed()).certificate.objective_cny == pytest.approx(31.0 / 3.0, rel=1e-6)


@pytest.mark.parametrize("solver", [piqp, highs])
def test_a_linear_solver_refuses_whole_numbers(solver):
    """Rules out a certificate on 3.33 machines: as a linear program it would be accepted."""
    name = solver.__name__.rsplit(".", 1)[-1]
    with pytest.raises(ValueError, match=f"^{name} knows no whole numbers: fix or relax them first$"):
        solver.propose(machines())


def test_whole_numbers_have_no_unit():
    """A count of kilowatts would be whole in the solver's unit, which is a power of two of them."""
    with pytest.raises(ValueError, match=r"^machines: whole numbers have no unit, and kW is scaled$"):
        Program().columns("machines", 1, "kW", integer=True)


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e4])
def test_the_count_does_not_depend_on_the_size_of_the_park(unit):
    """The same machines a thousand times smaller or larger, priced alike: three of them. In unscaled units the solver's
    tolerance would swallow a need of 10 W, and a big one would leave a fraction that counts."""
    program = Program()
    grid = program.columns("grid", 1, "kW")
    count = program.columns("machines", 1, "1", upper=5.0, integer=True)
    need = program.rows("need", 1, "kW", lower=10.0 * unit, upper=10.0 * unit)
    program.put(need, grid, 1.0)
    program.put(need, count, 3.0 * unit)
    program.charge(grid, 2.0)
    program.charge(count, 3.1 * unit)
    solution = solve(program.finish())
    assert solution.x == pytest.approx([unit, 3.0], rel=1e-6)


class TestOutOfTime:
    def test_the_best_answer_is_kept_with_its_gap_and_named_so(self, monkeypatch):
        """Two machines cost 14.2, 3.9 more than the proven 10.3: a gap of 27.5 % of 14.2. Relative to the bound it would be
        38 %; the gap of the linear program, which is zero, would hide it."""
        monkeypatch.setattr(SEARCH, found_as([4.0, 2.0], 10.3, is_out_of_time=True))
        solution = solve(machines())
        assert (solution.status, solution.search.is_out_of_time, solution.search.nodes) == ("out_of_time", True, 7)
        assert solution.search.gap == pytest.approx(3.9 / 14.2, rel=1e-6)
        assert solution.certificate.accepted
        (finding,) = out_of_time(solution.search)
        assert finding.text() == (
            "optimize.out-of-time: solver (20 s): the search for whole numbers ran out of time; this is the best answer "
            "found, and others may save up to the gap; expected ≤ 0.1 %, got 27 %. Allow it more time "
            "(search.time_limit in the park file), accept a larger gap (search.gap), or leave fewer whole numbers open."
        )
        assert finding.text("zh") == (
            "optimize.out-of-time: solver (20 s)：整数搜索到达时限；所给为已找到的最优解，其他方案最多可再节省该间隙；"
            "应为 ≤ 0.1 %，实为 27 %。请在园区文件中延长时限（search.time_limit）、放宽间隙（search.gap），或减少待定的整数量。"
        )

    def test_an_answer_in_time_warns_of_nothing(self):
        assert out_of_time(solve(machines()).search) == ()
        assert out_of_time(None) == ()

    def test_a_fraction_is_rounded_and_the_rest_decided_again(self, monkeypatch):
        """2.9999999 machines and 1.0000003 kW of grid: held at 3, the grid gives 1. Kept, 3e-7 kW would come from nowhere."""
        monkeypatch.setattr(SEARCH, found_as([1.0000003, 2.9999999], 11.3))
        solution = solve(machines())
        assert solution.x[1] == 3.0
        assert solution.x[0] == pytest.approx(1.0, abs=3e-8)
        assert solution.certificate.integrality == 0.0

    def test_no_answer_in_time_is_an_error_with_its_account(self, monkeypatch):
        monkeypatch.setattr(SEARCH, found_as(None, -np.inf, is_out_of_time=True))
        with pytest.raises(NotCertifiedError) as error:
            solve(machines(SIZING))
        assert str(error.value) == (
            "no solver could certify an answer (highs_integer: no answer with whole numbers within 300 s)"
        )
        again = pickle.loads(pickle.dumps(error.value))
        assert (str(again), again.attempts, again.effort) == (
            str(error.value),
            (("highs_integer", None),),
            SIZING,
        )

    def test_a_real_search_that_has_no_time_says_so(self):
        """A knapsack of 60 that nobody closes in a hundredth of a second: an answer with its gap, or none, but never 'solved'."""
        seeded = np.random.default_rng(4)
        program = Program(effort=Effort(0.01, 1e-9))
        taken = program.columns("taken", 200, "1", upper=1.0, integer=True)
        rows = program.rows("room", 20, "1", lower=-np.inf, upper=2000.0)
        program.put(np.repeat(rows, 200), np.tile(taken, 20), seeded.integers(10, 90, 4000).astype(float))
        program.charge(taken, -seeded.integers(10, 90, 200).astype(float))
        try:
            solution = solve(program.finish())
        except NotCertifiedError as error:
            assert error.effort == Effort(0.01, 1e-9)  # noqa: PT017
        else:
            assert solution.status == "out_of_time"
            assert solution.search.gap > 1e-9


def test_one_way_keeps_the_numbers_and_what_was_proven():
    """Feeding in earns 3 where drawing costs 1: both at once through one meter. Held to one way, two machines of 2 kW at 3 CNY
    still feed 1 kW in beside a need of 3, and the bound of the first search still stands below."""
    program = Program()
    bought = program.columns("import", 1, "kW", upper=10.0)
    sold = program.columns("export", 1, "kW", upper=10.0)
    count = program.columns("machines", 1, "1", upper=2.0, integer=True)
    need = program.rows("need", 1, "kW", lower=3.0, upper=3.0)
    for columns, amount, cost in ((bought, 1.0, 1.0), (sold, -1.0, -3.0), (count, 2.0, 3.0)):
        program.put(need, columns, amount)
        program.charge(columns, cost)
    model = program.finish()
    (both,) = solve_in_turn([model])
    assert both.x == pytest.approx([9.0, 10.0, 2.0], abs=1e-5)
    pairs = ((bought, sold),)
    (answer,) = solve_one_way([Task(model, pairs, pairs, np.zeros(0, dtype=np.int64))], solve_in_turn)
    assert answer.solution.x == pytest.approx([0.0, 1.0, 2.0], abs=1e-5)
    search = answer.solution.search
    assert search.bound_cny == pytest.approx(both.search.bound_cny)
    assert search.gap == pytest.approx((3.0 - both.search.bound_cny) / 9.0, rel=1e-5)  # 6 - 3 turns over 9


def test_the_gap_that_is_asked_for_reaches_the_solver(monkeypatch):
    """A quarter of the 10.33 CNY that the relaxed program turns over. Rules out an effort that is carried along and never used."""
    seen = {}
    real = highs_integer.highspy.Highs

    class Watched(real):
        def setOptionValue(self, name, value):  # noqa: N802
            seen[name] = value
            return super().setOptionValue(name, value)

    monkeypatch.setattr(highs_integer.highspy, "Highs", Watched)
    model = replace(machines(), effort=Effort(12.0, 0.25))
    highs_integer.search(model)
    assert (seen["time_limit"], seen["mip_rel_gap"]) == (pytest.approx(12.0, abs=0.5), 0.0)
    assert seen["mip_abs_gap"] * model.money_unit == pytest.approx(0.25 * 31.0 / 3.0, rel=1e-5)


def test_a_gap_is_of_what_the_plan_moves_and_not_of_a_charge_that_nothing_avoids():
    """Three machines of 3 kW at 3.1 CNY beside a monthly charge of 1,000 in a column of a term, and 1 kW of want at 50: they turn
    over 9.3. Rules out a gap of a thousandth that is measured by 1,059.3, a tenth of all that can be saved."""
    program = Program()
    cut = program.columns("works.shortfall_kw", 1, "kW", upper=1.0)
    count = program.columns("machines", 1, "1", upper=3.0, integer=True)
    need = program.rows("need", 1, "kW", lower=10.0, upper=10.0)
    program.physical = program.shape[1]
    charge = program.columns("basic_charge", 1, "1", lower=1.0, upper=1.0)
    program.put(need, cut, 1.0)
    program.put(need, count, 3.0)
    for columns, cost in ((cut, 50.0), (count, 3.1), (charge, 1000.0)):
        program.charge(columns, cost)
    model = program.finish()
    assert model.running(np.array([1.0, 3.0, 1.0])) == pytest.approx(9.3)
    assert model.scaled().running(np.array([1.0, 3.0, 1.0]) / model.column_scale) * model.money_unit == pytest.approx(
        9.3
    )


class TestWindows:
    """Twelve hours of a boiler that must be started, in windows of four."""

    NEED = (80.0, 20.0, 20.0, 80.0, 80.0, 20.0, 0.0, 80.0, 80.0, 80.0, 20.0, 80.0)

    @staticmethod
    def _model() -> Model:
        case = day(list(TestWindows.NEED))
        return drafted(case, costs_at(case, 0.5), {}, None, "committed").model

    def test_the_numbers_of_a_window_are_decided_while_those_before_it_stand(self, monkeypatch):
        """Rules out windows that forget what was decided, that look at one hour each, or whose answer is not handed on."""
        monkeypatch.setattr(highs_integer, "MANY", 1)
        monkeypatch.setattr(highs_integer, "MOST_AT_ONCE", 4)
        monkeypatch.setattr(highs_integer, "WINDOW", 4)
        seen: list[tuple[Model, np.ndarray | None, np.ndarray]] = []
        run = highs_integer._run

        def watched(scaled, time_limit_s, start=None, gap=None):
            found = run(scaled, time_limit_s, start, gap)
            seen.append((scaled, start, found.x))
            return found

        monkeypatch.setattr(highs_integer, "_run", watched)
        model = self._model()
        highs_integer.search(model)
        on = model.integer
        relaxed, *seen = seen
        assert not relaxed[0].integer.any()
        assert [int(each.integer.sum()) for each, _, _ in seen] == [4, 4, 4, 12]
        for number, (scaled, _, x) in enumerate(seen[:3]):
            still = np.flatnonzero(on)[: 4 * number]
            assert np.array_equal(scaled.lower[still], scaled.upper[still])
            assert np.array_equal(scaled.lower[still], np.round(seen[2][2][still]))
            assert x is not None
        assert np.array_equal(seen[3][1], seen[2][2])

    def test_an_answer_of_windows_keeps_every_rule_and_is_near_the_best(self):
        """Certified with its numbers held, and at most a start (50 CNY) dearer than the best of all."""
        model = self._model()
        x = highs_integer._by_windows(replace(model, curvature=0 * model.curvature).scaled(), None, 20.0)
        held = solve(model.fixed(x * model.column_scale)).certificate.objective_cny
        best = solve(model).certificate.objective_cny
        assert best - 1e-6 <= held <= best + 50.0

    def test_no_answer_in_a_window_leaves_the_search_to_itself(self, monkeypatch):
        nothing = highs_integer._Run(None, -np.inf, 0, True)
        monkeypatch.setattr(highs_integer, "_run", lambda *_: nothing)
        assert highs_integer._by_windows(self._model().scaled(), None, 20.0) is None


def test_a_longer_schedule_may_take_as_much_longer_and_the_park_file_has_the_last_word():
    """A week in quarters: 7 times 20 s. Six hours: 20 s, and not 5."""
    week, quarter = (hours_grid(steps, step_minutes=15) for steps in (672, 24))
    assert for_schedule(week, Search()) == Effort(140.0, 1e-3)
    assert for_schedule(quarter, Search()) == DAY
    assert for_schedule(week, Search(time_limit=0.5, gap=0.02)) == Effort(1800.0, 0.02)
    assert with_asked(SIZING, Search(gap=0.01)) == Effort(300.0, 0.01)
