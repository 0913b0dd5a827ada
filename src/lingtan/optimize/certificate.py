"""The certificate: whether a proposed answer is optimal, judged by our own arithmetic in the unscaled program.

A solver proposes a point and row prices; it is believed only when three figures are small. The *primal residual* says how far
rows and bounds are violated, the *dual residual* how much of a price nobody can explain (a reduced cost that no bound of its
column carries, a row price on a side that has no bound), and the *gap* how far the objective lies above a bound that the
prices prove. For a convex program small figures are a proof, whichever solver found the point. Where a program counts whole
numbers, they are held first: the certificate proves the best plan *with these numbers*, and how much better others might do is
the gap of the search (see `solve.Search`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.optimize.program import Array, Model
from lingtan.tolerances import DUAL_RELATIVE, GAP_RELATIVE, INTEGRALITY, PRIMAL_RELATIVE


@dataclass(frozen=True)
class Certificate:
    """Residuals of a proposed answer, each relative to what it is a residual of, and the bound proven by its prices."""

    primal_residual: float
    dual_residual: float
    gap: float
    objective_cny: float
    bound_cny: float
    integrality: float = 0.0
    """Farthest that a count lies from a whole number; 0 where nothing is counted."""

    @property
    def accepted(self) -> bool:
        """Whether all figures are within `lingtan.tolerances`; NaN never is."""
        return bool(
            self.primal_residual <= PRIMAL_RELATIVE
            and self.dual_residual <= DUAL_RELATIVE
            and self.gap <= GAP_RELATIVE
            and self.integrality <= INTEGRALITY
            and np.isfinite(self.objective_cny)
        )


def certify(model: Model, x: Array, duals: Array) -> Certificate:
    """Judge a point `x` (columns,) and row prices `duals` (rows,): the change of objective per unit of right side."""
    primal = max(_row_violation(model, x), _bound_violation(model, x))
    reduced = model.cost + model.curvature * x - model.priced(duals)
    objective = model.objective(x)
    bound, unexplained = _dual_bound(model, x, duals, reduced)
    turnover = float(np.abs(model.cost) @ np.abs(x)) + model.money_unit
    return Certificate(primal, unexplained, abs(objective - bound) / turnover, objective, bound)


def _row_violation(model: Model, x: Array) -> float:
    activity = model.activity(x)
    size = np.bincount(model.rows, np.abs(model.values * x[model.owner]), minlength=activity.size)
    outside = np.maximum(model.row_lower - activity, activity - model.row_upper)
    return float(np.max(outside / (model.row_scale + size), initial=0.0))


def _bound_violation(model: Model, x: Array) -> float:
    outside = np.maximum(model.lower - x, x - model.upper)
    return float(np.max(outside / (model.column_scale + np.abs(x)), initial=0.0))


def _dual_bound(model: Model, x: Array, duals: Array, reduced: Array) -> tuple[float, float]:
    """The objective that the prices prove to be a lower bound, and the largest price that no finite bound explains."""
    columns, loose_columns = _carried(reduced, model.lower, model.upper)
    rows, loose_rows = _carried(duals, model.row_lower, model.row_upper)
    bound = rows + columns - 0.5 * float(model.curvature @ x**2) + model.offset
    size = np.abs(model.cost) + np.bincount(model.owner, np.abs(model.values * duals[model.rows]), minlength=x.size)
    unit = model.money_unit / model.column_scale
    price = model.money_unit / model.row_scale
    top = float(np.max(np.abs(duals) / price, initial=1.0))
    unexplained = max(
        float(np.max(loose_columns / (unit + size), initial=0.0)),
        float(np.max(loose_rows / price, initial=0.0)) / top,
    )
    return bound, unexplained


def _carried(price: Array, lower: Array, upper: Array) -> tuple[float, Array]:
    """What prices earn at the bounds that carry them, and the size of each price that stands at an infinite bound."""
    at = np.where(price > 0, lower, upper)
    finite = np.isfinite(at)
    earned = float(price[finite] @ at[finite])
    return earned, np.where(finite, 0.0, np.abs(price))
