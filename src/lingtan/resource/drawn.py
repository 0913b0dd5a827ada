"""Weather that nobody measured: days of sun or a course of wind, drawn so that every month's figure is met exactly.

A year is drawn whole, with the seed and the year, so that a week asked for alone is the same week as in its year.
"""

from __future__ import annotations

from math import gamma, gcd

import numpy as np

from lingtan.clock import TimeGrid, month_of
from lingtan.findings import Finding, InputError, say_number
from lingtan.resource.irradiance import COARSEST_MINUTES, DARK_W_PER_M2
from lingtan.resource.location import Location
from lingtan.resource.source import MonthlySun, MonthlyWind
from lingtan.resource.sun import sun_path
from lingtan.resource.weather import Quantity, Weather
from lingtan.series import Quality
from lingtan.series.labeled import Values
from lingtan.series.synthetic import WIND_MEMORY_H
from lingtan.wording.resource import said

DARKEST_DAY, CLEAREST_DAY = 0.05, 1.05
"""Daily clearness: a day of rain, and the clearest day, against the clear sky of Haurwitz (that of the lowlands)."""
_STEEPEST = 600.0
"""Exponents beyond it leave the range of a float; the mean is then within 0.2 % of its end."""
_HALVINGS = 100
_SURE = 1.0 - 1e-12
"""A state of the weather rarer than once in a hundred million years would be an infinite gale."""


def draw_sun(source: MonthlySun, grid: TimeGrid, location: Location) -> Weather:
    """Global irradiance whose months have the given sums [kWh/m2], on the years of the grid.

    Each day is the clear sky times its own clearness, which is drawn by the law of Bendt. Raises `InputError` with
    `resource.irradiation-out-of-reach`.
    """
    step = gcd(COARSEST_MINUTES, grid.step_minutes)
    whole = [TimeGrid.of_year(int(year), grid.zone, step) for year in np.unique(grid.year)]
    ghi = np.concatenate([_sunny_year(source, year, location) for year in whole])
    own = TimeGrid(whole[0].start, step, ghi.size, grid.zone)
    quantities: dict[Quantity, Values] = {"ghi_w_per_m2": ghi}
    if source.monthly_temperature is not None:
        quantities["temperature_c"] = np.array(source.monthly_temperature)[own.month - 1]
    note = said("monthly-sun", total=f"{sum(source.monthly_ghi):.0f}", seed=source.seed)
    drawn = np.full(own.steps, Quality.SYNTHETIC, np.uint8)
    return Weather(own, drawn, quantities, location=location, origin=(note,))


def draw_wind(source: MonthlyWind, grid: TimeGrid) -> Weather:
    """Hourly wind speeds whose months have the given means [m/s] and, before that, a Weibull law, on the years of the grid.

    The state of the weather forgets itself as `series.synthetic` has it: 1/e is left after 33 hours.
    """
    whole = [TimeGrid.of_year(int(year), grid.zone, 60) for year in np.unique(grid.year)]
    speeds = np.concatenate([_windy_year(source, year) for year in whole])
    own = TimeGrid(whole[0].start, 60, speeds.size, grid.zone)
    mean, height = f"{np.mean(source.monthly_wind):.1f}", f"{source.height:g}"
    note = said("monthly-wind", mean=mean, height=height, seed=source.seed)
    drawn = np.full(own.steps, Quality.SYNTHETIC, np.uint8)
    return Weather(own, drawn, {"wind_m_per_s": speeds}, wind_height_m=source.height, origin=(note,))


def _sunny_year(source: MonthlySun, year: TimeGrid, location: Location) -> Values:
    """Global irradiance of one calendar year, (T,)."""
    rng = np.random.default_rng([source.seed, int(year.year[0])])
    clear = sun_path(year, location).clear_w_per_m2
    clear = np.where(clear > DARK_W_PER_M2, clear, 0.0)
    rank = rng.random(len(year.days))
    clear_kwh = np.bincount(year.day_index, weights=clear) * year.step_hours / 1000
    month_of_day = month_of(year.days)
    clearness = np.zeros(len(year.days))
    findings = []
    for month, total_kwh in enumerate(source.monthly_ghi, 1):
        days = month_of_day == month
        most = float((clear_kwh[days] * _bendt(rank[days], _STEEPEST)).sum())
        if total_kwh > most:
            who, expected = f"weather.monthly_ghi[{month}]", f"≤ {most:.0f} kWh/m2"
            found = Finding("resource.irradiation-out-of-reach", who, expected, f"{say_number(total_kwh)} kWh/m2")
            findings.append(found)
        else:
            clearness[days] = _clearness(rank[days], clear_kwh[days], total_kwh)
    if findings:
        raise InputError(findings)
    return np.asarray(clear * clearness[year.day_index])


def _clearness(rank: Values, clear_kwh: Values, total_kwh: float) -> Values:
    """Clearness of the days of a month such that they have its total: the exponent of their law is found by halving."""
    low, high = -_STEEPEST, _STEEPEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        short = float((clear_kwh * _bendt(rank, middle)).sum()) < total_kwh
        low, high = (middle, high) if short else (low, middle)
    days = _bendt(rank, high)
    given = float((clear_kwh * days).sum())
    return np.asarray(days * (total_kwh / given)) if given > 0 else days


def _bendt(rank: Values, exponent: float) -> Values:
    """Clearness of days by their rank, 0 to 1, whose density is exp(exponent x clearness) between darkest and clearest.

    The law by which days of one mean are spread at most places: Bendt, Collares-Pereira and Rabl, Solar Energy 27 (1981).
    """
    if abs(exponent) < 1e-9:
        return DARKEST_DAY + (CLEAREST_DAY - DARKEST_DAY) * rank
    reach = np.expm1(exponent * (CLEAREST_DAY - DARKEST_DAY))
    return np.asarray(DARKEST_DAY + np.log1p(rank * reach) / exponent)


def _windy_year(source: MonthlyWind, year: TimeGrid) -> Values:
    """Wind speeds of one calendar year, (T,)."""
    import pandas as pd
    from scipy.special import ndtr

    rng = np.random.default_rng([source.seed, int(year.year[0])])
    keeps = float(np.exp(-year.step_hours / WIND_MEMORY_H))
    shocks = rng.normal(size=year.steps) * np.sqrt((1 + keeps) / (1 - keeps))
    shocks[0] *= np.sqrt((1 - keeps) / (1 + keeps))  # the first state has no past to be tempered by
    state = (
        pd.Series(shocks).ewm(alpha=1 - keeps, adjust=False).mean()
    )  # keeps × the last state + (1 - keeps) x the shock
    rank = np.minimum(ndtr(state.to_numpy()), _SURE)
    shape = (-np.log1p(-rank)) ** (1 / source.weibull_shape) / gamma(1 + 1 / source.weibull_shape)
    mean = np.bincount(year.month - 1, weights=shape, minlength=12) / np.bincount(year.month - 1, minlength=12)
    return np.asarray(shape * (np.array(source.monthly_wind) / mean)[year.month - 1])
