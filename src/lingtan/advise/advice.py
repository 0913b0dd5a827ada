"""Advice on a plan: what it could not serve and what would mend that, what each rule costs, which limits bind."""

from __future__ import annotations

from dataclasses import dataclass

from lingtan.advise.abatement import Abatement, abatement_path
from lingtan.advise.limits import LimitPrice, limit_prices
from lingtan.advise.remedies import Change, Remedy, remedies
from lingtan.advise.rule_prices import RulePrice, Standing, rule_prices
from lingtan.advise.say import said, say_amount, say_money
from lingtan.advise.shortfall import Shortfall, shortfalls
from lingtan.case import Case
from lingtan.findings import Finding, Severity
from lingtan.optimize import Costs, Plan, SolveAll, solve_in_turn
from lingtan.wording import Text, Words


@dataclass(frozen=True)
class Advice:
    """Everything that is to be said about a plan; `remedies` are the cheapest first.

    `is_open` says that a better plan, which the search had no time to find or to rule out, may serve what this one does not.
    """

    shortfalls: tuple[Shortfall, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    rules: tuple[RulePrice, ...] = ()
    limits: tuple[LimitPrice, ...] = ()
    path: tuple[Abatement, ...] = ()
    is_open: bool = False


def advise(case: Case, costs: Costs, plan: Plan, solve_all: SolveAll = solve_in_turn) -> Advice:
    """The advice on a plan. A plan with a shortfall is planned again, once for each thing that could mend it, and one with rules
    that bind once for each of them; `solve_all` solves.

    While a need is short, or a rule missed, limits are not priced: what a kilowatt more would save is a penalty, no price. While it
    is open whether the need must be short, nothing is: each would be a search as long as the one that did not end.
    """
    short = shortfalls(case, plan)
    if short and _is_open(plan):
        return Advice(short, is_open=True)
    rules = rule_prices(case, costs, plan, solve_all)
    if short:
        return Advice(short, remedies(case, plan, short, solve_all), rules)
    path = abatement_path(case, costs, plan, solve_all)
    if any(rule.standing is Standing.MISSED for rule in rules):
        return Advice(rules=rules, path=path)
    return Advice(rules=rules, limits=limit_prices(case, costs, plan), path=path)


def _is_open(plan: Plan) -> bool:
    """Whether better plans may save as much as the price of what this one does not serve."""
    search = plan.solution.search
    return search is not None and search.is_out_of_time and plan.solution.open_cny >= plan.penalty_cny


def shortfall_findings(case: Case, advice: Advice) -> list[Finding]:
    """The diagnosis as findings: each need that is short at its load, each remedy at the cell to change."""
    found = [_of_need(case, short, advice) for short in advice.shortfalls]
    for number, remedy in enumerate(advice.remedies, 1):
        found += [_of_change(case, remedy, change, f"{number}/{len(advice.remedies)}") for change in remedy.changes]
    return found


def shortfall_text(short: Shortfall) -> Words:
    """What a load lacked and when, in words."""
    return said(
        "shortfall.one" if short.spells == 1 else "shortfall.many",
        energy=say_amount(short.amount, short.unit),
        hours=f"{short.hours:,g}",
        most=say_amount(short.most, short.rate_unit),
        spells=f"{short.spells:,}",
        first=short.first,
        last=short.last,
        clock=short.clock,
    )


def remedy_text(remedy: Remedy) -> Words:
    """The cells to change and to what, in words."""
    parts = [
        said("remedy.change", cell=change.cell, now=_now(change), then=say_amount(change.then, change.unit))
        for change in remedy.changes
    ]
    return Words(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))


def effect_text(remedy: Remedy) -> Words:
    """What a remedy does to the cost over the horizon, in words."""
    return said("effect.more" if remedy.cost_cny >= 0 else "effect.less", cost=say_money(abs(remedy.cost_cny)))


def _of_need(case: Case, short: Shortfall, advice: Advice) -> Finding:
    path = ("assets", short.load)
    mending = next((remedy for remedy in advice.remedies if short.load in remedy.loads), None)
    code = "advise.shortfall" if mending is None else "advise.shortfall-mendable"
    code = "advise.shortfall-open" if advice.is_open else code
    values: dict[str, Text | float] = {"what": shortfall_text(short)}
    if mending is not None:
        values |= {"changes": remedy_text(mending), "effect": effect_text(mending)}
    return case.placed(Finding(code, ".".join(path), values=values), *path)


def _of_change(case: Case, remedy: Remedy, change: Change, way: str) -> Finding:
    others = ", ".join(other.cell for other in remedy.changes if other is not change)
    together = said("remedy.together", cells=others) if others else ""
    finding = Finding(
        "advise.raise-limit",
        change.cell,
        f"≥ {say_amount(change.then, change.unit)}",
        _now(change),
        severity=Severity.NOTE,
        values={"loads": ", ".join(remedy.loads), "together": together, "effect": effect_text(remedy), "way": way},
    )
    return case.placed(finding, *change.path)


def _now(change: Change) -> str:
    return say_amount(change.now, change.unit)
