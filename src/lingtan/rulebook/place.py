"""Where and for whom a record holds, and whether that fits a park's place and its customer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from lingtan.fact import Country, Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.place import Place
from lingtan.units import VoltageKv

Category = Literal["two_part", "single_part"]
Purchase = Literal["grid_proxy", "market", "left_market"]
PlaceName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Fit(Enum):
    """Whether a record holds for a park: `UNCLEAR` when that hangs on something the park does not say."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Customer:
    """How a park buys from the grid."""

    category: Category
    voltage_kv: float
    purchase: Purchase


class Reach(Fact):
    """Where a record holds: a country, a province, or a prefecture-level city of it."""

    country: Country
    """ISO 3166 country code."""
    province: PlaceName | None = None
    """Province; none means the whole country."""
    prefecture: PlaceName | None = None
    """Prefecture-level city; none means the whole province."""
    exclude_prefectures: tuple[PlaceName, ...] = ()
    """Prefectures in which it does not hold."""

    @property
    def level(self) -> int:
        """1 for a country, 2 for a province, 3 for a prefecture."""
        return 3 if self.prefecture else 2 if self.province else 1

    def fit(self, place: Place) -> Fit:
        """Whether the record holds at a place.

        >>> sichuan = Reach(country="CN", province="Sichuan", exclude_prefectures=("Panzhihua",))
        >>> [sichuan.fit(Place("CN", "Sichuan", city)).value for city in ("Yibin", "panzhihua", None)]
        ['yes', 'no', 'unclear']
        """
        if not _same(self.country, place.country) or (self.province and not _same(self.province, place.province)):
            return Fit.NO
        if not (self.prefecture or self.exclude_prefectures):
            return Fit.YES
        if place.prefecture is None:
            return Fit.UNCLEAR
        wanted = self.prefecture is None or _same(self.prefecture, place.prefecture)
        excluded = any(_same(name, place.prefecture) for name in self.exclude_prefectures)
        return Fit.YES if wanted and not excluded else Fit.NO


class CustomerFilter(Fact):
    """For which customers a record holds; what is left out does not matter."""

    category: Category | None = None
    """Two-part or single-part price."""
    voltage_from: VoltageKv | None = None
    """Lowest supply voltage, itself included [kV]."""
    voltage_below: VoltageKv | None = None
    """Supply voltage from which on the next class holds, itself not included [kV]."""
    purchase: Purchase | None = None
    """Through the grid company, in the market, or after leaving the market."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, high = self.voltage_from, self.voltage_below
        if low is not None and high is not None and low >= high:
            expected, got = f"< {say_number(high)} kV", f"{say_number(low)} kV"
            raise InputError([Finding("rulebook.empty-voltage-band", "customer.voltage_from", expected, got)])
        return self

    @property
    def conditions(self) -> int:
        """How many conditions it sets; the two ends of a voltage band are one."""
        voltage = self.voltage_from is not None or self.voltage_below is not None
        return int(voltage) + int(self.category is not None) + int(self.purchase is not None)

    def fit(self, customer: Customer | None) -> Fit:
        """Whether the record holds for a customer; unclear where there are conditions and nobody to ask.

        >>> band = CustomerFilter(voltage_from=110, voltage_below=220)
        >>> [band.fit(Customer("two_part", kv, "market")).value for kv in (35, 110, 220)]
        ['no', 'yes', 'no']
        """
        if not self.conditions:
            return Fit.YES
        if customer is None:
            return Fit.UNCLEAR
        fits = (
            self.category in (None, customer.category)
            and self.purchase in (None, customer.purchase)
            and (self.voltage_from is None or customer.voltage_kv >= self.voltage_from)
            and (self.voltage_below is None or customer.voltage_kv < self.voltage_below)
        )
        return Fit.YES if fits else Fit.NO


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.casefold() == other.strip().casefold()
