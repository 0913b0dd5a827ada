"""Clock changes: EU 2025 on 30 March and 26 October at 01:00 UTC (directive 2000/84/EC); Lord Howe Island 2025 by half
an hour, on 6 April and 5 October at local 02:00 (Standard Time Act 1987, NSW); Nepal UTC+5:45; China UTC+8 all year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from lingtan.clock import (
    MAX_STEPS,
    StampSide,
    TimeGrid,
    days_in_year,
    is_leap,
    parse_stamps,
    to_utc,
    utc_offsets,
    zone_of,
)
from lingtan.findings import InputError, Severity

BERLIN, LORD_HOWE, SHANGHAI, KATHMANDU = "Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Kathmandu"


def minutes(*texts: str) -> np.ndarray:
    return np.array(texts, "M8[m]")


def said(times: np.ndarray) -> list[str]:
    return [str(time) for time in times]


# ------------------------------------------------------------------------------------------------------------ zones


@pytest.mark.parametrize(("year", "leap"), [(1900, False), (2000, True), (2024, True), (2025, False), (2100, False)])
def test_leap_years_follow_the_gregorian_rule(year: int, leap: bool) -> None:
    """Rules out the Julian rule (1900 and 2100) and the rule without 400 (2000)."""
    assert (is_leap(year), days_in_year(year)) == (leap, 366 if leap else 365)


def test_offsets_change_in_the_minute_of_the_law() -> None:
    """Rules out offsets that are right for a day but not for the hours around the change."""
    changes = ["2025-03-30T00:59", "2025-03-30T01:00", "2025-10-26T00:59", "2025-10-26T01:00"]
    assert utc_offsets(minutes(*changes), BERLIN).astype(int).tolist() == [60, 120, 120, 60]
    changes = ["2025-04-05T14:59", "2025-04-05T15:00", "2025-10-04T15:29", "2025-10-04T15:30"]
    assert utc_offsets(minutes(*changes), LORD_HOWE).astype(int).tolist() == [660, 630, 630, 660]


def test_offsets_need_no_order() -> None:
    """Rules out a fill that carries the last offset on."""
    assert utc_offsets(minutes("2025-07-01", "2025-01-01", "2026-07-01"), BERLIN).astype(int).tolist() == [120, 60, 120]


def test_china_has_one_offset_today_but_had_summer_time_until_1991() -> None:
    """Rules out a constant: 15 April to 16 September 1990 ran at UTC+9 (State Council notice of 1986)."""
    assert utc_offsets(minutes("1990-07-01", "2025-07-01"), SHANGHAI).astype(int).tolist() == [540, 480]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Asia/Shangai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("Europe/Berln", "Europe/Berlin"),
        ("../../etc/passwd", "Asia/Shanghai"),
        ("localtime", "Asia/Shanghai"),
    ],
)
def test_an_unknown_zone_is_named_with_the_nearest(name: str, nearest: str) -> None:
    """Rules out a traceback of zoneinfo, a file outside the database, and this machine's own zone."""
    with pytest.raises(InputError) as refused:
        zone_of(name)
    assert str(refused.value) == (
        f"clock.unknown-zone: zone: this time zone is not known; got {name}. Did you mean '{nearest}'?"
    )
    assert refused.value.findings[0].text("zh") == (
        f"clock.unknown-zone: zone：未知的时区；实为 {name}。是否想写“{nearest}”？"
    )


def test_no_name_is_no_zone() -> None:
    with pytest.raises(InputError, match=r"^clock\.unknown-zone: zone: this time zone is not known\. Did you mean"):
        zone_of("")


# ------------------------------------------------------------------------------------------------------------- grid


