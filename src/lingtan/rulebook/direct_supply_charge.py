"""The network charge of direct green supply: by the capacity of the access, whether or not energy is drawn through it.

Rule (发改价格〔2025〕1192号): the existing basic charge, plus the volumetric transmission price on an energy that is imputed
from the access capacity at the average load rate of large customers. A project that needs the grid as full backup may stay
with the two-part tariff instead, with the volumetric price on all use, self-use included.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Digits, Mismatch, Record, digits_differ
from lingtan.units import (
    ApparentPowerKva,
    Efficiency,
    Hours,
    MoneyCny,
    PriceCnyPerKvaMonth,
    PriceCnyPerKwh,
    Quantity,
)
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS, ComponentName

MONTHS = 12
Rate = Annotated[float, Quantity("1", gt=0, le=1)]


class NetworkFee(NamedTuple):
    """What the network costs over some time: the basic charge and the energy charge [CNY]."""

    basic_cny: float
    energy_cny: float

    @property
    def total_cny(self) -> float:
        """Both together [CNY]."""
        return self.basic_cny + self.energy_cny


class NetworkFeeExample(Fact):
    """An access and what it costs in a year of twelve equal months."""

    access_capacity: ApparentPowerKva
    """Capacity of the access to the public grid [kVA]."""
    capacity_price: PriceCnyPerKvaMonth
    """Basic charge by capacity [CNY/kVA/month]."""
    transmission: PriceCnyPerKwh
    """Volumetric transmission and distribution price of two-part customers at that voltage [CNY/kWh]."""
    load_rate: Rate
    """Average load rate [1]."""
    basic: MoneyCny
    """Basic charge of a year [CNY]."""
    energy: MoneyCny
    """Energy charge of a year on the imputed energy [CNY]."""
    digits: Digits = 1
    """Digits after the point that are meant, of millions of CNY."""


class DirectSupplyCharge(Record):
    """How the network is charged for a load with a generator of its own behind the access."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.direct_supply_charge"]

    kind: Literal["direct_supply_charge"]
    load_rate: Rate | None = None
    """Average load rate of two-part customers at 110 kV and above, as published for the place; none means unknown [1]."""
    low: Rate | None = None
    """Lowest rate that is as likely, where it is unknown [1]."""
    high: Rate | None = None
    """Highest rate that is as likely, where it is unknown [1]."""
    hours: Hours = 730.0
    """Hours that the rule counts in a month [h]."""
    imputed_power: Efficiency = 1.0
    """Real power that the imputation counts per unit of access capacity [kW/kVA]."""
    full_backup: bool
    """Whether a project that needs full backup may stay with the two-part tariff on all its use."""
    on_grid_energy: tuple[ComponentName, ...]
    """Components of the retail price that fall on energy drawn from the grid, besides the network charge."""
    on_self_use: tuple[ComponentName, ...] = ()
    """Components of the retail price that fall on self-used energy as well."""
    examples: tuple[NetworkFeeExample, ...] = ()
    """Accesses with their yearly charge."""

    @model_validator(mode="after")
    def _range_in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            got = f"{say_number(self.low)} … {say_number(self.high)}"
            raise InputError([Finding("rulebook.range-reversed", f"{self.id}.low", got=got)])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The accesses that the rule charges otherwise."""
        for number, example in enumerate(self.examples):
            fee = monthly_fee(
                self, example.access_capacity, example.capacity_price, example.transmission, example.load_rate
            )
            for what, expected, got in (
                ("basic", example.basic, fee.basic_cny * MONTHS),
                ("energy", example.energy, fee.energy_cny * MONTHS),
            ):
                if digits_differ(expected / 1e6, got / 1e6, example.digits):
                    yield Mismatch(number, what, f"{say_number(expected)} CNY", f"{say_number(got)} CNY")


def load_rate_of(charge: DirectSupplyCharge, asked: float | None = None) -> float:
    """The load rate to charge with: the one asked for, else the published one [1].

    Raises `InputError` (`rulebook.load-rate-unknown`, with the range of the record) when there is neither.
    """
    if asked is not None:
        return asked
    if charge.load_rate is None:
        ends = [say_number(end) for end in (charge.low, charge.high) if end is not None]
        raise InputError([Finding("rulebook.load-rate-unknown", charge.id, " … ".join(ends))])
    return charge.load_rate


def monthly_fee(
    charge: DirectSupplyCharge,
    access_kva: float,
    capacity_price_cny_per_kva_month: float,
    transmission_cny_per_kwh: float,
    load_rate: float | None = None,
) -> NetworkFee:
    """The charge of a month by access capacity: it does not depend on the energy drawn.

    Where the basic charge goes by demand, take `energy_cny` and settle the demand charge by its own rule. Raises
    `InputError` where no load rate is known (see `load_rate_of`).
    """
    imputed_kwh = access_kva * charge.imputed_power * load_rate_of(charge, load_rate) * charge.hours
    return NetworkFee(access_kva * capacity_price_cny_per_kva_month, imputed_kwh * transmission_cny_per_kwh)
