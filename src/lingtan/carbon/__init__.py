"""From rules to tonnes: the park view of annex 4, for members and the park, and the green shares.

| module | says |
|---|---|
| `annex4` | the view's records, electricity by flow, the total and the core indicator |
| `activity_rules`, `activities` | which records count fuels, heat and processes; their lines |
| `lines` | what a line is |
| `shares` | the direct and the physical share; those that a direct supply keeps are terms of `market` |
| `tracing` | where each interval's electricity came from |
| `green_purchases` | what certificates and green trade cover |
| `members` | the account of each member |
| `factory` | each member against the criteria of a zero-carbon factory |
| `indicator` | verdicts, the range of the indicator, what closes a gap |
| `flow_activities` | fuels and heat that are flows of the plan, as activities |
| `targets` | caps and least shares as terms of the plan |
| `park_account` | all of it for a park |
"""

from __future__ import annotations

from lingtan.carbon.activities import activity_lines
from lingtan.carbon.activity_rules import ActivityRules, activity_rules, find_green_factor, remarks_of
from lingtan.carbon.annex4 import (
    Annex4Rules,
    CarbonLine,
    Covered,
    Inventory,
    annex4_records,
    annex4_rules,
    annex4_terms,
    inventory,
    total,
)
from lingtan.carbon.factory import Factory, factories_of, factory_of, factory_rule, non_fossil_share
from lingtan.carbon.green_purchases import GreenCover, green_cover
from lingtan.carbon.indicator import (
    Gap,
    IndicatorReading,
    Verdict,
    certificate_price,
    gap,
    indicator_at,
    indicator_range,
    unbacked_share_limit,
    verdict,
)
from lingtan.carbon.lines import CATEGORIES, Category, InventoryLine
from lingtan.carbon.members import MemberCarbon
from lingtan.carbon.park_account import CarbonAccount, carbon_account
from lingtan.carbon.shares import direct_share, physical_share
from lingtan.carbon.targets import target_terms
from lingtan.carbon.tracing import Trace, direct_mix, trace

__all__ = [
    "CATEGORIES",
    "ActivityRules",
    "Annex4Rules",
    "CarbonAccount",
    "CarbonLine",
    "Category",
    "Covered",
    "Factory",
    "Gap",
    "GreenCover",
    "IndicatorReading",
    "Inventory",
    "InventoryLine",
    "MemberCarbon",
    "Trace",
    "Verdict",
    "activity_lines",
    "activity_rules",
    "annex4_records",
    "annex4_rules",
    "annex4_terms",
    "carbon_account",
    "certificate_price",
    "direct_mix",
    "direct_share",
    "factories_of",
    "factory_of",
    "factory_rule",
    "find_green_factor",
    "gap",
    "green_cover",
    "indicator_at",
    "indicator_range",
    "inventory",
    "non_fossil_share",
    "physical_share",
    "remarks_of",
    "target_terms",
    "total",
    "trace",
    "unbacked_share_limit",
    "verdict",
]
