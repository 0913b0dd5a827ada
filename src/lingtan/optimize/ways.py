"""Ways of electing that are worth a program of their own, where a basis may change within the year.

Four quarters of three bases are 81 programs of a year. Those of one basis all year are solved first. Then each plan is billed
in every way, which costs no program, and the cheapest is planned for if it is new, until no plan has a cheaper way than its
own. A plan made for a way costs at most what the plan that led to it would in that way (but for settled lines), so each step
gains. What is found is the best of what was tried: each is certified, but a way that is cheap only on a plan nobody made is
not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lingtan.market import supply_bill
from lingtan.optimize.lower import choices
from lingtan.optimize.objective import Costs
from lingtan.terms import Readings, evaluate

Way = Mapping[str, str]


@dataclass
class Leads:
    """Ways that plans have led to and nobody has tried."""

    _waiting: list[Way] = field(default_factory=list)
    _tried: list[Way] = field(default_factory=list)

    def tried(self, way: Way) -> None:
        """A way that needs no further program."""
        self._tried.append(dict(way))
        self._waiting = [each for each in self._waiting if each != dict(way)]

    def note(self, way: Way | None) -> None:
        """A way that a plan leads to."""
        if way is not None and dict(way) not in (*self._tried, *self._waiting):
            self._waiting.append(dict(way))

    def take(self, count: int) -> tuple[Way, ...]:
        """The next ways to try, at most `count`."""
        return tuple(self._waiting[:count])


def cheapest_way(costs: Costs, readings: Readings) -> Way | None:
    """How a plan would have been billed cheapest, settled lines counted in; None where no basis may change."""
    open_names = _switching(costs)
    if not open_names:
        return None
    fixed = {name: way for name, way in readings.elected.items() if name not in open_names}
    free = replace(readings, elected=fixed)
    weighed = evaluate(costs.bill, free) if costs.supply is None else supply_bill(costs.supply, free).decided
    return {**readings.elected, **{name: weighed.elected[name] for name in open_names}}


def _switching(costs: Costs) -> Iterable[str]:
    return frozenset(choice.name for choice in choices(costs.bill) if choice.first)
