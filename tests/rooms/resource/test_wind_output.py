"""Wind power against arithmetic on paper: a speed through a curve, a year by Weibull's law."""

from __future__ import annotations

from math import exp, gamma

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import Location, PowerCurve, Turbine, wind_availability, wind_output
from lingtan.resource.drawn import draw_wind
from lingtan.resource.power_curve import GENERIC
from lingtan.resource.source import MonthlyWind
from lingtan.resource.wind import air_density
from lingtan.series import Quality
from tests.rooms.resource.weather_samples import flat_weather

DAY = TimeGrid.of_year(2025, "Asia/Shanghai", 60).window(0, 24)
RAMP = [(4.0, 0.0), (12.0, 1.0), (25.0, 1.0)]
SITE = {"hub_height": 90.0, "shear": 0.2, "points": RAMP}
NO_LOSSES = {"wake_loss": 0.0, "outage": 0.0, "electrical_loss": 0.0}


def test_a_speed_through_the_curve() -> None:
    """6 m/s at 10 m, a hub at 90 m, shear 0.2, a ramp from 4 to 12 m/s, sea level.

    hub         6 x 9^0.2                                              = 9.311 m/s
    density     101,325 x 0.98937 / (287.05 x 287.565)                 = 1.2145 kg/m3
    normal      9.311 x (1.2145 / 1.225)^(1/3)                         = 9.284 m/s
    curve       (9.284 - 4) / 8                                        = 0.6605
    meter       0.6605 x 0.92 x 0.97 x 0.98                            = 0.5777

    Without the hub 0.23, with power in place of speed raised to the third 1.0.
    """
    weather = flat_weather(DAY, wind_m_per_s=6.0)
    output = wind_output(weather, Turbine(**SITE), DAY)
    assert output.availability == pytest.approx(np.full(24, 0.5777), abs=1e-4)
    assert (output.measured_m_per_s, output.hub_m_per_s) == (6.0, pytest.approx(9.311, abs=1e-3))
    assert output.capacity_factor == pytest.approx(0.5777, abs=1e-4)


def test_thin_air_gives_less() -> None:
    """At 1,200 m (Panzhihua) and 20 °C the air weighs 87,716 / (287.05 x 293.15) = 1.042 kg/m3 at the ground."""
    turbine = Turbine(hub_height=0.001, points=RAMP)
    weather = flat_weather(DAY, wind_m_per_s=8.0, temperature_c=20.0, pressure_pa=87_716.0)
    assert air_density(weather, turbine, None)[0] == pytest.approx(1.0424, abs=1e-4)
    by_height = air_density(
        flat_weather(DAY, wind_m_per_s=8.0, temperature_c=20.0), turbine, Location(26.6, 101.7, 1200.0)
    )
    assert by_height[0] == pytest.approx(1.0424, rel=1e-3)
    high = wind_availability(weather, Turbine(**SITE, **NO_LOSSES), DAY)
    low = wind_availability(flat_weather(DAY, wind_m_per_s=8.0), Turbine(**SITE, **NO_LOSSES), DAY)
    assert high[0] < low[0]


def test_the_log_law() -> None:
    """5 m/s at 10 m over roughness 0.1 m is 5 x ln 1000 / ln 100 = 7.5 m/s at 100 m; the ramp gives 0.4375 at 7.5."""
    turbine = Turbine(hub_height=100.0, roughness=0.1, points=RAMP, **NO_LOSSES)
    assert wind_output(flat_weather(DAY, wind_m_per_s=5.0), turbine, DAY).hub_m_per_s == pytest.approx(7.5)
    with pytest.raises(InputError) as error:
        wind_output(flat_weather(DAY, wind_m_per_s=5.0), Turbine(hub_height=2.0, roughness=2.5), DAY)
    assert str(error.value) == (
        "resource.too-rough: roughness: the log law needs heights above the roughness length; expected < 2 m, got 2.5 m. "
        "Check `roughness`: open farmland has 0.03 m to 0.1 m, forest about 1 m."
    )


def test_calm_and_storm_give_nothing() -> None:
    speeds = np.array([0.0, 3.9, 24.0, 40.0] * 6)
    turbine = Turbine(hub_height=10.0, points=RAMP, **NO_LOSSES)
    assert wind_availability(flat_weather(DAY, wind_m_per_s=speeds), turbine, DAY)[:4].tolist() == [0, 0, 1, 0]


