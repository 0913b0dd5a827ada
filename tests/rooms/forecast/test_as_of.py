"""What is known at a gate, and what a model can reach of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.forecast import Horizon, Subject
from lingtan.forecast.columns import lagged, recent, week_before
from lingtan.forecast.days import DayGrid, filled_slots
from lingtan.series import Series
from tests.rooms.forecast.parks import grid_of_days, subject


def test_a_gate_inside_its_own_target_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        Horizon(gate_days_before=0, gate_minute=60)
    assert str(refused.value) == (
        "forecast.gate-after-target: gate: the gate lies after the beginning of what is to be forecast; "
        "expected ≤ D 00:00, got D-0 01:00. Set the gate on or before the midnight that begins the day."
    )


def test_the_cut_by_hand() -> None:
    """Gate D-1 09:00 with hours: slots 0 … 8 of D-1; 90 minutes late: 0 … 6; two days before at 00:00: the whole of D-3."""
    assert Horizon().cut(24) == (1, 9)
    assert Horizon(delay_minutes=90).cut(24) == (1, 7)
    assert Horizon(gate_days_before=2, gate_minute=0).cut(24) == (3, 24)
    assert Horizon(published=True).cut(24) == (1, 24)


def test_nothing_after_the_gate_is_in_what_is_known() -> None:
    """Values count the steps; at 09:00 of 10 January the last known is hour 8 of that day."""
    counted = subject(20, np.arange(480.0))
    known = counted.as_of(counted.gates[10])
    assert np.nanmax(known.target) == 9 * 24 + 8
    assert known.last_origin == 10
    assert np.isfinite(known.inputs["temperature_c"][10]).all()
    assert np.isnan(known.inputs["temperature_c"][11:]).all()


def test_published_prices_are_known_to_the_end_of_the_day() -> None:
    prices = subject(20, np.arange(480.0), kind="price", horizon=Horizon(published=True))
    assert np.nanmax(prices.as_of(prices.gates[10]).target) == 9 * 24 + 23


def test_lags_stop_at_each_origins_own_gate() -> None:
    """Asked for origins 3 and 10 with the knowledge of a later day, origin 3 still sees only 9 hours of the day before."""
    counted = subject(30, np.arange(720.0))
    known = counted.as_of(counted.gates[20])
    days = np.array([3, 10])
    back = lagged(known, days, 1)
    assert np.array_equal(back[:, :9], [[48.0 + hour for hour in range(9)], [216.0 + hour for hour in range(9)]])
    assert np.isnan(back[:, 9:]).all()
    assert np.isnan(lagged(known, days, 0)).all()
    assert np.array_equal(recent(known, known.target, days, 2), [[55.0, 56.0], [223.0, 224.0]])


def test_a_week_before_looks_further_where_that_week_is_missing() -> None:
    values = np.arange(720.0)
    series = Series.of("works", values, "kW", grid_of_days(30))
    known = Subject(series, "load").as_of(np.datetime64("2025-01-20T01:00"))
    target = known.target.copy()
    target[13] = np.nan
    known = replace(known, target=target)
    assert week_before(known, np.array([20]))[0, 0] == 6 * 24
    assert week_before(known, np.array([8]))[0, 0] == 24


def test_nights_of_clock_changes_have_an_empty_and_a_mean_slot() -> None:
    """Berlin 2025: 02:00 is not there on 30 March and twice on 26 October."""
    year = TimeGrid.of_year(2025, "Europe/Berlin", 60)
    table = DayGrid(year).by_day(np.arange(8760.0))
    spring, autumn = (
        DayGrid(year).day_of(np.datetime64("2025-03-30")),
        DayGrid(year).day_of(np.datetime64("2025-10-26")),
    )
    assert np.flatnonzero(np.isnan(table).any(axis=1)).tolist() == [spring]
    assert np.isnan(table[spring, 2])
    assert table[autumn, 2] == table[autumn, 1] + 1.5
    assert filled_slots(table)[spring, 2] == pytest.approx(np.mean([*table[spring, :2], *table[spring, 3:7]]))


def test_inputs_of_another_shape_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        subject(20, inputs={"temperature_c": np.zeros((19, 24))})
    assert [found.code for found in refused.value.findings] == ["forecast.wrong-shape"]
