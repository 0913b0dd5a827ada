"""A recording on the studied grid: cut where it is of the studied year and zone, laid over it day by day where not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid, weekday_of
from lingtan.series import Quality
from tests.rooms.case.case_samples import case_in, gathered

NEED = "need: {constant: 1, unit: MW}"

# Public holidays of all German states in 2016, on weekdays but for Easter: Good Friday, Easter Monday, Labor Day (a
# Sunday), Ascension, Whit Monday, Unity Day, Christmas. Chinese days off and make-up workdays as gazetted for 2025.
GERMAN_2016 = {"2016-01-01", "2016-03-25", "2016-03-28", "2016-05-01", "2016-05-05", "2016-05-16", "2016-10-03"}
GERMAN_2016 |= {"2016-12-25", "2016-12-26"}
MAKEUP_2025 = ("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11")
HOLIDAYS_2025 = ("2025-01-01", "2025-01-28", "2025-02-04", "2025-04-04", "2025-05-05", "2025-06-02", "2025-10-01")


def write_csv(path: Path, grid: TimeGrid, values: np.ndarray) -> None:
    """Naive stamps of the grid's wall clock and a column `kw`."""
    rows = (f"{str(at).replace('T', ' ')},{value:g}" for at, value in zip(grid.local, values, strict=True))
    path.write_text("time,kw\n" + "\n".join(rows) + "\n", "utf-8")


def coded(grid: TimeGrid) -> np.ndarray:
    """Day of the year, counted back from the 400th, and hour in one number: 12 March, 17 h of 2016 is 328,017 kW."""
    return (399 - grid.day_index) * 1000.0 + grid.hour


@cache
def _berlin_2016() -> TimeGrid:
    return TimeGrid.of_year(2016, "Europe/Berlin", 60)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("mapped")
    write_csv(folder / "load.csv", _berlin_2016(), coded(_berlin_2016()))
    source = "need: {file: load.csv, column: kw, unit: kW, zone: Europe/Berlin, holidays: DE}"
    return case_in(folder, (NEED, source), ("capacity: 2 MVA", "capacity: 999 MVA"))


