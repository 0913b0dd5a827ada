"""PIQP: an interior-point method with a sparse direct factorization, our first choice.

The settings are those that held on every program tried (see docs/decisions/0002-solver.md): with the defaults PIQP took a
feasible year for infeasible under some cost scalings.

Columns that nothing decides are taken out first: those whose bounds are one value, and those that an equation of their own fixes
(what arises on a bus where nobody takes it). At a bound that such an equation holds a column to, two prices may grow together
without end; PIQP ended with billions of them, and measured its gap against those.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import piqp
import scipy.sparse as sp

from lingtan.optimize.program import Array, Model
from lingtan.optimize.solvers.proposal import Proposal, refuse_integers

SETTINGS: dict[str, float | int | bool] = {
    "preconditioner_scale_cost": True,
    "eps_primal_inf": 1e-13,
    "infeasibility_threshold": 1e-6,
    "max_iter": 150,
    "eps_abs": 1e-6,
    "eps_rel": 1e-8,
}
"""A year is found in 60 to 100 iterations. A year of `panzhihua` with a demand charge never came to PIQP's own gap of 1e-9
(certified after 90 iterations, it stood at 1.4e-8 after 300); with a wider gap the preference among equals is lost, so the count
ends it."""


def propose(model: Model) -> Proposal | None:
    """Solve the program in its own units; None where PIQP stops without an answer."""
    refuse_integers("piqp", model)
    scaled = model.scaled()
    matrix = sp.csc_matrix((scaled.values, scaled.rows, scaled.starts), shape=scaled.shape)
    known = _known(scaled)
    if known is None or not known.open.any():
        return None
    shift = matrix[:, ~known.open] @ known.values[~known.open]
    left = matrix[:, known.open].tocsr()
    lower, upper = scaled.row_lower - shift, scaled.row_upper - shift
    equal = (scaled.row_lower == scaled.row_upper) & known.rows
    bounded = np.isfinite(scaled.row_lower) | np.isfinite(
        scaled.row_upper
    )  # PIQP remarks on every row that bounds nothing
    ranged = (scaled.row_lower != scaled.row_upper) & known.rows & bounded
    solver = piqp.SparseSolver()
    for name, value in SETTINGS.items():
        setattr(solver.settings, name, value)
    solver.settings.kkt_solver = piqp.KKTSolver.sparse_ldlt
    solver.setup(
        sp.diags_array(scaled.curvature[known.open], format="csc").tocsc(),
        scaled.cost[known.open],
        left[equal].tocsc(),
        lower[equal],
        left[ranged].tocsc(),
        lower[ranged],
        upper[ranged],
        scaled.lower[known.open],
        scaled.upper[known.open],
    )
    status = solver.solve()
    result = solver.result
    x, duals = known.values.copy(), np.zeros(scaled.shape[0])
    x[known.open] = np.asarray(result.x)
    duals[equal] = -np.asarray(result.y)
    duals[ranged] = np.asarray(result.z_l) - np.asarray(result.z_u)
    known.price(scaled, matrix, x, duals)
    x = np.clip(x * model.column_scale, model.lower, model.upper)
    if not (np.isfinite(x).all() and np.isfinite(duals).all()):
        return None
    prices = duals * model.money_unit / model.row_scale
    return Proposal("piqp", status.name.removeprefix("PIQP_").lower(), x, prices, int(result.info.iter))


@dataclass(frozen=True, eq=False)
class _Known:
    """Columns that nothing decides. `open` are the others, `values` theirs (0 where open), `rows` those that still say something.

    `fixing` are the equations of one column, `fixed` their columns, `factors` their coefficients.
    """

    open: np.ndarray
    values: Array
    rows: np.ndarray
    fixing: np.ndarray
    fixed: np.ndarray
    factors: Array

    def price(self, scaled: Model, matrix: sp.csc_matrix, x: Array, duals: Array) -> None:
        """Give each equation of one column the price that explains the cost of its column."""
        if self.fixing.size:
            earned = matrix[:, self.fixed].T @ duals
            cost = scaled.cost[self.fixed] + scaled.curvature[self.fixed] * x[self.fixed]
            duals[self.fixing] = (cost - earned) / self.factors


def _known(scaled: Model) -> _Known | None:
    """What is fixed before anything is solved; None where two equations, or an equation and a bound, contradict each other."""
    entries = np.bincount(scaled.rows, scaled.values != 0.0, minlength=scaled.shape[0])
    alone = (entries == 1) & (scaled.row_lower == scaled.row_upper)
    at = np.flatnonzero(alone[scaled.rows] & (scaled.values != 0.0))
    fixing, fixed, factors = scaled.rows[at], scaled.owner[at], scaled.values[at]
    values = np.where(scaled.lower == scaled.upper, scaled.lower, 0.0)
    values[fixed] = scaled.row_lower[fixing] / factors
    slack = 1e-9 * (1.0 + np.abs(values))
    held = scaled.lower == scaled.upper
    held[fixed] = True
    outside = held & ((values < scaled.lower - slack) | (values > scaled.upper + slack))
    if outside.any() or np.unique(fixed).size != fixed.size:
        return None
    return _Known(~held, np.clip(values, scaled.lower, scaled.upper) * held, ~alone, fixing, fixed, factors)
