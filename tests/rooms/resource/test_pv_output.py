"""Photovoltaics against arithmetic on paper: one noon, one month, one inverter."""

from __future__ import annotations

from datetime import datetime
from math import cos, exp, pi, radians

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import PvArray, pv_availability, pv_output
from lingtan.resource.drawn import draw_sun
from lingtan.resource.irradiance import see_sun, spread
from lingtan.resource.pv import plane_of_array
from lingtan.resource.source import MonthlySun
from lingtan.resource.sun import sun_path
from lingtan.series import Quality
from tests.rooms.resource.weather_samples import ON_THE_MERIDIAN, YIBIN, flat_weather

CHINA = "Asia/Shanghai"
NOON = TimeGrid.of_span(datetime(2025, 3, 20, 12, 5), datetime(2025, 3, 20, 12, 10), CHINA, 5)
"""The equinox at 30° north and 120° east: with the equation of time at -7.5 min the sun stands highest at 12:07:30."""
LIGHT = {"ghi_w_per_m2": 800.0, "dhi_w_per_m2": 100.0}
FACING = {"tilt": 30.0, "albedo": 0.2}


def test_where_the_sun_stands_at_noon_of_the_equinox() -> None:
    """Zenith distance = latitude - declination = 30° - 0.0°; azimuth south. Outside the atmosphere 1366.1 W/m2 x 1.007."""
    sun = sun_path(NOON, ON_THE_MERIDIAN)
    assert sun.zenith_deg[0] == pytest.approx(30.0, abs=0.1)
    assert sun.azimuth_deg[0] == pytest.approx(180.0, abs=0.5)
    assert sun.extraterrestrial_w_per_m2[0] == pytest.approx(1366.1 * (1 + 0.033 * cos(2 * pi * 79 / 365)), rel=0.003)


def test_a_clear_noon_on_modules_that_face_the_sun() -> None:
    """800 W/m2 on the ground, 100 of them diffuse; modules at 30° look straight into the sun.

    beam        (800 - 100) / cos 30°                                              = 808.3
    ground      800 x 0.2 x (1 - cos 30°) / 2                                      =  10.7
    sky, isotropic  100 x (1 + cos 30°) / 2                                        =  93.3
    sky, Hay-Davies with A = 808.3 / 1376 = 0.587: 100 x (0.413 x 0.933 + 0.587 / cos 30°) = 106.3

    Together 912.3 (isotropic) and 925.3; x 0.82 / 1000 = 0.748 and 0.759. A beam taken as horizontal would give 0.66, one
    tilted twice 0.83.
    """
    beam, ground, isotropic = 700 / cos(radians(30)), 160 * (1 - cos(radians(30))) / 2, 50 * (1 + cos(radians(30)))
    part = beam / 1376
    anisotropic = 100 * ((1 - part) * 0.9330 + part / cos(radians(30)))
    weather = flat_weather(NOON, **LIGHT)
    light = spread(see_sun(weather, ON_THE_MERIDIAN, steps_of=NOON))
    direct, diffuse = plane_of_array(light, PvArray(**FACING))
    assert direct[0] == pytest.approx(beam, rel=2e-3)
    assert diffuse[0] == pytest.approx(ground + anisotropic, rel=5e-3)
    [share] = pv_availability(weather, PvArray(**FACING, performance_ratio=0.82), NOON, ON_THE_MERIDIAN)
    assert share == pytest.approx((beam + ground + anisotropic) * 0.82 / 1000, rel=2e-3)
    assert share == pytest.approx((beam + ground + isotropic) * 0.82 / 1000, rel=0.02)


def test_pvwatts_at_the_same_noon() -> None:
    """925.3 W/m2 on the modules, air 20 °C, wind 2 m/s, close above a roof.

    module      925.3 x exp(-2.98 - 0.0471 x 2) + 20 = 62.8 °C;  cell 62.8 + 1 x 0.925 = 63.7 °C
    modules     0.9254 x (1 - 0.0035 x 38.7) = 0.800;  after losses x 0.86 = 0.688
    inverter    load 0.688 x 0.96 = 0.660; efficiency 0.96 / 0.9637 x (-0.0107 - 0.0089 + 0.9858) = 0.9625
    AC          0.662
    """
    plane = 925.3
    cell = plane * exp(-2.98 - 0.0471 * 2) + 20 + plane / 1000
    dc = plane / 1000 * (1 - 0.0035 * (cell - 25)) * 0.86
    load = dc * 0.96
    ac = dc * 0.96 / 0.9637 * (-0.0162 * load - 0.0059 / load + 0.9858)
    assert ac == pytest.approx(0.662, abs=5e-4)
    weather = flat_weather(NOON, **LIGHT, temperature_c=20.0, wind_m_per_s=2.0)
    assert pv_availability(weather, PvArray(**FACING), NOON, ON_THE_MERIDIAN)[0] == pytest.approx(ac, rel=3e-3)
    on_racks = pv_availability(weather, PvArray(**FACING, mounting="ground"), NOON, ON_THE_MERIDIAN)[0]
    assert on_racks > ac * 1.02


