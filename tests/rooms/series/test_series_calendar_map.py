"""A measured year over a studied one: kinds of days, seasons, holidays, leap days and clock changes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from lingtan.clock import DayType, TimeGrid, weekday_of
from lingtan.findings import InputError
from lingtan.series import Quality, Series, map_days, map_series, whole_days
from lingtan.series.calendar_map import DayMap, types_by_weekday

ZONE = "Asia/Shanghai"


def days(year: int) -> np.ndarray:
    return np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="M8[D]")


def kinds(of: np.ndarray, *, holidays: list[str] | None = None, makeup: list[str] | None = None) -> np.ndarray:
    types = types_by_weekday(of)
    types[np.isin(of, np.array(makeup or [], "M8[D]"))] = DayType.WORKDAY
    types[np.isin(of, np.array(holidays or [], "M8[D]"))] = DayType.HOLIDAY
    return types


def span(first: str, last: str) -> list[str]:
    return np.arange(np.datetime64(first), np.datetime64(last) + 1).astype(str).tolist()


# Spring Festival, National Day and their make-up workdays as gazetted by the State Council for 2018 and 2025.
FESTIVE_2018 = ["2018-01-01", *span("2018-02-15", "2018-02-21"), *span("2018-10-01", "2018-10-07")]
MAKEUP_2018 = ["2018-02-11", "2018-02-24", "2018-09-29", "2018-09-30"]
FESTIVE_2025 = ["2025-01-01", *span("2025-01-28", "2025-02-04"), *span("2025-10-01", "2025-10-08")]
MAKEUP_2025 = ["2025-01-26", "2025-02-08", "2025-09-28", "2025-10-11"]


@pytest.fixture(scope="module")
def china() -> DayMap:
    source, target = days(2018), days(2025)
    return map_days(
        source,
        kinds(source, holidays=FESTIVE_2018, makeup=MAKEUP_2018),
        target,
        kinds(target, holidays=FESTIVE_2025, makeup=MAKEUP_2025),
    )


def taken(day_map: DayMap, day: str) -> str:
    return str(day_map.source_days[day_map.source_index[np.flatnonzero(day_map.target_days == np.datetime64(day))[0]]])


def test_an_ordinary_day_takes_the_nearest_of_its_weekday(china: DayMap) -> None:
    """2025-06-18 is a Wednesday, 2018-06-18 a Monday: by date alone, workdays would meet Saturdays all year."""
    assert (taken(china, "2025-06-18"), taken(china, "2025-06-21")) == ("2018-06-20", "2018-06-23")
    is_makeup = (china.target_types == DayType.WORKDAY) & (weekday_of(china.target_days) >= 5)
    ordinary = (china.target_types != DayType.HOLIDAY) & ~is_makeup
    source = china.source_days[china.source_index]
    assert np.array_equal(weekday_of(source)[ordinary], weekday_of(china.target_days)[ordinary])
    assert np.array_equal(china.source_types[china.source_index], china.target_types)


def test_spring_festival_takes_spring_festival_in_its_order(china: DayMap) -> None:
    """It moved from mid-February to late January: by season alone the dip of a plant would fall on working days."""
    middle = span("2018-02-15", "2018-02-21")
    assert [taken(china, day) for day in span("2025-01-28", "2025-02-04")] == [*middle, "2018-02-21"]
    assert taken(china, "2025-02-20") == "2018-02-22"  # measured holiday's season is a workday again


def test_national_day_and_new_year_stay_in_their_season(china: DayMap) -> None:
    assert (taken(china, "2025-10-01"), taken(china, "2025-10-08")) == ("2018-10-01", "2018-10-07")
    assert taken(china, "2025-01-01") == "2018-01-01"


def test_a_make_up_workday_takes_a_workday(china: DayMap) -> None:
    """2025-01-26 is a Sunday that works: taken from a Sunday, the park would seem to rest."""
    for day in MAKEUP_2025:
        at = np.flatnonzero(china.target_days == np.datetime64(day))[0]
        assert china.source_types[china.source_index[at]] == DayType.WORKDAY
        assert china.moved_days[at] <= 21.0


def test_a_holiday_without_a_measured_one_takes_a_sunday() -> None:
    source, target = days(2018), days(2025)
    day_map = map_days(source, kinds(source), target, kinds(target, holidays=["2025-05-01"]))
    assert taken(day_map, "2025-05-01") == "2018-04-29"


def test_a_holiday_of_another_season_is_no_substitute() -> None:
    """The only measured holiday is in October: Spring Festival in January would get autumn's sun and load."""
    source, target = days(2018), days(2025)
    measured = kinds(source, holidays=["2018-10-01"])
    day_map = map_days(source, measured, target, kinds(target, holidays=["2025-01-29"]))
    assert taken(day_map, "2025-01-29") == "2018-01-28"


