"""Real recordings beside the repository (shared/data/README.md): each with the trap it is known for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.series import Expectation, FileSource, Reading, map_days, map_series, read_series, whole_days
from lingtan.series.calendar_map import types_by_weekday

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no recordings at {DATA}")


def read(file: str, column: str, unit: str, zone: str, *, expected: Expectation | None = None, **rest: Any) -> Reading:
    source = FileSource(file=file, column=column, unit=unit, **rest)
    return read_series(source, name="series", folder=DATA, zone=zone, expected=expected)


def codes(error: pytest.ExceptionInfo[InputError]) -> list[tuple[str, int]]:
    return [(found.code, found.line) for found in error.value.findings]


def test_victoria_has_three_years_of_local_days() -> None:
    """52,608 half-hours from 2012-01-01 local; demand of about 4.7 GW, given in MW."""
    series = read("vic_elec.parquet", "demand_mw", "MW", "Australia/Melbourne").series
    assert (str(series.grid.local[0]), series.grid.steps, series.grid.step_minutes) == ("2012-01-01T00:00", 52_608, 30)
    assert series.values[0] == pytest.approx(4382.825174e3, rel=1e-12)
    assert np.unique(series.grid.steps_of_day, return_counts=True)[1].tolist() == [3, 1090, 3]


def test_a_measured_year_is_studied_in_another_with_its_mean_about_kept() -> None:
    series = read("vic_elec.parquet", "demand_mw", "MW", "Australia/Melbourne").series
    first = TimeGrid.of_year(2012, "Australia/Melbourne", 30)
    year = series.window(0, first.steps)
    target = TimeGrid.of_year(2025, "Australia/Melbourne", 30)
    days = whole_days(year.grid)
    mapped = map_series(
        year, map_days(days, types_by_weekday(days), target.days, types_by_weekday(target.days)), target
    )
    assert mapped.mean == pytest.approx(year.mean, rel=0.005)
    assert mapped.values.max() == year.values.max()


def test_the_steel_plant_closes_its_days_with_midnight() -> None:
    with pytest.raises(InputError) as error:
        read("steel_plant.csv.gz", "Usage_kWh", "kWh", "Asia/Seoul")
    assert codes(error) == [("series.midnight-closes-day", 97)]


def test_the_steel_plant_read_as_it_is_meant() -> None:
    """Its largest quarter-hour, 157.18 kWh, is 628.72 kW; its year is complete once midnight ends the day."""
    told = {"stamps": "end", "midnight": "end_of_day"}
    series = read("steel_plant.csv.gz", "Usage_kWh", "kWh", "Asia/Seoul", expected=Expectation("load"), **told).series
    assert series.grid == TimeGrid.of_year(2018, "Asia/Seoul", 15)
    assert (series.values.max(), series.values[0]) == (pytest.approx(628.72), pytest.approx(4 * 3.17))


def test_the_district_is_complete_in_its_own_zone_only() -> None:
    """Its clock skips 2020-03-29 02:00 and shows 2020-10-25 02:00 twice; in UTC that is disorder in line 28,618."""
    series = read("district_2020.csv.gz", "P_Netz/MW", "MW", "Europe/Berlin").series
    assert series.grid == TimeGrid.of_year(2020, "Europe/Berlin", 15)
    assert series.values[0] == pytest.approx(58_390.0)
    with pytest.raises(InputError) as error:
        read("district_2020.csv.gz", "P_Netz/MW", "MW", "UTC")
    assert codes(error) == [("series.unordered", 28_618)]


def test_the_chp_plant_needs_sorting_and_a_word_on_doubles_and_gaps() -> None:
    told: dict[str, Any] = {"header_line": 4, "sort": True}
    with pytest.raises(InputError) as error:
        read("chp_operation.csv.gz", "ST Power", "MW", "UTC", **told)
    assert [code for code, _ in codes(error)] == ["series.double-stamp", "series.double-row"]
    series = read(
        "chp_operation.csv.gz", "ST Power", "MW", "UTC", **told, duplicates="first", repair="interpolate"
    ).series
    assert (str(series.grid.local[0]), str(series.grid.local[-1])) == ("2021-05-01T06:00", "2022-01-26T18:45")


def test_the_sun_of_a_chinese_plant_stands_in_beijing_time() -> None:
    """Own use at night makes 18,055 values negative; read as UTC, its noon lies 4.7 h from where the sun has it."""
    file, column = "stategrid_solar_site5.parquet", "Power (MW)"
    sun = Expectation("solar", peak=110_000.0, longitude=115.0)
    with pytest.raises(InputError) as error:
        read(file, column, "MW", "Asia/Shanghai", expected=sun)
    assert str(error.value).count("got 18055 ×, the lowest -0.54") == 1
    assert read(file, column, "MW", "Asia/Shanghai", expected=sun, negative="zero").findings == ()
    wrong = read(file, column, "MW", "UTC", expected=sun, negative="zero").findings
    assert [found.code for found in wrong] == ["series.noon"]