@pytest.mark.parametrize(
    ("zone", "short_and_long"),
    [
        (SHANGHAI, {96: 365}),
        (KATHMANDU, {96: 365}),
        (BERLIN, {92: 1, 96: 363, 100: 1}),
        (LORD_HOWE, {94: 1, 96: 363, 98: 1}),
    ],
)
def test_days_are_as_long_as_the_clock_makes_them(zone: str, short_and_long: dict[int, int]) -> None:
    """Rules out 96 steps on every day, and a change of a whole hour everywhere."""
    grid = TimeGrid.of_year(2025, zone)
    lengths, days = np.unique(grid.steps_of_day, return_counts=True)
    assert dict(zip(lengths.tolist(), days.tolist(), strict=True)) == short_and_long
    assert (grid.steps, grid.days.size, grid.months.size, grid.steps_per_day) == (35040, 365, 12, 96)


def test_the_short_and_the_long_day_are_the_right_ones() -> None:
    grid = TimeGrid.of_year(2025, BERLIN, 60)
    odd = grid.steps_of_day != 24
    assert list(zip(said(grid.days[odd]), grid.steps_of_day[odd].tolist(), strict=True)) == [
        ("2025-03-30", 23),
        ("2025-10-26", 25),
    ]


def test_a_leap_year_has_a_day_more() -> None:
    assert TimeGrid.of_year(2024, SHANGHAI, 60).steps == 8784


def test_the_calendar_is_the_zones_not_utc() -> None:
    """Rules out UTC months and days: in China the year begins at 16:00 UTC of the day before."""
    grid = TimeGrid.of_year(2025, SHANGHAI)
    assert (str(grid.start), str(grid.end), grid.step_hours) == ("2024-12-31T16:00", "2025-12-31T16:00", 0.25)
    first = (grid.year[0], grid.month[0], grid.month_index[0], grid.day_index[0], grid.minute_of_day[0], grid.hour[0])
    assert first == (2025, 1, 0, 0, 0, 0)
    last = (
        grid.year[-1],
        grid.month[-1],
        grid.month_index[-1],
        grid.day_index[-1],
        grid.minute_of_day[-1],
        grid.hour[-1],
    )
    assert last == (2025, 12, 11, 364, 1425, 23)
    assert (str(grid.day[96]), grid.weekday[0]) == ("2025-01-02", 2)  # 1 January 2025 was a Wednesday


def test_month_index_counts_on_over_new_year() -> None:
    """Rules out `month - 1`, which would merge two Januaries into one bill."""
    grid = TimeGrid.of_span(datetime(2024, 12, 1), datetime(2026, 2, 1), SHANGHAI, 1440)
    assert grid.month_index[[0, 31, -1]].tolist() == [0, 1, 13]
    assert grid.month[[0, 31, -1]].tolist() == [12, 1, 1]


def test_the_wall_clock_repeats_and_skips() -> None:
    """Rules out minutes of the day counted from midnight in steps."""
    grid = TimeGrid.of_year(2025, BERLIN, 60)
    spring, fall = (grid.day == np.datetime64(day) for day in ("2025-03-30", "2025-10-26"))
    assert grid.hour[spring].tolist() == [0, 1, *range(3, 24)]
    assert grid.hour[fall].tolist() == [0, 1, 2, 2, *range(3, 24)]


def test_years_before_1970_have_their_calendar_too() -> None:
    """Rules out remainders of negative numbers: 1 January 1959 was a Thursday."""
    grid = TimeGrid.of_span(datetime(1959, 1, 1), datetime(1959, 1, 2), "UTC", 60)
    assert (grid.year[0], grid.month[0], grid.weekday[0], grid.hour[-1]) == (1959, 1, 3, 23)


def test_index_finds_the_step_that_contains_an_instant() -> None:
    grid = TimeGrid.of_year(2025, SHANGHAI)
    assert grid.index(datetime(2025, 1, 1, 0, 14)) == 0
    assert grid.index(datetime(2025, 1, 1, 0, 15)) == 1
    assert grid.index(np.datetime64("2024-12-31T16:15")) == 1
    assert grid.index(datetime(2024, 12, 31, 16, 30, tzinfo=UTC)) == 2
    assert grid.index(datetime(2025, 12, 31, 23, 59)) == 35039


