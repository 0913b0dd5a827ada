"""The forms of availability in a park file, and what is said about a wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.resource import HydroSource, PvSource, WindSource, judge_resource
from lingtan.resource.source import (
    CsvWeather,
    EpwWeather,
    MonthlySun,
    MonthlyWind,
    PvgisWeather,
    file_of,
    is_resource,
)
from lingtan.sheet import Sheet

SHEET = Sheet("park.yaml", {}, {("series", "sun"): 7, ("series", "sun", "pv", "weather"): 9})
AT = ("series", "sun")
EPW = {"epw": "chengdu.epw.gz", "sun_minutes": -30}


def judged(data: object) -> list[str]:
    source, findings = judge_resource(data, SHEET, AT)
    assert (source is None) == bool(findings)
    return [found.text() for found in findings]


@pytest.mark.parametrize(
    ("weather", "form", "file"),
    [
        (EPW, EpwWeather, "chengdu.epw.gz"),
        ({"pvgis": "tmy.json"}, PvgisWeather, "tmy.json"),
        (
            {"csv": "mast.csv", "ghi_w_per_m2": "GHI", "wind_m_per_s": "v80", "wind_height": "80 m"},
            CsvWeather,
            "mast.csv",
        ),
        ({"monthly_ghi": [50] * 12, "seed": 7}, MonthlySun, None),
        ({"monthly_wind": [6.5] * 12, "height": "100 m"}, MonthlyWind, None),
    ],
)
def test_the_key_that_is_present_decides(weather: dict[str, Any], form: type, file: str | None) -> None:
    for family, fields in (("pv", {"tilt": 10}), ("wind", {"hub_height": "110 m"})):
        source, findings = judge_resource({family: {**fields, "weather": weather}}, SHEET, AT)
        assert findings == []
        assert isinstance(source, PvSource | WindSource)
        plant = source.pv if isinstance(source, PvSource) else source.wind
        assert (type(plant.weather), file_of(source)) == (form, file)


def test_hydro_reads_no_file() -> None:
    source, _ = judge_resource({"hydro": {"monthly": [0.5] * 11 + ["40 %"]}}, SHEET, AT)
    assert isinstance(source, HydroSource)
    assert source.hydro.monthly == (*[0.5] * 11, 0.4)
    assert file_of(source) is None


def test_which_data_is_of_this_room() -> None:
    assert [is_resource(data) for data in ({"pv": {}}, {"hydro": 1, "file": 2}, {"file": "a.csv"}, "pv")] == [
        True,
        True,
        False,
        False,
    ]


def test_two_families_are_refused() -> None:
    assert judged({"pv": {}, "wind": {}}) == [
        "park.yaml:7: resource.unclear-source: series.sun: it is not clear what this series is made of; got pv, wind. Give "
        "exactly one of pv, wind and hydro, and none of file, package, constant and monthly beside it."
    ]


def test_another_key_beside_the_family_is_refused() -> None:
    assert judged({"hydro": {"monthly": [0.5] * 12}, "seed": 3}) == [
        "park.yaml:7: sheet.unknown-key: series.sun.seed: this key is not known here; got seed. Known here: hydro."
    ]


@pytest.mark.parametrize("weather", [{}, {"sun_minutes": -30}, {**EPW, "csv": "a.csv"}, "chengdu.epw"])
def test_no_weather_or_two_are_refused(weather: object) -> None:
    [text] = judged({"pv": {"tilt": 10, "weather": weather}})
    start = (
        "park.yaml:9: resource.unclear-weather: series.sun.pv.weather: it is not clear where the weather comes from; "
    )
    assert text.startswith(start + "expected epw, pvgis, csv, monthly_ghi, monthly_wind, got ")
    assert text.endswith(". Give exactly one of these keys.")


def test_an_unknown_key_of_the_weather_is_offered_the_nearest() -> None:
    """Rules out that the path is lost in the union of forms."""
    assert judged({"pv": {"tilt": 10, "weather": {"epw": "a.epw", "sun_minute": -30}}}) == [
        "park.yaml:9: sheet.unknown-key: series.sun.pv.weather.sun_minute: this key is not known here; got sun_minute. "
        "Did you mean 'sun_minutes'?"
    ]


def test_the_sun_moves_in_steps_of_five_minutes() -> None:
    assert judged({"pv": {"tilt": 10, "weather": {"epw": "a.epw", "sun_minutes": -17}}}) == [
        "park.yaml:9: resource.not-fives: series.sun.pv.weather.sun_minutes: the irradiance can be moved in steps of five "
        "minutes only; expected -30, -20, 0, 30 …, got -17. Give a multiple of 5."
    ]


def test_a_ratio_and_its_parts_are_refused() -> None:
    """Rules out that losses are given in vain: the ratio would silently take their place."""
    assert judged({"pv": {"tilt": 10, "performance_ratio": 0.82, "losses": 0.1, "weather": EPW}}) == [
        "park.yaml:7: resource.two-loss-models: series.sun.pv.performance_ratio: a performance ratio holds every loss, so "
        "losses beside it would be forgotten; got losses. Drop `performance_ratio`, or drop the others."
    ]


def test_two_curves_and_two_laws_are_refused() -> None:
    farm = {
        "hub_height": 100,
        "curve": "iec_2",
        "points": [[4, 0], [12, 1]],
        "shear": 0.2,
        "roughness": 0.1,
        "weather": EPW,
    }
    mend = "two keys say the same thing in different ways; got"
    assert judged({"wind": farm}) == [
        f"park.yaml:7: resource.two-ways: series.sun.wind.points: {mend} curve, points. Keep one of them.",
        f"park.yaml:7: resource.two-ways: series.sun.wind.roughness: {mend} shear, roughness. Keep one of them.",
    ]


@pytest.mark.parametrize("hydro", [{}, {"monthly": [0.5] * 12, "seasons": {"wet": 1, "flat": 1, "dry": 1}}])
def test_hydro_is_given_in_one_way(hydro: dict[str, Any]) -> None:
    [text] = judged({"hydro": hydro})
    assert text.startswith(
        "park.yaml:7: resource.unclear-hydro: series.sun.hydro: hydropower is given by months or by seasons, one of the two; "
        "expected monthly, seasons"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"pv": {"tilt": 100, "weather": EPW}}, "sheet.out-of-range"),
        ({"pv": {"weather": EPW}}, "sheet.missing-key"),
        ({"pv": {"tilt": 10, "performance_ratio": 82, "weather": EPW}}, "units.out-of-range"),
        ({"wind": {"hub_height": "110 kW", "weather": EPW}}, "units.wrong-dimension"),
        ({"wind": {"hub_height": 100, "curve": "iec_1", "weather": EPW}}, "sheet.not-one-of"),
        ({"hydro": {"monthly": [0.5] * 11}}, "sheet.wrong-count"),
    ],
)
def test_other_faults(data: object, code: str) -> None:
    [text] = judged(data)
    assert f": {code}: series.sun." in text