def taken(case: Case) -> np.ndarray:
    """The measured day of each studied one, read off the values at noon."""
    noon = case.series["need"].values[case.grid.hour == 12]
    return np.datetime64("2016-01-01") + (399 - noon // 1000).astype(int)


def day_taken(case: Case, day: str) -> str:
    return str(taken(case)[np.flatnonzero(case.grid.days == np.datetime64(day))[0]])


def test_every_hour_keeps_its_place_on_the_clock(mapped: Case) -> None:
    """German clock time becomes Chinese clock time: an early shift stays one. Of 2016-03-27 the clock skipped 2 h."""
    hours = mapped.series["need"].values % 1000
    odd = np.flatnonzero(hours != mapped.grid.hour)
    assert odd.size <= 1
    assert set(mapped.grid.hour[odd]) <= {2}


def test_workdays_meet_workdays_of_their_weekday(mapped: Case) -> None:
    """Laid over by date, 2016 would put a Friday on each Wednesday and Sundays into the week."""
    ordinary = weekday_of(mapped.grid.days) < 5
    for day in HOLIDAYS_2025:
        ordinary &= np.abs((mapped.grid.days - np.datetime64(day)).astype(int)) > 8
    source = taken(mapped)[ordinary]
    assert np.array_equal(weekday_of(source), weekday_of(mapped.grid.days[ordinary]))
    assert not set(map(str, source)) & GERMAN_2016


@pytest.mark.parametrize("day", HOLIDAYS_2025)
def test_a_chinese_holiday_takes_a_day_on_which_germany_rested(mapped: Case, day: str) -> None:
    source = day_taken(mapped, day)
    assert source in GERMAN_2016 or weekday_of(np.array([source], "M8[D]"))[0] == 6


def test_weather_keeps_no_holidays(tmp_path: Path) -> None:
    """Weather read with a load's holidays would put the sky of a few German rest days over each Chinese week of festival."""
    write_csv(tmp_path / "sun.csv", _berlin_2016(), coded(_berlin_2016()) / 1e6)
    sun = 'sun: {file: sun.csv, column: kw, unit: "1", zone: Europe/Berlin}'
    case = case_in(tmp_path, ("sun: {constant: 0.2}", sun), ("family: pv", "family: wind"))
    noon = case.series["sun"].values[case.grid.hour == 12] * 1e6
    source = np.datetime64("2016-01-01") + (399 - noon // 1000).round().astype(int)
    assert np.array_equal(weekday_of(source), weekday_of(case.grid.days))
    assert len(set(source.tolist())) >= 355


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
def test_the_sun_keeps_no_summer_time(tmp_path: Path, zone: str) -> None:
    """A sun that shone at 11 h UTC every day of 2016, noon of Berlin's standard time, shines at noon of the park's standard time.

    Mapped by the wall clock, half of the year's sun in Shanghai is an hour late, toward the evening's peak price.
    """
    year = _berlin_2016()
    write_csv(tmp_path / "sun.csv", year, np.where((year.utc - year.utc.astype("M8[D]")).astype(int) == 660, 0.9, 0.0))
    sun = 'sun: {file: sun.csv, column: kw, unit: "1", zone: Europe/Berlin}'
    case, _ = gathered(tmp_path, ("sun: {constant: 0.2}", sun), ("zone: Asia/Shanghai", f"zone: {zone}"))
    assert case is not None
    shines = case.series["sun"].values > 0
    noon = {"Asia/Shanghai": 240, "Europe/Berlin": 660}[zone]
    minutes = (case.grid.utc - case.grid.utc.astype("M8[D]")).astype(int)
    assert np.array_equal(shines, minutes == noon)
    assert set(case.series["sun"].quality) <= {Quality.MAPPED, Quality.MEASURED}


@pytest.mark.parametrize("day", MAKEUP_2025)
def test_a_make_up_workday_takes_a_workday(mapped: Case, day: str) -> None:
    """It is a Saturday or Sunday that works: read off the weekday, the plant would stand still."""
    source = day_taken(mapped, day)
    assert weekday_of(np.array([source], "M8[D]"))[0] < 5
    assert source not in GERMAN_2016


def test_the_season_is_kept(mapped: Case) -> None:
    source, studied = taken(mapped), mapped.grid.days
    place = (source - np.datetime64("2016-01-01")).astype(int), (studied - np.datetime64("2025-01-01")).astype(int)
    apart = np.abs(place[0] - place[1])
    assert np.minimum(apart, 365 - apart).max() <= 46


def test_a_mapped_series_says_so(mapped: Case) -> None:
    """Its values were measured, but not on these days: no report may call them measured."""
    series = mapped.series["need"]
    assert set(series.quality) <= {Quality.MAPPED, Quality.REPAIRED}
    assert series.share(Quality.MAPPED) >= 0.99
    notes = [note.en if hasattr(note, "en") else note for note in series.origin]
    assert any(note.startswith("load.csv, column 'kw'") for note in notes)
    assert any(note.startswith("studied days: 365, taken from 366 measured ones") for note in notes)
    assert any("steps that the clock showed twice, averaged: 1" in note for note in notes)
    assert any(note.startswith("mean ") and "peak " in note for note in notes)
    assert {use.record.place.country for use in mapped.calendars} == {"CN", "DE"}


def test_a_recording_of_the_studied_year_is_cut_exactly(tmp_path: Path) -> None:
    """From October before to February after; nothing is moved, and measured stays measured."""
    year = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    first = year.start - np.timedelta64(60 * 24 * 80, "m")
    recorded = TimeGrid(first, 60, 24 * (80 + 365 + 40), "Asia/Shanghai")
    values = np.arange(recorded.steps, dtype=float)[::-1]
    write_csv(tmp_path / "load.csv", recorded, values)
    series = case_in(
        tmp_path, (NEED, "need: {file: load.csv, column: kw, unit: kW}"), ("capacity: 2 MVA", "capacity: 99 MVA")
    ).series["need"]
    assert series.grid == year
    assert series.values.tolist() == values[24 * 80 : 24 * 80 + 8760].tolist()
    assert series.share(Quality.MEASURED) == 1.0


def test_finer_recordings_are_averaged_onto_the_studied_step(tmp_path: Path) -> None:
    quarter = TimeGrid.of_year(2025, "Asia/Shanghai", 15)
    write_csv(tmp_path / "load.csv", quarter, np.tile([0.0, 100.0, 200.0, 300.0], 8760))
    case = case_in(tmp_path, (NEED, "need: {file: load.csv, column: kw, unit: kW}"))
    assert set(case.series["need"].values) == {150.0}


def test_a_recording_off_the_studied_steps_is_not_shifted(tmp_path: Path) -> None:
    """Hours that begin at half past are half of each of two studied hours, not either of them."""
    year = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    recorded = TimeGrid(year.start - np.timedelta64(30, "m"), 60, 8761, "Asia/Shanghai")
    write_csv(tmp_path / "load.csv", recorded, np.arange(8761.0))
    case, findings = gathered(
        tmp_path, (NEED, "need: {file: load.csv, column: kw, unit: kW}"), ("capacity: 2 MVA", "capacity: 99 MVA")
    )
    assert case is not None, findings
    assert case.series["need"].grid == year
    assert case.series["need"].values[:3].tolist() == [0.5, 1.5, 2.5]


def test_a_file_that_is_away_is_a_finding_at_the_line_of_the_park(tmp_path: Path) -> None:
    case, findings = gathered(tmp_path, (NEED, "need: {file: gone.csv, column: kw, unit: kW}"))
    assert case is None
    assert [(found.code, found.who, found.file, found.line) for found in findings] == [
        ("series.no-file", "series.need", str(tmp_path / "park.yaml"), 16)
    ]


def test_a_fault_in_a_file_stands_in_that_file(tmp_path: Path) -> None:
    write_csv(tmp_path / "load.csv", TimeGrid.of_year(2025, "Asia/Shanghai", 60), np.ones(8760))
    rows = (tmp_path / "load.csv").read_text("utf-8").splitlines()
    rows[41] = rows[41].replace(",1", ",one")
    (tmp_path / "load.csv").write_text("\n".join(rows), "utf-8")
    findings = gathered(tmp_path, (NEED, "need: {file: load.csv, column: kw, unit: kW}"))[1]
    assert [(found.code, Path(found.file).name, found.line) for found in findings] == [
        ("series.not-a-number", "load.csv", 42)
    ]
