"""The price list of a connection, as terms: energy by component, and the basic charge.

The two-part industrial price list bills every component of the energy price by month and time-of-use period, and a basic
charge a month, either on transformer capacity or on the largest demand of the month; which of the two is a `Choice`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, Severity, raise_errors
from lingtan.flow import Flow
from lingtan.market.basic_charge import Contract, basic_charge
from lingtan.market.months import month_by_period
from lingtan.park.conditions import Basis
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
from lingtan.terms import Sum, Term


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


def look_up(ask: Ask, rulebook: Rulebook, grid: TimeGrid, daily_maxima: DailyMaxima | None = None) -> PriceList:
    """The prices and hours of every step, on hot days and holidays too.

    `daily_maxima` are those of temperature; where they do not cover the grid, hours of hot days are left out and noted.
    Holidays are those of the place's calendar. Raises `InputError` with all findings where a record is missing.
    """
    prices = rulebook.find(RetailPrice, grid, place=ask.place, customer=ask.customer, named=ask.price)
    if not any(use.record.factors is not None for use in prices.uses):
        raise_errors(prices.findings)
        return PriceList(prices, None, np.zeros(grid.steps, dtype=np.int8))
    hours = rulebook.find(TimeOfUse, grid, place=ask.place, customer=ask.customer, named=ask.hours)
    known = daily_maxima if daily_maxima is not None and daily_maxima.covers(grid.days) else None
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
    connection: str,
    listed: PriceList,
    basis: Basis,
    grid: TimeGrid,
    without: Container[str] = (),
    contract: Contract | None = None,
) -> Iterator[Term]:
    """The terms of one connection: every component of the energy price but those left out, then the basic charge."""
    for name in component_names(listed):
        if name not in without:
            yield component_term(name, name, Flow.of(f"{connection}.import_kw"), listed, grid)
    yield from basic_charge(connection, listed.prices, basis, grid, contract)


def component_names(listed: PriceList) -> list[str]:
    """The components of the energy price, in the order the records name them."""
    return list(dict.fromkeys(part.name for use in listed.prices.uses for part in use.record.components))


def component_term(component: str, name: str, flow: Flow, listed: PriceList, grid: TimeGrid) -> Sum:
    """A component of the energy price on a flow, under a name of its own: one line a month, period and record."""
    labels = None if listed.hours is None else [period.key for period in Period]
    rules = [use.record.id for use in listed.prices.uses]
    group = month_by_period(grid, listed.periods, labels, listed.prices.owner, rules)
    return Sum(name, flow, _price_of_component(component, listed), group, rule=rules[0])


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