def test_the_end_is_not_in_the_grid() -> None:
    """Rules out a closed interval and Python's reading of negative positions."""
    grid = TimeGrid.of_year(2025, SHANGHAI)
    with pytest.raises(InputError) as refused:
        grid.index(datetime(2026, 1, 1))
    assert str(refused.value) == (
        "clock.outside-grid: instant: this time lies outside the period; "
        "expected 2024-12-31T16:00Z … 2025-12-31T16:00Z, got 2025-12-31T16:00Z. "
        "Choose a time from the start of the period up to, but not including, its end."
    )


def test_a_window_is_a_grid_of_the_same_instants() -> None:
    grid = TimeGrid.of_year(2025, BERLIN)
    window = grid.window(96, 4)
    assert said(window.utc) == said(grid.utc[96:100])
    assert grid.window(0, grid.steps) == grid


@pytest.mark.parametrize(("first", "steps"), [(-1, 4), (35039, 2), (0, 0), (0, 35041)])
def test_a_window_cannot_leave_its_grid(first: int, steps: int) -> None:
    with pytest.raises(InputError, match=r"^clock\.outside-grid: window: "):
        TimeGrid.of_year(2025, BERLIN).window(first, steps)


def test_the_same_instants_in_two_zones_are_the_same_steps() -> None:
    here = TimeGrid.of_year(2025, SHANGHAI)
    there = TimeGrid(here.start, 15, here.steps, BERLIN)
    assert here.same_as(there)
    assert here != there
    assert hash(here) == hash(TimeGrid.of_year(2025, SHANGHAI))


@pytest.mark.parametrize(
    "name", ["utc", "local", "year", "month", "month_index", "day", "day_index", "weekday", "hour"]
)
def test_arrays_cannot_be_written(name: str) -> None:
    """Rules out that one reader changes the calendar of all others."""
    assert not getattr(TimeGrid.of_span(datetime(2025, 1, 1), datetime(2025, 1, 2), SHANGHAI), name).flags.writeable


def test_pandas_sees_the_zones_wall_clock() -> None:
    index = TimeGrid.of_year(2025, KATHMANDU, 60).to_pandas_index()
    assert (str(index.tz), str(index[0]), str(index[-1])) == (
        KATHMANDU,
        "2025-01-01 00:00:00+05:45",
        "2025-12-31 23:00:00+05:45",
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: TimeGrid(np.datetime64("2025-01-01"), 7, 4, "UTC"),
            "clock.bad-step: step_minutes: a day cannot be cut into steps of this length; "
            "expected 1 … 60, 120, 180, … 1440 min, got 7 min. Choose 5, 15 or 60 minutes.",
        ),
        (
            lambda: TimeGrid(np.datetime64("2025-01-01"), 90, 4, "UTC"),
            "clock.bad-step: step_minutes: a day cannot be cut into steps of this length; "
            "expected 1 … 60, 120, 180, … 1440 min, got 90 min. Choose 5, 15 or 60 minutes.",
        ),
        (
            lambda: TimeGrid(np.datetime64("2025-01-01"), 15, MAX_STEPS + 1, "UTC"),
            "clock.bad-step-count: steps: the number of steps is out of range; "
            "expected 1 … 10000000, got 10000001. Check the start, the end and the step.",
        ),
        (
            lambda: TimeGrid.of_span(datetime(2025, 1, 2), datetime(2025, 1, 1), "UTC"),
            "clock.bad-step-count: steps: the number of steps is out of range; "
            "expected 1 … 10000000, got -96. Check the start, the end and the step.",
        ),
        (
            lambda: TimeGrid(np.datetime64("2025-01-01T00:00:30"), 15, 4, "UTC"),
            "clock.not-a-minute: start: this time is not on a whole minute; got 2025-01-01T00:00:30. "
            "Give the time to the minute.",
        ),
        (
            lambda: TimeGrid(np.datetime64("NaT"), 15, 4, "UTC"),
            "clock.not-a-minute: start: this time is not on a whole minute; got NaT. Give the time to the minute.",
        ),
        (
            lambda: TimeGrid.of_year(20255, "UTC"),
            "clock.outside-years: year: this time lies outside the years that are covered; "
            "expected 1900 … 2198, got 20255. Check the year.",
        ),
        (
            lambda: TimeGrid.of_span(datetime(2025, 1, 1), datetime(2025, 1, 1, 1, 10), "UTC"),
            "clock.broken-span: end: the span is not a whole number of steps; expected a multiple of 15 min, "
            "got 2025-01-01 00:00:00 … 2025-01-01 01:10:00. Move the start or the end, or choose another step.",
        ),
        (
            lambda: TimeGrid.of_span(datetime(2025, 3, 30, 2, 30), datetime(2025, 4, 1), BERLIN),
            "clock.absent-stamp: start: this local time does not exist: the clock skips it when it is put forward; "
            "got 2025-03-30 02:30:00. Correct the stamp, write it with its UTC offset, or check the time zone.",
        ),
    ],
)
def test_a_grid_that_cannot_be_is_refused(make: Callable[[], TimeGrid], message: str) -> None:
    with pytest.raises(InputError) as refused:
        make()
    assert str(refused.value) == message


