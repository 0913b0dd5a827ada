"""Drawn series: their means, their bounds, their shapes and their seeds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.series import ConstantSource, MonthlySource, Quality, Series, make_constant, make_monthly
from lingtan.series.synthetic import _remembered

ZONE = "Asia/Shanghai"
YEAR = TimeGrid.of_year(2025, ZONE, 60)
# Monthly mean factors of the invented firm line of Yibin: shared/facts/china-practice.md, example parks.
LINE = (0.30, 0.27, 0.29, 0.36, 0.50, 0.66, 0.74, 0.72, 0.70, 0.60, 0.44, 0.33)
SUN = (0.05, 0.07, 0.09, 0.12, 0.13, 0.12, 0.14, 0.14, 0.09, 0.07, 0.05, 0.04)


def draw(
    grid: TimeGrid = YEAR, *, latitude: float | None = 30.7, longitude: float | None = 104.0, **given: Any
) -> Series:
    return make_monthly(MonthlySource(**given), "series", grid, latitude=latitude, longitude=longitude)


def refused(**given: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        draw(**given)
    return [found.text() for found in error.value.findings]


def test_a_constant_is_an_assumption() -> None:
    series = make_constant(ConstantSource(constant=0.03, unit="MW"), "base", YEAR)
    assert (set(series.values.tolist()), series.unit, set(series.quality.tolist())) == ({30.0}, "kW", {Quality.ASSUMED})


def test_flat_months_step_at_local_midnight() -> None:
    """Cut in UTC, the first eight hours of every month would carry the mean of the month before."""
    series = draw(monthly=LINE)
    assert np.array_equal(series.values, np.array(LINE)[YEAR.month - 1])
    assert set(series.quality.tolist()) == {Quality.ASSUMED}
    assert series.mean == pytest.approx(0.49, abs=5e-3)  # 49 % of the year, as the same page says


@pytest.mark.parametrize(("shape", "monthly"), [("solar", SUN), ("wind", LINE), ("load", LINE)])
@pytest.mark.parametrize("zone", [ZONE, "Europe/Berlin"])
@pytest.mark.parametrize("step", [15, 60])
def test_every_mean_is_met_within_bounds(shape: str, monthly: tuple[float, ...], zone: str, step: int) -> None:
    grid = TimeGrid.of_year(2025, zone, step)
    series = draw(grid, monthly=monthly, shape=shape, seed=7, longitude=None)
    means = [series.values[grid.month == month].mean() for month in range(1, 13)]
    assert means == pytest.approx(monthly, rel=1e-9)
    assert (series.values.min() >= 0, series.values.max() <= 1) == (True, True)
    assert set(series.quality.tolist()) == {Quality.SYNTHETIC}


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not() -> None:
    one, again, other = (draw(monthly=LINE, shape="wind", seed=seed).values for seed in (7, 7, 8))
    assert one.tobytes() == again.tobytes()
    assert one.tobytes() != other.tobytes()


def test_a_week_asked_for_alone_is_the_week_of_its_year() -> None:
    """Drawn from its own start, a dispatched week would have other weather than the year that sized the park."""
    week = YEAR.window(4000, 168)
    for shape, monthly in (("solar", SUN), ("wind", LINE), ("load", LINE)):
        given = {"monthly": monthly, "shape": shape, "seed": 7}
        assert np.array_equal(draw(week, **given).values, draw(**given).values[4000:4168])


def test_a_span_over_new_year_has_both_years() -> None:
    two = TimeGrid(YEAR.end - np.timedelta64(48, "h"), 60, 96, ZONE)
    tail = draw(monthly=LINE, shape="wind", seed=7).values[-48:]
    assert np.array_equal(draw(two, monthly=LINE, shape="wind", seed=7).values[:48], tail)


def test_a_cap_in_kw_is_kept_and_reached() -> None:
    series = draw(monthly=[60.0] * 12, unit="MW", cap=100.0, shape="wind", seed=1)
    assert (series.unit, series.values.max() <= 100_000.0) == ("kW", True)
    solar = draw(monthly=[0.40] * 12, shape="solar", seed=1, latitude=20.0)
    assert (solar.values == 1.0).any()


def test_percent_is_a_share_with_its_own_cap() -> None:
    series = draw(monthly=[60.0] * 12, unit="%", shape="wind", seed=1)
    assert (series.unit, series.values.max() <= 1.0, series.mean) == ("1", True, pytest.approx(0.6, rel=1e-9))


@pytest.mark.parametrize("shape", ["solar", "wind", "load"])
def test_the_ends_of_the_range_are_met(shape: str) -> None:
    monthly = [0.0] * 11 + [1.0 if shape != "solar" else 0.1]
    series = draw(monthly=monthly, shape=shape, seed=1)
    assert not series.values[YEAR.month < 12].any()
    assert series.values[YEAR.month == 12].mean() == pytest.approx(monthly[-1], rel=1e-12)


def test_a_mean_beyond_the_daylight_is_refused() -> None:
    """At 30.7° N a December day has 10 of 24 hours: no scaling makes a mean of 0.6 of them."""
    texts = refused(monthly=[0.1] * 11 + [0.6], shape="solar")
    assert len(texts) == 1
    assert texts[0].startswith(
        "series.mean-out-of-reach: series.monthly[12]: the mean of a month cannot be met within the limits of the "
        "shape; expected 0 … 0.4"
    )
    assert texts[0].endswith(", got 0.6. Lower the mean, raise `cap`, or choose another shape.")


def test_all_impossible_months_are_told_at_once() -> None:
    assert [text.split(": ")[1] for text in refused(monthly=[-0.1, 0.2] * 6, shape="wind")] == [
        f"series.monthly[{month}]" for month in (1, 3, 5, 7, 9, 11)
    ]
    assert len(refused(monthly=[0.2] * 10 + [1.1, 1.2], shape="load")) == 2


def test_what_a_shape_needs() -> None:
    assert refused(monthly=LINE, shape="wind", unit="kW") == [
        "series.no-cap: series: this shape needs an upper limit; got kW. Give `cap`, such as the installed power, or "
        "leave the unit out for values of 0 to 1."
    ]
    assert refused(monthly=SUN, shape="solar", latitude=None) == [
        "series.no-latitude: series: the sun's way over the sky needs a latitude. Give `latitude` here or in the site."
    ]


def weighted_hour(series: Series) -> float:
    return float(np.average(series.grid.minute_of_day / 60 + series.grid.step_hours / 2, weights=series.values))


def test_the_sun_follows_longitude_and_season() -> None:
    """Solar noon is at 13:04 in Chengdu (104.0° E) and at 14:10 in Urumqi (87.6° E) on Beijing's clock."""
    chengdu, urumqi = draw(monthly=SUN, shape="solar"), draw(monthly=SUN, shape="solar", longitude=87.6)
    assert weighted_hour(chengdu) == pytest.approx(13.07, abs=0.1)
    assert weighted_hour(urumqi) == pytest.approx(14.16, abs=0.1)
    assert weighted_hour(draw(monthly=SUN, shape="solar", longitude=None)) == pytest.approx(12.0, abs=0.1)
    day = np.bincount(chengdu.grid.month, weights=chengdu.values > 0)[1:] / np.bincount(chengdu.grid.month)[1:] * 24
    assert day[5] - day[11] > 3.0  # June days are more than three hours longer than December ones
    south = draw(monthly=SUN, shape="solar", latitude=-30.7)
    assert np.count_nonzero(south.values[south.grid.month == 12]) > np.count_nonzero(
        south.values[south.grid.month == 6]
    )


