"""Weather as it was recorded or drawn, and how it is laid on the studied period.

A file of weather is a record of some other time, or a typical year put together from several: it is laid on the studied
period by date, and never called a forecast. Weekdays mean nothing to the sun, so dates decide, not weekdays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import MINUTES_PER_DAY, Instants, Ints, TimeGrid, day_of_year, in_leap_year, year_of
from lingtan.findings import Finding, InputError, say_number
from lingtan.resource.location import Location
from lingtan.series import Quality
from lingtan.series.labeled import Qualities, Values, clock_time
from lingtan.wording import Text
from lingtan.wording.resource import said

Quantity = Literal["ghi_w_per_m2", "dhi_w_per_m2", "dni_w_per_m2", "temperature_c", "wind_m_per_s", "pressure_pa"]

QUANTITIES: Mapping[Quantity, tuple[float, float]] = {
    "ghi_w_per_m2": (0.0, 1800.0),  # broken clouds lift it above the solar constant for minutes
    "dhi_w_per_m2": (0.0, 1400.0),
    "dni_w_per_m2": (0.0, 1500.0),
    "temperature_c": (-70.0, 65.0),
    "wind_m_per_s": (0.0, 80.0),
    "pressure_pa": (40_000.0, 110_000.0),
}
"""The quantities of weather and the range in which each has been measured on Earth, typhoons included."""
NOMINAL_YEAR, NOMINAL_LEAP_YEAR = 2001, 2000
"""A typical year has no year of its own; these carry its 365 or 366 days."""
_LEAP_DAY_SLOT = 59
"""29 February in a table of 366 dates, counted from 0; its neighbor before is 28 February."""


@dataclass(frozen=True, eq=False)
class Weather:
    """Weather on the grid of its own record.

    `quantities` holds what the record has, by the names of `QUANTITIES`: arrays (T,) of means over each step. `quality` (T,)
    holds `Quality` codes. `wind_height_m` is that of the anemometer. `sun_minutes` says how much later (earlier where
    negative) than the middle of its step the irradiance was seen. `utc_offset_minutes` is the clock by whose dates a record is
    laid on another year. `typical` marks a year put together from several: its year means nothing.

    Raises `InputError`: `resource.wrong-length`, `resource.weather-gap`, `resource.weather-range`.
    """

    grid: TimeGrid
    quality: Qualities
    quantities: Mapping[Quantity, Values]
    wind_height_m: float = 10.0
    sun_minutes: int = 0
    utc_offset_minutes: int = 0
    location: Location | None = None
    typical: bool = False
    origin: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        kept = {name: np.asarray(values, dtype=np.float64) for name, values in self.quantities.items()}
        findings = [found for name, values in kept.items() for found in self._check(name, values)]
        if self.quality.shape != (self.grid.steps,):
            got = str(self.quality.size)
            findings.append(Finding("resource.wrong-length", "weather.quality", str(self.grid.steps), got))
        if findings:
            raise InputError(findings)
        object.__setattr__(self, "quantities", MappingProxyType(kept))

    def __contains__(self, name: object) -> bool:
        return name in self.quantities

    def __getitem__(self, name: Quantity) -> Values:
        return self.quantities[name]

    @property
    def names(self) -> str:
        """What the record has, for a finding about what it lacks."""
        return ", ".join(self.quantities)

    def of_year(self, year: int) -> Weather:
        """The part of a record that lies in one calendar year of its clock; `resource.no-such-year` if there is none."""
        years = year_of(self.grid.utc + self._offset)
        inside = np.flatnonzero(years == year)
        if self.typical or not inside.size:
            known = "" if self.typical else f"{years[0]} … {years[-1]}"
            raise InputError([Finding("resource.no-such-year", "weather.year", known, str(year))])
        return self._taken(inside, self.grid.window(int(inside[0]), int(inside.size)), self.quality[inside])

    def laid_on(self, grid: TimeGrid, margin_minutes: int = 0) -> Weather:
        """The weather of every step that touches `grid`, with a margin at both ends.

        Instants that the record holds are taken as they are. All others take the same date and time of day, by the clock
        of the record, and are marked `MAPPED`; 29 February takes 28 February where the record has none. The result has
        the step and the phase of the record.

        Raises `InputError`: `resource.many-years` when the record spans several years, so that a date does not say which
        one is meant; `resource.short-weather` when a date is absent.
        """
        target = self._grid_around(grid, margin_minutes)
        held = (target.utc >= self.grid.start) & (target.utc < self.grid.end) & (not self.typical)
        rows = np.where(held, (target.utc - self.grid.start).astype(np.int64) // self.grid.step_minutes, 0)
        if not held.all():
            inside = (target.utc >= grid.start) & (target.utc < grid.end)
            rows = np.where(held, rows, self._rows_by_date(target.utc, asked=inside & ~held))
        quality = np.where(held, self.quality[rows], np.maximum(self.quality[rows], np.uint8(Quality.MAPPED)))
        return self._taken(rows, target, quality.astype(np.uint8))

    def _check(self, name: Quantity, values: Values) -> list[Finding]:
        """A finding where values are of another length, absent, or beyond what the Earth has seen."""
        who = f"weather.{name}"
        if values.shape != (self.grid.steps,):
            return [Finding("resource.wrong-length", who, str(self.grid.steps), "×".join(map(str, values.shape)))]
        gaps = np.flatnonzero(~np.isfinite(values))
        if gaps.size:
            got = said("steps-without", count=gaps.size, at=self._clock(int(gaps[0])))
            return [Finding("resource.weather-gap", who, got=got)]
        low, high = QUANTITIES[name]
        odd = np.flatnonzero((values < low) | (values > high))
        if odd.size:
            got = said("value-at", value=say_number(values[odd[0]]), at=self._clock(int(odd[0])), count=odd.size)
            return [Finding("resource.weather-range", who, f"{say_number(low)} … {say_number(high)}", got)]
        return []

    def _clock(self, step: int) -> str:
        """A step by the clock of the record; a typical year has no year to name."""
        at = clock_time((self.grid.utc + self._offset)[step])
        return at[5:] if self.typical else at

    @property
    def _offset(self) -> np.timedelta64:
        return np.timedelta64(self.utc_offset_minutes, "m")

    def _grid_around(self, grid: TimeGrid, margin_minutes: int) -> TimeGrid:
        step = self.grid.step_minutes
        phase = int((self.grid.start - np.datetime64(0, "m")).astype(np.int64)) % step
        first = int((grid.start - np.datetime64(0, "m")).astype(np.int64)) - margin_minutes
        last = int((grid.end - np.datetime64(0, "m")).astype(np.int64)) + margin_minutes
        start = (first - phase) // step * step + phase
        return TimeGrid(np.datetime64(start, "m"), step, -(-(last - start) // step), grid.zone)

    def _rows_by_date(self, utc: Instants, asked: NDArray[np.bool_]) -> Ints:
        """The row of the same date and time of day for each instant; only those asked for must have one."""
        per_day = MINUTES_PER_DAY // self.grid.step_minutes
        own = _slots(self.grid.utc + self._offset, per_day, self.grid.step_minutes)
        if asked.any() and np.bincount(own).max() > 1:
            years = year_of(self.grid.utc + self._offset)
            raise InputError([Finding("resource.many-years", "weather.year", got=f"{years[0]} … {years[-1]}")])
        table = np.full(366 * per_day, -1)
        table[own] = np.arange(own.size)
        leap = table[_LEAP_DAY_SLOT * per_day : (_LEAP_DAY_SLOT + 1) * per_day]
        leap[leap < 0] = table[(_LEAP_DAY_SLOT - 1) * per_day : _LEAP_DAY_SLOT * per_day][leap < 0]
        rows = table[_slots(utc + self._offset, per_day, self.grid.step_minutes)]
        absent = np.flatnonzero((rows < 0) & asked)
        if absent.size:
            first = clock_time((utc + self._offset)[absent[0]])[5:]
            got = said("steps-without", count=absent.size, at=first)
            raise InputError([Finding("resource.short-weather", "weather", got=got)])
        edge = np.clip(
            np.arange(rows.size), 0, self.grid.steps - 1
        )  # in the margin of a record of days, its ends go on
        return np.where(rows < 0, edge, rows)

    def _taken(self, rows: Ints, grid: TimeGrid, quality: Qualities) -> Weather:
        taken = {name: values[rows] for name, values in self.quantities.items()}
        return replace(self, grid=grid, quality=quality, quantities=taken)


def notes_on_sun(sun_minutes: int) -> tuple[Text, ...]:
    """What is said of irradiance that was not seen in the middle of its hour."""
    if sun_minutes == 0:
        return ()
    when = said("minutes-later" if sun_minutes > 0 else "minutes-earlier", minutes=abs(sun_minutes))
    return (said("sun-minutes", when=when),)


def _slots(local: Instants, per_day: int, step_minutes: int) -> Ints:
    """Place of each wall-clock time in a table of 366 dates by the steps of a day."""
    day = local.astype("M8[D]")
    place = day_of_year(day) - 1
    place = np.where(~in_leap_year(day) & (place >= _LEAP_DAY_SLOT), place + 1, place)
    minute = (local - day).astype("m8[m]").astype(np.int64)
    return np.asarray(place * per_day + minute // step_minutes)
