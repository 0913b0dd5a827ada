"""Laws of sun, wind and water: shares stay shares, the night is dark, energy and months are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lingtan.clock import TimeGrid
from lingtan.resource import Location, PowerCurve, PvArray, Turbine, Weather, pv_output, wind_output
from lingtan.resource.drawn import draw_sun
from lingtan.resource.irradiance import DARK_W_PER_M2, see_sun, spread
from lingtan.resource.source import MonthlySun
from lingtan.resource.sun import sun_path
from lingtan.series import Quality

places = st.builds(Location, st.floats(-65, 65), st.floats(-179, 179), st.floats(0, 4500))
days = st.dates(datetime(2024, 1, 1).date(), datetime(2026, 12, 31).date())
zones = st.sampled_from(["Asia/Shanghai", "UTC", "Asia/Kolkata"])
lights = arrays.arrays(np.float64, 24, elements=st.floats(0, 1300, allow_subnormal=False))
shifts = st.sampled_from([-60, -30, -20, 0, 10, 30])
arrays_of_modules = st.builds(
    PvArray,
    tilt=st.floats(0, 90),
    azimuth=st.floats(0, 359),
    albedo=st.floats(0, 0.8),
    performance_ratio=st.floats(0.1, 1.0),
    dc_ac_ratio=st.floats(0.8, 1.6),
)


def day_of(day: object, zone: str, step: int) -> TimeGrid:
    start = datetime.combine(day, datetime.min.time())  # type: ignore[arg-type]
    return TimeGrid.of_span(start, start + timedelta(days=1), zone, step)


def record(grid: TimeGrid, sun_minutes: int = 0, **quantities: np.ndarray) -> Weather:
    measured = np.full(grid.steps, Quality.MEASURED, np.uint8)
    return Weather(grid, measured, quantities, sun_minutes=sun_minutes)  # type: ignore[arg-type]


@given(day=days, zone=zones, place=places, ghi=lights, sun_minutes=shifts)
def test_spreading_an_hour_keeps_its_energy(
    day: object, zone: str, place: Location, ghi: np.ndarray, sun_minutes: int
) -> None:
    """Every hour in which the sun is up keeps its mean to 1e-9; in the others nothing appears. Diffuse and beam add up."""
    hours = day_of(day, zone, 60)
    seen = see_sun(record(hours, sun_minutes, ghi_w_per_m2=ghi), place, steps_of=hours)
    light = spread(seen)
    back = seen.by_record(light.global_w_per_m2)
    assert np.allclose(back, np.where(seen.lit, ghi, 0.0), rtol=1e-9, atol=1e-9)
    total = light.diffuse_w_per_m2 + light.direct_normal_w_per_m2 * light.sun.height
    assert np.allclose(total, light.global_w_per_m2, rtol=1e-9, atol=1e-9)
    assert min(light.diffuse_w_per_m2.min(), light.direct_normal_w_per_m2.min()) >= 0


@given(day=days, place=places, ghi=lights, dhi=lights, array=arrays_of_modules, sun_minutes=shifts)
def test_availability_is_a_share_and_the_night_is_dark(
    day: object, place: Location, ghi: np.ndarray, dhi: np.ndarray, array: PvArray, sun_minutes: int
) -> None:
    quarters = day_of(day, "Asia/Shanghai", 15)
    weather = record(day_of(day, "Asia/Shanghai", 60), sun_minutes, ghi_w_per_m2=ghi, dhi_w_per_m2=dhi)
    share = pv_output(weather, array, quarters, place).availability
    assert share.min() >= 0
    assert share.max() <= min(1.0, 1.0 / array.dc_ac_ratio) + 1e-12
    assert not share[sun_path(quarters, place).zenith_deg > 92].any()


@settings(max_examples=6)  # each draws a whole year of sun
@given(
    year=st.integers(2024, 2026),
    place=st.builds(Location, st.floats(0, 45), st.floats(75, 135)),
    sums=st.lists(st.floats(0, 60), min_size=12, max_size=12),
    seed=st.integers(0, 2**32),
)
def test_months_of_irradiation_are_met(year: int, place: Location, sums: list[float], seed: int) -> None:
    """To 1e-9 of each month's sum, and no step is brighter than the clear sky allows."""
    grid = TimeGrid.of_year(year, "Asia/Shanghai", 60)
    ghi = draw_sun(MonthlySun(monthly_ghi=tuple(sums), seed=seed), grid, place)
    drawn = np.bincount(ghi.grid.month - 1, weights=ghi["ghi_w_per_m2"]) * ghi.grid.step_hours / 1000
    assert np.allclose(drawn, sums, rtol=1e-9, atol=1e-9)
    clear = sun_path(ghi.grid, place).clear_w_per_m2
    assert np.all(ghi["ghi_w_per_m2"] <= 1.06 * clear + DARK_W_PER_M2)


@given(
    day=days,
    speeds=arrays.arrays(np.float64, 24, elements=st.floats(0, 60)),
    hub_height=st.floats(20, 180),
    shear=st.floats(0, 0.4),
    losses=st.floats(0, 0.5),
)
def test_wind_is_a_share_and_more_loss_is_less_power(
    day: object, speeds: np.ndarray, hub_height: float, shear: float, losses: float
) -> None:
    hours, quarters = day_of(day, "Asia/Shanghai", 60), day_of(day, "Asia/Shanghai", 15)
    weather = record(hours, wind_m_per_s=speeds)
    free = Turbine(hub_height=hub_height, shear=shear, wake_loss=0, outage=0, electrical_loss=0)
    gross, net = (
        wind_output(weather, turbine, quarters).availability
        for turbine in (free, free.model_copy(update={"wake_loss": losses}))
    )
    assert 0 <= gross.min()
    assert gross.max() <= 1
    assert np.allclose(net, gross * (1 - losses), rtol=1e-12, atol=0)
    assert np.isclose(gross.mean(), wind_output(weather, free, hours).availability.mean(), rtol=1e-12, atol=1e-15)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12), st.floats(-5, 80))
def test_a_curve_never_leaves_its_points(powers: list[float], speed: float) -> None:
    curve = PowerCurve.of_points([(3.0 + 2 * number, power) for number, power in enumerate(powers)])
    [found] = curve.power(np.array([speed]))
    assert found == 0 or min(powers) <= found <= max(powers)
