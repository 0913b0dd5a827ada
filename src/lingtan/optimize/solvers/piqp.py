"""PIQP: an interior-point method with a sparse direct factorization, our first choice.

The settings are those that held on every program tried (see docs/decisions/0002-solver.md): with the defaults PIQP took a
feasible year for infeasible under some cost scalings.

What is decided without it is taken out first (see `presolve`), but for what tight rows decide: without the nights of a PV plant
PIQP came to no end on a program of two steps.
"""

from __future__ import annotations

import numpy as np
import piqp
import scipy.sparse as sp

from lingtan.optimize.program import Model
from lingtan.optimize.solvers.presolve import presolved
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
    known = presolved(scaled, with_tight=False)
    if known is None or not known.open.any():
        return None
    shift = matrix[:, ~known.open] @ known.values[~known.open]
    left = matrix[:, known.open].tocsr()
    lower, upper = scaled.row_lower - shift, scaled.row_upper - shift
    equal = (scaled.row_lower == scaled.row_upper) & known.said
    # PIQP remarks on every row that bounds nothing
    bounded = np.isfinite(scaled.row_lower) | np.isfinite(scaled.row_upper)
    ranged = (scaled.row_lower != scaled.row_upper) & known.said & bounded
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
    known.price(scaled, x, duals)
    x = np.clip(x * model.column_scale, model.lower, model.upper)
    if not (np.isfinite(x).all() and np.isfinite(duals).all()):
        return None
    prices = duals * model.money_unit / model.row_scale
    return Proposal("piqp", status.name.removeprefix("PIQP_").lower(), x, prices, int(result.info.iter))
