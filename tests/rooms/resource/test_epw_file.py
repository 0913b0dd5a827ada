"""Typical years in the EnergyPlus format: which hour a row is, and what is said about a broken file."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import read_weather
from lingtan.resource.irradiance import best_shift_minutes, check_sun, see_sun
from lingtan.resource.source import EpwWeather
from lingtan.resource.sun import sun_path
from tests.rooms.resource.weather_samples import ON_THE_MERIDIAN, epw_text

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)


def read(folder: Path, text: str, sun_minutes: int = 0):
    (folder / "a.epw").write_text(text, "utf-8")
    return read_weather(EpwWeather(epw="a.epw", sun_minutes=sun_minutes), YEAR, folder=folder).weather


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as error:
        read(folder, text)
    [found] = error.value.findings
    return found.text().replace(str(folder), "")


def test_hour_one_is_the_first_hour_of_local_standard_time(tmp_path: Path) -> None:
    """Rules out that hour 1 is taken for 01:00 to 02:00, or for UTC: 00:00 in China is 16:00 of the day before."""
    weather = read(tmp_path, epw_text(lambda row: row % 1000))
    assert str(weather.grid.start) == "2000-12-31T16:00"
    assert weather.laid_on(YEAR)["ghi_w_per_m2"][[0, 1, 999, 1000]].tolist() == [0, 1, 999, 0]


def test_a_value_out_of_range_is_named_by_the_clock_of_the_file(tmp_path: Path) -> None:
    """Row 13 of the first day is its hour 13, which begins at 12:00; the nominal year is nobody's business."""
    assert refusal(tmp_path, epw_text(lambda row: 1900.0 if row == 12 else 0.0)) == (
        "resource.weather-range: weather.ghi_w_per_m2: a value lies outside what has been measured on Earth; expected "
        "0 … 1800, got 1900 at 01-01 12:00 (×1). Check its unit, and the numbers that stand for 'missing'."
    )


def test_what_the_file_does_not_know_is_absent(tmp_path: Path) -> None:
    """DNI and DHI are 9999 throughout: missing is not zero."""
    weather = read(tmp_path, epw_text(lambda row: float(row % 24)))
    assert set(weather.quantities) == {"temperature_c", "pressure_pa", "ghi_w_per_m2", "wind_m_per_s"}
    assert (weather.location, weather.wind_height_m, weather.typical) == (ON_THE_MERIDIAN, 10.0, True)
    assert [note.en for note in weather.origin] == ["typical year of Sampleton (30, 120)"]


def test_packed_files_are_read_alike(tmp_path: Path) -> None:
    text = epw_text(lambda row: float(row % 24))
    (tmp_path / "b.epw.gz").write_bytes(gzip.compress(text.encode()))
    packed = read_weather(EpwWeather(epw="b.epw.gz"), YEAR, folder=tmp_path).weather
    assert np.array_equal(packed["ghi_w_per_m2"], read(tmp_path, text)["ghi_w_per_m2"])


def clear_by_hour(minutes_late: int) -> np.ndarray:
    """What a row would hold if the irradiance of each hour were seen so much later than the middle of it."""
    fine = TimeGrid(np.datetime64("2000-12-31T16:00") + np.timedelta64(minutes_late, "m"), 15, 35_040, "UTC")
    return sun_path(fine, ON_THE_MERIDIAN).clear_w_per_m2.reshape(-1, 4).mean(axis=1)


@pytest.mark.parametrize("late", [0, -30])
def test_the_hour_convention_is_tested_against_the_sun(tmp_path: Path, late: int) -> None:
    """A file by the standard fits as it is; one whose hour h holds the sun of h-1:00 fits half an hour earlier."""
    clear = clear_by_hour(late)
    weather = read(tmp_path, epw_text(lambda row: clear[row]))
    seen = see_sun(weather, ON_THE_MERIDIAN, steps_of=weather.grid)
    assert best_shift_minutes(seen) == pytest.approx(late, abs=2)
    told = see_sun(read(tmp_path, epw_text(lambda row: clear[row]), late), ON_THE_MERIDIAN, steps_of=weather.grid)
    assert best_shift_minutes(told) == pytest.approx(0, abs=2)
    assert check_sun(told, "series.sun") == []
    said = [found.text() for found in check_sun(seen, "series.sun")]
    assert said == (
        []
        if late == 0
        else [
            "resource.sun-shifted: series.sun: the irradiance would fit the sun better at another time of its hour; got "
            "30 min earlier. Write `sun_minutes: -30` if the maker of the file put it down so."
        ]
    )


def test_irradiance_in_the_night_is_a_warning(tmp_path: Path) -> None:
    """A file of UTC hours read as Beijing time has its noon in the evening."""
    clear = np.roll(clear_by_hour(0), 8)
    weather = read(tmp_path, epw_text(lambda row: clear[row]))
    first, *_ = check_sun(see_sun(weather, ON_THE_MERIDIAN, steps_of=weather.grid), "series.sun")
    assert (first.code, first.severity) == ("resource.sun-at-night", "warning")


def test_a_file_that_is_no_epw(tmp_path: Path) -> None:
    assert refusal(tmp_path, "time,ghi\n") == (
        "/a.epw:1: resource.not-epw: weather: the file is not in the EnergyPlus weather format; expected LOCATION,…, got "
        "time,ghi. An EPW file begins with LOCATION and has a line DATA PERIODS before its rows; for other files use `csv`."
    )


def test_a_lost_row_is_seen(tmp_path: Path) -> None:
    """Rules out that all rows after it stand an hour early."""
    lines = epw_text().splitlines()
    whole = "Complete the file: one row an hour from 1 January 1 h to 31 December 24 h, each with all its columns."
    start = "resource.epw-rows: weather: the rows are not the hours of one whole year; expected"
    assert refusal(tmp_path, "\n".join(lines[:50] + lines[51:])) == f"/a.epw: {start} 8760, 8784, got 8759. {whole}"
    swapped = "\n".join([*lines[:49], lines[50], lines[49], *lines[51:]])
    assert refusal(tmp_path, swapped) == f"/a.epw:50: {start} 1,2,18, got 1,2,19. {whole}"


def test_half_hours_and_odd_fields_are_refused(tmp_path: Path) -> None:
    text = epw_text()
    assert ":8: resource.epw-rows" in refusal(tmp_path, text.replace("DATA PERIODS,1,1", "DATA PERIODS,1,2"))
    assert ":9: resource.not-a-number" in refusal(tmp_path, text.replace("15.0,9.0", "warm,9.0", 1))
    assert refusal(tmp_path, text.replace("15.0,9.0", "99.9,9.0", 1)).startswith("resource.weather-gap: weather.temp")


def test_an_absent_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_weather(EpwWeather(epw="none.epw"), YEAR, folder=tmp_path, who="series.sun.pv.weather")
    assert str(error.value).replace(str(tmp_path), "") == (
        "/none.epw: resource.no-file: series.sun.pv.weather: the file of weather does not exist; got none.epw. Check the "
        "name; it counts from the folder of the park file."
    )
    (tmp_path / "broken.epw.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"resource\.unreadable"):
        read_weather(EpwWeather(epw="broken.epw.gz"), YEAR, folder=tmp_path)