def test_the_inverter_cuts_what_is_above_it() -> None:
    """1.3 kW of modules on 1 kW of inverter: never more than 1 / 1.3 = 0.769 of the modules' power, here 0.759 / 0.5."""
    weather = flat_weather(NOON, **LIGHT)
    for ratio, expected in ((1.3, 0.759), (1.5, 1 / 1.5), (2.0, 0.5)):
        array = PvArray(**FACING, performance_ratio=0.82, dc_ac_ratio=ratio)
        assert pv_availability(weather, array, NOON, ON_THE_MERIDIAN)[0] == pytest.approx(expected, rel=2e-3)


def test_a_month_of_horizontal_modules() -> None:
    """100 kWh/m2 in April on horizontal modules at a ratio of 0.82 are 82 full-load hours, whatever the days were like."""
    sums = [60, 60, 80, 100, 110, 100, 110, 110, 70, 50, 45, 40]
    april = TimeGrid.of_span(datetime(2025, 4, 1), datetime(2025, 5, 1), CHINA, 15)
    array = PvArray(tilt=0.0, performance_ratio=0.82)
    for seed in (0, 7):
        found = pv_output(draw_sun(MonthlySun(monthly_ghi=sums, seed=seed), april, YIBIN), array, april, YIBIN)
        assert found.full_load_hours == pytest.approx(82.0, rel=1e-7)
        assert found.horizontal_kwh_per_m2 == pytest.approx(100.0, rel=1e-7)
        assert set(found.quality) == {Quality.SYNTHETIC}


def test_a_week_asked_for_alone_is_the_week_of_its_year() -> None:
    source, array = MonthlySun(monthly_ghi=[80.0] * 12, seed=3), PvArray(tilt=10.0, performance_ratio=0.82)
    week = TimeGrid.of_span(datetime(2025, 4, 7), datetime(2025, 4, 14), CHINA, 60)
    month = TimeGrid.of_span(datetime(2025, 4, 1), datetime(2025, 5, 1), CHINA, 60)
    alone = pv_availability(draw_sun(source, week, YIBIN), array, week, YIBIN)
    within = pv_availability(draw_sun(source, month, YIBIN), array, month, YIBIN)
    assert np.allclose(alone, within[6 * 24 : 13 * 24], rtol=0, atol=1e-12)


def test_a_month_brighter_than_a_clear_sky() -> None:
    """A figure in MJ/m2 (400) under the name of kWh/m2: the clear sky of a January in Yibin has about 135."""
    january = TimeGrid.of_span(datetime(2025, 1, 1), datetime(2025, 2, 1), CHINA, 60)
    with pytest.raises(InputError) as error:
        draw_sun(MonthlySun(monthly_ghi=[400.0] + [50.0] * 11), january, YIBIN)
    [found] = error.value.findings
    text = found.text()
    assert text.startswith(
        "resource.irradiation-out-of-reach: weather.monthly_ghi[1]: a month has more irradiation than a"
    )
    assert text.endswith("got 400 kWh/m2. Check the figure; the unit is kWh/m2 on the horizontal plane.")


def test_days_are_drawn_from_dark_to_clear() -> None:
    """Rules out thirty like days, whose light would be nearly all diffuse: the darkest fifth has less than half the mean."""
    june = TimeGrid.of_span(datetime(2025, 6, 1), datetime(2025, 7, 1), CHINA, 60)
    drawn = draw_sun(MonthlySun(monthly_ghi=[80.0] * 12, seed=1), june, YIBIN).laid_on(june)
    daily = np.sort(drawn["ghi_w_per_m2"].reshape(30, -1).sum(axis=1))
    assert daily[:6].mean() < 0.5 * daily.mean()
    assert daily[-1] > 1.5 * daily.mean()


@pytest.mark.parametrize(
    ("quantities", "array", "text"),
    [
        (
            {"wind_m_per_s": 2.0},
            {"performance_ratio": 0.8},
            "resource.no-irradiance: weather: the weather has no global horizontal irradiance; got wind_m_per_s. Choose weather "
            "that has it.",
        ),
        (
            LIGHT,
            {},
            "resource.no-temperature: weather: the weather has no air temperature, which warms the modules; got ghi_w_per_m2, "
            "dhi_w_per_m2. Add it, or give a `performance_ratio` instead.",
        ),
    ],
)
def test_what_is_lacking_is_said(quantities: dict[str, float], array: dict[str, float], text: str) -> None:
    with pytest.raises(InputError) as error:
        pv_availability(flat_weather(NOON, **quantities), PvArray(tilt=10.0, **array), NOON, YIBIN)
    assert str(error.value) == text


def test_without_pvlib_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pvlib", None)
    with pytest.raises(InputError) as error:
        sun_path(NOON, YIBIN)
    assert str(error.value).endswith("Install it with `pip install 'lingtan[resource]'`.")
