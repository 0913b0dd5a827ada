"""What another decision in one step would cost: the plan made again with that decision held, all else free.

Prices of a plan say what a small change costs at least. This says what a change of any size costs: an asset that stands still for a
step, an activity at another amount. Sizes, elections and the ways that devices were held to stay as they were decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lingtan.optimize.explain import Explainer
from lingtan.optimize.program import Model
from lingtan.optimize.solve import NotCertifiedError, Solution, SolveAll, solve_in_turn
from lingtan.tolerances import GAP_RELATIVE


@dataclass(frozen=True)
class Instead:
    """What a decision that is held instead costs more over the horizon [CNY]; None where no plan can hold it.

    A difference within `noise_cny`, what two certified answers may differ by, is none.
    """

    cost_cny: float | None
    noise_cny: float


def off_instead(explainer: Explainer, step: int, asset: str, solve_all: SolveAll = solve_in_turn) -> Instead:
    """What it would cost if an asset stood still in a step: it gives and takes nothing then."""
    flows = [each.name for each in explainer.at(step, asset).activities if each.is_flow and not each.is_cut]
    return instead(explainer, step, dict.fromkeys(flows, 0.0), solve_all)


def instead(
    explainer: Explainer, step: int, amounts: Mapping[str, float], solve_all: SolveAll = solve_in_turn
) -> Instead:
    """What it would cost to hold activities, by the names of their columns, at other amounts in a step [their rate]."""
    model, blocks = explainer.draft.model, {block.name: block for block in explainer.draft.model.columns}
    lower, upper = model.lower.copy(), model.upper.copy()
    for size in explainer.draft.layout.sizes.values():
        if size.column is not None:
            lower[size.column] = upper[size.column] = explainer.plan.solution.x[size.column]
    upper[explainer.plan.held] = 0.0
    kept = _cost(explainer, replace(model, lower=lower.copy(), upper=upper.copy()), explainer.plan.solution)
    for name, amount in amounts.items():
        column = blocks[name].start + step
        lower[column] = upper[column] = amount
    changed = replace(model, lower=lower, upper=upper)
    noise = 2.0 * GAP_RELATIVE * (float(np.abs(model.cost) @ np.abs(explainer.plan.solution.x)) + model.money_unit)
    try:
        (answer,) = solve_all([changed])
    except NotCertifiedError:
        return Instead(None, noise)
    noise += 2.0 * answer.open_cny
    return Instead(_cost(explainer, changed, answer) - kept, noise)


def _cost(explainer: Explainer, model: Model, answer: Solution) -> float:
    """What an answer comes to in money, without the preference [CNY]."""
    return model.objective(answer.x) - explainer.draft.preference.amount(answer.x)
