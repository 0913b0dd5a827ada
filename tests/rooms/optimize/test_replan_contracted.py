"""A live day under contracted demand: what was agreed may be reached without regret."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.optimize import Forecasts, LiveState, replan
from tests.small_parks import HOURS, battery, retail, small_case

NOON_MS = 1_772_596_800_000
"""12:00 of 4 March 2026 in Shanghai."""


def year_case(**connection: Any) -> Case:
    """Peak and valley prices: what is spent on an hour beyond what it needs is worth more at the peak, so there is one answer."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    records = [retail(0.5, factors=True, demand_price=35.0, capacity_price=22.0), HOURS]
    tariff = {"price": "test.retail", "hours": "test.hours", "basis": "contracted"}
    assets = {"battery": battery(100.0, 200.0, wear_cost=0.1)}
    need = np.full(grid.steps, 1e9)
    return small_case(need, assets, grid=grid, records=records, tariff=tariff, connection=connection)


def highest_import(case: Case, **state: Any) -> float:
    """The most that a day draws whose need is 500 kW and 560 in one hour."""
    need = np.full(96, 500.0)
    need[40:44] = 560.0
    found = replan(case, LiveState(NOON_MS, {"battery": 0.5}, **state), Forecasts({"works": need}, {}))
    return float(found.table["import_kw"].max())


def test_a_stated_contract_is_reached_and_not_overrun() -> None:
    """500 kW agreed allow for 525: the battery shaves 560 down to that and no further. As measured demand, to 500 or so."""
    assert highest_import(year_case(contracted_demand=500.0)) == pytest.approx(525.0, rel=1e-3)


def test_what_is_left_open_is_what_was_committed() -> None:
    """540 kW committed are 540 to reach. Taken as the agreed value, 567 would be free and nothing shaved."""
    assert highest_import(year_case(), committed_kw={"grid": 540.0}) == pytest.approx(540.0, rel=1e-3)


def test_a_contract_that_nobody_agreed_is_refused() -> None:
    with pytest.raises(InputError) as error:
        highest_import(year_case())
    assert str(error.value) == (
        "optimize.contract-open: connections.grid.contracted_demand: a day cannot be planned by a contract whose demand "
        "nobody has agreed. State the demand that is agreed for the month."
    )