def test_a_span_reads_aware_times_and_fold() -> None:
    """Rules out that an offset is ignored: 26 October 02:00 comes twice, an hour apart."""
    end = datetime(2025, 10, 26, 3)
    daylight = TimeGrid.of_span(datetime(2025, 10, 26, 2), end, BERLIN, 60)
    standard = TimeGrid.of_span(datetime(2025, 10, 26, 2, fold=1), end, BERLIN, 60)
    aware = TimeGrid.of_span(datetime(2025, 10, 26, 8, tzinfo=timezone(timedelta(hours=8))), end, BERLIN, 60)
    assert (daylight.steps, standard.steps, aware.start) == (2, 1, daylight.start)


# ----------------------------------------------------------------------------------------------------- local stamps


def test_the_repeated_hour_is_read_in_the_order_of_the_file() -> None:
    """Rules out both passes on one instant, which would double an hour and lose another."""
    wall = [f"2025-10-26T{hour:02}:{minute:02}" for hour in (1, 2, 2, 3) for minute in (0, 30)]
    read = to_utc(minutes(*wall), BERLIN)
    first = np.datetime64("2025-10-25T23:00")
    assert said(read.utc) == said(first + np.arange(8) * np.timedelta64(30, "m"))
    assert read.problems == ()


def test_a_first_pass_with_gaps_does_not_steal_from_the_second() -> None:
    """Rules out counting how often a stamp has come: 02:15 is absent from the first pass."""
    wall = minutes("2025-10-26T02:00", "2025-10-26T02:30", "2025-10-26T02:00", "2025-10-26T02:15", "2025-10-26T02:30")
    assert [time[-5:] for time in said(to_utc(wall, BERLIN).utc)] == ["00:00", "00:30", "01:00", "01:15", "01:30"]


def test_lord_howe_repeats_half_an_hour() -> None:
    wall = minutes("2025-04-06T01:15", "2025-04-06T01:30", "2025-04-06T01:45", "2025-04-06T01:30", "2025-04-06T01:45")
    assert [time[-5:] for time in said(to_utc(wall, LORD_HOWE).utc)] == ["14:15", "14:30", "14:45", "15:00", "15:15"]


def test_a_file_may_run_backward() -> None:
    """Rules out that a newest-first file reads standard time as daylight time."""
    grid = TimeGrid.of_year(2025, BERLIN)
    read = to_utc(grid.local[::-1], BERLIN)
    assert (read.utc == grid.utc[::-1]).all()
    assert read.problems == ()


def test_a_stamp_that_does_not_exist_is_reported_and_not_shifted() -> None:
    """Rules out zoneinfo's silent 02:30 → 03:30."""
    wall = minutes("2025-03-30T01:30", "2025-03-30T02:00", "2025-03-30T02:30", "2025-03-30T03:00")
    read = to_utc(wall, BERLIN)
    assert said(read.utc) == ["2025-03-30T00:30", "NaT", "NaT", "2025-03-30T01:00"]
    (problem,) = read.problems
    assert (problem.code, problem.positions.tolist()) == ("clock.absent-stamp", [1, 2])
    assert problem.finding("load.csv").text("zh") == (
        "clock.absent-stamp: load.csv：该当地时间不存在：夏令时开始时时钟跳过了这一时刻；实为 2025-03-30 02:00 (×2)。"
        "请更正时间戳，或写明与 UTC 的时差，或核对时区。"
    )


