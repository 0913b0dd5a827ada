"""Contracted demand (合同最大需量): what a basic charge by an agreed demand bills, and for how long a choice binds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lingtan.fact import Fact
from lingtan.findings import say_number
from lingtan.rulebook.record import Mismatch, Record
from lingtan.units import ApparentPowerKva, PowerKw, Quantity, ShareOfOne
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS


class ContractExample(Fact):
    """A month of a customer: what may be agreed, what was agreed and drawn, and what is billed."""

    capacity: ApparentPowerKva
    """Transformer capacity [kVA]."""
    least: PowerKw
    """Least demand that may be agreed with it [kW]."""
    agreed: PowerKw
    """Demand agreed for the month [kW]."""
    drawn: PowerKw
    """Largest demand drawn in the month [kW]."""
    billed: PowerKw
    """Demand that is billed [kW]."""


class ContractedDemand(Record):
    """The agreed demand is billed whatever is drawn; what is drawn beyond the tolerance is billed several times over.

    It is convex in what is agreed and drawn, so a linear program decides on both exactly.
    """

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.contracted_demand"]

    kind: Literal["contracted_demand"]
    tolerance: Annotated[float, Quantity("1", ge=1)]
    """Share of the agreed demand up to which it alone is billed [1]."""
    overrun: Annotated[float, Quantity("1", ge=1)]
    """How many times each kW beyond that is billed."""
    least_share: ShareOfOne
    """Least agreed demand, as a share of the transformer capacity [kW/kVA]."""
    basis_months: Annotated[int, Field(strict=True, ge=1, le=12)]
    """Months that a basis of the basic charge holds, counted from January [month]."""
    value_months: Annotated[int, Field(strict=True, ge=1, le=1)] = 1
    """Months that an agreed demand holds; longer ones are not computed yet [month]."""
    examples: tuple[ContractExample, ...] = ()
    """Months with what is billed."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The months that the rule bills otherwise."""
        for number, example in enumerate(self.examples):
            for what, said, got in (
                ("least", example.least, least_agreed_kw(self, example.capacity)),
                ("billed", example.billed, billed_demand_kw(self, example.agreed, example.drawn)),
            ):
                if abs(said - got) > 1e-6 * max(said, 1.0):
                    yield Mismatch(number, what, say_number(said), say_number(got))


def billed_demand_kw(record: ContractedDemand, agreed_kw: float, drawn_kw: float) -> float:
    """Demand that a month is billed [kW]: what was agreed, and each kW drawn beyond the tolerance `overrun` times."""
    return agreed_kw + record.overrun * max(drawn_kw - record.tolerance * agreed_kw, 0.0)


def least_agreed_kw(record: ContractedDemand, capacity_kva: float) -> float:
    """Least demand that may be agreed [kW] with a transformer capacity."""
    return record.least_share * capacity_kva
