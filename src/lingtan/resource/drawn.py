"""Weather that nobody measured: days of sun or a course of wind, drawn so that every month's figure is met exactly.

A year is drawn whole, with the seed and the year, so that a week asked for alone is the same week as in its year.
"""

from __future__ import annotations

from math import gamma, gcd

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError, say_number
from lingtan.resource.irradiance import COARSEST_MINUTES, DARK_W_PER_M2
from lingtan.resource.location import Location
from lingtan.resource.source import MonthlySun, MonthlyWind
from lingtan.resource.sun import sun_path
from lingtan.resource.weather import Weather
from lingtan.series import Quality
from lingtan.series.labeled import Values
from lingtan.series.synthetic import CLOUD_BETA, WIND_MEMORY_H
from lingtan.wording.resource import said

CLEAREST_DAY = 1.1
"""The clearest day against the clear sky of Haurwitz, which is that of the lowlands."""
_SURE = 1.0 - 1e-12
"""A state of the weather rarer than once in a hundred million years would be an infinite gale."""


def draw_sun(source: MonthlySun, grid: TimeGrid, location: Location) -> Weather:
    """Global irradiance whose months have the given sums [kWh/m2], on the years of the grid.

    Each day is the clear sky times its own clearness; clearness is drawn and scaled, and no day is clearer than the sky can
    be. Raises `InputError` with `resource.irradiation-out-of-reach`.
    """
    step = gcd(COARSEST_MINUTES, grid.step_minutes)
    whole = [TimeGrid.of_year(int(year), grid.zone, step) for year in np.unique(grid.year)]
    ghi = np.concatenate([_sunny_year(source, year, location) for year in whole])
    own = TimeGrid(whole[0].start, step, ghi.size, grid.zone)
    monthly = source.monthly_temperature
    return Weather(
        own,
        np.full(own.steps, Quality.SYNTHETIC, np.uint8),
        ghi_w_per_m2=ghi,
        temperature_c=None if monthly is None else np.array(monthly)[own.month - 1],
        location=location,
        origin=(said("monthly-sun", total=f"{sum(source.monthly_ghi):.0f}", seed=source.seed),),
    )


def draw_wind(source: MonthlyWind, grid: TimeGrid) -> Weather:
    """Hourly wind speeds whose months have the given means [m/s] and, before that, a Weibull law, on the years of the grid.

    The state of the weather forgets itself as `series.synthetic` has it: 1/e is left after 33 hours.
    """
    whole = [TimeGrid.of_year(int(year), grid.zone, 60) for year in np.unique(grid.year)]
    speeds = np.concatenate([_windy_year(source, year) for year in whole])
    own = TimeGrid(whole[0].start, 60, speeds.size, grid.zone)
    mean = f"{np.mean(source.monthly_wind):.1f}"
    return Weather(
        own,
        np.full(own.steps, Quality.SYNTHETIC, np.uint8),
        wind_m_per_s=speeds,
        wind_height_m=source.height,
        origin=(said("monthly-wind", mean=mean, height=f"{source.height:g}", seed=source.seed),),
    )


def _sunny_year(source: MonthlySun, year: TimeGrid, location: Location) -> Values:
    """Global irradiance of one calendar year, (T,)."""
    rng = np.random.default_rng([source.seed, int(year.year[0])])
    clear = sun_path(year, location).clear_w_per_m2
    clear = np.where(clear > DARK_W_PER_M2, clear, 0.0)
    drawn = rng.beta(*CLOUD_BETA, size=len(year.days))
    clear_kwh = np.bincount(year.day_index, weights=clear) * year.step_hours / 1000
    month_of_day = year.days.astype("M8[M]").astype(np.int64) % 12
    clearness = np.zeros(len(year.days))
    findings = []
    for month, total_kwh in enumerate(source.monthly_ghi):
        days = month_of_day == month
        most = CLEAREST_DAY * float(clear_kwh[days].sum())
        if total_kwh > most:
            who, expected = f"weather.monthly_ghi[{month + 1}]", f"≤ {most:.0f} kWh/m2"
            found = Finding("resource.irradiation-out-of-reach", who, expected, f"{say_number(total_kwh)} kWh/m2")
            findings.append(found)
        else:
            clearness[days] = _clearness(drawn[days], clear_kwh[days], total_kwh)
    if findings:
        raise InputError(findings)
    return np.asarray(clear * clearness[year.day_index])


def _clearness(drawn: Values, clear_kwh: Values, total_kwh: float) -> Values:
    """`min(scale * drawn, CLEAREST_DAY)` of each day such that the month has its total; the scale is exact.

    With the k clearest days at the limit, the scale follows from what the others must give; the right k is the first whose
    scale keeps all others below it.
    """
    order = np.argsort(drawn)[::-1]
    falling, weight = drawn[order], clear_kwh[order]
    at_limit = CLEAREST_DAY * np.concatenate([[0.0], np.cumsum(weight)[:-1]])
    rest = np.cumsum((falling * weight)[::-1])[::-1]
    scale = (total_kwh - at_limit) / np.maximum(rest, 1e-12)
    fits = scale * falling <= CLEAREST_DAY
    chosen = scale[np.argmax(fits)] if fits.any() else np.inf
    return np.asarray(np.minimum(np.maximum(chosen, 0.0) * drawn, CLEAREST_DAY))


def _windy_year(source: MonthlyWind, year: TimeGrid) -> Values:
    """Wind speeds of one calendar year, (T,)."""
    from scipy.signal import lfilter
    from scipy.special import ndtr

    rng = np.random.default_rng([source.seed, int(year.year[0])])
    keeps = float(np.exp(-year.step_hours / WIND_MEMORY_H))
    shocks = rng.normal(size=year.steps) * np.sqrt(1 - keeps**2)
    shocks[0] /= np.sqrt(1 - keeps**2)
    rank = np.minimum(ndtr(lfilter([1.0], [1.0, -keeps], shocks)), _SURE)
    shape = (-np.log1p(-rank)) ** (1 / source.weibull_shape) / gamma(1 + 1 / source.weibull_shape)
    mean = np.bincount(year.month - 1, weights=shape, minlength=12) / np.bincount(year.month - 1, minlength=12)
    return np.asarray(shape * (np.array(source.monthly_wind) / mean)[year.month - 1])