def test_a_repeated_hour_that_comes_once_is_said() -> None:
    """Rules out that a file of 24 hours for a day of 25 is taken without a word."""
    wall = minutes(*(f"2025-10-26T{hour:02}:00" for hour in range(24)))
    read = to_utc(wall, BERLIN)
    assert said(read.utc[1:4]) == ["2025-10-25T23:00", "2025-10-26T00:00", "2025-10-26T02:00"]
    (problem,) = read.problems
    assert (problem.code, problem.positions.tolist()) == ("clock.repeated-hour-once", [2])
    assert problem.finding("load.csv").severity is Severity.WARNING


def test_end_stamps_become_starts() -> None:
    """Rules out the shift by a step that reads 00:15 … 24:00 as 00:15 … 24:00."""
    ends = np.datetime64("2025-01-01T00:15") + np.arange(96) * np.timedelta64(15, "m")
    read = to_utc(ends, SHANGHAI, stamps="end", step_minutes=15)
    assert said(read.utc[[0, -1]]) == ["2024-12-31T16:00", "2025-01-01T15:45"]


@pytest.mark.parametrize("step", [15, 60])
@pytest.mark.parametrize("clock", ["new", "old"])
def test_end_stamps_around_a_clock_change(step: int, clock: str) -> None:
    """An interval that ends with the change is stamped 03:00 or 02:00; rules out that one habit loses an hour."""
    grid = TimeGrid.of_year(2025, BERLIN, step)
    ends = grid.utc + np.timedelta64(step, "m")
    by_new_clock, by_old_clock = ends + utc_offsets(ends, BERLIN), grid.local + np.timedelta64(step, "m")
    read = to_utc(by_new_clock if clock == "new" else by_old_clock, BERLIN, stamps="end", step_minutes=step)
    assert (read.utc == grid.utc).all()
    assert read.problems == ()


def test_a_day_the_zone_skipped_does_not_exist() -> None:
    """Samoa had no 30 December 2011."""
    read = to_utc(minutes("2011-12-29T23:00", "2011-12-30T12:00", "2011-12-31T00:00"), "Pacific/Apia")
    assert said(read.utc) == ["2011-12-30T09:00", "NaT", "2011-12-30T10:00"]


def test_missing_stamps_stay_missing() -> None:
    read = to_utc(minutes("NaT", "2025-01-01T00:00"), SHANGHAI)
    assert (said(read.utc), read.problems) == (["NaT", "2024-12-31T16:00"], ())


def test_no_stamps_are_no_instants() -> None:
    assert (to_utc(minutes(), BERLIN).utc.size, parse_stamps([], BERLIN).utc.size) == (0, 0)


# ------------------------------------------------------------------------------------------------------------ texts


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-31 23:45",
        "2025-01-31 23:45:00",
        "2025-01-31T23:45:00.000",
        "2025/1/31 23:45",
        "2025.01.31 23:45",
        "31.01.2025 23:45",
        "31/1/2025 23:45",
        "1/31/2025 23:45",
        "2025年1月31日 23:45",
        "2025年01月31日23时45分",
        "2025-01-31T15:45Z",
        "2025-01-31T23:45+08:00",
        "2025-01-31 23:45:00+0800",
        "2025-01-31T10:45-05:00",
        "  2025-01-31 23:45  ",
    ],
)
def test_common_forms_are_read(text: str) -> None:
    read = parse_stamps([text], SHANGHAI)
    assert (said(read.utc), read.unreadable.tolist(), read.problems) == (["2025-01-31T15:45"], [False], ())


