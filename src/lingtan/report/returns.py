"""Internal rates of return in words: one rate, several, or none, never one of several without a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lingtan.report.numbers import plain
from lingtan.wording import Text, Words
from lingtan.wording.report import REPORT_WORDS


def rate_text(answer: Mapping[str, Any] | None) -> Text:
    """A rate of the summary (`roots`, `verdict`) as a reader needs it; None is "not available yet".

    >>> rate_text({"roots": [0.05, 0.2], "verdict": "several"})
    Words(en='5.0%, 20.0% (several: judge by NPV)', zh='5.0%、20.0%（多解，以净现值为准）')
    """
    if answer is None:
        return REPORT_WORDS["number.missing"]
    rates = [f"{plain(100.0 * root, 1)}%" for root in answer["roots"]]
    match answer["verdict"]:
        case "unique":
            return rates[0]
        case "several":
            words = REPORT_WORDS["irr.several"]
            return Words(words.en.format(rates=", ".join(rates)), words.zh.format(rates="、".join(rates)))
        case _:
            return REPORT_WORDS["irr.none"]


def verdict_text(verdict: str) -> Text:
    """The verdict alone."""
    return REPORT_WORDS.get(f"irr.verdict.{verdict}", verdict)
