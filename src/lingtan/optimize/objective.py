"""What a plan of a park costs, as terms sorted by who is paid: the objective of `plan`, and nothing else."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np

from lingtan.carbon import target_terms
from lingtan.case import Case
from lingtan.finance.investment import investment_terms, operation_terms
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.market import Supply, share_terms_of, supply_terms
from lingtan.optimize.island import island_terms
from lingtan.park import Demand, ProcessLoad, ThermostaticLoad
from lingtan.park.carriers import KWH_PER_TON_OF_MATERIAL, flow_of
from lingtan.terms import Choice, Contracted, Peak, Size, Sum, Term

NEVER_CHEAP = 1.5
"""How much dearer than all that it could save a cut must be: a kilowatt at the bus asks for more than a kVA of transformer."""


@dataclass(frozen=True, eq=False)
class Costs:
    """Terms of the objective: what suppliers bill, what running the assets costs, what building them costs a horizon, and
    the price of needs that are not served and shares that are not kept (never part of a bill).

    `supply` is where the bill's terms come from, if from a supply; what it settles only is no term, but counts between ways of
    electing.
    """

    bill: tuple[Term, ...]
    operation: tuple[Term, ...]
    investment: tuple[Term, ...]
    penalty: tuple[Term, ...]
    supply: Supply | None = None

    def all_terms(self) -> tuple[Term, ...]:
        """Everything the optimizer weighs."""
        return self.bill + self.operation + self.investment + self.penalty


def costs_of(case: Case) -> Costs:
    """The terms of a case, from its rules, its park and its finance assumptions."""
    supply = supply_terms(case.park, case.rulebook, case.grid, case.daily_maxima)
    decided = {f"{name}.capacity_kva" for name, connection in case.park.connections.items() if connection.capacity.free}
    return Costs(
        bill=supply.terms,
        operation=operation_terms(case.park, case.grid),
        investment=investment_terms(case.park, case.grid),
        penalty=shortfall_terms(case, cut_saves_cny_per_kw(supply.terms, decided))
        + kept_shares(case)
        + target_terms(case.park, case.rulebook, case.grid)
        + island_terms(case),
        supply=supply,
    )


def kept_shares(case: Case) -> tuple[Term, ...]:
    """The shares of a direct supply, where the park file asks the optimizer to keep them."""
    asked = case.park.direct_supply
    if asked is None or asked.shares != "keep":
        return ()
    return share_terms_of(case.park, case.rulebook, case.grid)


def shortfall_terms(case: Case, saves_cny_per_kw: float = 0.0) -> tuple[Term, ...]:
    """A price on every need that is not served, so that no park is infeasible: a positive one becomes the diagnosis.

    It is the price of the park file, but at least `NEVER_CHEAP` times what a kilowatt less in a single step could save on the
    basic charge [CNY/kW]: a need that the connection can serve is never cut to shave a month's peak. What batteries and
    plants cost is not counted: prices of several thousand CNY/kWh, which that would take, are more than the solvers bear.
    """
    steps, least = case.grid.steps, NEVER_CHEAP * saves_cny_per_kw / case.grid.step_hours
    whole, carrier_at = Grouping.whole(steps, ""), case.park.carrier_at()

    def term(name: str, flow: str, price: float) -> Sum:
        return Sum(f"shortfall.{name}", Flow.of(f"{name}.{flow}"), np.full(steps, price), whole)

    loads = (term(name, "shortfall_kw", max(load.shortfall_price, least)) for name, load in case.park.electric_needs())
    rooms = (
        term(name, "shortfall_kw", max(room.shortfall_price, least))
        for name, room in case.park.of_family(ThermostaticLoad)
        if not case.park.is_electric(room.bus)
    )
    demands = (
        term(name, flow_of("shortfall", carrier_at[demand.bus]), max(demand.shortfall_price, least) * kwh)
        for name, demand in case.park.of_family(Demand)
        for kwh in [case.park.buses[demand.bus].kwh_per_unit or KWH_PER_TON_OF_MATERIAL]
    )
    plans = (
        term(name, "shortfall_t_per_h", process.shortfall_price) for name, process in case.park.of_family(ProcessLoad)
    )
    return (*loads, *rooms, *demands, *plans)


def cut_saves_cny_per_kw(terms: Iterable[Term], open_sizes: Container[str] = ()) -> float:
    """The most that a kilowatt less in one step can save beside its energy [CNY/kW]: one month's peak, a unit of open sizes.

    >>> import numpy as np
    >>> peak = Peak("demand", Flow.of("a"), Grouping.whole(1, ""), np.array([35.0]), np.zeros(1))
    >>> monthly = [Size("basic_charge", "grid.capacity_kva", 22.0, month) for month in ("2025-01", "2025-02")]
    >>> cut_saves_cny_per_kw([peak, *monthly]), cut_saves_cny_per_kw([peak, *monthly], {"grid.capacity_kva"})
    (35.0, 79.0)
    """
    saved = 0.0
    for term in terms:
        match term:
            case Peak():
                saved += float(term.price.max())
            case Contracted():
                saved += float(term.price.max()) * term.overrun
            case Size() if term.asset in open_sizes:
                saved += term.price
            case Choice():
                saved += max(cut_saves_cny_per_kw(option, open_sizes) for option in term.alternatives.values())
            case _:
                pass
    return saved
