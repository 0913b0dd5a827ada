"""Physical limits that bind: sizes at the end of their range, and connections that carry no more.

The price of each is read off the plan's certified prices: by how much the cost over the horizon would fall with one unit more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lingtan.advise.say import said, say_amount, say_money
from lingtan.case import Case
from lingtan.optimize import Costs, Plan
from lingtan.park import Pv
from lingtan.park.site import Connection
from lingtan.terms import Choice, Size, Term
from lingtan.tolerances import AT_LIMIT_RELATIVE, NOTICED_CNY_PER_HOUR
from lingtan.wording import Words
from lingtan.wording.advise import ADVISE_WORDS

ROOF = ("roof", "area")
"""Where the modules of a plant stand, in its section of the park file."""


WHOLE = "1"
"""The unit of an extent: how much of something is done."""


@dataclass(frozen=True)
class LimitPrice:
    """A limit that binds: its cell, at which end (`most` or `least`), and what one unit more (or less) of it would save.

    `hours` counts the hours in which a connection was at its limit; a size has none, for it stands at its bound all the time.
    """

    path: tuple[str, ...]
    end: Literal["most", "least"]
    unit: str
    bound: float
    hours: float | None
    saves_cny_per_unit: float

    @property
    def cell(self) -> str:
        """The path as findings write it."""
        return ".".join(self.path)

    @property
    def words(self) -> Words:
        """How it stands, in a sentence."""
        at_an_end = self.path[-1] in {"min", "max"}
        key = f"limit.{self.end}" if at_an_end else "limit.roof" if self.path[-2:] == ROOF else "limit.hours"
        unit = ADVISE_WORDS["limit.whole"] if self.unit == WHOLE else self.unit
        values = {"cell": self.cell, "bound": say_amount(self.bound, self.unit), "unit": unit}
        hours = "" if self.hours is None else f"{self.hours:,g}"
        return said(key, **values, hours=hours, saves=say_money(self.saves_cny_per_unit))


def limit_prices(case: Case, costs: Costs, plan: Plan) -> tuple[LimitPrice, ...]:
    """The limits that bind and whose price is noticeable, dearest first by what a percent of them is worth."""
    least_price = NOTICED_CNY_PER_HOUR * case.grid.steps * case.grid.step_hours
    found = (*_sizes(case, plan), *_connections(case, costs, plan))
    kept = (each for each in found if each.saves_cny_per_unit > least_price)
    return tuple(sorted(kept, key=lambda each: -each.saves_cny_per_unit * max(each.bound, 1.0)))


def _sizes(case: Case, plan: Plan) -> Iterator[LimitPrice]:
    """Sizes that were decided and stand at an end of their range."""
    for each in case.park.sizes():
        if (price := plan.limit_price.get(each.name)) is None:
            continue
        section, owner, field, size = each
        built, unit = plan.sizes[each.name], size.unit
        thing = case.park.assets.get(owner)
        hair = AT_LIMIT_RELATIVE * size.max
        roof = thing.roof if isinstance(thing, Pv) else None
        if built >= size.max - hair and roof is not None and size.max >= roof.power_kw * (1.0 - AT_LIMIT_RELATIVE):
            worth = -price * roof.power_per_area
            yield LimitPrice((section, owner, *ROOF), "most", "m2", roof.area, None, worth)
        elif built >= size.max - hair and unit == WHOLE and size.max >= 1.0:
            continue  # it is done in whole: there is no more of it
        elif built >= size.max - hair:
            yield LimitPrice((section, owner, field, "max"), "most", unit, size.max, None, -price)
        elif size.min > 0 and built <= size.min + hair:
            yield LimitPrice((section, owner, field, "min"), "least", unit, size.min, None, price)


def _connections(case: Case, costs: Costs, plan: Plan) -> Iterator[LimitPrice]:
    """Connections at the power that was agreed, or at what their capacity carries."""
    hours = case.grid.step_hours
    for name, connection in case.park.connections.items():
        at_capacity = []
        for way, field in (("import", "import_limit"), ("export", "export_limit")):
            flow = f"{name}.{way}_kw"
            if flow not in plan.limit_price:
                continue
            bound, is_agreed = _bound_kw(connection, getattr(connection, field))
            planned = connection.planned_share if way == "import" else 1.0
            full = float((plan.table[flow] >= planned * bound * (1.0 - AT_LIMIT_RELATIVE)).sum() * hours)
            if is_agreed:
                path = ("connections", name, field)
                yield LimitPrice(path, "most", "kW", bound, full, -planned * plan.limit_price[flow])
            else:
                at_capacity.append((flow, bound, planned))
        if at_capacity:
            yield _capacity(name, connection, at_capacity, (case, costs, plan))


def _bound_kw(connection: Connection, agreed: float | None) -> tuple[float, bool]:
    """The most power one way, and whether it is agreed rather than carried; a capacity to be decided is no bound."""
    carried = connection.capacity.max * connection.power_factor
    if agreed is not None and (connection.capacity.free or agreed < carried):
        return agreed, True
    return carried, False


def _capacity(
    name: str, connection: Connection, flows: Iterable[tuple[str, float, float]], decided: tuple[Case, Costs, Plan]
) -> LimitPrice:
    """A fixed capacity: worth what the power it carries both ways is worth, less what a kVA of it is billed."""
    case, costs, plan = decided
    worth, full = 0.0, np.zeros(case.grid.steps, dtype=bool)
    for flow, bound, planned in flows:
        worth -= planned * plan.limit_price[flow] * connection.power_factor
        full |= plan.table[flow] >= planned * bound * (1.0 - AT_LIMIT_RELATIVE)
    billed = price_of_size(costs.all_terms(), plan.elected, f"{name}.capacity_kva")
    hours = float(full.sum() * case.grid.step_hours)
    path = ("connections", name, "capacity")
    return LimitPrice(path, "most", "kVA", connection.capacity.max, hours, worth - billed)


def price_of_size(terms: Iterable[Term], elected: Mapping[str, str], name: str) -> float:
    """What a unit of a size costs over the horizon, by the alternatives that were elected [CNY per unit].

    >>> fee = Choice("basis", {"capacity": (Size("fee", "grid.capacity_kva", 22.0),), "demand": ()})
    >>> [price_of_size([fee], {"basis": way}, "grid.capacity_kva") for way in ("capacity", "demand")]
    [22.0, 0.0]
    """
    total = 0.0
    for term in terms:
        match term:
            case Size() if term.asset == name:
                total += term.price
            case Choice():
                total += price_of_size(term.alternatives[elected[term.name]], elected, name)
            case _:
                pass
    return total