@pytest.mark.parametrize(
    ("text", "stamps", "start"),
    [
        ("2024-02-28 24:00", "start", "2024-02-28T16:00"),
        ("2024/2/29 24:00", "end", "2024-02-29T15:45"),
        ("2025-12-31 24:00", "end", "2025-12-31T15:45"),
        ("2025-01-01", "start", "2024-12-31T16:00"),
    ],
)
def test_24_00_is_the_next_days_midnight(text: str, stamps: StampSide, start: str) -> None:
    """Rules out midnight of the same day, a day early, also at the end of a month and a year."""
    assert said(parse_stamps([text], SHANGHAI, stamps=stamps).utc) == [start]


def test_an_end_stamp_with_an_offset_is_shifted_too() -> None:
    assert said(parse_stamps(["2025-01-01T00:15+08:00"], BERLIN, stamps="end").utc) == ["2024-12-31T16:00"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "now",
        "45658.25",
        "2025-02-29 00:00",
        "2025-13-01 00:00",
        "2025-00-10 00:00",
        "2025-01-01 24:15",
        "2025-01-01 12:60",
        "2025-01-01 00:00:30",
        "2025-01/01 00:00",
        "1825-01-01 00:00",
        "2025-01-01 00:00+25:00",
        "31.13.2025 00:00",
        "45/45/2025 00:00",
        "2025-01-01x00:00",
        "\uff12\uff10\uff12\uff15-01-01 00:00",
        "2025-01-01 00:00 " * 5,
    ],
)
def test_what_is_no_stamp_is_said(text: str) -> None:
    """Rules out 29 February 2025 as 1 March, seconds dropped, Excel's day numbers, the clock of this machine."""
    read = parse_stamps(["2025-01-31 23:45", text], SHANGHAI)
    assert (said(read.utc), read.unreadable.tolist()) == (["2025-01-31T15:45", "NaT"], [False, True])
    assert [problem.code for problem in read.problems] == ["clock.unreadable-stamp"]


def test_the_whole_column_tells_day_from_month() -> None:
    """Rules out reading each row for itself: 1/2 is the first of February here, since 13/2 follows."""
    read = parse_stamps(["1/2/2025 0:00", "13/2/2025 0:00"], "UTC")
    assert said(read.utc) == ["2025-02-01T00:00", "2025-02-13T00:00"]
    read = parse_stamps(["1/2/2025 0:00", "2/13/2025 0:00"], "UTC")
    assert said(read.utc) == ["2025-01-02T00:00", "2025-02-13T00:00"]


@pytest.mark.parametrize("second", ["3/2/2025 0:00", "13/2/2025 0:00"])
def test_day_and_month_that_cannot_be_told_apart_are_refused(second: str) -> None:
    """Rules out a guess, also for a column that speaks both ways (13/2 and 2/14)."""
    texts = ["1/2/2025 0:00", second, *(["2/14/2025 0:00"] if second.startswith("13") else [])]
    read = parse_stamps(texts, "UTC")
    assert read.unreadable.all()
    (problem,) = read.problems
    assert problem.finding("load.csv").text() == (
        "clock.ambiguous-date: load.csv: day and month cannot be told apart in this column; "
        f"got 1/2/2025 0:00 (×{len(texts)}). "
        "Write the year first, or state whether the day or the month comes first."
    )


@pytest.mark.parametrize(("day_first", "day"), [(True, "2025-02-01T00:00"), (False, "2025-01-02T00:00")])
def test_a_stated_order_settles_it(day_first: bool, day: str) -> None:
    assert said(parse_stamps(["1/2/2025 0:00"], "UTC", day_first=day_first).utc) == [day]


def test_a_dot_means_the_day_comes_first() -> None:
    assert said(parse_stamps(["1.2.2025 0:00"], "UTC").utc) == ["2025-02-01T00:00"]


def test_naive_texts_pass_the_clock_changes_in_file_order() -> None:
    """A year of local stamps with its 23-hour and 25-hour days comes back whole."""
    grid = TimeGrid.of_year(2025, BERLIN)
    read = parse_stamps([str(time).replace("T", " ") for time in grid.local], BERLIN)
    assert (read.utc == grid.utc).all()
    assert read.problems == ()
