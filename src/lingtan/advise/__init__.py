"""Decide what to do about it: what mends a shortfall, what each rule costs, which limits bind.

`advise` looks at a plan and plans again where something is short; `shortfall_findings` says the diagnosis in one line each.
"""

from __future__ import annotations

from lingtan.advise.abatement import Abatement, abatement_path
from lingtan.advise.advice import Advice, advise, effect_text, remedy_text, shortfall_findings, shortfall_text
from lingtan.advise.limits import LimitPrice, limit_prices
from lingtan.advise.remedies import Change, Remedy, applied, remedies
from lingtan.advise.rule_prices import RulePrice, Standing, rule_prices
from lingtan.advise.shortfall import Shortfall, shortfalls

__all__ = [
    "Abatement",
    "Advice",
    "Change",
    "LimitPrice",
    "Remedy",
    "RulePrice",
    "Shortfall",
    "Standing",
    "abatement_path",
    "advise",
    "applied",
    "effect_text",
    "limit_prices",
    "remedies",
    "remedy_text",
    "rule_prices",
    "shortfall_findings",
    "shortfall_text",
    "shortfalls",
]
