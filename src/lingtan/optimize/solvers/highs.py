"""HiGHS: the fallback for linear programs, and the solver for a vertex; programs with whole numbers are in `highs_integer`.

Two of its methods are asked: dual simplex, which ends at a vertex, and HiPO, an interior-point method that is the faster one for a
large program (it needs `highspy[extras]`).

It leaves the preference (a curvature) aside, for its quadratic solver is not made for a year of steps: an answer of HiGHS is
optimal in money, and any of several equal schedules.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from lingtan.optimize.program import Model
from lingtan.optimize.solvers.proposal import Proposal, refuse_integers

SETTINGS: dict[str, float | int | bool] = {
    "output_flag": False,
    "threads": 1,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}
"""At HiGHS' own 1e-7 a reduced cost that small, times a distant bound, is a gap that our certificate refuses."""

SIMPLEX_ROWS = 300_000
"""Above this many rows the interior-point method is the faster way."""


def propose(model: Model, *, time_limit_s: float = 3600.0) -> Proposal | None:
    """Solve the linear program by the method for its size; None where HiGHS stops without an optimal answer."""
    height, _ = model.shape
    return (propose_simplex if height <= SIMPLEX_ROWS else propose_hipo)(model, time_limit_s=time_limit_s)


def propose_simplex(model: Model, *, time_limit_s: float = 3600.0) -> Proposal | None:
    """A vertex, by the dual simplex method."""
    return _propose(model, "simplex", time_limit_s)


def propose_hipo(model: Model, *, time_limit_s: float = 3600.0) -> Proposal | None:
    """A vertex, by the interior-point method HiPO and a crossover."""
    return _propose(model, "hipo", time_limit_s)


def _propose(model: Model, method: str, time_limit_s: float) -> Proposal | None:
    refuse_integers("highs", model)
    scaled = replace(model, curvature=np.zeros_like(model.curvature)).scaled()
    highs = highspy.Highs()
    for name, value in (SETTINGS | {"time_limit": time_limit_s}).items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("solver", method)
    highs.passModel(as_highs(scaled))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = highs.getSolution()
    x = np.clip(np.asarray(solution.col_value) * model.column_scale, model.lower, model.upper)
    prices = np.asarray(solution.row_dual) * model.money_unit / model.row_scale
    iterations = int(highs.getInfo().simplex_iteration_count)
    return Proposal("highs", "solved", x, prices, iterations)


def as_highs(scaled: Model) -> highspy.HighsLp:
    """A program as HiGHS takes it, without its curvature."""
    height, width = scaled.shape
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = width, height
    program.col_cost_, program.col_lower_, program.col_upper_ = scaled.cost, scaled.lower, scaled.upper
    program.row_lower_, program.row_upper_ = scaled.row_lower, scaled.row_upper
    program.offset_ = scaled.offset
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = scaled.starts.astype(np.int32)
    program.a_matrix_.index_ = scaled.rows.astype(np.int32)
    program.a_matrix_.value_ = scaled.values
    return program
