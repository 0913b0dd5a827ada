"""Series that nobody measured: a constant, or twelve monthly means with a drawn shape.

Every month's mean is met exactly and every value lies between 0 and the cap. A year is drawn whole, with the seed and
the year, and then cut: a week asked for alone is the same week as in its year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from lingtan.clock import MINUTES_PER_DAY, TimeGrid, day_of_year
from lingtan.findings import Finding, InputError, say_number
from lingtan.series.canonical import SHARE_UNIT, canonical_unit, to_canonical
from lingtan.series.labeled import Quality, Series, Values
from lingtan.series.source import ConstantSource, MonthlySource
from lingtan.units import convert
from lingtan.wording import Text
from lingtan.wording.series_notes import said

OBLIQUITY_DEG = 23.44
CLOUD_BETA = (3.0, 1.5)
"""Daily clearness is beta-distributed with mean 2/3: many fair days, few dark ones."""
WIND_MEMORY_H = 33.0
"""After this time a weather state keeps 1/e of itself; 0.97 per hour, about the passage of a front."""
WIND_STEEPNESS = 1.1
"""How fast a wind state of one standard deviation moves the output between calm and full."""
LOAD_NIGHT, LOAD_WEEKEND, LOAD_NOISE = 0.75, 0.88, 0.04
"""Night against the day's peak, weekend against workday, standard deviation of a step: a mixed park of shifts."""
_HALVINGS = 80
_WIDEST_SHIFT = 740.0
"""Beyond it a share is below the smallest number that a computer has."""


def make_constant(source: ConstantSource, name: str, grid: TimeGrid) -> Series:
    """The same value in every step of a grid, in the canonical unit."""
    values = np.full(grid.steps, source.constant)
    return to_canonical(Series.of(name, values, source.unit, grid, Quality.ASSUMED, origin=(said("constant"),)))