@pytest.mark.parametrize(("source", "target"), [(2023, 2024), (2024, 2025), (2024, 2028), (2019, 2025)])
def test_leap_days_both_ways(source: int, target: int) -> None:
    """Counting days of the year shifts everything after February by one day, and with it the weekday."""
    measured, studied = days(source), days(target)
    day_map = map_days(measured, kinds(measured), studied, kinds(studied))
    assert day_map.source_index.size == studied.size
    assert day_map.moved_days.max() <= 4.0
    assert np.array_equal(weekday_of(measured)[day_map.source_index], weekday_of(studied))


def test_a_short_recording_is_stretched_and_says_so() -> None:
    """A month for a year: the map must say how far days were carried, for nobody sees it in the figures."""
    source, target = days(2025)[:31], days(2025)
    day_map = map_days(source, kinds(source), target, kinds(target))
    most = Counter(day_map.source_index.tolist()).most_common(1)[0][1]
    assert most >= 365 / 31
    # Mid-July is farthest from January, 167 days from either end; its weekday may lie a day or two farther.
    assert day_map.summary.en == (
        "studied days: 365, taken from 31 measured ones; on their own date: 31; moved by 1 to 169 days in the "
        "season: 334; holidays taken from a holiday: 0, from a Sunday: 0; make-up workdays taken from a workday: 0; "
        f"without a day of their kind: 0; uses of the measured day used most: {most}"
    )


def test_a_week_of_festival_is_not_one_day_eight_times() -> None:
    """One public holiday was measured on 1 October: all eight days of the Golden Week would be copies of it."""
    source, target = days(2018), days(2025)
    week = [f"2025-10-0{day}" for day in range(1, 9)]
    day_map = map_days(source, kinds(source, holidays=["2018-10-01"]), target, kinds(target, holidays=week))
    sources = Counter(taken(day_map, day) for day in week)
    assert max(sources.values()) <= 3
    others = np.array([source for source in sources if source != "2018-10-01"], "M8[D]")
    assert set(weekday_of(others)) == {6}
    assert np.abs((others - np.datetime64("2018-10-04")).astype(int)).max() <= 21


def test_the_summary_names_what_was_done(china: DayMap) -> None:
    """17 holidays were gazetted here; 2025-01-28 moves farthest, to 2018-02-15."""
    dates = zip(china.target_days.astype(str), china.source_days[china.source_index].astype(str), strict=True)
    same = sum(studied[5:] == measured[5:] for studied, measured in dates)
    most = Counter(china.source_index.tolist()).most_common(1)[0][1]
    assert china.summary.zh == (
        f"365 个研究日取自 365 个实测日；日期不变 {same} 日；在季节上移动 1 至 18 天 {365 - same} 日；节假日取实测节假日 17 日、"
        f"取实测周日 0 日；调休工作日取工作日 4 日；未找到同类日期 0 日；同一实测日最多使用 {most} 次"
    )


def test_no_day_no_map() -> None:
    with pytest.raises(InputError) as error:
        map_days(days(2025)[:0], kinds(days(2025)[:0]), days(2025), kinds(days(2025)))
    assert [found.code for found in error.value.findings] == ["series.no-whole-day"]


def test_cut_days_are_not_whole() -> None:
    grid = TimeGrid.of_year(2025, ZONE, 60)
    assert whole_days(grid).size == 365
    assert whole_days(grid.window(1, 71)).astype(str).tolist() == ["2025-01-02", "2025-01-03"]
    assert whole_days(grid.window(1, 20)).size == 0
    assert whole_days(TimeGrid.of_year(2025, "Europe/Berlin", 60)).size == 365


# ---------------------------------------------------------------------------------------------- values


def mapped(source: TimeGrid, values: np.ndarray, target: TimeGrid) -> Series:
    measured = whole_days(source)
    day_map = map_days(measured, kinds(measured), target.days, kinds(target.days))
    return map_series(Series.of("load", values, "kW", source), day_map, target)


def test_the_hour_of_the_day_stays() -> None:
    source, target = TimeGrid.of_year(2018, ZONE, 60), TimeGrid.of_year(2025, ZONE, 60)
    series = mapped(source, source.minute_of_day / 60, target)
    assert np.array_equal(series.values, target.minute_of_day / 60)
    assert set(series.quality.tolist()) == {Quality.MAPPED}
    assert [note.en for note in series.origin if not isinstance(note, str)][-1] == (
        "mean 11.5 → 11.5, peak 23 → 23 kW, hours of its peak 4380 → 4380 h"
    )


