"""Irradiance of an hourly record on fine steps, with the energy of every hour kept.

An hour is spread over its steps by the clear sky times a clearness that runs smoothly from hour to hour; then each hour is
scaled to its own energy. What part is diffuse comes from the record, else from Erbs, Klein and Duffie, Solar Energy 28
(1982), and is constant within the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid, day_of_year
from lingtan.findings import Finding, InputError, Severity
from lingtan.resource.location import Location
from lingtan.resource.sun import SunPath, need_pvlib, sun_path
from lingtan.resource.weather import Weather
from lingtan.series.labeled import Values
from lingtan.wording.resource import said

Flags = NDArray[np.bool_]

COARSEST_MINUTES = 15
"""In 15 minutes the sun moves by 3.75°: the middle of the step speaks for it, also near sunrise."""
MOST_CLEARNESS = 1.5
"""Above it an hour at the edge of the day would color its neighbors; its own energy is kept in any case."""
BEAM_LOWEST_DEG = 87.0
"""With the sun below 3° no beam is told from the diffuse sky: a small error of time would make it huge."""
BEAM_CEILING = 0.85
"""No beam at the ground has been above this share of the extraterrestrial one; what is above counts as diffuse."""
DARK_W_PER_M2 = 1e-3
"""A clear sky below it gives no shape to spread energy by: the sun is down, or less than half a degree up for a moment."""
DARK_SHARE = 0.005
"""More energy than this while the sun is down says that stamps or zone are wrong."""
JUDGED_MINUTES = 30 * 1440
"""Clouds of a few days can hide the middle of the day; those of a month cannot."""
LONGEST_SHIFT_MINUTES = 90
LATE_MINUTES = 25
"""Fog in the morning moves the fit by a quarter of an hour; a wrong convention by a half or a whole one."""


@dataclass(frozen=True, eq=False)
class Irradiance:
    """Irradiance on fine steps, (T,) each in W/m2; global = diffuse + direct normal x height of the sun."""

    sun: SunPath
    global_w_per_m2: Values
    diffuse_w_per_m2: Values
    direct_normal_w_per_m2: Values

    def window(self, grid: TimeGrid) -> Irradiance:
        """The steps that lie in a grid."""
        own = self.sun.grid
        first = own.index(grid.start)
        steps = grid.steps * grid.step_minutes // own.step_minutes
        part = slice(first, first + steps)
        arrays = self.global_w_per_m2[part], self.diffuse_w_per_m2[part], self.direct_normal_w_per_m2[part]
        return Irradiance(self.sun.window(first, steps), *arrays)


@dataclass(frozen=True, eq=False)
class SeenSun:
    """A record of irradiance with the sun over it: `parts` fine steps for each of its own steps."""

    weather: Weather
    sun: SunPath
    parts: int

    def by_record(self, values: Values) -> Values:
        """Means over the steps of the record."""
        return np.asarray(values.reshape(-1, self.parts).mean(axis=1))

    @cached_property
    def lit(self) -> Flags:
        """Steps of the record in which the sun is up, (T,)."""
        return np.asarray(self.by_record(self.sun.clear_w_per_m2) > DARK_W_PER_M2)

    def by_part(self, values: Values) -> Values:
        """Values of the record, repeated on the fine steps."""
        return np.repeat(values, self.parts)


def see_sun(weather: Weather, location: Location, *, steps_of: TimeGrid) -> SeenSun:
    """The sun over a record, on fine steps of which the steps of `steps_of` are made.

    The step that the record calls its own was seen `sun_minutes` later.
    """
    own = weather.grid
    shift = int((own.start - steps_of.start).astype(np.int64)) + weather.sun_minutes
    fine = gcd(gcd(own.step_minutes, steps_of.step_minutes), gcd(COARSEST_MINUTES, shift))
    parts = own.step_minutes // fine
    start = own.start + np.timedelta64(weather.sun_minutes, "m")
    return SeenSun(weather, sun_path(TimeGrid(start, fine, own.steps * parts, own.zone), location), parts)


def spread(seen: SeenSun) -> Irradiance:
    """The irradiance of a record on fine steps; the mean over each step of the record stays what it is.

    Of a step without any sun nothing can be spread: what the record has there is dropped. Raises `InputError`:
    `resource.no-irradiance`.
    """
    ghi = _global(seen)
    clear = np.where(seen.lit, seen.by_record(seen.sun.clear_w_per_m2), 1.0)
    clearness = np.where(seen.lit, np.minimum(ghi / clear, MOST_CLEARNESS), 0.0)
    shape = _smooth(clearness, seen.lit, seen.parts) * seen.sun.clear_w_per_m2
    known = seen.lit & (ghi > 0)
    level = np.where(known, ghi / np.where(known, seen.by_record(shape), 1.0), 0.0)
    global_ = shape * seen.by_part(level)
    diffuse = global_ * seen.by_part(_diffuse_share(seen, ghi))
    height = seen.sun.height
    ceiling = np.where(seen.sun.zenith_deg < BEAM_LOWEST_DEG, BEAM_CEILING * seen.sun.extraterrestrial_w_per_m2, 0.0)
    direct = np.minimum((global_ - diffuse) / np.maximum(height, 1e-3), ceiling)
    return Irradiance(seen.sun, global_, np.maximum(global_ - direct * height, 0.0), direct)


def _global(seen: SeenSun) -> Values:
    """Global horizontal irradiance of the record, (T,)."""
    weather = seen.weather
    if "ghi_w_per_m2" not in weather:
        raise InputError([Finding("resource.no-irradiance", "weather", got=weather.names)])
    return weather["ghi_w_per_m2"]


def _smooth(clearness: Values, lit: Flags, parts: int) -> Values:
    """Clearness on the fine steps: a straight line between the middles of the steps with sun, never zero for one of them."""
    if parts == 1:
        return clearness
    middle = np.arange(clearness.size) * parts + (parts - 1) / 2
    if not lit.any():
        return np.zeros(clearness.size * parts)
    return np.asarray(np.interp(np.arange(clearness.size * parts), middle[lit], clearness[lit]))


def _diffuse_share(seen: SeenSun, ghi: Values) -> Values:
    """Share of the global irradiance that is diffuse, 0 to 1, by steps of the record; (T,)."""
    weather, some = seen.weather, np.maximum(ghi, 1e-9)
    height = seen.by_record(seen.sun.height)
    if "dhi_w_per_m2" in weather:
        return np.where(ghi > 0, np.minimum(weather["dhi_w_per_m2"] / some, 1.0), 1.0)
    if "dni_w_per_m2" in weather:
        return np.where(ghi > 0, np.clip(1.0 - weather["dni_w_per_m2"] * height / some, 0.0, 1.0), 1.0)
    zenith = np.rad2deg(np.arccos(np.clip(height, 0.0, 1.0)))
    found = need_pvlib().irradiance.erbs(ghi, zenith, day_of_year(weather.grid.day))
    return np.where(ghi > 0, np.clip(np.asarray(found["dhi"]) / some, 0.0, 1.0), 1.0)


def check_sun(seen: SeenSun, who: str) -> list[Finding]:
    """Whether the record fits the sun: energy while the sun is down, and a fit that is better half an hour off.

    Both are warnings; a record of less than 30 days is not judged by its fit.
    """
    ghi = _global(seen)
    total = float(ghi.sum())
    if total <= 0:
        return []
    findings = []
    dark = float(ghi[~seen.lit].sum()) / total
    if dark > DARK_SHARE:
        got = f"{dark:.1%}"
        findings.append(Finding("resource.sun-at-night", who, f"≤ {DARK_SHARE:.1%}", got, severity=Severity.WARNING))
    late = best_shift_minutes(seen)
    if abs(late) >= LATE_MINUTES:
        right = round((seen.weather.sun_minutes + late) / 5) * 5
        word = said("minutes-later" if late > 0 else "minutes-earlier", minutes=f"{abs(late):.0f}")
        findings.append(
            Finding("resource.sun-shifted", who, got=word, values={"minutes": str(right)}, severity=Severity.WARNING)
        )
    return findings


def best_shift_minutes(seen: SeenSun) -> float:
    """How many minutes later (negative: earlier) the record would fit the height of the sun best; 0 where unknown.

    The correlation of irradiance with the mean height of the sun is taken for shifts of up to an hour and a half; the top
    of the parabola through the best of them and its neighbors is the answer.
    """
    fine = seen.sun.grid.step_minutes
    ghi, height = _global(seen), seen.sun.height
    if (
        seen.weather.grid.steps * seen.weather.grid.step_minutes < JUDGED_MINUTES
        or np.ptp(ghi) == 0
        or np.ptp(height) == 0
    ):
        return 0.0
    reach = LONGEST_SHIFT_MINUTES // fine
    fits = [float(np.corrcoef(ghi, seen.by_record(np.roll(height, -move)))[0, 1]) for move in range(-reach, reach + 1)]
    best = int(np.argmax(fits))
    if best in {0, 2 * reach}:
        return float((best - reach) * fine)
    before, top, after = fits[best - 1 : best + 2]
    bend = 2 * (before - 2 * top + after)
    return (best - reach + ((before - after) / bend if bend else 0.0)) * fine