def make_monthly(
    source: MonthlySource,
    name: str,
    grid: TimeGrid,
    *,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Series:
    """Twelve means and a shape on a grid; the place (degrees) is the site's, used where the source gives none.

    Values (T,) in the canonical unit; means over whole local months are exact to 1e-9 of the mean. Raises `InputError`:
    `series.mean-out-of-reach`, `series.no-cap`, `series.no-latitude`.
    """
    place = _Place(
        source.latitude if source.latitude is not None else latitude,
        source.longitude if source.longitude is not None else longitude,
    )
    _check(source, name, place)
    years = [TimeGrid.of_year(int(year), grid.zone, grid.step_minutes) for year in np.unique(grid.year)]
    values = np.concatenate([_year(source, name, year, place) for year in years])
    first = int((grid.start - years[0].start) // np.timedelta64(grid.step_minutes, "m"))
    quality = Quality.ASSUMED if source.shape == "flat" else Quality.SYNTHETIC
    drawn = values[first : first + grid.steps]
    return to_canonical(Series.of(name, drawn, source.unit, grid, quality, origin=tuple(_notes(source, place))))


@dataclass(frozen=True)
class _Place:
    latitude: float | None
    longitude: float | None


def _cap(source: MonthlySource) -> float:
    if source.cap is not None:
        return source.cap
    return convert(1.0, SHARE_UNIT, source.unit) if canonical_unit(source.unit) == SHARE_UNIT else np.inf


def _check(source: MonthlySource, name: str, place: _Place) -> None:
    findings = []
    if source.shape == "solar" and place.latitude is None:
        findings.append(Finding("series.no-latitude", name))
    if source.shape == "wind" and not np.isfinite(_cap(source)):
        findings.append(Finding("series.no-cap", name, got=source.unit))
    if source.shape != "flat":
        findings += [_out_of_reach(source, name, month, 0.0) for month, mean in enumerate(source.monthly) if mean < 0]
    if findings:
        raise InputError(findings)


def _notes(source: MonthlySource, place: _Place) -> Iterable[Text]:
    if source.shape == "flat":
        yield said("monthly-flat")
        return
    yield said("monthly-drawn", shape=source.shape, seed=source.seed)
    if source.shape == "solar" and place.longitude is None:
        yield said("noon-assumed")


def _year(source: MonthlySource, name: str, year: TimeGrid, place: _Place) -> Values:
    """One calendar year of values, (steps,)."""
    if source.shape == "flat":
        return np.array(source.monthly)[year.month - 1]
    drawn, cap = _drawn(source, year, place), _cap(source)
    values = np.zeros(year.steps)
    findings = []
    for month, mean in enumerate(source.monthly):
        steps = np.flatnonzero(year.month == month + 1)
        reach = cap if source.shape == "wind" or np.isinf(cap) else cap * float(np.mean(drawn[steps] > 0))
        if mean > reach:
            findings.append(_out_of_reach(source, name, month, reach))
        elif source.shape == "wind":
            values[steps] = _shifted(drawn[steps], mean, cap)
        else:
            values[steps] = _scaled(drawn[steps], mean, cap)
    if findings:
        raise InputError(findings)
    return values


def _out_of_reach(source: MonthlySource, name: str, month: int, reach: float) -> Finding:
    who, mean = f"{name}.monthly[{month + 1}]", source.monthly[month]
    return Finding("series.mean-out-of-reach", who, f"0 … {reach:.4g}", say_number(mean))


# ---------------------------------------------------------------------------------------------- shapes


def _drawn(source: MonthlySource, year: TimeGrid, place: _Place) -> Values:
    """The shape of a year before it is brought to its means, (steps,)."""
    rng = np.random.default_rng([source.seed, int(year.year[0])])
    match source.shape:
        case "solar":
            return _solar(year, rng, place)
        case "wind":
            return _wind(year, rng)
        case "load":
            return _load(year, rng)
        case "flat":
            return np.ones(year.steps)
        case _:
            assert_never(source.shape)


def _solar(year: TimeGrid, rng: np.random.Generator, place: _Place) -> Values:
    """Sine of the sun's height in the middle of each step, zero at night, times a clearness per day.

    Declination after Cooper (1969), equation of time after Duffie and Beckman; both are far finer than the clouds.
    """
    day_number = day_of_year(year.day)
    angle = 2 * np.pi * (day_number - 81) / 364
    minutes_ahead = 9.87 * np.sin(2 * angle) - 7.53 * np.cos(angle) - 1.5 * np.sin(angle)
    if place.longitude is None:
        clock = year.minute_of_day.astype(np.float64)
    else:
        utc_minute = (year.utc - year.utc.astype("M8[D]")).astype(np.float64)
        clock = utc_minute + 4 * place.longitude + minutes_ahead
    hour_angle = 2 * np.pi * (clock + year.step_minutes / 2 - MINUTES_PER_DAY / 2) / MINUTES_PER_DAY
    declination = np.deg2rad(OBLIQUITY_DEG) * np.sin(2 * np.pi * (284 + day_number) / 365)
    latitude = np.deg2rad(place.latitude if place.latitude is not None else 0.0)
    height = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour_angle)
    clearness = rng.beta(*CLOUD_BETA, size=len(year.days))
    return np.asarray(np.clip(height, 0, None) * clearness[year.day_index])


def _wind(year: TimeGrid, rng: np.random.Generator) -> Values:
    """A weather state with memory: first-order autoregressive, mean 0, standard deviation 1."""
    keeps = float(np.exp(-year.step_hours / WIND_MEMORY_H))
    shocks = rng.normal(size=year.steps) * np.sqrt(1 - keeps**2)
    shocks[0] /= np.sqrt(1 - keeps**2)
    return _remembered(shocks, keeps)


def _remembered(shocks: Values, keeps: float) -> Values:
    """`state[t] = keeps * state[t-1] + shocks[t]` by doubling: after k rounds a state knows the last 2**k shocks."""
    state, reach = shocks, 1
    while reach < state.size:
        state = state + keeps**reach * np.concatenate([np.zeros(reach), state[:-reach]])
        reach *= 2
    return state


def _load(year: TimeGrid, rng: np.random.Generator) -> Values:
    """A day with a flat night and a round noon, lower weekends, and a little noise."""
    hour = (year.minute_of_day + year.step_minutes / 2) / 60
    daily = LOAD_NIGHT + (1 - LOAD_NIGHT) * np.clip(np.sin(np.pi * (hour - 5) / 16), 0, None)
    weekly = np.where(year.weekday >= 5, LOAD_WEEKEND, 1.0)
    return np.asarray(daily * weekly * np.clip(1 + LOAD_NOISE * rng.normal(size=year.steps), 0.5, 1.5))


# ---------------------------------------------------------------------------------------------- fits to a mean


def _scaled(shape: Values, mean: float, cap: float) -> Values:
    """`min(scale * shape, cap)` with this mean: the scale is exact, found among the numbers of capped values."""
    if mean == 0:
        return np.zeros_like(shape)
    falling = np.sort(shape)[::-1]
    if not np.isfinite(cap):
        return np.asarray(shape * (mean / shape.mean()))
    rest = np.cumsum(falling[::-1])[::-1]
    capped = np.arange(shape.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = (mean * shape.size - capped * cap) / rest
        fits = (scale * falling <= cap) & (falling > 0)
    if not fits.any():
        return np.where(shape > 0, cap, 0.0)
    return np.asarray(np.minimum(scale[np.argmax(fits)] * shape, cap))


def _shifted(state: Values, mean: float, cap: float) -> Values:
    """`cap / (1 + exp(-(steepness * state + shift)))` with this mean; the shift is found by halving."""
    if mean in {0, cap}:
        return np.full_like(state, mean)
    low, high = -_WIDEST_SHIFT, _WIDEST_SHIFT
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _logistic(state, middle).mean() * cap < mean else (low, middle)
    values = cap * _logistic(state, (low + high) / 2)
    return np.asarray(np.minimum(values * (mean / values.mean()), cap))


def _logistic(state: Values, shift: float) -> Values:
    return np.asarray(np.exp(-np.logaddexp(0.0, -(WIND_STEEPNESS * state + shift))))
