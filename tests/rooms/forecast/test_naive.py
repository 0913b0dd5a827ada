"""Naive forecasts: as at this time the day before, else as last."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.forecast import naive_forecast, naive_forecasts
from lingtan.series import Quality, Series

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 15)
DAY = YEAR.window(96, 96)


def seen(values: object, steps: int) -> Series:
    """Values of the first quarter-hours of the year; NaN is missing."""
    given = np.broadcast_to(np.asarray(values, dtype=np.float64), (steps,))
    codes = np.where(np.isnan(given), Quality.MISSING, Quality.MEASURED).astype(np.uint8)
    return Series("works", given, "kW", YEAR.window(0, steps), codes)


def test_the_next_day_is_as_this_one() -> None:
    expected = np.arange(96.0)
    found = naive_forecast(seen(expected, 96), DAY)
    assert np.array_equal(found.values, expected)
    assert (found.unit, found.grid, set(found.quality.tolist())) == ("kW", DAY, {Quality.ASSUMED})


def test_a_window_from_the_middle_of_a_day_reads_the_same_times_of_the_day_before() -> None:
    """Gate at 06:00 of the second day: the coming morning is yesterday's, the coming night is the one behind us."""
    known = np.arange(120.0)
    found = naive_forecast(seen(known, 120), YEAR.window(120, 96))
    assert np.array_equal(found.values, np.concatenate([np.arange(24.0, 96.0), np.arange(96.0, 120.0)]))


def test_with_less_than_a_day_the_last_value_holds() -> None:
    """Two quarter-hours known: only their own times of tomorrow are as today, all else is as last."""
    found = naive_forecast(seen([5.0, 7.0], 2), YEAR.window(2, 96))
    assert found.values.tolist() == [7.0] * 94 + [5.0, 7.0]


def test_a_gap_takes_the_last_known_value_and_not_zero() -> None:
    known = np.full(96, 10.0)
    known[40:] = np.nan
    known[39] = 4.0
    assert naive_forecast(seen(known, 96), DAY).values.tolist() == [10.0] * 39 + [4.0] * 57


def test_beyond_a_day_the_newest_known_day_repeats() -> None:
    known = np.arange(96.0)
    assert naive_forecast(seen(known, 96), YEAR.window(192, 96)).values.tolist() == known.tolist()


def test_an_hourly_past_is_spread_and_keeps_its_energy() -> None:
    """24 hourly means are 96 quarter-hours of the same power: taken as 24 points they would be 6 hours."""
    hours = TimeGrid.of_year(2025, "Asia/Shanghai", 60).window(0, 24)
    past = Series.of("works", np.arange(24.0), "kW", hours)
    found = naive_forecast(past, DAY)
    assert found.energy_kwh == past.energy_kwh
    assert found.values[:8].tolist() == [0.0] * 4 + [1.0] * 4


def test_nothing_known_is_a_finding() -> None:
    with pytest.raises(InputError) as refused:
        naive_forecasts({"works": seen(np.nan, 3)}, DAY)
    assert [(found.code, found.who) for found in refused.value.findings] == [("series.nothing-known", "works")]
