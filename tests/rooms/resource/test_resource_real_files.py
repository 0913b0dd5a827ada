"""Typical years beside the repository (shared/data/README.md): figures an expert knows, and the trap of their hours."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.resource import Location, PvArray, PvSource, Weather, pv_output, read_resource, read_weather
from lingtan.resource.irradiance import check_sun, see_sun
from lingtan.resource.source import EpwWeather
from lingtan.series import Quality

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no recordings at {DATA}")

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 15)


@cache
def weather(place: str) -> Weather:
    return read_weather(EpwWeather(epw=f"weather_{place}.epw.gz"), YEAR, folder=DATA).weather


@pytest.mark.parametrize(
    ("place", "ghi", "dni", "dhi", "temperature", "wind", "calm"),
    [
        ("chengdu", 900, 408, 610, 16.6, 1.19, 3444),
        ("shanghai", 1271, 938, 614, 16.7, 3.25, 312),
        ("urumqi", 1371, 1365, 424, 7.1, 2.23, 1062),
    ],
)
def test_sums_and_means(place: str, ghi: int, dni: int, dhi: int, temperature: float, wind: float, calm: int) -> None:
    """The table of the data's README; rules out a column taken for its neighbor."""
    read = weather(place)
    sums = [read[name].sum() / 1000 for name in ("ghi_w_per_m2", "dni_w_per_m2", "dhi_w_per_m2")]
    assert sums == pytest.approx([ghi, dni, dhi], abs=0.5)
    assert read["temperature_c"].mean() == pytest.approx(temperature, abs=0.05)
    assert read["wind_m_per_s"].mean() == pytest.approx(wind, abs=0.005)
    assert int((read["wind_m_per_s"] == 0).sum()) == calm


def test_chengdu_has_740_hours_at_a_performance_ratio_of_082() -> None:
    """900 kWh/m2 x 0.82 = 738 h on horizontal modules; the facts say about 740, peaking from May to August.

    The months are those that docs/conventions/weather.md quotes. From Chengdu to Yibin it is 219 km, and the park is told.
    """
    form = {"epw": "weather_chengdu.epw.gz", "sun_minutes": -30}
    source = PvSource.model_validate({"pv": {"tilt": 0, "performance_ratio": 0.82, "weather": form}})
    reading = read_resource(source, "sun", YEAR, folder=DATA, site=Location(28.77, 104.62))
    values = reading.series.values
    assert values.sum() / 4 == pytest.approx(740, abs=5)
    months = [41, 39, 75, 93, 108, 110, 114, 114, 63, 63, 44, 37]
    assert np.bincount(YEAR.month, weights=values / 0.82 / 4)[1:] == pytest.approx(months, abs=1.5)
    assert [(found.code, found.got) for found in reading.findings] == [("resource.far-weather", "219 km")]
    assert set(reading.series.quality) == {Quality.MAPPED}


@pytest.mark.parametrize(("place", "minutes"), [("chengdu", 32), ("shanghai", 28), ("urumqi", 29)])
def test_the_hours_of_the_set_are_half_an_hour_early(place: str, minutes: int) -> None:
    """Read by the letter of the format, the sun of all three stands half an hour off: said with the remedy."""
    read = weather(place)
    assert read.location is not None
    seen = see_sun(read, read.location, steps_of=read.grid)
    assert [found.text() for found in check_sun(seen, "sun")] == [
        "resource.sun-shifted: sun: the irradiance would fit the sun better at another time of its hour; got "
        f"{minutes} min earlier. Write `sun_minutes: -30` if the maker of the file put it down so."
    ]


def test_the_full_chain_stays_below_the_ratio_of_a_good_plant() -> None:
    """PVWatts with its usual losses lands at a ratio of 0.72 to 0.80; a cold winter sun does better than a warm one.

    Origin: performance ratios of 0.7 to 0.85 of plants in operation (IEA PVPS Task 13); losses of 14 % and an inverter of 96 %
    leave 0.826 before temperature and glass.
    """
    ratio = {}
    for place in ("shanghai", "urumqi"):
        read = replace(weather(place), sun_minutes=-30)
        assert read.location is not None
        found = pv_output(read, PvArray(tilt=25), YEAR, read.location)
        ratio[place] = found.full_load_hours / found.plane_kwh_per_m2
        assert found.findings == ()
    assert 0.72 < ratio["shanghai"] < ratio["urumqi"] < 0.80
