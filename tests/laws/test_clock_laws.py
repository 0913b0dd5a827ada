"""Laws of time: local and UTC are two names of the same instants, whatever the zone does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lingtan.clock import TimeGrid, days_in_year, parse_stamps, to_utc, utc_offsets

ZONES = st.sampled_from(
    [
        "Asia/Shanghai",
        "Europe/Berlin",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "America/Havana",
        "Africa/Cairo",
        "America/Sao_Paulo",
        "Pacific/Apia",
        "Atlantic/Azores",
        "Africa/Casablanca",
        "UTC",
    ]
)
YEARS = st.integers(1987, 2060)  # Nepal began 1986 at 00:15: its midnight, and so the calendar year, has no instant
STEPS = st.sampled_from([5, 10, 15, 30, 60])


@given(zone=ZONES, year=YEARS, step=STEPS, day=st.integers(0, 364), days=st.integers(1, 120))
def test_local_stamps_of_a_grid_come_back_as_its_instants(zone: str, year: int, step: int, day: int, days: int) -> None:
    """No hour is lost or doubled, even where the window begins or ends near a clock change."""
    steps = days * 1440 // step
    start = np.datetime64(f"{year}-01-01T00:00") + np.timedelta64(day * 1440, "m")
    grid = TimeGrid(start, step, steps, zone)
    read = to_utc(grid.local, zone)
    once = {
        int(position)
        for problem in read.problems
        if problem.code == "clock.repeated-hour-once"
        for position in problem.positions
    }
    told = np.array([position not in once for position in range(steps)])
    assert (read.utc == grid.utc)[told].all()
    assert not np.isnat(read.utc).any()


@given(zone=ZONES, seconds=st.lists(st.integers(0, 2_500_000_000), min_size=1, max_size=50))
def test_offsets_are_those_of_the_standard_library(zone: str, seconds: list[int]) -> None:
    minutes = [second // 60 for second in seconds]
    offsets = utc_offsets(np.array(minutes, "M8[m]"), zone).astype(int).tolist()
    moments = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute) for minute in minutes]
    due = [moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for moment in moments]
    assert offsets == [round(offset.total_seconds() / 60) for offset in due]


@given(year=YEARS)
def test_a_year_in_shanghai_has_96_steps_a_day(year: int) -> None:
    """8760 · 4 or 8784 · 4; until 1991 summer time moved an hour from one day to another, never out of the year."""
    assert TimeGrid.of_year(year, "Asia/Shanghai").steps == days_in_year(year) * 96


@given(year=YEARS)
def test_a_year_in_berlin_has_one_short_and_one_long_day(year: int) -> None:
    lengths = TimeGrid.of_year(year, "Europe/Berlin", 60).steps_of_day
    assert sorted(lengths[lengths != 24].tolist()) == [23, 25]


@given(zone=ZONES, year=YEARS, step=STEPS)
def test_the_calendar_of_a_year_is_whole(zone: str, year: int, step: int) -> None:
    grid = TimeGrid.of_year(year, zone, step)
    assert (grid.year == year).all()
    assert grid.months.size == 12
    assert int(grid.steps_of_day.sum()) == grid.steps
    assert (np.diff(grid.day_index) >= 0).all()
    assert grid.index(grid.utc[grid.steps // 2]) == grid.steps // 2


@given(
    zone=ZONES,
    moment=st.datetimes(datetime(1985, 1, 1), datetime(2060, 1, 1)),
    form=st.sampled_from(["%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M:00Z"]),
)
def test_a_text_says_the_same_as_the_stamp_it_was_written_from(zone: str, moment: datetime, form: str) -> None:
    stamp = np.array([moment.replace(second=0, microsecond=0)], "M8[m]")
    read = parse_stamps([moment.strftime(form)], zone)
    due = stamp if form.endswith("Z") else to_utc(stamp, zone).utc
    assert np.array_equal(read.utc, due, equal_nan=True)
