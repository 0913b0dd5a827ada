"""What must hold for any plan of the next day, and for any hour that was operated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.account import settle
from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.forecast import naive_forecasts
from lingtan.optimize import Forecasts, LiveState, Plan, Replanner, costs_of
from lingtan.optimize.replan import window_of
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from lingtan.series import History, Series, Table, resample_table
from lingtan.terms import Readings, evaluate
from lingtan.tolerances import BALANCE_KW, BILL_RELATIVE
from tests.small_parks import HOURS, battery, hours_grid, pv, retail, small_case

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
LOSSY = {"charge_efficiency": 0.9, "discharge_efficiency": 0.9, "standing_loss_per_day": 0.01}
LIVE = TimeGrid.of_year(2026, "Asia/Shanghai", 15).window(96 * 60, 96 * 3)
"""Three days of March 2026 that were measured in quarter-hours."""


def year_case(need_kw: float = 300.0, sun: float = 0.5) -> Case:
    records = [retail(0.5, factors=True, demand_price=35.0), HOURS]
    assets = {"pv": pv(400.0), "battery": battery(100.0, 200.0, **LOSSY)}
    need, series = np.full(8760, need_kw), {"sun": np.full(8760, sun)}
    return small_case(need, assets, series=series, grid=YEAR, records=records, connection={"export_limit": 100.0})


CASE = year_case()
PLANNER = Replanner(CASE)


def planned(planner: Replanner, measured: dict[str, np.ndarray[Any, Any]], gate: int, soc: float) -> Plan:
    """As a planner process does: what was known at the gate, naive forecasts of it, a plan."""
    now_ms = int(LIVE.utc[gate].astype("M8[ms]").astype(np.int64)) + 61_000
    window = window_of(now_ms, "Asia/Shanghai")
    histories = {name: History(Series.of(name, values, "kW", LIVE)) for name, values in measured.items()}
    instant = np.datetime64(now_ms, "ms")
    ahead = naive_forecasts({name: history.as_of(instant) for name, history in histories.items()}, window)
    return planner.replan(
        LiveState(now_ms, {"battery": soc}, peak_kw={"grid": 350.0}),
        Forecasts({"works": ahead["works"].values}, {"pv": ahead["pv"].values}),
    )


@settings(max_examples=10)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3 * 96 - 1), st.floats(0.0, 1.0))
def test_noise_after_the_gate_leaves_the_plan_identical_to_the_bit(seed: int, gate: int, soc: float) -> None:
    """Look-ahead by one step, or by way of the case's own series, would show in the last digit of some power."""
    rng = np.random.default_rng(seed)
    measured = {"works": 500.0 * rng.random(LIVE.steps), "pv": 400.0 * rng.random(LIVE.steps)}
    noisy = {
        name: np.concatenate([values[:gate], 900.0 * rng.random(LIVE.steps - gate)])
        for name, values in measured.items()
    }
    first = planned(PLANNER, measured, gate, soc)
    second = planned(Replanner(year_case(need_kw=float(seed % 700), sun=0.1)), noisy, gate, soc)
    assert {name: values.tobytes() for name, values in first.table.columns.items()} == {
        name: values.tobytes() for name, values in second.table.columns.items()
    }
    assert first.objective_cny == second.objective_cny


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.integers(96, 3 * 96 - 1), st.floats(0.0, 1.0))
def test_a_plan_of_the_next_day_is_physics_and_is_what_the_plant_does(seed: int, gate: int, soc: float) -> None:
    """Balance at the bus, content from what was known; and the plant, told the plan, goes where the plan says it goes."""
    rng = np.random.default_rng(seed)
    measured = {"works": 500.0 * rng.random(LIVE.steps), "pv": 400.0 * rng.random(LIVE.steps)}
    found = planned(PLANNER, measured, gate, soc)
    flow = found.table
    balance = (
        flow["import_kw"] + flow["generation_kw"] + flow["discharge_kw"] + flow["shortfall_kw"]
        - flow["load_kw"] - flow["export_kw"] - flow["charge_kw"]
    )  # fmt: skip
    assert np.abs(balance).max() <= BALANCE_KW
    plant = plant_of(CASE.park)
    available = {"pv": (flow["pv.generation_kw"] + flow["pv.curtailed_kw"]) / 400.0}
    orders = {"battery": flow["battery.discharge_kw"] - flow["battery.charge_kw"], "pv": flow["pv.generation_kw"]}
    ambient = AmbientSeries({"works": flow["works.load_kw"]}, available)
    _, points = run(plant, initial_state(plant, {"battery": soc}), orders, ambient, 900.0)
    assert np.abs(points["battery.soc"] - flow["battery.soc"]).max() < 1e-3  # a day of aging lies between
    assert np.abs(points["grid.power_kw"] - flow["import_kw"] + flow["export_kw"]).max() < 0.5
    assert points["grid.excess_kw"].max() < 0.5


@given(st.integers(0, 2**32 - 1))
def test_an_operated_hour_is_settled_by_the_functions_of_the_study(seed: int) -> None:
    """Minutes of a plant, averaged to quarter-hours: registers, bill and running cost are what the study's terms come to.

    Signs split after averaging, or a second formula for the bill, would show here.
    """
    rng = np.random.default_rng(seed)
    plant = plant_of(CASE.park)
    minutes = TimeGrid(hours_grid(1).start, 1, 120, "Asia/Shanghai")
    ambient = AmbientSeries({"works": 500.0 * rng.random(120)}, {"pv": rng.random(120)})
    orders = {"battery": 150.0 * rng.normal(size=120), "pv": 400.0 * rng.random(120)}
    _, points = run(plant, initial_state(plant), orders, ambient, 60.0)
    table = resample_table(Table(minutes, flows_of(plant.park, points)), 15)
    accounts = settle(CASE.park, table, CASE.rulebook)
    assert accounts.energy.import_kwh == pytest.approx(float(points["grid.import_kwh"][-1]), rel=1e-9)
    assert accounts.energy.export_kwh == pytest.approx(float(points["grid.export_kwh"][-1]), rel=1e-9)
    hour = Case(
        CASE.park,
        table.grid,
        {name: Series.of(name, np.ones(8), unit, table.grid) for name, unit in (("need", "kW"), ("sun", "1"))},
        CASE.rulebook,
    )
    costs = costs_of(hour)
    readings = Readings(table.columns, table.grid.step_hours, {"grid.capacity_kva": 1000.0})
    bill, running = evaluate(costs.bill, readings).amount, evaluate(costs.operation, readings).amount
    assert accounts.bill.unrounded_cny == pytest.approx(bill, rel=BILL_RELATIVE)
    assert accounts.operation.unrounded_cny == pytest.approx(running, rel=BILL_RELATIVE)
    assert accounts.bill.rounding_cny == pytest.approx(0.0, abs=0.005 * len(accounts.bill.lines))
