"""Laws of series: energy kept, years mapped onto themselves, no look-ahead, means met."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from lingtan.clock import DayType, TimeGrid
from lingtan.series import (
    History,
    Issue,
    MonthlySource,
    Series,
    Vintages,
    make_monthly,
    map_days,
    map_series,
    resample,
    whole_days,
)
from lingtan.series.calendar_map import types_by_weekday
from tests.laws.series_strategies import ZONES, power_series


@given(power_series(), st.sampled_from([5, 15, 30, 60]))
def test_resampling_keeps_energy_and_span(series: Series, step: int) -> None:
    other = resample(series, step)
    assert abs(other.energy_kwh - series.energy_kwh) <= 1e-9 * max(series.energy_kwh, 1.0)
    assert (other.grid.start, other.grid.end) == (series.grid.start, series.grid.end)


@given(power_series(), st.sampled_from([5, 3, 1]))
def test_finer_and_back_is_the_same(series: Series, step: int) -> None:
    again = resample(resample(series, step), 15)
    np.testing.assert_allclose(again.values, series.values, rtol=1e-12)


@given(ZONES, st.sampled_from([2024, 2025]), st.integers(0, 2**32), st.data())
def test_a_year_maps_onto_itself(zone: str, year: int, seed: int, data: st.DataObject) -> None:
    """Whatever the calendar: a day that was measured and is of the same kind is never taken from elsewhere."""
    grid = TimeGrid.of_year(year, zone, 60)
    kinds = types_by_weekday(grid.days)
    for day in data.draw(st.lists(st.integers(0, len(kinds) - 1), max_size=30)):
        kinds[day] = data.draw(st.sampled_from(DayType))
    day_map = map_days(whole_days(grid), kinds, grid.days, kinds)
    assert np.array_equal(day_map.source_index, np.arange(len(kinds)))
    series = Series.of("load", np.random.default_rng(seed).normal(size=grid.steps), "kW", grid)
    mapped = map_series(series, day_map, grid)
    twice = np.isin(grid.local, grid.local[np.flatnonzero(np.diff(grid.local) <= np.timedelta64(0, "m")) + 1])
    assert np.array_equal(mapped.values[~twice], series.values[~twice])
    assert np.array_equal(mapped.quality, series.quality)


@given(st.integers(2015, 2030), st.integers(2015, 2030), st.integers(0, 200), st.integers(30, 400))
def test_a_studied_day_is_a_measured_day_of_its_hours(source: int, target: int, first: int, length: int) -> None:
    """Every mapped value is one that was measured at the same wall clock, whatever years meet."""
    year = TimeGrid.of_year(source, "Asia/Shanghai", 60)
    measured = year.window(24 * first, min(24 * length, year.steps - 24 * first))
    studied = TimeGrid.of_year(target, "Asia/Shanghai", 60)
    days = whole_days(measured)
    day_map = map_days(days, types_by_weekday(days), studied.days, types_by_weekday(studied.days))
    values = measured.day_index * 24.0 + measured.hour
    mapped = map_series(Series.of("load", values, "kW", measured), day_map, studied)
    assert np.array_equal(mapped.values % 24, studied.hour)
    assert np.array_equal(mapped.values // 24, day_map.source_index[studied.day_index])


@given(power_series(), st.integers(1, 60 * 24), st.integers(0, 120), st.integers(0, 2**32))
def test_noise_after_the_gate_changes_nothing(series: Series, minutes: int, delay: int, seed: int) -> None:
    gate = series.grid.start + np.timedelta64(minutes, "m")
    ends = series.grid.utc + np.timedelta64(series.grid.step_minutes + delay, "m")
    assume((ends <= gate).any())
    noise = np.random.default_rng(seed).normal(size=series.values.size)
    other = Series.of("load", np.where(ends > gate, noise, series.values), "kW", series.grid)
    one, two = (History(given, delay_minutes=delay).as_of(gate) for given in (series, other))
    assert one.same_as(two)
    assert one.grid.end + np.timedelta64(delay, "m") <= gate


@given(power_series(), st.lists(st.integers(-600, 14), min_size=1, max_size=6), st.integers(-600, 600))
def test_issues_after_the_gate_change_nothing(series: Series, released: list[int], minutes: int) -> None:
    gate = series.grid.start + np.timedelta64(minutes, "m")
    issues = tuple(Issue(series.grid.start + np.timedelta64(at, "m"), series) for at in released)
    before = tuple(issue for issue in issues if issue.available_at <= gate)
    assume(before)
    assert Vintages("load", issues).as_of(gate) is Vintages("load", before).as_of(gate)


@given(
    st.sampled_from(["solar", "wind", "load"]),
    st.lists(st.floats(0, 0.3, allow_subnormal=False), min_size=12, max_size=12),
    st.integers(0, 2**63 - 1),
)
def test_synthetic_months_meet_their_means(shape: str, monthly: list[float], seed: int) -> None:
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    source = MonthlySource(monthly=tuple(monthly), shape=shape, seed=seed, latitude=30.0, longitude=104.0)
    values = make_monthly(source, "series", grid).values
    means = np.bincount(grid.month, weights=values)[1:] / np.bincount(grid.month)[1:]
    np.testing.assert_allclose(means, monthly, rtol=1e-9, atol=0)
    assert values.min() >= 0
    assert values.max() <= 1
