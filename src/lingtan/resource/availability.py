"""A source of the park file, its weather and the studied grid, made into a series of availability."""

from __future__ import annotations

import numpy as np

from lingtan.clock import TimeGrid, year_of
from lingtan.findings import Finding, InputError, Severity
from lingtan.resource.hydro import hydro_availability
from lingtan.resource.location import Location
from lingtan.resource.pv import pv_output
from lingtan.resource.source import HydroPlant, PvArray, Turbine
from lingtan.resource.weather import Weather
from lingtan.resource.wind import wind_output
from lingtan.rulebook import HydroSeasons, citation_line
from lingtan.series import Quality, Reading, Series
from lingtan.wording import Text
from lingtan.wording.resource import said

FAR_KM = 100.0
"""Clouds and terrain of a station farther away are no longer those of the site."""


def make_pv(name: str, array: PvArray, weather: Weather, grid: TimeGrid, site: Location | None) -> Reading:
    """Availability of photovoltaics, per peak power of the modules; findings as `pv_output`, `resource.no-location`."""
    location = _location(weather, site)
    found = pv_output(weather, array, grid, location)
    if array.performance_ratio is None:
        model = said("pvwatts", losses=f"{array.losses:.0%}", mounting=said(f"mounting-{array.mounting}"))
    else:
        model = said("performance-ratio", ratio=f"{array.performance_ratio:g}")
    sums = said(
        "pv",
        tilt=f"{array.tilt:g}",
        azimuth=f"{array.azimuth:g}",
        horizontal=f"{found.horizontal_kwh_per_m2:.0f}",
        plane=f"{found.plane_kwh_per_m2:.0f}",
        hours=f"{found.full_load_hours:.0f}",
    )
    origin = (*weather.origin, *_laid(weather, grid), model, sums)
    series = Series(name, found.availability, "1", grid, found.quality, origin)
    return Reading(series, (*_far(weather, site), *found.findings))


def make_wind(name: str, turbine: Turbine, weather: Weather, grid: TimeGrid, site: Location | None) -> Reading:
    """Availability of wind power, per rated power; findings as `wind_output`."""
    location = site if site is not None else weather.location
    if location is not None and weather.location is not None:
        location = location.with_altitude(weather.location.altitude_m)
    found = wind_output(weather, turbine, grid, location)
    curve = said("own-curve") if turbine.points is not None else said(f"curve-{turbine.curve}")
    sums = said(
        "wind",
        measured=f"{found.measured_m_per_s:.2f}",
        height=f"{weather.wind_height_m:g}",
        hub=f"{found.hub_m_per_s:.2f}",
        hub_height=f"{turbine.hub_height:g}",
        hours=f"{found.availability.sum() * grid.step_hours:.0f}",
    )
    series = Series(
        name, found.availability, "1", grid, found.quality, (*weather.origin, *_laid(weather, grid), curve, sums)
    )
    return Reading(series, _far(weather, site))


def make_temperature(name: str, weather: Weather, grid: TimeGrid, site: Location | None) -> Reading:
    """Air temperature [°C]: the value of the record in each step, the largest where the record is finer.

    Raises `InputError`: `resource.no-air-temperature` for weather without it, and as `Weather.laid_on` does.
    """
    if "temperature_c" not in weather:
        raise InputError([Finding("resource.no-air-temperature", "weather", got=weather.names)])
    laid = weather.laid_on(grid)
    step = np.timedelta64(laid.grid.step_minutes, "m")
    last = grid.utc + (np.timedelta64(grid.step_minutes, "m") - np.timedelta64(1, "m"))
    first_row = ((grid.utc - laid.grid.start) // step).astype(np.intp)
    last_row = ((last - laid.grid.start) // step).astype(np.intp)
    values, quality = laid["temperature_c"][first_row], laid.quality[first_row]
    for more in range(1, int((last_row - first_row).max()) + 1):
        row = np.minimum(first_row + more, last_row)
        values, quality = np.maximum(values, laid["temperature_c"][row]), np.maximum(quality, laid.quality[row])
    series = Series(name, values, "°C", grid, quality, (*weather.origin, *_laid(weather, grid)))
    return Reading(series, _far(weather, site))


def make_hydro(name: str, plant: HydroPlant, grid: TimeGrid, seasons: HydroSeasons | None = None) -> Reading:
    """Availability of hydropower, per contracted or rated power; `seasons` is the record that says which months are wet.

    Raises `InputError` with `resource.no-seasons` where shares of seasons are given and neither the plant nor a record says
    which months they are.
    """
    values = hydro_availability(plant, grid, None if seasons is None else seasons.months)
    note: Text = said("hydro-monthly")
    if plant.seasons is not None:
        source = said("months-of-file")
        if plant.seasons.months is None and seasons is not None:
            source = citation_line(seasons)
        note = said("hydro-seasons", source=source)
    return Reading(Series.of(name, values, "1", grid, Quality.ASSUMED, origin=(note,)))


def _location(weather: Weather, site: Location | None) -> Location:
    """Where the sun is looked at from: the site, else the place of the record; height from either."""
    if site is None and weather.location is None:
        raise InputError([Finding("resource.no-location", "weather")])
    here = site if site is not None else weather.location
    assert here is not None
    return here.with_altitude(weather.location.altitude_m) if weather.location is not None else here


def _far(weather: Weather, site: Location | None) -> tuple[Finding, ...]:
    if site is None or weather.location is None:
        return ()
    distance = site.distance_km(weather.location)
    if distance <= FAR_KM:
        return ()
    found = Finding(
        "resource.far-weather", "weather", f"≤ {FAR_KM:g} km", f"{distance:.0f} km", severity=Severity.WARNING
    )
    return (found,)


def _laid(weather: Weather, grid: TimeGrid) -> tuple[Text, ...]:
    """How the record came onto the studied period."""
    if not weather.typical and weather.grid.start <= grid.start and weather.grid.end >= grid.end:
        return ()
    year = str(int(grid.year[0]))
    if weather.typical:
        return (said("typical-laid", year=year),)
    of = int(year_of(weather.grid.utc[weather.grid.steps // 2]))
    return (said("year-laid", of=str(of), year=year),)
