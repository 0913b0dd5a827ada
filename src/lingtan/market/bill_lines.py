"""From flows to the lines of a supply: what its terms come to, then what is settled on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from lingtan.market.adjustments import settled_lines
from lingtan.market.supply import Supply
from lingtan.terms import Choice, Evaluation, Line, Readings, Term, evaluate


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
    """The bill of a supply. Where an alternative was not elected it is the cheapest one, settled lines counted in.

    What a connection elects and what is settled on it is its own affair, so each is made as cheap as it can be by itself: with
    81 ways each, three bases in four quarters, two connections have 162 to weigh and not 6,561.
    """
    if not supply.adjustments.founds:
        return SupplyBill(evaluate(supply.terms, readings), ())
    elected, settled = dict(readings.elected), list[Line]()
    for name, terms in supply.grid_terms.items():
        way, lines = _cheapest_way(supply, name, terms, readings)
        elected |= way
        settled += lines
    return SupplyBill(evaluate(supply.terms, replace(readings, elected=elected)), tuple(settled))


def _cheapest_way(
    supply: Supply, connection: str, terms: Sequence[Term], readings: Readings
) -> tuple[dict[str, str], tuple[Line, ...]]:
    """What one connection elects, and what is settled on it."""
    choices = [term for term in terms if isinstance(term, Choice)]
    given = evaluate([term for term in terms if not isinstance(term, Choice)], readings).lines
    ways = []
    for way in map(dict, product(*(_open_ways(choice, readings) for choice in choices))):
        chosen = evaluate(choices, replace(readings, elected=way))
        lines = settled_lines(supply.adjustments, (*given, *chosen.lines), connection, readings)
        ways.append((chosen.amount + sum(line.amount for line in lines), way, lines))
    _, cheapest, lines = min(ways, key=lambda each: each[0])
    return cheapest, lines


def _open_ways(choice: Choice, readings: Readings) -> list[tuple[str, str]]:
    elected = readings.elected.get(choice.name)
    names = choice.alternatives if elected is None else (elected,)
    return [(choice.name, name) for name in names]
