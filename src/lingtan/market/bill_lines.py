"""From flows to the lines of a supply: what its terms come to, then what is settled on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from lingtan.market.adjustments import settled_lines
from lingtan.market.supply import Supply
from lingtan.terms import Choice, Evaluation, Line, Readings, evaluate


@dataclass(frozen=True, eq=False)
class SupplyBill:
    """The terms of a supply on given flows, which are what the optimizer weighs, and beside them the lines settled only."""

    decided: Evaluation
    settled: tuple[Line, ...]

    @property
    def settled_cny(self) -> float:
        """What the settled lines add [CNY], unrounded."""
        return float(sum(line.amount for line in self.settled))

    @property
    def amount_cny(self) -> float:
        """The whole bill [CNY], unrounded."""
        return self.decided.amount + self.settled_cny


def supply_bill(supply: Supply, readings: Readings) -> SupplyBill:
    """The bill of a supply. Where an alternative was not elected it is the cheapest one, settled lines counted in."""
    if not supply.adjustments.founds:
        return SupplyBill(evaluate(supply.terms, readings), ())
    choices = [term for term in supply.terms if isinstance(term, Choice)]
    ways = product(*(_open_ways(choice, readings) for choice in choices))
    bills = [_bill_of_way(supply, replace(readings, elected={**readings.elected, **dict(way)})) for way in ways]
    return min(bills, key=lambda bill: bill.amount_cny)


def _open_ways(choice: Choice, readings: Readings) -> list[tuple[str, str]]:
    elected = readings.elected.get(choice.name)
    names = choice.alternatives if elected is None else (elected,)
    return [(choice.name, name) for name in names]


def _bill_of_way(supply: Supply, readings: Readings) -> SupplyBill:
    settled: tuple[Line, ...] = ()
    for name, terms in supply.grid_terms.items():
        lines = evaluate(terms, readings).lines
        settled += settled_lines(supply.adjustments, lines, name, readings)
    return SupplyBill(evaluate(supply.terms, readings), settled)