def test_hours_are_held_on_quarters_and_averaged_on_the_way_back() -> None:
    """Energy stays; also of a record whose hours begin at half past."""
    quarters = TimeGrid(DAY.start, 15, 96, DAY.zone)
    speeds = np.arange(24) % 13.0
    turbine = Turbine(**SITE)
    weather = flat_weather(DAY, wind_m_per_s=speeds)
    fine = wind_availability(weather, turbine, quarters)
    assert np.array_equal(fine, np.repeat(wind_availability(weather, turbine, DAY), 4))
    late = TimeGrid(DAY.start + np.timedelta64(30, "m"), 60, 8760, DAY.zone)
    shifted = wind_availability(flat_weather(late, wind_m_per_s=np.arange(8760) % 12.0), turbine, DAY)
    held = wind_availability(flat_weather(late, wind_m_per_s=np.arange(8760) % 12.0), turbine, quarters)
    assert np.allclose(shifted, held.reshape(24, 4).mean(axis=1), atol=1e-15)


@pytest.mark.parametrize(("name", "rated_w_per_m2", "cut_out"), [("iec_2", 320.0, 25.0), ("iec_3", 210.0, 22.0)])
def test_the_generic_curves_follow_their_formula(name: str, rated_w_per_m2: float, cut_out: float) -> None:
    """Each point anew: 1/2 rho cp v^3 up to the rating, averaged over gusts of 10 %. Rules out a slip of a digit."""
    curve = GENERIC[name]
    gust = np.linspace(-6, 6, 4001)
    weight = np.exp(-(gust**2) / 2)
    speeds = curve.speeds_m_per_s[:-1]
    gusts = np.maximum(speeds[:, None] * (1 + 0.1 * gust), 0)
    expected = np.minimum(0.5 * 1.225 * 0.43 * gusts**3 / rated_w_per_m2, 1) @ weight / weight.sum()
    assert np.abs(curve.powers[:-1] - expected).max() <= 0.0008
    assert (curve.speeds_m_per_s[0], curve.speeds_m_per_s[-1]) == (3.0, cut_out)
    assert curve.power(np.array([2.9, cut_out - 0.1, cut_out + 0.1])).tolist() == [0, 1, 0]


def by_weibull(curve: PowerCurve, scale_m_per_s: float, shape: float) -> float:
    """Mean power per rated power where speeds follow a Weibull law, cut in steps of 0.005 m/s."""
    edges = np.arange(0.0, 60.0, 0.005)
    beyond = np.exp(-((edges / scale_m_per_s) ** shape))
    return float((curve.power((edges[:-1] + edges[1:]) / 2) * -np.diff(beyond)).sum())


def test_drawn_speeds_have_their_means_and_their_law() -> None:
    """Each month's mean is exact; the year's speeds give, within 5 %, the yield of the Weibull law they were drawn from."""
    means = [7.5, 7.8, 8.0, 7.6, 7.0, 6.2, 5.8, 5.6, 5.9, 6.1, 6.8, 7.2]
    year = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    source = MonthlyWind(monthly_wind=means, height=100.0, weibull_shape=2.0, seed=7)
    drawn = draw_wind(source, year)
    speeds = drawn["wind_m_per_s"]
    got = np.bincount(year.month - 1, weights=speeds) / np.bincount(year.month - 1)
    assert got == pytest.approx(means, rel=1e-12)
    assert (drawn.wind_height_m, set(drawn.quality)) == (100.0, {Quality.SYNTHETIC})
    curve = GENERIC["iec_3"]
    by_law = np.mean([by_weibull(curve, mean / gamma(1.5), 2.0) for mean in means])
    assert curve.power(speeds).mean() == pytest.approx(by_law, rel=0.05)
    assert np.corrcoef(speeds[:-1], speeds[1:])[0, 1] == pytest.approx(exp(-1 / 33), abs=0.02)
    assert np.array_equal(draw_wind(source, year.window(100, 24))["wind_m_per_s"], speeds)


@pytest.mark.parametrize("points", [[(4.0, 0.0)], [(5.0, 0.1), (4.0, 0.2)], [(4.0, 0.0), (12.0, 2000.0)]])
def test_what_is_no_curve(points: list[tuple[float, float]]) -> None:
    with pytest.raises(InputError) as error:
        PowerCurve.of_points(points)
    got = "; ".join(f"{speed:g}, {power:g}" for speed, power in points)
    assert str(error.value) == (
        "resource.bad-curve: points: the points are no power curve: speeds must rise, and powers lie between 0 and 1 of the "
        f"rated power; got {got}. Correct them; divide powers by the rated power."
    )


def test_weather_without_wind() -> None:
    with pytest.raises(
        InputError, match=r"resource\.no-wind: weather: the weather has no wind speed; got temperature_c"
    ):
        wind_availability(flat_weather(DAY, temperature_c=1.0), Turbine(**SITE), DAY)
