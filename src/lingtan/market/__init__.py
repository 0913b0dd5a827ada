"""From rules to terms: what electricity from outside costs a park, and the shares a direct supply must keep."""

from __future__ import annotations

from lingtan.market.basic_charge import Contract, basis_in
from lingtan.market.bill_lines import SupplyBill, supply_bill
from lingtan.market.direct_supply import (
    look_up_charge,
    look_up_shares,
    own_shares,
    rule_of,
    share_terms,
    share_terms_of,
)
from lingtan.market.price_list import Ask, PriceList, look_up, price_list_terms
from lingtan.market.supply import Supply, supply_terms

__all__ = [
    "Ask",
    "Contract",
    "PriceList",
    "Supply",
    "SupplyBill",
    "basis_in",
    "look_up",
    "look_up_charge",
    "look_up_shares",
    "own_shares",
    "price_list_terms",
    "rule_of",
    "share_terms",
    "share_terms_of",
    "supply_bill",
    "supply_terms",
]
