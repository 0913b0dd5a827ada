"""A retail price list: the parts of the energy price, which of them float with the hours, and the basic charge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import AT_LEAST_ONE, Array, Mismatch, Record, digits_differ
from lingtan.rulebook.time_of_use import Codes, Period
from lingtan.units import PriceCnyPerKvaMonth, PriceCnyPerKwh, PriceCnyPerKwMonth, Quantity
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS, ComponentName

Factor = Annotated[float, Quantity("1", ge=0)]


class PriceComponent(Fact):
    """One part of the energy price; it may be negative, as a system operation charge has been."""

    name: ComponentName
    """What it pays for."""
    price: PriceCnyPerKwh
    """Price of a flat hour [CNY/kWh]."""
    floats_with_tou: bool
    """Whether the hour's factor multiplies it."""
    in_power_factor_base: bool = True
    """Whether the power-factor adjustment counts it in."""


class PeriodFactors(Fact):
    """What the floating components are multiplied with in each period."""

    peak: Factor
    """Peak hours [1]."""
    flat: Factor = 1.0
    """Flat hours [1]."""
    valley: Factor
    """Valley hours [1]."""
    super_peak: Factor | None = None
    """Super-peak hours; none where the list has no such price [1]."""
    deep_valley: Factor | None = None
    """Deep-valley hours; none where the list has no such price [1]."""

    def of(self, period: Period) -> float | None:
        """The factor of a period; none when the list does not price it."""
        factor: float | None = getattr(self, period.key)
        return factor


class PriceExample(Fact):
    """Prices as the list prints them, in CNY/kWh."""

    digits: Annotated[int, Field(strict=True, ge=0, le=9)] = 6
    """Digits after the point that the list prints."""
    component: ComponentName | None = None
    """The component that the prices are of; none means the whole price."""
    super_peak: PriceCnyPerKwh | None = None
    """Super-peak price [CNY/kWh]."""
    peak: PriceCnyPerKwh | None = None
    """Peak price [CNY/kWh]."""
    flat: PriceCnyPerKwh | None = None
    """Flat price [CNY/kWh]."""
    valley: PriceCnyPerKwh | None = None
    """Valley price [CNY/kWh]."""
    deep_valley: PriceCnyPerKwh | None = None
    """Deep-valley price [CNY/kWh]."""

    def printed(self) -> Iterator[tuple[Period, float]]:
        """The prices that the example states."""
        for period in Period:
            price: float | None = getattr(self, period.key)
            if price is not None:
                yield period, price

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not list(self.printed()):
            raise InputError([Finding("rulebook.example-without-price", "examples")])
        return self


class RetailPrice(Record):
    """The price list of one class of customers for a month or another period.

    The price of a period is the sum of the floating components times the period's factor, plus the others.
    """

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.retail_price"]

    kind: Literal["retail_price"]
    components: Annotated[tuple[PriceComponent, ...], AT_LEAST_ONE]
    """Parts of the energy price."""
    factors: PeriodFactors | None = None
    """Factors of the periods; none means one price at all hours."""
    capacity_price: PriceCnyPerKvaMonth | None = None
    """Basic charge by transformer capacity; none for single-part prices [CNY/kVA/month]."""
    demand_price: PriceCnyPerKwMonth | None = None
    """Basic charge by maximum demand; none for single-part prices [CNY/kW/month]."""
    examples: tuple[PriceExample, ...] = ()
    """Printed prices."""

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        names = [component.name for component in self.components]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InputError([Finding("rulebook.component-twice", f"{self.id}.components", got=", ".join(twice))])
        return self

    def component(self, name: ComponentName) -> PriceComponent:
        """The component of a name; KeyError if the list has none."""
        for component in self.components:
            if component.name == name:
                return component
        raise KeyError(name)

    def periods(self) -> tuple[Period, ...]:
        """The periods that the list prices; all of them when its price does not float."""
        factors = self.factors
        return tuple(Period) if factors is None else tuple(p for p in Period if factors.of(p) is not None)

    def mismatches(self) -> Iterator[Mismatch]:
        """The printed prices that the components do not give."""
        for number, example in enumerate(self.examples):
            for period, expected in example.printed():
                got = self._priced(example.component, period)
                if got is None or digits_differ(expected, got, example.digits):
                    yield Mismatch(number, period.key, _price_text(expected), "–" if got is None else _price_text(got))

    def _priced(self, name: ComponentName | None, period: Period) -> float | None:
        """Price of a component, or of all, in a period; none where the list has no such price."""
        parts = [component for component in self.components if name in (None, component.name)]
        if not parts or period not in self.periods():
            return None
        return sum(unit_price_cny_per_kwh(self, component, period) for component in parts)


def unit_price_cny_per_kwh(price: RetailPrice, component: PriceComponent, period: Period) -> float:
    """Price of one component in a period [CNY/kWh].

    Raises `InputError` (`rulebook.period-without-price`) when the list has no factor for the period.
    """
    if price.factors is None or not component.floats_with_tou:
        return component.price
    factor = price.factors.of(period)
    if factor is None:
        raise InputError([_without_price(price, period)])
    return component.price * factor


def prices_by_period(price: RetailPrice) -> dict[Period, float]:
    """The whole energy price of each period that the list prices [CNY/kWh]."""
    return {
        period: sum(unit_price_cny_per_kwh(price, component, period) for component in price.components)
        for period in price.periods()
    }


def price_by_step_cny_per_kwh(price: RetailPrice, periods: Codes, component: PriceComponent | None = None) -> Array:
    """Price of each step, of one component or of them all, (T,) [CNY/kWh].

    `periods` are codes of `Period`, (T,). Raises `InputError` when one occurs that the list does not price.
    """
    unpriced = check_periods(price, periods)
    if unpriced:
        raise InputError(unpriced)
    table = np.zeros(len(Period))
    for part in price.components if component is None else (component,):
        for period in price.periods():
            table[period] += unit_price_cny_per_kwh(price, part, period)
    return table[periods]


def check_periods(price: RetailPrice, periods: Codes) -> list[Finding]:
    """A finding for each period that occurs and that the list does not price."""
    return [_without_price(price, Period(code)) for code in np.unique(periods) if Period(code) not in price.periods()]


def _without_price(price: RetailPrice, period: Period) -> Finding:
    return Finding("rulebook.period-without-price", price.id, got=period.words)


def _price_text(value: float) -> str:
    return f"{say_number(value)} CNY/kWh"
