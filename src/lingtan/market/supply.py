"""What the park pays for electricity from outside, as terms: energy by component, basic charge, export, direct contracts.

The two-part industrial price list bills every component of the energy price by month and time-of-use period, and a basic
charge a month, either on transformer capacity or on the largest demand of the month; which of the two is a `Choice`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import raise_errors
from lingtan.market.months import month_by_period, month_grouping
from lingtan.park import FirmLine, Park
from lingtan.rulebook import (
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

Basis = Literal["choice", "capacity", "demand"]


@dataclass(frozen=True)
class Ask:
    """Who asks for a price: the place, the customer, the records named (none looks them up), the basis wanted."""

    place: Place
    customer: Customer
    price: str | None = None
    hours: str | None = None
    basis: Basis = "choice"


@dataclass(frozen=True, eq=False)
class PriceList:
    """The prices and hours that hold on a grid, and the time-of-use period of each step, (T,)."""

    prices: Found[RetailPrice]
    hours: Found[TimeOfUse] | None
    periods: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Supply:
    """The terms of a park's supply and the price list they rest on."""

    terms: tuple[Term, ...]
    prices: Found[RetailPrice]
    hours: Found[TimeOfUse] | None
    periods: NDArray[np.int8]


def supply_terms(park: Park, rulebook: Rulebook, grid: TimeGrid) -> Supply:
    """The supply of a park on a grid. Raises `InputError` where a step has no price or no hours."""
    site, customer, tariff = park.site, park.customer, park.tariff
    ask = Ask(
        Place(site.country, site.province, site.prefecture),
        Customer(customer.category, customer.voltage, customer.purchase),
        tariff.price,
        tariff.hours,
        tariff.basis,
    )
    listed = look_up(ask, rulebook, grid)
    priced = (term for name in park.connections for term in price_list_terms(name, listed, ask.basis, grid))
    terms = (*priced, *_export_terms(park, grid), *_contract_terms(park, grid))
    return Supply(terms, listed.prices, listed.hours, listed.periods)


def look_up(ask: Ask, rulebook: Rulebook, grid: TimeGrid) -> PriceList:
    """The prices and hours of every step. Raises `InputError` with all findings where one is missing."""
    prices = rulebook.find(RetailPrice, grid, place=ask.place, customer=ask.customer, named=ask.price)
    if not any(use.record.factors is not None for use in prices.uses):
        raise_errors(prices.findings)
        return PriceList(prices, None, np.zeros(grid.steps, dtype=np.int8))
    hours = rulebook.find(TimeOfUse, grid, place=ask.place, customer=ask.customer, named=ask.hours)
    cut = (found for use in hours.uses for found in check_hours(use.record, grid))
    raise_errors((*prices.findings, *hours.findings, *cut))
    return PriceList(prices, hours, hours.spread(lambda record: period_of(record, grid)).astype(np.int8))


def price_list_terms(connection: str, listed: PriceList, basis: Basis, grid: TimeGrid) -> Iterator[Term]:
    """The terms of one connection: every component of the energy price, then the basic charge."""
    yield from _energy_terms(connection, listed, grid)
    yield from _basic_charge(connection, listed.prices, basis, grid)


def _energy_terms(connection: str, listed: PriceList, grid: TimeGrid) -> Iterator[Term]:
    """One sum per component of the price, grouped by month, time-of-use period and record."""
    prices, periods = listed.prices, listed.periods
    labels = None if listed.hours is None else [period.key for period in Period]
    rules = [use.record.id for use in prices.uses]
    group = month_by_period(grid, periods, labels, prices.owner, rules)
    for name in dict.fromkeys(component.name for use in prices.uses for component in use.record.components):

        def price_of(record: RetailPrice, name: str = name) -> NDArray[np.float64]:
            present = [component for component in record.components if component.name == name]
            return price_by_step_cny_per_kwh(record, periods, present[0]) if present else np.zeros(grid.steps)

        yield Sum(name, Flow.of(f"{connection}.import_kw"), prices.spread(price_of), group, rule=rules[0])


def _basic_charge(connection: str, prices: Found[RetailPrice], basis: Basis, grid: TimeGrid) -> Iterator[Term]:
    """The monthly basic charge by capacity, by demand, or by choice of the two.

    A month that the grid covers in part is charged whole: demand is billed by the month, however short our view of it.
    """
    months = month_grouping(grid)
    first = np.searchsorted(months.codes, np.arange(months.count))
    of_month = [prices.uses[prices.owner[step]].record for step in first]
    if all(record.capacity_price is None and record.demand_price is None for record in of_month):
        return
    by_capacity = tuple(
        Size("basic_charge", f"{connection}.capacity_kva", record.capacity_price or 0.0, label, rule=record.id)
        for record, label in zip(of_month, months.labels, strict=True)
    )
    by_demand = Peak(
        "basic_charge",
        Flow.of(f"{connection}.import_kw"),
        month_grouping(grid, tuple(record.id for record in of_month)),
        np.array([record.demand_price or 0.0 for record in of_month]),
        np.zeros(months.count),
        rule=of_month[0].id,
    )
    match basis:
        case "capacity":
            yield from by_capacity
        case "demand":
            yield by_demand
        case "choice":
            options: dict[str, tuple[Term, ...]] = {"capacity": by_capacity, "demand": (by_demand,)}
            yield Choice(f"{connection}.basis", options, rule=of_month[0].id)


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
