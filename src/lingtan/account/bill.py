"""The bill: lines to the cent, and what rounding did, apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lingtan.account.demand import demand_notes
from lingtan.findings import Finding
from lingtan.market import Supply, SupplyBill, supply_bill
from lingtan.park import Park
from lingtan.series import Table
from lingtan.terms import Evaluation, Line, Readings
from lingtan.tolerances import NOTICED_KWH

CENT = Decimal("0.01")


@dataclass(frozen=True)
class BillLine:
    """One line of a bill; `amount_cny` is rounded to the cent, everything else is exact."""

    period: str
    member: str
    component: str
    quantity: float
    unit: str
    price: float
    amount_cny: Decimal
    rule: str

    @classmethod
    def of(cls, line: Line) -> BillLine:
        """A line as it is printed."""
        amount = Decimal(line.amount).quantize(CENT, ROUND_HALF_UP) + 0  # adding nothing turns -0.00 into 0.00
        return cls(
            line.period, line.member, line.component, line.quantity, line.quantity_unit, line.price, amount, line.rule
        )


@dataclass(frozen=True)
class Bill:
    """All lines of a period; the total is the sum of the printed lines, exactly.

    `settled_only_cny` is the unrounded part that no optimizer decided on; `notes` say what is left out for want of facts.
    """

    lines: tuple[BillLine, ...]
    unrounded_cny: float
    elected: tuple[tuple[str, str], ...] = ()
    settled_only_cny: float = 0.0
    notes: tuple[Finding, ...] = ()

    @property
    def total_cny(self) -> Decimal:
        """Sum of the printed lines."""
        return sum((line.amount_cny for line in self.lines), Decimal("0.00"))

    @property
    def rounding_cny(self) -> float:
        """What rounding the lines added to the exact amount."""
        return float(self.total_cny - Decimal(self.unrounded_cny))

    def by_component(self) -> dict[str, Decimal]:
        """The printed amounts of each component, in the order they first appear."""
        return _sums((line.component, line.amount_cny) for line in self.lines)


def bill_of(evaluation: Evaluation) -> Bill:
    """Evaluated terms as a bill.

    >>> line = Line("purchase", "2025-01", 3.0, "kWh", 0.335, 1.005, "rule", "")
    >>> bill_of(Evaluation((line,))).total_cny
    Decimal('1.00')
    """
    return Bill(_printed(evaluation.lines), evaluation.amount, tuple(sorted(evaluation.elected.items())))


def bill_of_table(park: Park, table: Table, supply: Supply, readings: Readings) -> Bill:
    """The bill of a table of flows by the supply of its grid; the `readings` are of the same table.

    Its notes are those of the supply and what a sliding meter may see of the flows. This is the only way from flows to a bill:
    studies and metered files must not differ in what they tell.
    """
    return _bill_of_supply(supply_bill(supply, readings), (*supply.notes, *demand_notes(park, table)))


def _bill_of_supply(billed: SupplyBill, notes: tuple[Finding, ...]) -> Bill:
    """The bill of a supply: the lines of its terms, then those that are settled only."""
    decided = billed.decided
    lines = _printed((*decided.lines, *billed.settled))
    elected = tuple(sorted(decided.elected.items()))
    return Bill(lines, billed.amount_cny, elected, billed.settled_cny, notes)


def _printed(lines: Iterable[Line]) -> tuple[BillLine, ...]:
    """Lines as they are printed, but for energy that no meter shows and no coin pays: what a solver leaves in a price band."""
    printed = (BillLine.of(line) for line in lines)
    return tuple(line for line in printed if line.amount_cny or line.unit != "kWh" or abs(line.quantity) >= NOTICED_KWH)


def _sums(parts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for name, amount in parts:
        total[name] = total.get(name, Decimal("0.00")) + amount
    return total
