"""What a day costs whose batteries do what an earlier plan said: the same program, with their powers held.

Everything else still gives way: what is drawn and fed in, what is curtailed, and at its penalty what goes short.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lingtan.case import Case
from lingtan.optimize.one_way import solve_one_way
from lingtan.optimize.plan import Attempt, Draft, Plan, attempted, drafted
from lingtan.optimize.program import Mask, Model
from lingtan.optimize.replan import DayAhead
from lingtan.optimize.solve import NotCertifiedError, SolveAll, solve_in_turn
from lingtan.park import Battery
from lingtan.tolerances import NOTICED_KW

HAIR = 1e-6
"""By this share of its largest power a held flow may move: an interior point keeps no balance to the last bit."""

SHORTFALL = "shortfall_kw"


def held_cost(
    ahead: DayAhead, followed: Plan, elected: Mapping[str, str], solve_all: SolveAll = solve_in_turn
) -> float:
    """What a day costs whose batteries charge and discharge as in a plan, less what is left in them [CNY].

    They give way as the guards of a live park let them: charging may fall short of the plan, and discharging where nobody takes it
    or the cells are empty. Where a need would go short otherwise, they discharge as far as they can.
    Raises `NotCertifiedError` where no solver's answer can be certified.
    """
    draft = drafted(ahead.case, ahead.costs, elected, ahead.start)
    try:
        first = _attempt(ahead, draft, _held(ahead.case, draft, followed, exactly=True), solve_all)
    except NotCertifiedError:
        first = _attempt(ahead, draft, _held(ahead.case, draft, followed, exactly=False), solve_all)
    short = draft.layout.read_flows(first.x)[SHORTFALL] > NOTICED_KW
    if not short.any():
        return first.weighed_cny
    helped = _held(ahead.case, draft, followed, exactly=False, freed=short)
    return min(_attempt(ahead, draft, helped, solve_all).weighed_cny, first.weighed_cny)


def _attempt(ahead: DayAhead, draft: Draft, model: Model, solve_all: SolveAll) -> Attempt:
    held = replace(draft, model=model)
    (answer,) = solve_one_way([held.task], solve_all)
    return attempted(held, ahead.costs, answer)


def _held(case: Case, draft: Draft, followed: Plan, *, exactly: bool, freed: Mask | None = None) -> Model:
    """The program with each battery at most at its planned powers, its discharging `exactly` there, free in `freed` steps (T,)."""
    lower, upper = draft.model.lower.copy(), draft.model.upper.copy()
    for name, _ in case.park.of_family(Battery):
        for columns, way in zip(draft.layout.opposed[name], ("charge_kw", "discharge_kw"), strict=True):
            discharges = way == "discharge_kw"
            least, most = lower[columns], upper[columns]
            hair = HAIR * np.maximum(most, 0.0)
            near = np.clip(followed.table[f"{name}.{way}"], least, most)
            top = np.minimum(near + hair, most)
            upper[columns] = np.where(freed, most, top) if freed is not None and discharges else top
            if exactly and discharges:
                lower[columns] = np.maximum(near - hair, least)
    return replace(draft.model, lower=lower, upper=upper)
