"""A record of weather, and how it is laid on the studied period."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import Location
from lingtan.series import Quality
from tests.rooms.resource.weather_samples import BEIJING, flat_weather, nominal_hours

CHINA = "Asia/Shanghai"


def numbered(leap: bool = False):
    """A typical year of Beijing time whose wind speed says the hour of the day and whose temperature the date (MM.DD)."""
    hours = nominal_hours(leap)
    grid = TimeGrid(hours[0].astype("M8[m]") - np.timedelta64(BEIJING, "m"), 60, hours.size, "UTC")
    month, day = (
        hours.astype("M8[M]").astype(int) % 12 + 1,
        (hours.astype("M8[D]") - hours.astype("M8[M]")).astype(int) + 1,
    )
    hour = (hours - hours.astype("M8[D]")).astype(int)
    return flat_weather(grid, typical=True, wind_m_per_s=hour, temperature_c=month + day / 100)


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_typical_year_is_laid_by_date_and_hour(year: int) -> None:
    """Rules out a mapping by weekday (2025 begins on a Wednesday) and one by day number, which slips after 29 February."""
    grid = TimeGrid.of_year(year, CHINA, 60)
    laid = numbered().laid_on(grid)
    assert laid.grid == grid
    assert np.array_equal(laid["wind_m_per_s"], grid.hour)
    day = (grid.day - grid.local.astype("M8[M]").astype("M8[D]")).astype(int) + 1
    expected = grid.month + day / 100
    leap_day = (grid.month == 2) & (day == 29)
    assert np.allclose(laid["temperature_c"], np.where(leap_day, 2.28, expected))
    assert np.all(laid.quality == Quality.MAPPED)


def test_a_leap_day_of_the_record_is_used_for_one_and_left_out_otherwise() -> None:
    leap = numbered(leap=True)
    assert leap.laid_on(TimeGrid.of_year(2024, CHINA, 60))["temperature_c"][59 * 24] == pytest.approx(2.29)
    assert leap.laid_on(TimeGrid.of_year(2025, CHINA, 60))["temperature_c"][59 * 24] == pytest.approx(3.01)


def test_the_sun_keeps_no_summer_time() -> None:
    """The Berlin clock shows 12:00 in July when it is 18:00 in Beijing; in January, when it is 19:00."""
    grid = TimeGrid.of_year(2025, "Europe/Berlin", 60)
    laid = numbered().laid_on(grid)
    assert laid["wind_m_per_s"][grid.index(datetime(2025, 7, 1, 12))] == 18
    assert laid["wind_m_per_s"][grid.index(datetime(2025, 1, 15, 12))] == 19


def test_a_record_of_the_studied_year_stays_measured_and_only_its_margin_is_mapped() -> None:
    grid = TimeGrid.of_year(2025, CHINA, 60)
    record = flat_weather(grid, temperature_c=np.arange(8760) % 40)
    laid = record.laid_on(grid, margin_minutes=30)
    assert laid.grid.steps == 8762
    assert laid.quality.tolist() == [Quality.MAPPED] + [Quality.MEASURED] * 8760 + [Quality.MAPPED]
    assert laid["temperature_c"][0] == record["temperature_c"][-1]


def test_a_record_keeps_its_phase() -> None:
    """Hours that begin at half past, as of a place at UTC+5:30, are not moved to full hours."""
    grid = TimeGrid.of_year(2025, CHINA, 15)
    own = TimeGrid(np.datetime64("2019-01-01T00:30"), 60, 8760, "UTC")
    laid = flat_weather(own, offset=0, wind_m_per_s=1.0).laid_on(grid)
    assert str(laid.grid.start) == "2024-12-31T15:30"
    assert laid.grid.end >= grid.end


def messages(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [found.text() for found in error.value.findings]


def test_several_years_need_one_to_be_chosen() -> None:
    three = flat_weather(TimeGrid(np.datetime64("2018-01-01"), 60, 3 * 8760, "UTC"), offset=0, wind_m_per_s=1.0)
    with pytest.raises(InputError) as error:
        three.laid_on(TimeGrid.of_year(2025, CHINA, 60))
    assert messages(error) == [
        "resource.many-years: weather.year: the weather spans several years, and a date does not say which one is meant; "
        "got 2018 … 2020. Choose one with `year`."
    ]
    assert three.of_year(2019).laid_on(TimeGrid.of_year(2025, CHINA, 60)).grid.steps == 8760
    with pytest.raises(InputError) as error:
        three.of_year(2017)
    assert messages(error) == [
        "resource.no-such-year: weather.year: the weather does not have this year; expected 2018 … 2020, got 2017. "
        "Choose a year of the record; a typical year has none to choose."
    ]


def test_a_record_of_some_weeks_is_not_stretched() -> None:
    weeks = flat_weather(TimeGrid(np.datetime64("2018-05-31T16:00"), 60, 14 * 24, "UTC"), wind_m_per_s=1.0)
    with pytest.raises(InputError) as error:
        weeks.laid_on(TimeGrid.of_year(2025, CHINA, 60))
    assert messages(error) == [
        "resource.short-weather: weather: the weather does not have these dates; got 8424 ×, first at 01-01 00:00. "
        "Give a whole year."
    ]


def test_all_that_is_wrong_with_the_values_comes_at_once() -> None:
    """Rules out that a gap or a sentinel becomes weather: 9999 W/m2 of a logger, an hour without temperature."""
    grid = TimeGrid.of_year(2025, CHINA, 60).window(0, 3)
    with pytest.raises(InputError) as error:
        flat_weather(grid, ghi_w_per_m2=[0, 9999, 9999], temperature_c=[1, np.nan, 2], wind_m_per_s=[0, 1, 2])
    assert messages(error) == [
        "resource.weather-range: weather.ghi_w_per_m2: a value lies outside what has been measured on Earth; expected "
        "0 … 1800, got 9999 at 2025-01-01 01:00 (×2). Check its unit, and the numbers that stand for 'missing'.",
        "resource.weather-gap: weather.temperature_c: the weather has hours without a value; got 1 ×, first at 2025-01-01 "
        "01:00. Fill them in, or read the file as `csv` with a `repair`.",
    ]


def test_arrays_have_the_length_of_the_grid() -> None:
    grid = TimeGrid.of_year(2025, CHINA, 60).window(0, 3)
    good = flat_weather(grid, wind_m_per_s=1.0)
    with pytest.raises(InputError) as error:
        type(good)(grid, good.quality[:2], {"wind_m_per_s": np.ones(4)})
    assert [found.text("zh") for found in error.value.findings] == [
        "resource.wrong-length: weather.wind_m_per_s：数值个数与时段数不符；应为 3，实为 4。请为每个时段提供一个数值。",
        "resource.wrong-length: weather.quality：数值个数与时段数不符；应为 3，实为 2。请为每个时段提供一个数值。",
    ]


def test_distances() -> None:
    """Chengdu to Yibin is about 220 km by road map (straight line); a degree of longitude at 60° is half of one at 0°."""
    assert Location(30.67, 104.02).distance_km(Location(28.77, 104.62)) == pytest.approx(219, abs=3)
    assert Location(60, 0).distance_km(Location(60, 1)) == pytest.approx(111.19 / 2, rel=1e-3)
