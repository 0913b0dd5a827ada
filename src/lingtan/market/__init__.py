"""From rules to terms: what electricity from outside costs a park."""

from __future__ import annotations

from lingtan.market.supply import Ask, PriceList, Supply, look_up, price_list_terms, supply_terms

__all__ = ["Ask", "PriceList", "Supply", "look_up", "price_list_terms", "supply_terms"]
