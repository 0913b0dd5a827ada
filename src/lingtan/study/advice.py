"""Advice as plain data: what summary.json says of shortfalls, remedies, rules and limits, each with its sentence."""

from __future__ import annotations

from typing import Any

from lingtan.advise import Advice, LimitPrice, Remedy, RulePrice, Shortfall, effect_text, shortfall_text


def advice_summary(advice: Advice) -> dict[str, Any]:
    """The keys `shortfalls`, `remedies` (cheapest first), `rules` and `limits`; each is empty where there is nothing to say."""
    return {
        "shortfalls": [_shortfall(each) for each in advice.shortfalls],
        "remedies": [_remedy(each) for each in advice.remedies],
        "rules": [_rule(each) for each in advice.rules],
        "limits": [_limit(each) for each in advice.limits],
        **({"abatement": [{**vars(each), "sizes": dict(each.sizes)} for each in advice.path]} if advice.path else {}),
    }


def _shortfall(short: Shortfall) -> dict[str, Any]:
    return {**short.__dict__, "words": shortfall_text(short)._asdict()}


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {
        "loads": ", ".join(remedy.loads),
        "changes": [
            {"cell": change.cell, "now": change.now, "then": change.then, "unit": change.unit}
            for change in remedy.changes
        ],
        "cost_cny": remedy.cost_cny,
        "words": effect_text(remedy)._asdict(),
    }


def _rule(price: RulePrice) -> dict[str, Any]:
    """A rule without a price has no keys for it: null is for what is not built."""
    prices = {
        "price_cny_per_point": price.price_cny_per_point,
        "price_cny_per_mwh": price.price_cny_per_mwh,
    }
    return {
        "name": price.name,
        "rule": price.rule,
        "sense": price.sense,
        "bound": price.bound,
        "attained": price.attained,
        "standing": str(price.standing),
        **{key: value for key, value in prices.items() if value is not None},
        "words": price.words._asdict(),
    }


def _limit(price: LimitPrice) -> dict[str, Any]:
    """A size at its bound has no hours."""
    return {
        "cell": price.cell,
        "end": price.end,
        "bound": price.bound,
        "unit": price.unit,
        **({} if price.hours is None else {"hours": price.hours}),
        "saves_cny_per_unit": price.saves_cny_per_unit,
        "words": price.words._asdict(),
    }
