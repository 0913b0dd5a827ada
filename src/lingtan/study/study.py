"""A park on paper: plan it, settle the plan, do the same for the reference case, and say what the difference is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingtan.account import Accounts, settle
from lingtan.case import Case
from lingtan.finance import Appraisal, appraise
from lingtan.optimize import Costs, Plan, costs_of, plan
from lingtan.study.assumptions import Assumed, assumptions_of
from lingtan.study.project import project_of, yearly_cost_cny
from lingtan.study.summary import summary_of


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two parks compared: the case, its plan and its accounts, and what running it for the period costs."""

    case: Case
    costs: Costs
    plan: Plan
    accounts: Accounts
    cost_cny: float


@dataclass(frozen=True, eq=False)
class Study:
    """The finished study. `summary` has the keys of `summary.json`."""

    project: Side
    reference: Side
    appraisal: Appraisal
    assumptions: tuple[Assumed, ...]
    summary: Mapping[str, Any]


def study(case: Case) -> Study:
    """Study a case with perfect foresight, and its reference case beside it.

    Raises `NotCertifiedError` when no solver's answer can be certified.
    """
    project, reference = side(case), side(case.reference())
    park, sizes = case.park, project.plan.sizes
    appraisal = appraise(project_of(park, sizes, project.accounts, reference.accounts))
    assumed = assumptions_of(case, project.accounts)
    summary = summary_of(
        park,
        case.grid,
        project.plan,
        project.accounts,
        (project.cost_cny, reference.cost_cny),
        reference.accounts,
        (appraisal, assumed),
    )
    return Study(project, reference, appraisal, assumed, summary)


def side(case: Case) -> Side:
    """Plan and settle one case."""
    costs = costs_of(case)
    decided = plan(case, costs)
    accounts = settle(case.park, decided.table, case.rulebook, sizes=decided.sizes, elected=decided.elected)
    return Side(case, costs, decided, accounts, yearly_cost_cny(case.park, decided.sizes, accounts))
