"""The price of each rule that bounds a share: what a percentage point more would cost, read off the plan's own prices.

A rule's row is `numerator - bound * denominator ≥ 0` in kWh over the horizon, with a price `p` [CNY/kWh]. Asking for a share
higher by `d` asks for `d * denominator` kWh more, so a percentage point costs `0.01 * p * denominator`. This is the slope at
the optimum: right for small changes, a lower bound on the cost of large ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from lingtan.advise.say import said, say_money, say_share
from lingtan.advise.shortfall import NOTICED_KW
from lingtan.case import Case
from lingtan.market import look_up_shares, rule_of, share_terms
from lingtan.optimize import Plan
from lingtan.terms import Ratio, Readings, evaluate
from lingtan.wording import Text, Words
from lingtan.wording.report_accounts import ACCOUNT_WORDS

AT_BOUND = 1e-6
"""A share this near to its bound stands at it: a ten-thousandth of a percentage point."""

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
    """A bounded share as it came out, and what asking for more of it would cost over the horizon.

    Prices are None where the plan has none: for a rule that is not enforced or cannot be kept, and, while any need or rule is
    missed at a penalty, for every rule that binds, since its price would be that penalty. A rule with room costs nothing.
    """

    name: str
    rule: str
    sense: Literal["at_least", "at_most"]
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
        is_untold = self.standing is Standing.BINDING and self.price_cny_per_point is None
        return said(f"rule.{self.sense}.{'untold' if is_untold else self.standing}", **values)


def rule_prices(case: Case, plan: Plan) -> tuple[RulePrice, ...]:
    """The shares that a rule bounds, kept or only reported; empty for a park without direct supply."""
    found = look_up_shares(case.park, case.rulebook, case.grid)
    if found is None:
        return ()
    terms = share_terms(case.park, rule_of(found), int(case.grid.year[0]))
    readings = Readings(plan.table.columns, case.grid.step_hours, plan.sizes, plan.elected)
    values = [evaluate([term], readings).shares[0].value for term in terms]
    standings = [
        _standing(term, value, is_kept=term.name in plan.rule_price) for term, value in zip(terms, values, strict=True)
    ]
    is_priced = Standing.MISSED not in standings and float(plan.table["shortfall_kw"].max()) <= NOTICED_KW
    rows = zip(terms, values, standings, strict=True)
    return tuple(_of_one(*row, _per_kwh(row[0], row[2], plan, is_priced=is_priced), readings) for row in rows)


def _per_kwh(term: Ratio, standing: Standing, plan: Plan, *, is_priced: bool) -> float | None:
    """The price of a rule's row [CNY/kWh]; None where it has none of its own."""
    if standing is Standing.SLACK:
        return 0.0
    if standing is Standing.BINDING and is_priced:
        return max(float(plan.rule_price[term.name][0]), 0.0)
    return None


def _of_one(
    term: Ratio, attained: float | None, standing: Standing, per_kwh: float | None, readings: Readings
) -> RulePrice:
    whole_kwh = float(term.denominator.read(readings.flows).sum()) * readings.step_hours
    return RulePrice(
        name=term.name,
        rule=term.rule,
        sense=term.sense,
        bound=term.bound,
        attained=attained,
        standing=standing,
        price_cny_per_point=None if per_kwh is None else per_kwh * whole_kwh * POINT,
        price_cny_per_mwh=None if per_kwh is None else per_kwh * 1e3,
    )


def _standing(term: Ratio, attained: float | None, *, is_kept: bool) -> Standing:
    if attained is None:
        return Standing.UNDEFINED
    if not is_kept:
        return Standing.REPORTED
    room = (attained - term.bound) * (1.0 if term.sense == "at_least" else -1.0)
    if room < -AT_BOUND:
        return Standing.MISSED
    return Standing.BINDING if room <= AT_BOUND else Standing.SLACK