def test_the_source_may_name_its_own_place() -> None:
    source = MonthlySource(monthly=SUN, shape="solar", latitude=0.0, longitude=90.0)
    there = make_monthly(source, "series", YEAR, latitude=60.0, longitude=104.0)
    assert weighted_hour(there) == pytest.approx(14.0, abs=0.1)
    assert np.mean(there.values > 0) == pytest.approx(0.5, abs=0.01)  # on the equator every day has twelve hours


def test_days_differ_in_their_clouds() -> None:
    days = draw(monthly=SUN, shape="solar", seed=3).values.reshape(365, 24).sum(axis=1)
    assert days[150:180].std() / days[150:180].mean() > 0.15


def test_weather_has_a_memory() -> None:
    """White noise would be stored away within the hour: batteries would look far too good."""
    wind = draw(monthly=[0.4] * 12, shape="wind", seed=3).values
    lag = [float(np.corrcoef(wind[:-hours], wind[hours:])[0, 1]) for hours in (1, 24, 240)]
    assert lag[0] > 0.9
    assert 0.3 < lag[1] < 0.7
    assert abs(lag[2]) < 0.2


def test_the_memory_is_the_recursion() -> None:
    shocks = np.random.default_rng(2).normal(size=300)
    state = np.zeros(300)
    for step in range(300):
        state[step] = (0.9 * state[step - 1] if step else 0.0) + shocks[step]
    assert _remembered(shocks, 0.9) == pytest.approx(state, abs=1e-12)


def test_a_load_rests_at_night_and_at_weekends() -> None:
    load = draw(monthly=[100.0] * 12, unit="kW", shape="load", seed=3)
    work = load.values[(YEAR.weekday < 5) & (YEAR.hour == 13)].mean()
    night = load.values[(YEAR.weekday < 5) & (YEAR.hour == 3)].mean()
    weekend = load.values[(YEAR.weekday >= 5) & (YEAR.hour == 13)].mean()
    assert (night / work, weekend / work) == (pytest.approx(0.75, abs=0.03), pytest.approx(0.88, abs=0.03))


def test_the_origin_says_that_nobody_measured_it() -> None:
    series = draw(monthly=SUN, shape="solar", seed=7, longitude=None)
    assert [note for note in series.origin if not isinstance(note, str)] == [
        (
            "drawn from twelve monthly means, shape 'solar', seed 7: not measured",
            "按 12 个月均值随机生成，形状“solar”，种子 7：非实测",
        ),
        ("no longitude is given: the sun stands highest at 12:00", "未给经度：按 12:00 为正午计算"),
    ]
