"""Decide what to build and how to run it: in one program, or the whole numbers on typical periods first and then the year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lingtan.case import Case
from lingtan.optimize.objective import Costs, costs_of
from lingtan.optimize.plan import Form, Plan, plan
from lingtan.optimize.solve import SolveAll, solve_in_turn
from lingtan.optimize.typical import typical_sizes, with_fixed


@dataclass(frozen=True, eq=False)
class Decided:
    """A plan with the case and the costs that it was made of, in which sizes in whole numbers are fixed already."""

    case: Case
    costs: Costs
    plan: Plan


def decide(case: Case, solve_all: SolveAll = solve_in_turn, form: Form = "relaxed") -> Decided:
    """The cheapest certified plan of a case, in the form of `plan`. Raises `NotCertifiedError` when there is none."""
    costs = costs_of(case)
    typical = typical_sizes(case, costs, solve_all)
    if typical is None:
        return Decided(case, costs, plan(case, costs, solve_all, form=form))
    case = with_fixed(case, typical.sizes)
    costs = costs_of(case)
    return Decided(case, costs, replace(plan(case, costs, solve_all, form=form), typical=typical))
