"""Decide: what to build and how to run it, at least cost, certified.

`costs_of` gathers the terms of a case, `plan` decides on them. Inside: `program` (the sparse matrix in its own units), `layout`
(which columns stand for which flow), `assets/` (physics), `lower` (money), `solve` (PIQP, then HiGHS), `certificate` (why an
answer is believed), `preference` (which of several equal optima is taken).
"""

from __future__ import annotations

from lingtan.optimize.certificate import Certificate, certify
from lingtan.optimize.objective import Costs, costs_of
from lingtan.optimize.plan import Plan, plan
from lingtan.optimize.solve import NotCertifiedError, Solution, SolveAll, solve_in_turn

__all__ = [
    "Certificate",
    "Costs",
    "NotCertifiedError",
    "Plan",
    "Solution",
    "SolveAll",
    "certify",
    "costs_of",
    "plan",
    "solve_in_turn",
]
