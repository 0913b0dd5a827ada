"""Small parks of several carriers for proofs that are solved by hand: buses and assets as a park file has them.

`planned` runs a proof three ways, as issue 5 asks: each solver gives the same cost, and a park that is written down and read back
gives the same plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.finance.investment import investment_terms, operation_terms
from lingtan.optimize import Costs, Plan, plan
from lingtan.optimize.objective import shortfall_terms
from lingtan.optimize.solve import solve
from lingtan.park import Park
from lingtan.series import Series
from lingtan.terms import Term
from tests.small_parks import HOURS, book_with, bought, hours_grid, park_of, retail

NEAR = 1e-5


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


def planned(case: Case, price: float | Sequence[float] = 0.5, extra: tuple[Term, ...] = ()) -> Plan:
    """The plan of a case, the same from each solver and from the park written down and read back."""
    whole = plan(case, costs_at(case, price, extra))
    for solver in ("piqp", "highs", "hipo"):
        alone = plan(case, costs_at(case, price, extra), lambda models, by=solver: [solve(m, (by,)) for m in models])
        assert alone.objective_cny == pytest.approx(whole.objective_cny, rel=NEAR, abs=1e-4), solver
    written = Park.model_validate(case.park.dump())
    assert written == case.park
    again = plan(case.with_park(written), costs_at(case, price, extra))
    assert again.objective_cny == pytest.approx(whole.objective_cny, rel=1e-9, abs=1e-9)
    return whole
