"""The meter: registers that only rise, demand as a sliding mean of fifteen minutes."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.plant import MeterState
from lingtan.plant.meter import run_meter


def test_registers_count_each_direction_apart() -> None:
    """A net register would rise by 15 kWh only, and fall on the way."""
    state, points = run_meter(MeterState(1000.0, 5.0), np.array([100.0, -40.0]), 900.0)
    assert points["import_kwh"].tolist() == [1025.0, 1025.0]
    assert points["export_kwh"].tolist() == [5.0, 15.0]
    assert (state.import_kwh, state.export_kwh) == (1025.0, 15.0)


def test_demand_slides_and_does_not_start_anew_on_the_quarter_hour() -> None:
    """900 kW from minute 10 to minute 20 is no more than 300 kW of either quarter-hour, but 600 kW of the sliding one."""
    power = np.zeros(1800)
    power[600:1200] = 900.0
    _, points = run_meter(MeterState(), power, 1.0)
    demand = points["demand_kw"]
    assert demand[899] == pytest.approx(300.0)  # minutes 0 to 15
    assert demand[1799] == pytest.approx(300.0)  # minutes 15 to 30
    assert demand.max() == pytest.approx(600.0)
    assert int(np.argmax(demand > 599.999)) == 1199


def test_feeding_in_does_not_make_up_for_drawing() -> None:
    """A net mean would be 0 kW: demand counts what was drawn."""
    _, points = run_meter(MeterState(), np.array([100.0, -100.0]), 450.0)
    assert points["demand_kw"].tolist() == [100.0, 50.0]


def test_a_young_meter_takes_the_mean_of_what_it_has_seen() -> None:
    """Two minutes old at 600 kW: 600 kW, and not 80 kW as if nothing had flowed before."""
    _, points = run_meter(MeterState(), np.full(2, 600.0), 60.0)
    assert points["demand_kw"].tolist() == [600.0, 600.0]


def test_a_step_longer_than_the_window_is_its_own_mean() -> None:
    _, points = run_meter(MeterState(), np.array([100.0, 300.0]), 3600.0)
    assert points["demand_kw"].tolist() == [100.0, 300.0]


def test_steps_of_other_lengths_count_by_their_seconds() -> None:
    """Ten minutes at 300 kW, then five single minutes at 0: 200 kW, where a mean over six steps would be 50 kW."""
    state, _ = run_meter(MeterState(), np.array([300.0]), 600.0)
    _, points = run_meter(state, np.zeros(6), 60.0)
    assert points["demand_kw"][4] == pytest.approx(200.0)
    assert points["demand_kw"][5] == pytest.approx(180.0)  # the window has begun to leave the ten minutes


def test_what_is_older_than_the_window_is_forgotten() -> None:
    """A meter that kept every second would grow all year."""
    state, _ = run_meter(MeterState(), np.ones(5000), 1.0)
    assert state.seconds.size == 900
