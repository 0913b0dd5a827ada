"""What a plan of a park costs, as terms sorted by who is paid: the objective of `plan`, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.case import Case
from lingtan.finance.investment import investment_terms, operation_terms
from lingtan.market import look_up_shares, rule_of, share_terms, supply_terms
from lingtan.park import Load
from lingtan.terms import Flow, Grouping, Sum, Term


@dataclass(frozen=True, eq=False)
class Costs:
    """Terms of the objective: what suppliers bill, what running the assets costs, what building them costs a horizon, and
    the price of needs that are not served (never part of a bill)."""

    bill: tuple[Term, ...]
    operation: tuple[Term, ...]
    investment: tuple[Term, ...]
    penalty: tuple[Term, ...]

    def all_terms(self) -> tuple[Term, ...]:
        """Everything the optimizer weighs."""
        return self.bill + self.operation + self.investment + self.penalty


def costs_of(case: Case) -> Costs:
    """The terms of a case, from its rules, its park and its finance assumptions."""
    return Costs(
        bill=supply_terms(case.park, case.rulebook, case.grid).terms + kept_shares(case),
        operation=operation_terms(case.park, case.grid),
        investment=investment_terms(case.park, case.grid),
        penalty=shortfall_terms(case),
    )


def kept_shares(case: Case) -> tuple[Term, ...]:
    """The shares of a direct supply, where the park file asks the optimizer to keep them."""
    asked = case.park.direct_supply
    if asked is None or asked.shares != "keep":
        return ()
    found = look_up_shares(case.park, case.rulebook, case.grid)
    return () if found is None else share_terms(case.park, rule_of(found), int(case.grid.year[0]))


def shortfall_terms(case: Case) -> tuple[Term, ...]:
    """A price on every need that is not served, so that no park is infeasible: a positive one becomes the diagnosis."""
    steps = case.grid.steps
    return tuple(
        Sum(
            f"shortfall.{name}",
            Flow.of(f"{name}.shortfall_kw"),
            np.full(steps, load.shortfall_price),
            Grouping.whole(steps, ""),
        )
        for name, load in case.park.of_family(Load)
    )
