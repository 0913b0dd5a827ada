"""Figures within the sentences of advice, as readers of either language expect them."""

from __future__ import annotations

from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.advise import ADVISE_WORDS

CENTS_BELOW = 100.0
"""Amounts below this are told to the cent [CNY]."""


def said(key: str, /, **values: Text | float) -> Words:
    """A sentence of advice in both languages, its placeholders filled."""
    words = ADVISE_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))


def say_money(amount_cny: float) -> Words:
    """An amount of money.

    >>> say_money(12345.6), say_money(1.5)
    (Words(en='12,346 CNY', zh='12,346 元'), Words(en='1.50 CNY', zh='1.50 元'))
    """
    number = f"{amount_cny:,.2f}" if abs(amount_cny) < CENTS_BELOW else f"{amount_cny:,.0f}"
    return Words(f"{number} CNY", f"{number} 元")


def say_share(share: float | None) -> str:
    """A share as a percentage; a dash where there is none.

    >>> say_share(0.3), say_share(0.12345), say_share(None)
    ('30%', '12.35%', '–')
    """
    return "–" if share is None else f"{100.0 * share:.2f}".rstrip("0").rstrip(".") + "%"


def say_amount(value: float, unit: str) -> str:
    """A quantity with its unit, to a tenth; a share in percent.

    >>> say_amount(12000.0, "kW"), say_amount(0.25, "kWh"), say_amount(1.0, "1")
    ('12,000 kW', '0.2 kWh', '100%')
    """
    return say_share(value) if unit == "1" else f"{value:,.1f}".removesuffix(".0") + f" {unit}"
