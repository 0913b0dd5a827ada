"""What becomes of one unit more of an activity, in a sentence, and the figures that sentences of explanations are made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lingtan.optimize.explain import Activity, Part, PartKind, Standing
from lingtan.park.names import listed
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.explain import EXPLAIN_WORDS, LIMIT_WORDS

NOTICED_SHARE = 1e-3
"""A part of a price below this share of the largest is what a preference or a solver leaves, and is not told."""

LEAST_AMOUNT = 1e-6
"""An amount below this is shown as nothing [its unit]."""

LEAST_TOLD_CNY = 5e-5
"""A price below this is shown as 0.0000, and is what a solver leaves: it is not told."""

UNTOLD: frozenset[PartKind] = frozenset({"limit", "preference"})
"""Parts that are no money that a unit earns or costs."""


def say_price(cny: float) -> Words:
    """A price to three digits, or to the cent where it is a yuan or more.

    >>> say_price(0.888).en, say_price(52.5).zh, say_price(-0.0005).en
    ('0.888 CNY', '52.50 元', '−0.0005 CNY')
    """
    decimals = 2 if abs(cny) >= 1.0 else 3 if abs(cny) >= 0.1 else 4
    text = f"{abs(cny):,.{decimals}f}"
    text = text if float(text.replace(",", "")) == 0.0 or cny >= 0 else f"−{text}"
    return Words(f"{text} CNY", f"{text} 元")


def say_verdict(activity: Activity, unit: str) -> Words | None:
    """What holds an activity where it is, its parts being those of a `unit`; None where what is left is no price to be told."""
    moving = [part for part in activity.parts if part.kind not in UNTOLD]
    limits = counted([part for part in activity.parts if part.kind == "limit"], moving)
    rent = sum(part.cny_per_unit for part in limits)
    margin = activity.worth_cny - rent
    noticed = max(NOTICED_SHARE * max((abs(part.cny_per_unit) for part in moving), default=0.0), LEAST_TOLD_CNY)
    held_by = listed([limit_name(part.name) for part in limits])
    is_told = all(abs(part.cny_per_unit) <= noticed for part in activity.parts if part.kind == "preference")
    match activity.standing:
        case Standing.HELD:
            return EXPLAIN_WORDS["why.held"]
        case Standing.LEAST | Standing.WITHHELD | Standing.FIXED:
            return _of_nothing(activity, margin, rent, noticed, held_by, unit)
        case Standing.MOST if margin > noticed:
            bound = say_amount(activity.most, activity.rate_unit)
            return said("why.most", unit=unit, price=say_price(margin), bound=bound)
        case Standing.MOST:
            return said("why.indifferent", unit=unit) if is_told else None
    if abs(rent) > noticed:
        return said("why.rent" if rent < 0.0 else "why.pushed", price=say_price(abs(rent)), names=held_by)
    return EXPLAIN_WORDS["why.even"] if is_told and _is_even(moving) else None


def _of_nothing(activity: Activity, margin: float, rent: float, noticed: float, held_by: Text, unit: str) -> Words:
    """What holds an activity at nothing: what a unit more would lose, or that there can be none of it.

    A limit that takes is left out of what is lost, which is then told too low; one that asks for it makes up for what it loses.
    """
    if activity.standing is Standing.FIXED:
        return EXPLAIN_WORDS["why.fixed"]
    if rent < -noticed and margin > noticed:
        return said("why.withheld", price=say_price(margin), names=held_by)
    if activity.standing is Standing.WITHHELD:
        return (
            said("why.least", unit=unit, price=say_price(-margin)) if margin < -noticed else EXPLAIN_WORDS["why.fixed"]
        )
    lost = min(activity.reduced_cny, -margin) if margin < -noticed else activity.reduced_cny
    return said("why.least", unit=unit, price=say_price(lost)) if lost > noticed else said("why.indifferent", unit=unit)


def _is_even(moving: Sequence[Part]) -> bool:
    """Whether what a unit earns and what it costs are told as the same figure."""
    earned, costs = ([part for part in moving if part.cny_per_unit * way > 0.0] for way in (1.0, -1.0))
    earned, costs = (each if counted(each) else [] for each in (earned, costs))
    told = [say_price(abs(sum(part.cny_per_unit for part in each))) for each in (earned, costs)]
    return told[0] == told[1]


def say_average(moving: Sequence[Part], unit: str) -> Words:
    """What is left of a unit on average, beside what it turns over."""
    margin_cny = sum(part.cny_per_unit for part in moving)
    largest = max((abs(part.cny_per_unit) for part in moving), default=0.0)
    if abs(margin_cny) <= LEAST_TOLD_CNY or (abs(margin_cny) <= NOTICED_SHARE * largest and _is_even(moving)):
        return EXPLAIN_WORDS["why.average.even"]
    key = "why.average.earns" if margin_cny > 0 else "why.average.loses"
    return said(key, unit=unit, price=say_price(abs(margin_cny)))


def counted(parts: Sequence[Part], beside: Sequence[Part] = ()) -> list[Part]:
    """The parts that are told: not what a solver leaves, beside the largest of them."""
    largest = max((abs(part.cny_per_unit) for part in (*parts, *beside)), default=0.0)
    least = max(NOTICED_SHARE * largest, LEAST_TOLD_CNY)
    return [part for part in parts if abs(part.cny_per_unit) > least]


def limit_name(rows: str) -> Text:
    """What a limit is called, by the name of its rows; one that nobody gave words for is shown as it stands.

    >>> limit_name("pv.generation_kw.offered").en, limit_name("chp.bound_1").en, limit_name("x.odd")
    ('what is available', 'its size', 'x.odd')
    """
    ending = rows.rpartition(".")[2]
    if rows.startswith("island."):
        return LIMIT_WORDS["island"]
    return LIMIT_WORDS.get(ending) or LIMIT_WORDS.get(ending.rstrip("0123456789").rstrip("_")) or rows


def say_amount(value: float, unit: str, digits: int = 1) -> str:
    """A quantity with its unit; one that these digits would show as nothing, with two of its own.

    >>> say_amount(5000.0, "kW"), say_amount(0.3029, "kWh", 3), say_amount(0.00031, "t", 3), say_amount(1e-9, "kW")
    ('5,000 kW', '0.303 kWh', '0.00031 t', '0 kW')
    """
    if LEAST_AMOUNT < abs(value) < 0.5 * 10.0**-digits:
        digits = 1 - int(np.floor(np.log10(abs(value))))
    text = f"{value:,.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def said(key: str, /, **values: Text | float) -> Words:
    """A sentence of an explanation in both languages, its placeholders filled."""
    words = EXPLAIN_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))
