"""Decide: what to build and how to run it, at least cost, certified.

`decide` is the whole way: `costs_of` gathers the terms of a case, `plan` decides on them, sizes in whole numbers on typical periods
first (`typical`). `replan` decides on the next day of a park alive. Inside:
`program` (the sparse matrix in its own units), `layout` (which columns stand for which flow), `assets/` (physics), `lower`
(money), `solve` (PIQP, then HiGHS; whole numbers first), `effort` (how long those are searched), `certificate` (why an answer is
believed), `preference` (which of several equal optima is taken), `start` (a plan that is no circle), `season_terms` (the year's
terms in a window).
"""

from __future__ import annotations

from lingtan.optimize.certificate import Certificate, certify
from lingtan.optimize.decide import Decided, decide
from lingtan.optimize.objective import Costs, costs_of
from lingtan.optimize.plan import Form, Plan, plan, search_findings
from lingtan.optimize.replan import Forecasts, LiveState, Replanner, replan
from lingtan.optimize.solve import NotCertifiedError, Search, Solution, SolveAll, solve_in_turn
from lingtan.optimize.start import Start
from lingtan.optimize.typical_sizes import TypicalSizes

__all__ = [
    "Certificate",
    "Costs",
    "Decided",
    "Forecasts",
    "Form",
    "LiveState",
    "NotCertifiedError",
    "Plan",
    "Replanner",
    "Search",
    "Solution",
    "SolveAll",
    "Start",
    "TypicalSizes",
    "certify",
    "costs_of",
    "decide",
    "plan",
    "replan",
    "search_findings",
    "solve_in_turn",
]
