"""PIQP: an interior-point method with a sparse direct factorization, our first choice.

The settings are those that held on every program tried (see docs/decisions/0002-solver.md): with the defaults PIQP took a
feasible year for infeasible under some cost scalings.
"""

from __future__ import annotations

import numpy as np
import piqp
import scipy.sparse as sp

from lingtan.optimize.program import Model
from lingtan.optimize.solvers.proposal import Proposal, refuse_integers

SETTINGS: dict[str, float | int | bool] = {
    "preconditioner_scale_cost": True,
    "eps_primal_inf": 1e-13,
    "infeasibility_threshold": 1e-6,
    "max_iter": 300,
    "eps_abs": 1e-6,
    "eps_rel": 1e-8,
}


def propose(model: Model) -> Proposal | None:
    """Solve the program in its own units; None where PIQP stops without an answer."""
    refuse_integers("piqp", model)
    scaled = model.scaled()
    height, width = scaled.shape
    matrix = sp.csc_matrix((scaled.values, scaled.rows, scaled.starts), shape=(height, width)).tocsr()
    equal = scaled.row_lower == scaled.row_upper
    solver = piqp.SparseSolver()
    for name, value in SETTINGS.items():
        setattr(solver.settings, name, value)
    solver.settings.kkt_solver = piqp.KKTSolver.sparse_ldlt
    ranged = ~equal
    solver.setup(
        sp.diags_array(scaled.curvature, format="csc").tocsc()
        if scaled.curvature.any()
        else sp.csc_matrix((width, width)),
        scaled.cost,
        matrix[equal].tocsc(),
        scaled.row_lower[equal],
        matrix[ranged].tocsc(),
        scaled.row_lower[ranged],
        scaled.row_upper[ranged],
        scaled.lower,
        scaled.upper,
    )
    status = solver.solve()
    result = solver.result
    duals = np.empty(height)
    duals[equal] = -np.asarray(result.y)
    duals[ranged] = np.asarray(result.z_l) - np.asarray(result.z_u)
    x = np.clip(np.asarray(result.x) * model.column_scale, model.lower, model.upper)
    if not (np.isfinite(x).all() and np.isfinite(duals).all()):
        return None
    prices = duals * model.money_unit / model.row_scale
    return Proposal("piqp", status.name.removeprefix("PIQP_").lower(), x, prices, int(result.info.iter))
