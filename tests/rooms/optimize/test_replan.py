"""Planning the next day from now on, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.optimize import Forecasts, LiveState, Plan, Replanner, replan
from lingtan.optimize.replan import window_of
from lingtan.series import Table
from tests.small_parks import HOURS, battery, pv, retail, small_case

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
HOUR = 4
"""Steps of an hour."""


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)


@cache
def year_case(*, factors: bool = False, demand: float | None = None, step: int = 60) -> Case:
    """A year with a load, an ideal battery of 100 kW and 200 kWh, at 0.5 CNY/kWh or with peak 0.8 and valley 0.2."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", step)
    charges = {} if demand is None else {"demand_price": demand}
    records = [retail(0.5, factors=factors, **charges), HOURS]
    return small_case(np.full(grid.steps, 1e9), {"battery": battery(100.0, 200.0)}, grid=grid, records=records)


def needing(need_kw: Any) -> Forecasts:
    return Forecasts({"works": np.broadcast_to(np.asarray(need_kw, dtype=np.float64), (96,))}, {})


def content(found: Plan, hour: float) -> float:
    """Content of the battery when an hour of the window is over [kWh]."""
    return 200.0 * float(found.table["battery.soc"][int(hour * HOUR) - 1])


def test_a_day_of_cheap_night_and_two_peaks() -> None:
    """50 kWh at midnight. Fill in the valley, give in both peaks, fill at noon, and fill the last valley hour for tomorrow.

    A plan that ends as it began would sell 50 kWh of that last hour's 100 in the peak before it; one that values nothing at
    the end would not charge in that hour at all. Mean price 0.4875, so a kWh left is worth 0.9 * 0.4875 - 0.001.
    """
    found = replan(year_case(factors=True), LiveState(ms("2026-03-04T00:00"), {"battery": 0.25}), needing(500.0))
    held = {hour: content(found, hour) for hour in (7, 10, 12, 17, 22, 23, 24)}
    assert held == pytest.approx({7: 200, 10: 200, 12: 0, 17: 200, 22: 0, 23: 0, 24: 100}, abs=0.05)
    bought = 150 * 0.2 - 200 * 0.8 + 200 * 0.5 - 200 * 0.8 + 100 * 0.2
    day = 500 * (7 * 0.8 + 8 * 0.2 + 9 * 0.5)
    assert found.objective_cny == pytest.approx(day + bought + 400 * 0.001, rel=1e-6)
    assert found.left_cny == pytest.approx(100 * (0.9 * 0.4875 - 0.001), rel=1e-4)


def test_the_table_stands_on_the_real_clock_from_the_running_quarter_hour() -> None:
    """Prices come from 2025, stamps do not: 09:07 of 2026 is planned from 09:00 of 2026."""
    found = replan(year_case(), LiveState(ms("2026-03-04T09:07:31"), {"battery": 0.5}), needing(100.0))
    assert (str(found.table.grid.local[0]), found.table.grid.step_minutes, found.table.grid.steps) == (
        "2026-03-04T09:00",
        15,
        96,
    )


@pytest.mark.parametrize("step", [60, 15, 30])
def test_a_study_in_other_steps_prices_the_same_quarter_hours(step: int) -> None:
    """10:00 to 12:00 is peak in quarter-hours of an hourly study too: eight of them, and not two."""
    planner = Replanner(year_case(factors=True, step=step))
    prices = planner.prices_cny_per_kwh(window_of(ms("2026-03-04T09:00"), "Asia/Shanghai"))["grid"]
    assert prices[:16].tolist() == [0.5] * 4 + [0.8] * 8 + [0.5] * 4


def test_the_last_evening_of_the_year_goes_on_with_its_first_morning() -> None:
    """No record prices 2026: a window that ran on into it would have no plan on New Year's Eve."""
    planner = Replanner(year_case(factors=True))
    steps = planner.steps_of(window_of(ms("2027-12-31T18:00"), "Asia/Shanghai"))
    assert (steps[0], steps[23], steps[24], steps[-1]) == (35040 - 24, 35039, 0, 71)


