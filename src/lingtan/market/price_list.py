"""The price list of a connection, as terms: energy by component, and the basic charge.

The two-part industrial price list bills every component of the energy price by month and time-of-use period, and a basic
charge a month, either on transformer capacity or on the largest demand of the month; which of the two is a `Choice`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError, Severity, raise_errors
from lingtan.grouping import Grouping
from lingtan.market.months import month_by_period, month_grouping
from lingtan.rulebook import (
    Calendar,
    Customer,
    DailyMaxima,
    Found,
    KindsOfDay,
    Period,
    Place,
    RetailPrice,
    Rulebook,
    TimeOfUse,
    check_hours,
    classify_days,
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
    """The prices and hours that hold on a grid, and the time-of-use period of each step, (T,).

    `holidays` is the calendar, where hours depend on it; `notes` say which special hours could not be decided.
    """

    prices: Found[RetailPrice]
    hours: Found[TimeOfUse] | None
    periods: NDArray[np.int8]
    holidays: Found[Calendar] | None = None
    notes: tuple[Finding, ...] = ()


def look_up(ask: Ask, rulebook: Rulebook, grid: TimeGrid, highs: DailyMaxima | None = None) -> PriceList:
    """The prices and hours of every step, on hot days and holidays too.

    `highs` are the daily maxima of temperature; where they do not cover the grid, hours of hot days are left out and noted.
    Holidays are those of the place's calendar. Raises `InputError` with all findings where a record is missing.
    """
    prices = rulebook.find(RetailPrice, grid, place=ask.place, customer=ask.customer, named=ask.price)
    if not any(use.record.factors is not None for use in prices.uses):
        raise_errors(prices.findings)
        return PriceList(prices, None, np.zeros(grid.steps, dtype=np.int8))
    hours = rulebook.find(TimeOfUse, grid, place=ask.place, customer=ask.customer, named=ask.hours)
    known = highs if highs is not None and highs.covers(grid.days) else None
    kinds = _kinds_of_day(ask, rulebook, grid, hours)
    names = None if kinds is None else kinds.names
    said = [found for use in hours.uses for found in check_hours(use.record, grid, known, names)]
    raise_errors((*prices.findings, *hours.findings, *said))
    periods = hours.spread(lambda record: period_of(record, grid, known, names)).astype(np.int8)
    calendar = None if kinds is None else Found(kinds.uses, np.zeros(grid.steps, np.intp), kinds.findings)
    notes = (*(found for found in said if found.severity is Severity.NOTE), *(kinds.findings if kinds else ()))
    return PriceList(prices, hours, periods, calendar, notes)


def _kinds_of_day(ask: Ask, rulebook: Rulebook, grid: TimeGrid, hours: Found[TimeOfUse]) -> KindsOfDay | None:
    """What kind of day each day is; None where no special hours ask for it."""
    asked = any(special.holidays for use in hours.uses for _, special in use.record.specials)
    return classify_days(rulebook, grid.days, ask.place) if asked else None


def price_list_terms(
    connection: str, listed: PriceList, basis: Basis, grid: TimeGrid, without: Container[str] = ()
) -> Iterator[Term]:
    """The terms of one connection: every component of the energy price but those left out, then the basic charge."""
    for name in component_names(listed):
        if name not in without:
            yield component_term(name, name, Flow.of(f"{connection}.import_kw"), listed, grid)
    yield from _basic_charge(connection, listed.prices, basis, grid)


def component_names(listed: PriceList) -> list[str]:
    """The components of the energy price, in the order the records name them."""
    return list(dict.fromkeys(part.name for use in listed.prices.uses for part in use.record.components))


def component_term(component: str, name: str, flow: Flow, listed: PriceList, grid: TimeGrid) -> Sum:
    """A component of the energy price on a flow, under a name of its own: one line a month, period and record."""
    labels = None if listed.hours is None else [period.key for period in Period]
    rules = [use.record.id for use in listed.prices.uses]
    group = month_by_period(grid, listed.periods, labels, listed.prices.owner, rules)
    return Sum(name, flow, _price_of_component(component, listed), group, rule=rules[0])


def records_by_month(prices: Found[RetailPrice], months: Grouping) -> list[RetailPrice]:
    """The record that holds on the first step of each month: monthly charges go by it."""
    first = np.searchsorted(months.codes, np.arange(months.count))
    return [prices.uses[prices.owner[step]].record for step in first]


def _price_of_component(name: str, listed: PriceList) -> NDArray[np.float64]:
    """Price of one component in each step [CNY/kWh], (T,); 0 where the record of a step does not have it.

    A record is asked only about its own steps: it need not price a super peak that falls into another's months.
    """
    price = np.zeros(listed.periods.shape)
    for number, use in enumerate(listed.prices.uses):
        mine = listed.prices.owner == number
        for component in use.record.components:
            if component.name == name:
                price[mine] = price_by_step_cny_per_kwh(use.record, listed.periods[mine], component)
    return price


def _basic_charge(connection: str, prices: Found[RetailPrice], basis: Basis, grid: TimeGrid) -> Iterator[Term]:
    """The monthly basic charge by capacity, by demand, or by choice of the two.

    A month that the grid covers in part is charged whole: demand is billed by the month, however short our view of it.
    A basis that the list of some month does not price is no alternative, for it would look free; asked for by name it
    raises `InputError`. Lists with neither price, such as single-part ones, have no basic charge.
    """
    months = month_grouping(grid)
    of_month = records_by_month(prices, months)
    charged = [record for record in of_month if (record.capacity_price, record.demand_price) != (None, None)]
    if not charged:
        return
    offered: dict[str, tuple[Term, ...]] = {}
    if basis != "demand" and all(record.capacity_price is not None for record in charged):
        offered["capacity"] = _by_capacity(connection, of_month, months)
    if basis != "capacity" and all(record.demand_price is not None for record in charged):
        offered["demand"] = (_by_demand(connection, of_month, months),)
    if not offered:
        raise InputError([Finding("market.basis-without-price", "tariff.basis", got=basis)])
    if len(offered) == 1:
        yield from next(iter(offered.values()))
    else:
        yield Choice(f"{connection}.basis", offered, rule=of_month[0].id)


def _by_capacity(connection: str, of_month: Sequence[RetailPrice], months: Grouping) -> tuple[Size, ...]:
    return tuple(
        Size("basic_charge", f"{connection}.capacity_kva", record.capacity_price, label, rule=record.id)
        for record, label in zip(of_month, months.labels, strict=True)
        if record.capacity_price is not None
    )


def _by_demand(connection: str, of_month: Sequence[RetailPrice], months: Grouping) -> Peak:
    return Peak(
        "basic_charge",
        Flow.of(f"{connection}.import_kw"),
        Grouping(months.codes, months.labels, tuple(record.id for record in of_month)),
        np.array([0.0 if record.demand_price is None else record.demand_price for record in of_month]),
        np.zeros(months.count),
        rule=of_month[0].id,
    )
