"""A park on paper: plan it, settle the plan, do the same for the reference case, and say what the difference is worth."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lingtan.account import Accounts, settle
from lingtan.advise import Advice, advise, shortfalls
from lingtan.case import Case
from lingtan.finance import Appraisal, appraise
from lingtan.optimize import Costs, Form, Plan, decide
from lingtan.study.assumptions import Assumed, assumptions_of, assumptions_of_plan, of_tax, of_worth, with_nulls
from lingtan.study.forecast_summary import forecast_summary
from lingtan.study.project import lcoe_of_generators, project_of, tax_of, yearly_cost_cny
from lingtan.study.side_by_side import solve_side_by_side
from lingtan.study.summary import plan_summary, summary_of
from lingtan.study.why import why_summary

if TYPE_CHECKING:
    import pandas as pd

    from lingtan.study.forecast_view import ForecastView

Renderer = Callable[["Study", Path], None]
"""Draws a study into a file."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two parks compared: the case, its plan and its accounts, and what running it for the period costs.

    In the case, sizes that were decided in whole numbers on typical periods are fixed.
    """

    case: Case
    costs: Costs
    plan: Plan
    accounts: Accounts
    cost_cny: float


@dataclass(frozen=True, eq=False)
class Study:
    """The finished study. `summary` has the keys of `summary.json`; `renderer` draws its report."""

    project: Side
    reference: Side
    appraisal: Appraisal
    assumptions: tuple[Assumed, ...]
    advice: Advice
    summary: Mapping[str, Any]
    renderer: Renderer

    @property
    def series(self) -> pd.DataFrame:
        """All flows of the plan [kW] and states of charge [1], by interval start on the park's clock."""
        return self.project.plan.table.to_pandas()

    def report(self, path: str | os.PathLike[str]) -> None:
        """Write the report: as PDF where the file is named `.pdf`, else as one HTML page."""
        self.renderer(self, Path(path))


def study(case: Case, renderer: Renderer, tested: ForecastView | None = None) -> Study:
    """Study a case with perfect foresight, and its reference case beside it.

    `renderer` is what `Study.report` draws with: drawing stands floors above, so it is handed in. `tested` is a backtest of
    forecasts of this park, which is told beside the plan and moves nothing.

    Raises `NotCertifiedError` when no solver's answer can be certified.
    """
    project, reference = side(case), side(case.reference())
    park, sizes = case.park, project.plan.sizes
    taxed = tax_of(case)
    bought = project_of(park, (sizes, reference.plan.sizes), project.accounts, reference.accounts, taxed)
    appraisal = appraise(bought)
    advice = advice_on(project)
    assumed = assumptions_of(
        case,
        project.accounts,
        shortfalls(reference.case, reference.plan),
        project.plan.held_steps,
        (*of_worth(park, lcoe_of_generators(park, bought)), *of_tax(taxed)),
        project.plan.relaxed,
    )
    summary = summary_of(
        park,
        case.grid,
        project.plan,
        project.accounts,
        (project.cost_cny, reference.cost_cny),
        reference.accounts,
        (appraisal, assumed, advice),
    )
    summary, assumed = _with_nulls(
        {**summary, "forecast": forecast_summary(tested), "why": why_summary(project)}, assumed
    )
    return Study(project, reference, appraisal, assumed, advice, summary, renderer)


def advice_on(decided: Side) -> Advice:
    """What is to be said about a side: plans that have to be made for it are solved beside this process, as its own was."""
    return advise(decided.case, decided.costs, decided.plan, solve_side_by_side)


def summary_of_side(decided: Side, advice: Advice) -> dict[str, Any]:
    """What `plan`, `dispatch` and the sizing calculator print of a side that was planned by itself."""
    case, accounts = decided.case, decided.accounts
    assumed = assumptions_of_plan(case, accounts, decided.plan.held_steps, decided.plan.relaxed)
    summary = plan_summary(case.park, case.grid, decided.plan, accounts, (assumed, advice))
    return _with_nulls(summary, assumed)[0]


def _with_nulls(summary: dict[str, Any], assumed: tuple[Assumed, ...]) -> tuple[dict[str, Any], tuple[Assumed, ...]]:
    """A summary and its assumptions, with a line for each figure that is null."""
    whole = with_nulls(assumed, summary)
    return {**summary, "assumptions": [each.as_json() for each in whole]}, whole


def side(case: Case, form: Form = "relaxed") -> Side:
    """Plan and settle one case, in the form of `optimize.plan`."""
    decided = decide(case, solve_side_by_side, form)
    case, made = decided.case, decided.plan
    accounts = settle(
        case.park, made.table, case.rulebook, sizes=made.sizes, elected=made.elected, daily_maxima=case.daily_maxima
    )
    return Side(case, decided.costs, made, accounts, yearly_cost_cny(case.park, made.sizes, accounts))
