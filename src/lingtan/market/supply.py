"""What the park pays for electricity from outside, as terms: energy by component, basic charge, export, direct contracts.

The two-part industrial price list bills every component of the energy price by month and time-of-use period, and a basic
charge a month, either on transformer capacity or on the largest demand of the month; which of the two is a `Choice`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, raise_errors
from lingtan.market.months import month_by_period, month_grouping
from lingtan.park import FirmLine, Park
from lingtan.rulebook import (
    Codes,
    Customer,
    Found,
    Period,
    Place,
    RetailPrice,
    Rulebook,
    TimeOfUse,
    check_hours,
    period_of,
    price_by_step_cny_per_kwh,
)
from lingtan.terms import Choice, Flow, Peak, Size, Sum, Term


@dataclass(frozen=True, eq=False)
class Supply:
    """The terms of a park's supply, the records they rest on, the period of each step, and what was noticed."""

    terms: tuple[Term, ...]
    prices: Found[RetailPrice]
    hours: Found[TimeOfUse] | None
    periods: Codes
    findings: tuple[Finding, ...]


def supply_terms(park: Park, rulebook: Rulebook, grid: TimeGrid) -> Supply:
    """The supply of a park on a grid. Raises `InputError` where a step has no price or no hours."""
    site, customer = park.site, park.customer
    place = Place(site.country, site.province, site.prefecture)
    buyer = Customer(customer.category, customer.voltage, customer.purchase)
    prices = rulebook.find(RetailPrice, grid, place=place, customer=buyer, named=park.tariff.price)
    findings = list(prices.findings)
    hours: Found[TimeOfUse] | None = None
    periods = np.zeros(grid.steps, dtype=np.int8)
    if any(use.record.factors is not None for use in prices.uses):
        hours = rulebook.find(TimeOfUse, grid, place=place, customer=buyer, named=park.tariff.hours)
        findings += hours.findings
        findings += [found for use in hours.uses for found in check_hours(use.record, grid)]
        raise_errors(findings)
        periods = hours.spread(lambda record: period_of(record, grid)).astype(np.int8)
    raise_errors(findings)
    terms = (
        *_energy_terms(park, prices, periods, grid),
        *_basic_charge(park, prices, grid),
        *_export_terms(park, grid),
        *_contract_terms(park, grid),
    )
    return Supply(terms, prices, hours, periods, tuple(findings))


def _energy_terms(park: Park, prices: Found[RetailPrice], periods: Codes, grid: TimeGrid) -> Iterator[Term]:
    """One sum per component of the price, grouped by month, time-of-use period and record."""
    names = dict.fromkeys(component.name for use in prices.uses for component in use.record.components)
    labels = [period.key for period in Period] if (periods != 0).any() else None
    rules = [use.record.id for use in prices.uses]
    group = month_by_period(grid, periods, labels, prices.owner, rules)
    for name in names:

        def price_of(record: RetailPrice, name: str = name) -> np.ndarray:
            present = [component for component in record.components if component.name == name]
            if not present:
                return np.zeros(grid.steps)
            return price_by_step_cny_per_kwh(record, periods, present[0])

        price = prices.spread(price_of)
        for connection in park.connections:
            yield Sum(name, Flow.of(f"{connection}.import_kw"), price, group, rule=rules[0])


def _basic_charge(park: Park, prices: Found[RetailPrice], grid: TimeGrid) -> Iterator[Term]:
    """The monthly basic charge of each connection by capacity, by demand, or by choice of the two.

    A month that the grid covers in part is charged whole: demand is billed by the month, however short our view of it.
    """
    months = month_grouping(grid)
    first = np.searchsorted(months.codes, np.arange(months.count))
    of_month = [prices.uses[prices.owner[step]].record for step in first]
    if all(record.capacity_price is None and record.demand_price is None for record in of_month):
        return
    for name in park.connections:
        by_capacity = tuple(
            Size("basic_charge", f"{name}.capacity_kva", record.capacity_price or 0.0, label, rule=record.id)
            for record, label in zip(of_month, months.labels, strict=True)
        )
        by_demand = Peak(
            "basic_charge",
            Flow.of(f"{name}.import_kw"),
            month_grouping(grid, tuple(record.id for record in of_month)),
            np.array([record.demand_price or 0.0 for record in of_month]),
            np.zeros(months.count),
            rule=of_month[0].id,
        )
        match park.tariff.basis:
            case "capacity":
                yield from by_capacity
            case "demand":
                yield by_demand
            case "choice":
                yield Choice(f"{name}.basis", {"capacity": by_capacity, "demand": (by_demand,)}, rule=of_month[0].id)


def _export_terms(park: Park, grid: TimeGrid) -> Iterator[Term]:
    """What fed-in energy earns: a negative amount."""
    for name, connection in park.connections.items():
        if connection.export_limit > 0:
            price = np.full(grid.steps, -connection.export_price)
            yield Sum("export", Flow.of(f"{name}.export_kw"), price, month_grouping(grid), rule="park file")


def _contract_terms(park: Park, grid: TimeGrid) -> Iterator[Term]:
    """Firm lines: the contract bills at the sending end, so delivered energy is divided by one minus the loss."""
    for name, line in park.of_family(FirmLine):
        billed = Flow.of(f"{name}.generation_kw") + (Flow.of(f"{name}.curtailed_kw") if line.must_take else Flow(()))
        flow = billed * (1.0 / (1.0 - line.loss)) if line.loss < 1 else billed
        price = np.full(grid.steps, line.price)
        yield Sum(f"contract.{name}", flow, price, month_grouping(grid), rule=line.legal_basis, member=line.member or "")
