"""Where a plan starts that is no circle: what stores hold now, what was planned last, and what energy left at the end is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from lingtan.frozen import DeepFrozen
from lingtan.optimize.program import Array
from lingtan.park import Battery, Park
from lingtan.terms import Sum, Term

LEFT_SHARE = 0.9
"""A kilowatt-hour left at the end is worth this share of what it would save in an average hour of the window.

Below 1, or holding energy would be as good as using it where the price is the same all day, and a store would never be emptied;
far above nothing, or every window would end with an empty store and tomorrow's peak would find it so."""


@dataclass(frozen=True)
class Was:
    """How a plant ran before the horizon: on for some hours, or (below zero) off for some, and its last output [kW].

    Hours are never zero: infinity stands for longer than anyone remembers. Without `power_kw` its first step may change freely.
    """

    hours: float
    power_kw: float | None = None

    def __post_init__(self) -> None:
        if not abs(self.hours) > 0:
            raise ValueError("a plant has been on (hours above zero) or off (below zero)")


OFF_FOR_LONG = Was(-np.inf, 0.0)
"""A plant that nobody says anything of: it may start, and pays for it."""


@dataclass(frozen=True, eq=False)
class Start(DeepFrozen):
    """Content of each battery [kWh] when the horizon begins; flows of the last plan [kW, (T,)], NaN where it did not reach.

    `was` says how each plant ran that has a commitment; one that is not named was off for long.
    """

    content_kwh: Mapping[str, float]
    last: Mapping[str, Array] = field(default_factory=dict)
    was: Mapping[str, Was] = field(default_factory=dict)


def worth_of_left(park: Park, terms: Iterable[Term], steps: int) -> dict[str, float]:
    """What a kilowatt-hour in the cells of each battery is worth at the end of the horizon [CNY/kWh].

    `LEFT_SHARE` of the mean price of imported energy at the battery's bus, after the loss of discharging, less wear; never below
    zero. A bus without a connection takes the mean of all connections.
    """
    prices = {name: float(price.mean()) for name, price in import_prices(park, terms, steps).items()}
    worth: dict[str, float] = {}
    for name, battery in park.of_family(Battery):
        near = [prices[at] for at, connection in park.connections.items() if connection.bus == battery.bus]
        price = float(np.mean(near or list(prices.values()) or [0.0]))
        worth[name] = max(LEFT_SHARE * battery.discharge_efficiency * price - battery.aging_cost, 0.0)
    return worth


def import_prices(park: Park, terms: Iterable[Term], steps: int) -> dict[str, Array]:
    """What a kilowatt-hour costs that each connection draws [CNY/kWh, (T,)], all components together.

    Peaks are not in it, nor what an open choice would add: elect its alternative before.
    """
    total = {f"{name}.import_kw": np.zeros(steps) for name in park.connections}
    for term in terms:
        if isinstance(term, Sum):
            for flow, share in term.flow.parts:
                if flow in total:
                    total[flow] = total[flow] + share * term.price
    return {flow.removesuffix(".import_kw"): price for flow, price in total.items()}
