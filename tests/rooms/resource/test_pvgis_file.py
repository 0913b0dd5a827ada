"""Hourly records and typical years of PVGIS, in both formats."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import Location, Weather, read_weather
from lingtan.resource.source import PvgisWeather
from lingtan.series import Quality
from tests.rooms.resource.weather_samples import (
    nominal_hours,
    pvgis_hourly_csv,
    pvgis_hourly_json,
    pvgis_typical_csv,
)

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)


def read(folder: Path, text: str, suffix: str = "csv", **keys: int) -> Weather:
    (folder / f"a.{suffix}").write_text(text, "utf-8", newline="")
    return read_weather(PvgisWeather(pvgis=f"a.{suffix}", **keys), YEAR, folder=folder).weather


def refusal(folder: Path, text: str, suffix: str = "csv") -> str:
    with pytest.raises(InputError) as error:
        read(folder, text, suffix)
    [found] = error.value.findings
    return found.text().replace(str(folder), "")


def test_an_hourly_record_with_components(tmp_path: Path) -> None:
    """SARAH sees the place at ten past: the value speaks for 23:40 to 00:40, twenty minutes before its hour."""
    weather = read(tmp_path, pvgis_hourly_csv())
    assert weather["ghi_w_per_m2"].tolist() == [150.0, 260.0, 0.0]
    assert weather["dhi_w_per_m2"].tolist() == [50.0, 60.0, 0.0]
    assert weather["temperature_c"].tolist() == [8.5, 9.0, 8.0]
    assert weather["wind_m_per_s"].tolist() == [1.2, 1.3, 1.1]
    assert (str(weather.grid.start), weather.sun_minutes, weather.typical) == ("2020-01-01T00:00", -20, False)
    assert weather.quality.tolist() == [Quality.MEASURED, Quality.REPAIRED, Quality.MEASURED]
    assert weather.location == Location(28.77, 104.62, 300.0)
    assert [note.en for note in weather.origin] == [
        "hourly record of PVGIS PVGIS-SARAH3 for 28.77, 104.62, seen by satellite or modeled",
        "the irradiance of an hour was seen 20 min earlier than the middle of it",
    ]


def test_json_says_the_same_and_has_no_components(tmp_path: Path) -> None:
    weather = read(tmp_path, pvgis_hourly_json(), "json")
    assert weather["ghi_w_per_m2"].tolist() == [150.0, 260.0, 0.0]
    assert "dhi_w_per_m2" not in weather
    assert (weather.location, weather.sun_minutes) == (Location(28.77, 104.62, 300.0), -20)


def test_means_of_a_reanalysis_are_stamped_in_the_middle_of_the_hour(tmp_path: Path) -> None:
    stamps = ["20200101:0030", "20200101:0130", "20200101:0230"]
    assert read(tmp_path, pvgis_hourly_csv(stamps=stamps)).sun_minutes == 0
    assert read(tmp_path, pvgis_hourly_csv(stamps=stamps), sun_minutes=-30).sun_minutes == -30


def test_a_tilted_plane_is_refused(tmp_path: Path) -> None:
    """Rules out that irradiance on 30° is tilted once more."""
    assert refusal(tmp_path, pvgis_hourly_csv(slope="30")) == (
        "/a.csv: resource.pvgis-tilted: weather: the radiation of this file is not that on the horizontal plane; expected 0°, "
        "got 30°. Download it with a slope of 0° (fixed mounting); the park file tilts the modules."
    )
    two_axis = {"two_axis": {"slope": {"value": "-", "optimal": "-"}}}
    assert "expected 0°, got no fixed plane." in refusal(tmp_path, pvgis_hourly_json(two_axis), "json")


@pytest.mark.parametrize(
    ("offset_h", "sun_minutes"),
    [("0.1761", -20), ("0.5", 0), (None, -30)],
    ids=["seen eleven minutes past", "means of the hour", "an older file, seen on the hour"],
)
def test_a_typical_year_says_when_it_was_seen(tmp_path: Path, offset_h: str | None, sun_minutes: int) -> None:
    assert read(tmp_path, pvgis_typical_csv(offset_h)).sun_minutes == sun_minutes


def test_a_typical_year_of_utc_is_laid_on_local_days(tmp_path: Path) -> None:
    """Irradiance that numbers the UTC hour: 12:00 in Yibin is hour 4. The months stand for 2018, 2008, … and are none of them."""
    weather = read(tmp_path, pvgis_typical_csv())
    laid = weather.laid_on(YEAR)
    assert weather.typical
    assert np.array_equal(laid["ghi_w_per_m2"], (YEAR.hour - 8) % 24)
    assert set(laid.quality) == {Quality.MAPPED}
    assert laid["pressure_pa"][0] == 97_000.0
    assert np.array_equal(weather["dhi_w_per_m2"], weather["ghi_w_per_m2"] / 2)


def test_a_typical_year_in_json(tmp_path: Path) -> None:
    rows = [
        {
            "time(UTC)": str(hour).replace("-", "").replace("T", ":") + "00",
            "T2m": 1.0,
            "G(h)": 3.0,
            "WS10m": 2.0,
            "SP": 1e5,
        }
        for hour in nominal_hours()
    ]
    place = {"latitude": 28.77, "longitude": 104.62, "elevation": 300.0, "irradiance_time_offset": 0.5}
    inputs = {"location": place, "meteo_data": {"radiation_db": "PVGIS-ERA5"}}
    text = json.dumps({"inputs": inputs, "outputs": {"months_selected": [], "tmy_hourly": rows}})
    weather = read(tmp_path, text, "json")
    assert (weather.typical, weather.sun_minutes, weather["ghi_w_per_m2"].sum()) == (True, 0, 3.0 * 8760)


def test_a_lost_hour_is_seen(tmp_path: Path) -> None:
    stamps = ["20200101:0010", "20200101:0210", "20200101:0310"]
    again = "Download the file again and leave it as it is."
    start = "/a.csv: resource.pvgis-rows: weather: the rows do not follow each other hour by hour; expected"
    got = refusal(tmp_path, pvgis_hourly_csv(stamps=stamps))
    assert got == f"{start} 2020-01-01T01:10, got 2020-01-01T02:10. {again}"
    lines = pvgis_typical_csv().split("\r\n")
    assert refusal(tmp_path, "\r\n".join(lines[:100] + lines[101:])) == f"{start} 8760, got 8759. {again}"
    lines[100], lines[101] = lines[101], lines[100]
    assert refusal(tmp_path, "\r\n".join(lines)) == f"{start} 01-04T10:00, got 01-04T11:00. {again}"


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("a,b\n1,2\n", "csv"),
        ("{}", "json"),
        ('{"inputs": [1', "json"),
        (pvgis_hourly_csv().replace("20200101:0010", "20201301:0010"), "csv"),
        (pvgis_hourly_csv().replace("Gd(i)", "X"), "csv"),
    ],
)
def test_a_file_that_is_not_of_pvgis(tmp_path: Path, text: str, suffix: str) -> None:
    assert "resource.not-pvgis: weather: the file is not an hourly record or a typical year of PVGIS" in refusal(
        tmp_path, text, suffix
    )


def test_an_odd_number_and_an_odd_row(tmp_path: Path) -> None:
    assert "resource.not-a-number: weather" in refusal(tmp_path, pvgis_hourly_csv().replace("100.0,", "a,"))
    assert refusal(tmp_path, pvgis_hourly_csv().replace("100.0,", "")).startswith("/a.csv:10: resource.pvgis-rows")


def test_one_year_of_a_record_of_two(tmp_path: Path) -> None:
    hours = np.arange("2019-01-01T00", "2021-01-01T00", dtype="M8[h]")
    head = pvgis_hourly_csv().split("\r\n")[:9]
    rows = [
        f"{str(hour)[:10].replace('-', '')}:{str(hour)[11:]}30,{hour.astype(object).year - 2000},0,0,0,1,1,0"
        for hour in hours
    ]
    text = "\r\n".join([*head, *rows])
    with pytest.raises(InputError, match=r"resource\.many-years"):
        read(tmp_path, text).laid_on(YEAR)
    assert set(read(tmp_path, text, year=2020).laid_on(YEAR)["ghi_w_per_m2"]) == {20.0}
