"""From rules to terms: what electricity from outside costs a park."""

from __future__ import annotations

from lingtan.market.supply import Supply, supply_terms

__all__ = ["Supply", "supply_terms"]
