"""What the park pays for electricity from outside, as terms: the price list, direct supply, export, direct contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, Severity
from lingtan.flow import Flow
from lingtan.frozen import DeepFrozen
from lingtan.market.adjustments import Adjustments, look_up_adjustments
from lingtan.market.contract import contract_notes, contracts_of, look_up_contract
from lingtan.market.direct_supply import NETWORK_COMPONENT, look_up_charge, network_terms, rule_of, self_use_terms
from lingtan.market.months import month_grouping
from lingtan.market.price_list import Ask, PriceList, look_up, price_list_terms
from lingtan.park import FirmLine, Park
from lingtan.rulebook import Customer, DailyMaxima, Found, RetailPrice, Rulebook, TimeOfUse
from lingtan.terms import Sum, Term


@dataclass(frozen=True, eq=False)
class Supply(DeepFrozen):
    """The terms of a park's supply, the price list they rest on, and every look-up that was made.

    `grid_terms` are those among `terms` that price what each connection draws; `adjustments` is settled on them. `notes` say
    what the bill leaves out because it is not known.
    """

    terms: tuple[Term, ...]
    grid_terms: Mapping[str, tuple[Term, ...]]
    adjustments: Adjustments
    prices: Found[RetailPrice]
    hours: Found[TimeOfUse] | None
    periods: NDArray[np.int8]
    founds: tuple[Found[Any], ...]
    notes: tuple[Finding, ...] = ()


def supply_terms(park: Park, rulebook: Rulebook, grid: TimeGrid, daily_maxima: DailyMaxima | None = None) -> Supply:
    """The supply of a park on a grid; `daily_maxima` decide on the special hours of hot days.

    Raises `InputError` where a step has no price or no hours.
    """
    ask = ask_of(park)
    listed = look_up(ask, rulebook, grid, daily_maxima)
    founds: list[Found[Any]] = [found for found in (listed.prices, listed.hours, listed.holidays) if found]
    adjustments = look_up_adjustments(park, ask, listed, rulebook, grid)
    agreed = look_up_contract(park, ask, rulebook, grid)
    contracts = contracts_of(park, agreed)
    founds += [agreed] if agreed else []
    grid_terms: dict[str, tuple[Term, ...]] = {}
    terms: list[Term] = []
    charge = look_up_charge(park, rulebook, grid)
    for name in park.connections:
        if charge is None:
            grid_terms[name] = tuple(price_list_terms(name, listed, ask.basis, grid, contract=contracts.get(name)))
        else:
            energy = price_list_terms(name, listed, ask.basis, grid, (NETWORK_COMPONENT,), contracts.get(name))
            grid_terms[name] = (*energy, *network_terms(name, park, listed, rule_of(charge), grid))
        terms += grid_terms[name]
    if charge is not None:
        founds.append(charge)
        terms += self_use_terms(park, listed, rule_of(charge), grid)
    terms += [*_export_terms(park, grid), *_contract_terms(park, grid)]
    founds += adjustments.founds
    notes = (
        *listed.notes,
        *adjustments.notes,
        *_unpriced_exports(park),
        *_parts_of_months(adjustments, listed),
        *contract_notes(park),
    )
    return Supply(
        tuple(terms), grid_terms, adjustments, listed.prices, listed.hours, listed.periods, tuple(founds), notes
    )


def ask_of(park: Park) -> Ask:
    """Who asks for a price, as the park file says it."""
    customer, tariff = park.customer, park.tariff
    return Ask(
        park.site.place,
        Customer(customer.category, customer.voltage, customer.purchase),
        tariff.price,
        tariff.hours,
        tariff.basis,
    )


def _export_terms(park: Park, grid: TimeGrid) -> Iterator[Term]:
    """What fed-in energy earns: a negative amount."""
    for name, connection in park.connections.items():
        if connection.export_limit > 0:
            price = np.full(grid.steps, -connection.export_price)
            yield Sum("export", Flow.of(f"{name}.export_kw"), price, month_grouping(grid), rule="park file")


def _unpriced_exports(park: Park) -> Iterator[Finding]:
    """Connections that may feed in and earn nothing by it."""
    for name, connection in park.connections.items():
        if connection.export_limit > 0 and connection.export_price == 0:
            yield Finding("market.no-export-price", f"connections.{name}.export_price", severity=Severity.NOTE)


def _parts_of_months(adjustments: Adjustments, listed: PriceList) -> Iterator[Finding]:
    """Months of which the grid covers a part, where a charge is for the whole month."""
    parts = [name for name, whole in zip(adjustments.months.labels, adjustments.whole, strict=True) if not whole]
    records = [use.record for use in listed.prices.uses]
    if parts and any(price is not None for each in records for price in (each.capacity_price, each.demand_price)):
        yield Finding("market.part-of-month", ", ".join(parts), severity=Severity.NOTE)


def _contract_terms(park: Park, grid: TimeGrid) -> Iterator[Term]:
    """Firm lines: the contract bills at the sending end, so delivered energy is divided by one minus the loss."""
    for name, line in park.of_family(FirmLine):
        billed = Flow.of(f"{name}.generation_kw") + (Flow.of(f"{name}.curtailed_kw") if line.must_take else Flow(()))
        flow = billed * (1.0 / (1.0 - line.loss))
        price = np.full(grid.steps, line.price)
        yield Sum(
            f"contract.{name}", flow, price, month_grouping(grid), rule=line.legal_basis, member=line.member or ""
        )
