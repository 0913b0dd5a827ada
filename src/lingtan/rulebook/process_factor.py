"""Process emissions: CO2 that a product sets free by its chemistry, not by its fuel (annex 4 of 910)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from lingtan.fact import Fact
from lingtan.findings import say_number
from lingtan.rulebook.record import Digits, Mismatch, Record, digits_differ
from lingtan.units import MassT, Quantity
from lingtan.wording import Words
from lingtan.wording.rule_kinds import ProductName
from lingtan.wording.rulebook import RULEBOOK_WORDS


class ProcessExample(Fact):
    """An output and the CO2 of its process."""

    output: MassT
    """Output of the product [t]."""
    emissions: MassT
    """Its process emissions [t]."""
    digits: Digits = 3
    """Digits of the emissions that are meant."""


class ProcessFactor(Record):
    """Process emissions per tonne of a product.

    The annex takes them from a provincial inventory or from verification data, else from a mass balance with a note. It
    prints no figures, so none are shipped: a park brings its own.
    """

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.process_factor"]

    kind: Literal["process_factor"]
    product: ProductName
    """Which product."""
    factor: Annotated[float, Quantity("t/t", ge=0)]
    """CO2 per output [t/t]."""
    basis: Literal["provincial_inventory", "verification", "mass_balance"]
    """Where the figure comes from."""
    examples: tuple[ProcessExample, ...] = ()
    """Outputs with their emissions."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The outputs whose emissions the factor does not give."""
        for number, example in enumerate(self.examples):
            got = process_emissions_t(self, example.output)
            if digits_differ(example.emissions, got, example.digits):
                yield Mismatch(number, "emissions", f"{say_number(example.emissions)} t", f"{say_number(got)} t")


def process_emissions_t(factor: ProcessFactor, output_t: float) -> float:
    """Process emissions of an output [t]."""
    return output_t * factor.factor