SPIKE = np.where(np.arange(96) // HOUR == 6, 300.0, 100.0)
"""100 kW, and 300 kW in the seventh hour."""


@pytest.mark.parametrize(
    ("known", "highest"),
    [
        ({}, 200.0),  # as low as 100 kW of battery make it
        ({"peak_kw": {"grid": 250.0}}, 250.0),  # behind us: shaving below it only wears the battery
        ({"committed_kw": {"grid": 270.0}}, 270.0),
        ({"peak_kw": {"grid": 280.0}, "committed_kw": {"grid": 270.0}}, 280.0),
    ],
)
def test_a_peak_behind_us_is_a_fact(known: Mapping[str, Any], highest: float) -> None:
    state = LiveState(ms("2026-03-04T06:00"), {"battery": 0.0}, **known)
    found = replan(year_case(demand=35.0), state, needing(SPIKE))
    assert found.table["grid.import_kw"].max() == pytest.approx(highest, abs=0.05)


@pytest.mark.parametrize(("start", "highest"), [("2026-01-31T12:00", 250.0), ("2026-01-31T18:00", 200.0)])
def test_a_new_month_has_no_past(start: str, highest: float) -> None:
    """The spike falls into January, where 250 kW have been, or into the first hours of February, where nothing has."""
    state = LiveState(ms(start), {"battery": 0.0}, peak_kw={"grid": 250.0})
    found = replan(year_case(demand=35.0), state, needing(SPIKE))
    assert found.table["grid.import_kw"][6 * HOUR : 7 * HOUR].max() == pytest.approx(highest, abs=0.05)


def test_among_equals_the_last_plan_stays() -> None:
    """At one price 200 kWh may be given at any hour. Left alone they are spread; after a plan that gave them at 3 to 5, not."""
    case, state = year_case(), LiveState(ms("2026-03-04T00:00"), {"battery": 1.0})
    spread = replan(case, state, needing(500.0))
    assert spread.table["battery.discharge_kw"].max() < 30.0
    then = np.where((np.arange(96) >= 3 * HOUR) & (np.arange(96) < 5 * HOUR), 100.0, 0.0)
    last = replace(
        spread, table=Table(spread.table.grid, {"battery.discharge_kw": then, "battery.charge_kw": 0 * then})
    )
    later = LiveState(ms("2026-03-04T01:00"), {"battery": 1.0}, last=last)
    found = replan(case, later, needing(500.0))
    assert found.table["battery.discharge_kw"][2 * HOUR : 4 * HOUR].min() > 90.0
    assert found.objective_cny == pytest.approx(spread.objective_cny, rel=1e-6)


def test_a_last_plan_does_not_hold_what_has_become_dear() -> None:
    """The last plan charges in the peak and gives in the valley; money comes first."""
    case, state = year_case(factors=True), LiveState(ms("2026-03-04T00:00"), {"battery": 0.25})
    free = replan(case, state, needing(500.0))
    turned = {
        f"battery.{way}_kw": free.table[f"battery.{other}_kw"]
        for way, other in (("charge", "discharge"), ("discharge", "charge"))
    }
    found = replan(case, replace(state, last=replace(free, table=Table(free.table.grid, turned))), needing(500.0))
    assert found.objective_cny - found.left_cny == pytest.approx(free.objective_cny - free.left_cny, rel=1e-5)


def test_the_basis_that_was_elected_holds() -> None:
    """Choosing anew each day would bill a month by whatever the day likes."""
    records = [retail(0.5, demand_price=35.0, capacity_price=22.0), HOURS]
    case = small_case(np.ones(8760), {"battery": battery(100.0, 200.0)}, grid=YEAR, records=records)
    state = LiveState(ms("2026-03-04T06:00"), {"battery": 0.0})
    weighed = replan(case, state, needing(SPIKE))
    held = replan(case, replace(state, elected={"grid.basis": "capacity"}), needing(SPIKE))
    assert (len(weighed.alternatives), weighed.elected) == (2, {"grid.basis": "demand"})
    assert len(held.alternatives) == 1
    assert held.objective_cny == pytest.approx(22.0 * 1000.0 + 0.5 * 2600.0, rel=1e-5)


def test_what_the_sun_is_expected_to_offer_is_used_or_curtailed() -> None:
    """80 kW expected of 400 installed, 50 needed, a full battery, no export: 30 kW are curtailed, whatever the case's own sun."""
    assets = {"pv": pv(400.0), "battery": battery(100.0, 200.0)}
    case = small_case(np.ones(8760), assets, series={"sun": np.ones(8760)}, grid=YEAR)
    forecasts = Forecasts({"works": np.full(96, 50.0)}, {"pv": np.full(96, 80.0)})
    found = replan(case, LiveState(ms("2026-03-04T06:00"), {"battery": 1.0}), forecasts)
    assert found.table["pv.generation_kw"] + found.table["pv.curtailed_kw"] == pytest.approx(
        np.full(96, 80.0), abs=1e-6
    )
    assert found.table["import_kw"].max() == pytest.approx(0.0, abs=1e-3)


def test_what_is_not_known_is_told_in_one_pass() -> None:
    """A battery nobody reads is not empty, and a need nobody forecasts is not zero."""
    with pytest.raises(InputError) as refused:
        replan(year_case(), LiveState(ms("2026-03-04T06:00"), {}), Forecasts({"works": np.ones(95)}, {}))
    assert [found.text() for found in refused.value.findings] == [
        "optimize.no-state-of-charge: battery.soc: the state of charge is not known, so no plan can start from it; "
        "expected 0 … 1. Check the device and its readings; until then local rules run.",
        "optimize.no-forecast: works.power_kw: there is no complete forecast of the window; expected 96, got 95. "
        "Give one finite value for each quarter-hour of the next 24 hours.",
    ]


def test_a_free_size_is_refused() -> None:
    case = small_case(np.ones(8760), {"battery": battery({"min": 0.0, "max": 1.0}, 200.0)}, grid=YEAR)
    with pytest.raises(InputError) as refused:
        Replanner(case)
    assert [(found.code, found.who) for found in refused.value.findings] == [
        ("plant.free-size", "assets.battery.power")
    ]
