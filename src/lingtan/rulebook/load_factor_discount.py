"""The load-factor discount: who uses the contracted capacity well pays less for demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from lingtan.fact import Fact
from lingtan.findings import say_number
from lingtan.rulebook.record import Mismatch, Record
from lingtan.units import ApparentPowerKva, Efficiency, EnergyKwh, Quantity
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS

UsePerCapacity = Annotated[float, Quantity("kWh/kVA/month", gt=0)]


class DiscountExample(Fact):
    """A month of a customer and what is paid of the demand price."""

    energy: EnergyKwh
    """Energy of the month [kWh]."""
    capacity: ApparentPowerKva
    """Transformer capacity [kVA]."""
    paid_share: Efficiency
    """Share of the demand price that is paid [1]."""


class LoadFactorDiscount(Record):
    """From some use per capacity on, demand-billed customers pay a part of the demand price.

    It is not convex: at the threshold one more kilowatt-hour makes the whole demand charge fall. It is settled exactly, and
    what decides must take it by choice or leave it out.
    """

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.load_factor_discount"]

    kind: Literal["load_factor_discount"]
    least_use: UsePerCapacity
    """Energy per capacity and month from which on it holds, itself included [kWh/kVA/month]."""
    paid_share: Efficiency
    """Share of the demand price that is then paid [1]."""
    examples: tuple[DiscountExample, ...] = ()
    """Months with their share."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The months that the rule prices otherwise."""
        for number, example in enumerate(self.examples):
            got = paid_share_of_demand(self, example.energy, example.capacity)
            if got != example.paid_share:
                yield Mismatch(number, "paid_share", say_number(example.paid_share), say_number(got))


def paid_share_of_demand(record: LoadFactorDiscount, energy_kwh: float, capacity_kva: float) -> float:
    """Share of the demand price that a month costs [1]: by its energy and the transformer capacity.

    Compared as energy against capacity times threshold, so a capacity of 0 needs no exception.
    """
    reached = capacity_kva > 0 and energy_kwh >= record.least_use * capacity_kva
    return record.paid_share if reached else 1.0
