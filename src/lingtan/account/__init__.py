"""Accounts of any series: energy, bill, carbon and green shares, by the same functions that planned the park."""

from __future__ import annotations

from lingtan.account.bill import Bill, BillLine, bill_of, bill_of_table
from lingtan.account.carriers import BusBalance, carriers_of
from lingtan.account.energy import Energy, energy_of
from lingtan.account.settle import Accounts, Green, settle

__all__ = [
    "Accounts",
    "Bill",
    "BillLine",
    "BusBalance",
    "Energy",
    "Green",
    "bill_of",
    "bill_of_table",
    "carriers_of",
    "energy_of",
    "settle",
]
