"""The regret of a forecast, by a battery whose best use of a day is plain: a flat price of 0.5 CNY/kWh, nothing fed in."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from lingtan.advise.regret import Day, regret, studied_days
from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.optimize import Replanner
from tests.small_parks import HOURS, battery, pv, retail, small_case

DAY = np.datetime64("2025-03-04")
FLAT = np.ones(96)


@cache
def park() -> Case:
    """A works of 300 kW, sun of 400 kW, a battery of 200 kW and 400 kWh that keeps nine tenths of what goes out of it."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    sun = np.zeros(grid.steps).tolist()
    assets = {"battery": battery(200.0, 400.0, discharge_efficiency=0.9, standing_loss_per_day=0.0), "pv": pv(400.0)}
    return small_case(np.full(grid.steps, 300.0), assets, series={"sun": sun}, grid=grid, records=[retail(), HOURS])


def day(works: float, sun: float = 0.0) -> Day:
    return {"works": works * FLAT, "pv": sun * FLAT}


def test_a_need_that_was_not_foreseen_leaves_the_battery_full() -> None:
    """Known beforehand, 200 kWh in the cells save 180 kWh at 0.5 CNY. Kept because no need was expected, they are worth nine tenths
    of that. With 0.001 CNY/kWh of wear, at the bus and in the cells: 90 − 0.18 − 200 · (0.9 · 0.9 · 0.5 − 0.001) = 9.02.

    Rules out a regret settled on what was expected (0) and one without what is left (90).
    """
    found = regret(Replanner(park()), [DAY], [day(300.0)], {"none": [day(0.0)], "half": [day(150.0)]})
    assert found.by_day("none").tolist() == pytest.approx([9.02], abs=1e-3)
    assert found.mean("half") == pytest.approx(0.0, abs=1e-2)  # enough to empty the battery into


def test_a_forecast_that_was_right_costs_nothing() -> None:
    found = regret(
        Replanner(park()), [DAY, DAY + 1], [day(300.0), day(280.0, 350.0)], {"right": [day(300.0), day(280.0, 350.0)]}
    )
    assert found.by_day("right").tolist() == pytest.approx([0.0, 0.0], abs=1e-2)


def test_power_that_nobody_takes_is_not_forced_out() -> None:
    """Expected 300 kW, came nothing: the plan empties the battery, which cannot be. The guard cuts it: no regret."""
    found = regret(Replanner(park()), [DAY], [day(0.0)], {"too much": [day(300.0)]})
    assert found.mean("too much") == pytest.approx(0.0, abs=1e-2)


def test_a_battery_helps_out_where_a_need_would_go_short() -> None:
    """A connection of 1,000 kW and a need of 1,100 kW for an hour that nobody expected: the guard gives 100 kWh though the plan
    kept them, so the day is dear by a little and not by the price of a need that goes short.
    """
    peak = {**day(0.0), "works": np.where(np.arange(96) // 4 == 20, 1100.0, 0.0)}
    found = regret(Replanner(park()), [DAY], [peak], {"none": [day(0.0)]})
    assert -1e-2 < found.mean("none") < 20.0


def test_what_a_model_says_nothing_of_was_known() -> None:
    """Only the works is forecast: the sun that would have charged the battery is in both plans."""
    sunny = day(100.0, 150.0)
    found = regret(Replanner(park()), [DAY], [sunny], {"works": [{"works": sunny["works"]}]})
    assert found.mean("works") == pytest.approx(0.0, abs=1e-2)


def test_the_days_of_the_studied_year_are_quarter_hours_of_it() -> None:
    (found,) = studied_days(Replanner(park()), [DAY])
    assert {name: (row.shape, row[0]) for name, row in found.items()} == {
        "works": ((96,), 300.0),
        "pv": ((96,), 0.0),
    }


def test_a_park_without_sizes_has_no_regret_yet() -> None:
    case = small_case([300.0] * 24, {"battery": battery({"min": 0.0, "max": 5.0}, 10.0)})
    with pytest.raises(InputError, match=r"free"):
        regret(Replanner(case), [DAY], [day(300.0)], {"none": [day(0.0)]})