def test_a_zone_with_clock_changes_gives_a_plain_year() -> None:
    """Shifted by UTC instead of wall clock, the summer half of a Berlin load would stand an hour early in Shanghai."""
    source, target = TimeGrid.of_year(2019, "Europe/Berlin", 60), TimeGrid.of_year(2025, ZONE, 60)
    series = mapped(source, source.minute_of_day / 60, target)
    assert series.values == pytest.approx(target.minute_of_day / 60, abs=1e-12)
    filled = np.flatnonzero(series.quality == Quality.REPAIRED)
    assert [str(target.local[step]) for step in filled] == ["2025-03-30T02:00"]
    said = [note.en for note in series.origin if not isinstance(note, str)]
    assert "steps that the clock skipped, filled from their neighbors: 1" in said
    assert "steps that the clock showed twice, averaged: 1" in said


def test_the_double_hour_is_averaged_and_the_lost_one_drawn_between() -> None:
    source = TimeGrid.of_year(2025, "Europe/Berlin", 60)
    values = np.zeros(source.steps)
    local = source.local.astype(str)
    values[local == "2025-10-26T02:00"] = [10.0, 20.0]
    values[local == "2025-03-30T01:00"], values[local == "2025-03-30T03:00"] = 4.0, 8.0
    target = TimeGrid.of_year(2025, ZONE, 60)
    series = mapped(source, values, target)
    at = {str(stamp): value for stamp, value in zip(target.local, series.values, strict=True)}
    assert (at["2025-10-26T02:00"], at["2025-03-30T02:00"]) == (15.0, 6.0)
    assert set(series.quality.tolist()) == {Quality.MEASURED, Quality.REPAIRED}


def test_a_studied_zone_with_clock_changes_gets_its_25_hours() -> None:
    source, target = TimeGrid.of_year(2018, ZONE, 60), TimeGrid.of_year(2025, "Europe/Berlin", 60)
    series = mapped(source, source.minute_of_day / 60, target)
    assert np.array_equal(series.values, target.minute_of_day / 60)


def test_a_finer_grid_holds_the_value() -> None:
    source, target = TimeGrid.of_year(2018, ZONE, 60), TimeGrid.of_year(2025, ZONE, 15)
    series = mapped(source, source.minute_of_day / 60, target)
    assert np.array_equal(series.values, target.minute_of_day // 60)


def test_a_recording_with_cut_ends_is_used_by_its_whole_days() -> None:
    """The recording starts at 08:15: brought to hours as it is, it would be refused."""
    year = TimeGrid.of_year(2018, ZONE, 15)
    source = year.window(33, year.steps - 40)
    target = TimeGrid.of_year(2025, ZONE, 60)
    series = mapped(source, source.minute_of_day.astype(float), target)
    assert np.array_equal(series.values, target.minute_of_day + 22.5)


def test_a_map_of_other_days_is_refused() -> None:
    source, target = TimeGrid.of_year(2018, ZONE, 60), TimeGrid.of_year(2025, ZONE, 60)
    day_map = map_days(source.days, kinds(source.days), target.days, kinds(target.days))
    series = Series.of("load", np.ones(target.steps), "kW", target)
    for one, grid, absent in (
        (series, target, "2018-01-01"),
        (Series.of("load", np.ones(source.steps), "kW", source), TimeGrid.of_year(2026, ZONE, 60), "2026-01-01"),
        (Series.of("load", np.ones(4800), "kW", source.window(0, 4800)), target, "2018-07-20"),
        (Series.of("load", np.ones(8750), "kW", source.window(0, 8750)), target, "2018-12-31"),
    ):
        with pytest.raises(InputError) as error:
            map_series(one, day_map, grid)
        assert [found.text() for found in error.value.findings] == [
            "series.day-absent: load: the map of days does not know this day, or the series does not have it; "
            f"got {absent}. Make the map from the days of the series and of the studied period."
        ]


def test_load_and_sun_of_an_hour_stay_together() -> None:
    """Mapped apart, a cloudy day of the sun could meet a bright day of the load, and storage would be undersized."""
    source, target = TimeGrid.of_year(2018, ZONE, 60), TimeGrid.of_year(2025, ZONE, 60)
    day_map = map_days(source.days, kinds(source.days), target.days, kinds(target.days))
    load = np.random.default_rng(1).normal(size=source.steps)
    together = [
        map_series(Series.of(name, values, "kW", source), day_map, target).values
        for name, values in (("load", load), ("pv", 2 * load))
    ]
    assert np.array_equal(2 * together[0], together[1])
