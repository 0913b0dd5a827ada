"""HiGHS on programs with whole numbers: the best answer within a time, and what is proven about a better one.

Only the whole numbers of the answer are used afterwards (see `solve`): they are rounded and held, and what is left is a linear
program with prices and a certificate of its own. So the tolerances here decide how clean the numbers are, not how exact the
plan is.
"""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np

from lingtan.optimize.program import Model
from lingtan.optimize.solvers.highs import as_highs
from lingtan.optimize.solvers.proposal import Incumbent

SETTINGS: dict[str, float | int | bool] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_feasibility_tolerance": 1e-7,
}
"""A number is whole to a ten-millionth: times the largest power of a program, a hundred of its units, that is nobody's watt."""

_ENDED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit)


def search(model: Model) -> Incumbent:
    """Search the program in its own units within `model.effort`; its curvature is left aside."""
    scaled = replace(model, curvature=np.zeros_like(model.curvature)).scaled()
    highs = highspy.Highs()
    limits = {"time_limit": model.effort.time_limit_s, "mip_rel_gap": model.effort.relative_gap, "mip_abs_gap": 0.0}
    for name, value in (SETTINGS | limits).items():
        highs.setOptionValue(name, value)
    program = as_highs(scaled)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[int(whole)] for whole in scaled.integer]
    highs.passModel(program)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    is_out_of_time = status == highspy.HighsModelStatus.kTimeLimit
    found = status in _ENDED and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.asarray(highs.getSolution().col_value) * model.column_scale if found else None
    bound = float(info.mip_dual_bound) * model.money_unit if status in _ENDED else -np.inf
    return Incumbent(x, bound, int(info.mip_node_count), is_out_of_time)
