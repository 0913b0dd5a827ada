"""From rules to tonnes: the park view of annex 4 and the green shares."""

from __future__ import annotations

from lingtan.carbon.annex4 import Annex4Rules, CarbonLine, Inventory, annex4_rules, annex4_terms, inventory
from lingtan.carbon.shares import direct_share, export_share, self_use_of_generation, self_use_of_load

__all__ = [
    "Annex4Rules",
    "CarbonLine",
    "Inventory",
    "annex4_rules",
    "annex4_terms",
    "direct_share",
    "export_share",
    "inventory",
    "self_use_of_generation",
    "self_use_of_load",
]
