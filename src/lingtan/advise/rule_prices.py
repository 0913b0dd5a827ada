"""The price of each rule that bounds a share: what a percentage point less would save, found by planning again.

The plan's own price of the rule's row is not it. Where something else holds the share where it stands as well (nothing may be fed
in, or feeding in earns nothing), the row may carry any price, and a rule that costs nothing would be told to cost a fortune.
Since a plan is convex, a point less saves at most what the row's price says: rows without a price are not planned again. A point
more costs at least as much as a point less saves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from lingtan.advise.say import said, say_money, say_share
from lingtan.advise.shortfall import shortfalls
from lingtan.case import Case
from lingtan.flow import Flow
from lingtan.market import share_terms_of
from lingtan.optimize import Costs, Plan, SolveAll, plan, solve_in_turn
from lingtan.optimize.lower import elect
from lingtan.terms import Ratio, Readings, Sense, Share, evaluate, room_of
from lingtan.tolerances import GAP_RELATIVE, SHARE_AT_BOUND
from lingtan.wording import Text, Words
from lingtan.wording.report_accounts import ACCOUNT_WORDS

POINT = 0.01
"""A percentage point of a share."""


class Standing(StrEnum):
    """How a rule stands: it binds, it has room, it cannot be kept, it is only reported, or there is nothing to divide by."""

    BINDING = "binding"
    SLACK = "slack"
    MISSED = "missed"
    REPORTED = "reported"
    UNDEFINED = "undefined"


@dataclass(frozen=True)
class RulePrice:
    """A bounded share as it came out, and what softening it by a point would save over the horizon.

    Prices are None where the plan has none: for a rule that is not enforced or cannot be kept, and, while any need or rule is
    missed at a penalty, for every rule that binds, since its price would be that penalty. A rule with room costs nothing.
    """

    name: str
    rule: str
    sense: Sense
    bound: float
    attained: float | None
    standing: Standing
    price_cny_per_point: float | None
    price_cny_per_mwh: float | None

    @property
    def title(self) -> Words:
        """What the share is called."""
        return ACCOUNT_WORDS[f"green.{self.name}"]

    @property
    def words(self) -> Words:
        """How it stands, in a sentence."""
        values: dict[str, Text] = {
            "name": self.title,
            "bound": say_share(self.bound),
            "attained": say_share(self.attained),
        }
        if self.price_cny_per_point is not None and self.price_cny_per_mwh is not None:
            values |= {"point": say_money(self.price_cny_per_point), "mwh": say_money(self.price_cny_per_mwh)}
        key = str(self.standing)
        if self.standing is Standing.BINDING and not self.price_cny_per_point:
            key = "untold" if self.price_cny_per_point is None else "free"
        return said(f"rule.{self.sense}.{key}", **values)


def rule_prices(case: Case, costs: Costs, decided: Plan, solve_all: SolveAll = solve_in_turn) -> tuple[RulePrice, ...]:
    """The shares that a rule bounds, kept or only reported; empty for a park without direct supply.

    Each rule that binds and whose row has a price is planned again, a point softer.
    """
    terms = share_terms_of(case.park, case.rulebook, case.grid)
    readings = Readings(decided.table.columns, case.grid.step_hours, decided.sizes, decided.elected)
    kept = {term.name for term in costs.penalty if isinstance(term, Ratio)}
    shares = evaluate(terms, readings).shares
    standings = [_standing(share, is_kept=share.name in kept) for share in shares]
    is_priced = Standing.MISSED not in standings and not shortfalls(case, decided)
    found = []
    for term, share, standing in zip(terms, shares, standings, strict=True):
        point: float | None = None
        if standing is Standing.SLACK:
            point = 0.0
        elif standing is Standing.BINDING and is_priced:
            point = _point_saves(term, case, costs, decided, solve_all)
        found.append(_of_one(share, standing, point, term.denominator, readings))
    return tuple(found)


def _point_saves(term: Ratio, case: Case, costs: Costs, decided: Plan, solve_all: SolveAll) -> float:
    """What asking for a point less saves: the plan with the rule that much softer, all else as it was elected [CNY]."""
    noise = 2.0 * GAP_RELATIVE * abs(decided.objective_cny)
    whole_kwh = _kwh(term.denominator, Readings(decided.table.columns, case.grid.step_hours))
    if float(decided.rule_price[term.name][0]) * whole_kwh * POINT <= noise:
        return 0.0  # the price of a row is never below what softening it saves
    softer = max(term.bound - POINT, 0.0) if term.sense == "at_least" else min(term.bound + POINT, 1.0)
    relaxed = replace(
        costs,
        bill=tuple(elect(costs.bill, decided.elected)),
        penalty=tuple(replace(term, bound=softer) if each.name == term.name else each for each in costs.penalty),
        supply=None,
    )
    saved = decided.objective_cny - plan(case, relaxed, solve_all).objective_cny
    return saved * POINT / abs(softer - term.bound) if saved > noise else 0.0


def _kwh(flow: Flow, readings: Readings) -> float:
    return float(flow.read(readings.flows).sum()) * readings.step_hours


def _of_one(
    share: Share, standing: Standing, per_point: float | None, denominator: Flow, readings: Readings
) -> RulePrice:
    point_kwh = _kwh(denominator, readings) * POINT
    return RulePrice(
        name=share.name,
        rule=share.rule,
        sense=share.sense,
        bound=share.bound,
        attained=share.value,
        standing=standing,
        price_cny_per_point=per_point,
        price_cny_per_mwh=None if per_point is None else per_point / point_kwh * 1e3,
    )


def _standing(share: Share, *, is_kept: bool) -> Standing:
    if share.value is None:
        return Standing.UNDEFINED
    if not is_kept:
        return Standing.REPORTED
    if not share.met:
        return Standing.MISSED
    return Standing.BINDING if room_of(share.value, share.bound, share.sense) <= SHARE_AT_BOUND else Standing.SLACK
