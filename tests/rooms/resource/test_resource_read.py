"""From a source to a series: files as a user would name them, the story of the origin, and where findings stand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import Location, PvSource, WindSource, read_resource, read_weather
from lingtan.resource.source import CsvWeather
from lingtan.series import Quality
from tests.rooms.resource.weather_samples import ON_THE_MERIDIAN, YIBIN, epw_text, pvgis_typical_csv

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)


def noon(row: int) -> float:
    """A bell from 8:00 to 16:00, the same every day: eight hours that sum to 5,000 Wh/m2."""
    hour = row % 24 - 8
    return 975.5 * np.sin(np.pi * (hour + 0.5) / 8) if 0 <= hour < 8 else 0.0


def pv(**keys: object) -> PvSource:
    return PvSource.model_validate({"pv": {"tilt": 0, "performance_ratio": 0.8, **keys}})


def test_a_typical_year_becomes_a_series_with_its_story(tmp_path: Path) -> None:
    (tmp_path / "a.epw").write_text(epw_text(noon), "utf-8")
    reading = read_resource(pv(weather={"epw": "a.epw"}), "sun", YEAR, folder=tmp_path)
    series = reading.series
    assert (series.name, series.unit, series.grid) == ("sun", "1", YEAR)
    assert set(series.quality) == {Quality.MAPPED}
    assert [note.en for note in series.origin] == [
        "typical year of Sampleton (30, 120)",
        "a typical year laid on 2025 by date: no measurement of 2025 and no forecast",
        "AC power by a performance ratio of 0.8",
        "modules at 0°, facing 180°: 1825 kWh/m2 on the horizontal plane, 1825 kWh/m2 on theirs (Hay-Davies), 1460 h of their "
        "peak power",
    ]
    assert all("forecast" not in note.en or "no forecast" in note.en for note in series.origin)
    assert series.values.sum() == pytest.approx(365 * 5.0 * 0.8, rel=1e-3)


def test_pvgis_serves_wind_and_sun_alike(tmp_path: Path) -> None:
    (tmp_path / "tmy.csv").write_text(pvgis_typical_csv(ghi=lambda row: noon(row + 7)), "utf-8")
    far = Location(YIBIN.latitude_deg, YIBIN.longitude_deg + 2.0)
    farm = WindSource.model_validate({"wind": {"hub_height": "90 m", "weather": {"pvgis": "tmy.csv"}}})
    reading = read_resource(farm, "wind", YEAR, folder=tmp_path, site=far, who="series.wind")
    assert [note.en for note in reading.series.origin[-2:]] == [
        "a generic power curve of IEC class III",
        "1.50 m/s at 10 m, 2.04 m/s at the hub (90 m), 0 h of rated power after losses",
    ]
    assert [found.text() for found in reading.findings] == [
        "resource.far-weather: series.wind.wind.weather: the weather was recorded far from the site; expected ≤ 100 km, got "
        "195 km. Look for a nearer station, above all where mountains lie between."
    ]
    sun = read_resource(pv(weather={"pvgis": "tmy.csv"}), "sun", YEAR, folder=tmp_path, site=YIBIN)
    assert sun.findings == ()
    assert sun.series.values.sum() == pytest.approx(365 * 5.0 * 0.8, rel=0.01)


CSV = """time,GHI,T,v
2025-01-01 00:00,-1.5,5.0,2.0
2025-01-01 01:00,0.0,,2.0
2025-01-01 02:00,0.0,6.0,2.5
"""


def csv_weather(**keys: object) -> CsvWeather:
    return CsvWeather.model_validate({"csv": "w.csv", **keys})


def test_columns_of_a_csv_are_mended_as_told(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(CSV, "utf-8")
    columns = {"ghi_w_per_m2": "GHI", "temperature_c": "T", "wind_m_per_s": "v"}
    told = csv_weather(**columns, negative="zero", repair="interpolate", wind_height="30 m")
    read = read_weather(told, YEAR, folder=tmp_path)
    assert read.weather["ghi_w_per_m2"].tolist() == [0.0, 0.0, 0.0]
    assert read.weather["temperature_c"].tolist() == [5.0, 5.5, 6.0]
    assert read.weather.quality.tolist() == [Quality.REPAIRED, Quality.REPAIRED, Quality.MEASURED]
    assert (read.weather.wind_height_m, read.weather.utc_offset_minutes) == (30.0, 480)
    assert str(read.weather.grid.start) == "2024-12-31T16:00"


def test_all_findings_of_a_csv_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text(CSV, "utf-8")
    weather = {"csv": "w.csv", "ghi_w_per_m2": "GHI", "temperature_c": "T", "dhi_w_per_m2": "DHI"}
    with pytest.raises(InputError) as error:
        read_resource(pv(weather=weather), "sun", YEAR, folder=tmp_path, who="series.sun")
    assert [(found.code, found.who, found.line) for found in error.value.findings] == [
        ("series.negative", "series.sun.pv.weather.ghi_w_per_m2", 2),
        ("series.no-column", "series.sun.pv.weather.dhi_w_per_m2", 0),
        ("series.gap", "series.sun.pv.weather.temperature_c", 3),
    ]


def test_a_csv_without_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_weather(csv_weather(), YEAR, folder=tmp_path)
    assert str(error.value) == (
        "resource.no-columns: weather: no column of weather is named; expected ghi_w_per_m2, dhi_w_per_m2, dni_w_per_m2, "
        "temperature_c, wind_m_per_s, pressure_pa. Name the columns, such as `ghi_w_per_m2: GHI`."
    )


def test_findings_stand_below_their_source(tmp_path: Path) -> None:
    (tmp_path / "a.epw").write_text(epw_text(noon), "utf-8")
    with pytest.raises(InputError) as error:
        read_resource(pv(weather={"monthly_ghi": [50] * 12}), "sun", YEAR, folder=tmp_path, who="series.sun")
    assert str(error.value) == (
        "resource.no-location: series.sun.pv.weather: the way of the sun needs a place. Give `latitude` and `longitude` of the "
        "site."
    )
    calm = {"wind": {"hub_height": 100, "weather": {"monthly_ghi": [50] * 12}}}
    with pytest.raises(InputError, match=r"resource\.no-wind: wind\.wind\.weather: the weather has no wind speed"):
        read_resource(WindSource.model_validate(calm), "wind", YEAR, folder=tmp_path, site=ON_THE_MERIDIAN)
