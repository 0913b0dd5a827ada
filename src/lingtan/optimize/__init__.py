"""Decide: what to build and how to run it, at least cost, certified.

`costs_of` gathers the terms of a case, `plan` decides on them; `replan` decides on the next day of a park alive. Inside:
`program` (the sparse matrix in its own units), `layout` (which columns stand for which flow), `assets/` (physics), `lower`
(money), `solve` (PIQP, then HiGHS; whole numbers first), `effort` (how long those are searched), `certificate` (why an answer is
believed), `preference` (which of several equal optima is taken), `start` (a plan that is no circle), `season_terms` (the year's
terms in a window).
"""

from __future__ import annotations

from lingtan.optimize.certificate import Certificate, certify
from lingtan.optimize.objective import Costs, costs_of
from lingtan.optimize.plan import Plan, plan
from lingtan.optimize.replan import Forecasts, LiveState, Replanner, replan
from lingtan.optimize.solve import NotCertifiedError, Search, Solution, SolveAll, search_findings, solve_in_turn
from lingtan.optimize.start import Start

__all__ = [
    "Certificate",
    "Costs",
    "Forecasts",
    "LiveState",
    "NotCertifiedError",
    "Plan",
    "Replanner",
    "Search",
    "Solution",
    "SolveAll",
    "Start",
    "certify",
    "costs_of",
    "plan",
    "replan",
    "search_findings",
    "solve_in_turn",
]
