"""The monthly basic charge of a two-part price: by capacity, by measured demand, by contracted demand, or by choice.

A choice holds for the whole period, or for as many months as the rule lets (`switches`). Then every sequence of bases is an
alternative, and those of one basis are tried first (see `Choice.first`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.market.months import demand_grouping
from lingtan.park.conditions import THEN, Basis
from lingtan.rulebook import ContractedDemand, Found, RetailPrice
from lingtan.terms import Choice, Contracted, Peak, Size, Term

BASIC_CHARGE = "basic_charge"


@dataclass(frozen=True)
class Contract:
    """The rule of contracted demand at a connection.

    `agreed_kw` is what the park file states from January to December; None leaves it to the plan. `switches` says whether a choice
    may take another basis as often as the rule lets.
    """

    rule: ContractedDemand
    agreed_kw: tuple[float, ...] | None = None
    switches: bool = False


def records_by_month(prices: Found[RetailPrice], months: Grouping) -> list[RetailPrice]:
    """The record that holds on the first step of each month: monthly charges go by it."""
    first = np.searchsorted(months.codes, np.arange(months.count))
    return [prices.uses[prices.owner[step]].record for step in first]


def basis_in(elected: str, month: int) -> str:
    """The basis in a month (1 to 12) of what was elected for a year.

    >>> basis_in("demand", 7), basis_in("capacity+demand+demand+contracted", 4)
    ('demand', 'demand')
    """
    parts = elected.split(THEN)
    return parts[(month - 1) * len(parts) // 12]


def basic_charge(
    connection: str, prices: Found[RetailPrice], basis: Basis, grid: TimeGrid, contract: Contract | None = None
) -> Iterator[Term]:
    """The monthly basic charge of a connection.

    A month that the grid covers in part is charged whole: demand is billed by the month, however short our view of it.
    A basis that the list of some month does not price is no alternative, for it would look free; asked for by name it
    raises `InputError`. Lists with neither price, such as single-part ones, have no basic charge. A choice weighs a contract only
    where it is stated: one that the plan agrees with the month before its eyes would always beat measured demand.
    """
    months = demand_grouping(grid)
    of_month = records_by_month(prices, months)
    charged = [record for record in of_month if (record.capacity_price, record.demand_price) != (None, None)]
    if not charged:
        return
    by_capacity = all(record.capacity_price is not None for record in charged)
    by_demand = all(record.demand_price is not None for record in charged)
    offered: dict[str, tuple[Term, ...]] = {}
    if basis in ("choice", "capacity") and by_capacity:
        offered["capacity"] = _by_capacity(connection, of_month, months)
    if basis in ("choice", "demand") and by_demand:
        offered["demand"] = (_by_demand(connection, of_month, months),)
    if contract is not None and by_demand and (basis == "contracted" or contract.agreed_kw is not None):
        offered["contracted"] = (_by_contract(connection, of_month, months, contract),)
    if not offered:
        raise InputError([Finding("market.basis-without-price", "tariff.basis", got=basis)])
    if len(offered) == 1:
        yield from next(iter(offered.values()))
        return
    spans = _spans(months, contract.rule.basis_months) if contract is not None and contract.switches else ()
    ways = {**offered, **dict(_sequences(offered, months, spans))}
    yield Choice(
        f"{connection}.basis", ways, rule=of_month[0].id, first=tuple(offered) if len(ways) > len(offered) else ()
    )


def _by_capacity(connection: str, of_month: Sequence[RetailPrice], months: Grouping) -> tuple[Size, ...]:
    return tuple(
        Size(BASIC_CHARGE, f"{connection}.capacity_kva", record.capacity_price, label, rule=record.id)
        for record, label in zip(of_month, months.labels, strict=True)
        if record.capacity_price is not None
    )


def _by_demand(connection: str, of_month: Sequence[RetailPrice], months: Grouping) -> Peak:
    return Peak(
        BASIC_CHARGE,
        Flow.of(f"{connection}.import_kw"),
        replace(months, rules=tuple(record.id for record in of_month)),
        _demand_prices(of_month),
        np.zeros(months.count),
        rule=of_month[0].id,
    )


def _by_contract(connection: str, of_month: Sequence[RetailPrice], months: Grouping, contract: Contract) -> Contracted:
    stated, rule = contract.agreed_kw, contract.rule
    agreed = np.full(months.count, np.nan)
    if stated is not None:
        agreed = np.array([stated[int(label[5:7]) - 1] for label in months.labels])
    return Contracted(
        BASIC_CHARGE,
        Flow.of(f"{connection}.import_kw"),
        replace(months, rules=(rule.id,) * months.count),
        _demand_prices(of_month),
        agreed,
        np.zeros(months.count),
        rule.tolerance,
        rule.overrun,
        f"{connection}.capacity_kva",
        rule.least_share,
        rule=rule.id,
    )


def _demand_prices(of_month: Sequence[RetailPrice]) -> NDArray[np.float64]:
    return np.array([0.0 if record.demand_price is None else record.demand_price for record in of_month])


def _spans(months: Grouping, length: int) -> tuple[frozenset[str], ...]:
    """The months between two changes, counted from January."""
    spans: dict[tuple[str, int], set[str]] = {}
    for label in months.labels:
        spans.setdefault((label[:4], (int(label[5:7]) - 1) // length), set()).add(label)
    return tuple(frozenset(span) for span in spans.values())


def _sequences(
    offered: Mapping[str, tuple[Term, ...]], months: Grouping, spans: Sequence[frozenset[str]]
) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Every sequence of bases that changes at least once, with the terms of each basis in its own months only."""
    for way in product(offered, repeat=len(spans)):
        if len(set(way)) < 2:
            continue
        terms: list[Term] = []
        for basis in dict.fromkeys(way):
            own = frozenset().union(*(span for span, each in zip(spans, way, strict=True) if each == basis))
            terms += _in_months(offered[basis], months, own)
        yield THEN.join(way), tuple(terms)


def _in_months(terms: Sequence[Term], months: Grouping, own: frozenset[str]) -> Iterator[Term]:
    """Terms of a basic charge without a price in other months."""
    mine = np.array([label in own for label in months.labels])
    for term in terms:
        match term:
            case Peak() | Contracted():
                yield replace(term, price=np.where(mine, term.price, 0.0))
            case Size() if term.period not in own:
                pass
            case _:
                yield term
