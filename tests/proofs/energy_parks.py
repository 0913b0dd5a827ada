"""Small parks of several carriers for proofs that are solved by hand: buses and assets as a park file has them.

`planned` runs a proof three ways, as issue 5 asks: each solver gives the same cost, and a park that is written down and read back
gives the same plan. `committed_plan` decides in whole numbers which plants are on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.finance.investment import investment_terms, operation_terms
from lingtan.optimize import Costs, Plan, plan
from lingtan.optimize.effort import Effort
from lingtan.optimize.lay_out import lay_out
from lingtan.optimize.layout import Layout
from lingtan.optimize.lower import lower
from lingtan.optimize.objective import shortfall_terms
from lingtan.optimize.program import Program
from lingtan.optimize.solve import solve
from lingtan.park import Park
from lingtan.series import Series
from lingtan.terms import Term
from tests.small_parks import HOURS, book_with, bought, hours_grid, park_of, retail

NEAR = 1e-5
EXACT = Effort(time_limit_s=20.0, relative_gap=1e-9)


def energy_case(
    assets: Mapping[str, Any],
    buses: Mapping[str, Any] | None = None,
    *,
    steps: int = 1,
    series: Mapping[str, tuple[str, Sequence[float]]] | None = None,
    **parts: Any,
) -> Case:
    """A case on hours with the electricity bus `main`, the connection `grid`, and what is given; `series` are (unit, values)."""
    grid = hours_grid(steps)
    all_buses = {"main": {}, **(buses or {})}
    park = park_of(assets, buses=all_buses, **parts)
    joined = {
        name: Series.of(name, np.asarray(values, float), unit, grid) for name, (unit, values) in (series or {}).items()
    }
    return Case(park, grid, joined, book_with(retail(), HOURS))


def costs_at(case: Case, price: float | Sequence[float] = 0.5, extra: tuple[Term, ...] = ()) -> Costs:
    """Electricity from the grid at a price [CNY/kWh], fuels and sales at theirs, capital, and the price of cuts."""
    bill = tuple(bought(case, price, f"{name}.import_kw") for name in case.park.connections)
    return Costs(
        bill + extra,
        operation_terms(case.park, case.grid),
        investment_terms(case.park, case.grid),
        shortfall_terms(case),
    )


@dataclass(frozen=True, eq=False)
class Committed:
    """A schedule in which plants are on or off, with what it costs; `relaxed` names plants of which a part may run."""

    cost_cny: float
    table: Mapping[str, np.ndarray]
    relaxed: tuple[str, ...]


def committed_plan(case: Case, price: float | Sequence[float] = 0.5, extra: tuple[Term, ...] = ()) -> Committed:
    """The cheapest schedule of a case on a circle with its plants on or off, and the same from the park written and read back."""
    once, again = (_committed(each, price, extra) for each in (case, case.with_park(_written(case.park))))
    assert again.cost_cny == pytest.approx(once.cost_cny, rel=1e-9, abs=1e-9)
    return once


def _committed(case: Case, price: float | Sequence[float], extra: tuple[Term, ...]) -> Committed:
    grid = case.grid
    layout = Layout(grid.steps, grid.step_hours, Program(effort=EXACT), is_committed=True)
    lay_out(case, layout=layout)
    lower(costs_at(case, price, extra).all_terms(), layout)
    solution = solve(layout.program.finish())
    return Committed(solution.certificate.objective_cny, layout.read_flows(solution.x), tuple(layout.relaxed))


def _written(park: Park) -> Park:
    written = Park.model_validate(park.dump())
    assert written == park
    return written


def planned(case: Case, price: float | Sequence[float] = 0.5, extra: tuple[Term, ...] = ()) -> Plan:
    """The plan of a case, the same from each solver and from the park written down and read back."""
    whole = plan(case, costs_at(case, price, extra))
    for solver in ("piqp", "highs", "hipo"):
        alone = plan(case, costs_at(case, price, extra), lambda models, by=solver: [solve(m, (by,)) for m in models])
        assert alone.objective_cny == pytest.approx(whole.objective_cny, rel=NEAR, abs=1e-4), solver
    again = plan(case.with_park(_written(case.park)), costs_at(case, price, extra))
    assert again.objective_cny == pytest.approx(whole.objective_cny, rel=1e-9, abs=1e-9)
    return whole
