"""The only door of this room to the disk: files of weather, and the series that come of them."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.resource.availability import make_hydro, make_pv, make_temperature, make_wind
from lingtan.resource.drawn import draw_sun, draw_wind
from lingtan.resource.epw import parse_epw
from lingtan.resource.location import Location
from lingtan.resource.pvgis import parse_pvgis
from lingtan.resource.source import (
    CsvWeather,
    EpwWeather,
    HydroSource,
    MonthlySun,
    MonthlyWind,
    PvgisWeather,
    PvSource,
    ResourceSource,
    TemperatureSource,
    WeatherSource,
    weather_of,
)
from lingtan.resource.weather import Quantity, Weather, notes_on_sun
from lingtan.rulebook import HydroSeasons
from lingtan.series import Expectation, FileSource, Reading, Series
from lingtan.series.columns import FilePlace
from lingtan.series.labeled import Qualities
from lingtan.series.read import Recordings, size_of

MAX_BYTES = 64 * 2**20
"""Twenty years of PVGIS in JSON are 30 MB; an EPW file is 2 MB."""
_UNITS: Mapping[Quantity, str] = {
    "ghi_w_per_m2": "W/m2",
    "dhi_w_per_m2": "W/m2",
    "dni_w_per_m2": "W/m2",
    "temperature_c": "°C",
    "wind_m_per_s": "m/s",
    "pressure_pa": "1",  # a pascal is no unit of a park; the number is taken as it stands
}
_INTAKE = {
    "time_column", "sheet", "header_line", "zone", "stamps", "midnight", "day_first", "sort", "duplicates", "sentinels",
    "repair", "max_gap_minutes",
}  # fmt: skip
"""What a CSV of weather says about its rows, in the words of any recorded series."""


@dataclass(frozen=True, eq=False)
class WeatherReading:
    """Weather that was read, and the warnings that travel with it."""

    weather: Weather
    findings: tuple[Finding, ...] = ()


def read_resource(
    source: ResourceSource,
    name: str,
    grid: TimeGrid,
    *,
    folder: str | os.PathLike[str] | Recordings,
    site: Location | None = None,
    seasons: HydroSeasons | None = None,
    who: str = "",
) -> Reading:
    """The availability that a source says, on the grid, with its warnings.

    A relative file counts from `folder`, that of the park file; given as `Recordings`, its files are read once for all sources.
    `site` is where the plant stands; without it the place of the
    record is taken. `seasons` is the record of the water year, for a source that does not give its months. `who` names the series
    in findings (default: its name). Raises `InputError` with all findings.
    """
    who = who or name
    family = next(iter(type(source).model_fields))
    try:
        if isinstance(source, HydroSource):
            return make_hydro(name, source.hydro, grid, seasons)
        read = read_weather(weather_of(source), grid, folder=folder, site=site, who=f"{who}.{family}.weather")
        if isinstance(source, PvSource):
            made = make_pv(name, source.pv, read.weather, grid, site)
        elif isinstance(source, TemperatureSource):
            made = make_temperature(name, read.weather, grid, site)
        else:
            made = make_wind(name, source.wind, read.weather, grid, site)
    except InputError as error:
        raise InputError(_below(error.findings, f"{who}.{family}")) from error
    return Reading(made.series, _below((*read.findings, *made.findings), f"{who}.{family}"))


def read_weather(
    source: WeatherSource,
    grid: TimeGrid,
    *,
    folder: str | os.PathLike[str] | Recordings,
    site: Location | None = None,
    who: str = "weather",
) -> WeatherReading:
    """The weather that a source says, on the grid of its own record; `grid` says which years a drawn one is drawn for.

    Raises `InputError`: `resource.no-file`, `resource.unreadable`, `resource.too-large`, `resource.no-location`, and as
    the parsers and `series.read_series` do.
    """
    match source:
        case EpwWeather():
            content, place = _bytes(folder, source.epw, who)
            return WeatherReading(parse_epw(content, place, sun_minutes=source.sun_minutes))
        case PvgisWeather():
            content, place = _bytes(folder, source.pvgis, who)
            weather = parse_pvgis(content, place, sun_minutes=source.sun_minutes)
            return WeatherReading(weather if source.year is None else weather.of_year(source.year))
        case CsvWeather():
            with _shared(folder) as recordings:
                return _columns(source, grid.zone, recordings, site, who)
        case MonthlySun():
            if site is None:
                raise InputError([Finding("resource.no-location", who)])
            return WeatherReading(draw_sun(source, grid, site))
        case MonthlyWind():
            return WeatherReading(draw_wind(source, grid))


def _shared(folder: str | os.PathLike[str] | Recordings) -> AbstractContextManager[Recordings]:
    """The recordings that were given, which somebody else closes, or those of a folder."""
    return nullcontext(folder) if isinstance(folder, Recordings) else Recordings(folder)


def _bytes(folder: str | os.PathLike[str] | Recordings, file: str, who: str) -> tuple[bytes, FilePlace]:
    """A file, unpacked no further than the bound."""
    with _shared(folder) as recordings:
        path = recordings.place_of(file, who)
    place = FilePlace(str(path), who)
    try:
        size_of(path)
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise place.refused("resource.no-file", got=path.name) from error
    except (OSError, EOFError, zlib.error) as error:
        got = getattr(error, "strerror", None) or str(error)
        raise place.refused("resource.unreadable", got=got) from error
    if len(content) > MAX_BYTES:
        raise place.refused("resource.too-large", f"≤ {MAX_BYTES} B")
    return content, place


def _columns(source: CsvWeather, zone: str, recordings: Recordings, site: Location | None, who: str) -> WeatherReading:
    """Columns of one file as weather; each is read as any recorded series is."""
    named = {name: getattr(source, name) for name in _UNITS if getattr(source, name) is not None}
    if not named:
        raise InputError([Finding("resource.no-columns", who, ", ".join(_UNITS))])
    series: dict[Quantity, Series] = {}
    findings: list[Finding] = []
    for name, column in named.items():
        is_sun = name.endswith("w_per_m2")
        unsaid = {"stamps", "midnight"} - source.model_fields_set  # the reader asks where they are open
        given = source.model_dump(include=_INTAKE - unsaid) | {"negative": source.negative if is_sun else "refuse"}
        one = FileSource(file=source.csv, column=column, unit=_UNITS[name], **given)
        kind = Expectation(
            "solar" if is_sun else "wind" if name == "wind_m_per_s" else "weather", longitude=_east(site)
        )
        try:
            reading = recordings.read(one, name=name, zone=zone, expected=kind, who=f"{who}.{name}")
        except InputError as error:
            findings += error.findings
            continue
        series[name] = reading.series
        findings += reading.findings
    if len(series) < len(named):
        raise InputError(findings)
    first = next(iter(series.values()))
    apart = [name for name, one in series.items() if one.grid != first.grid]
    if apart:
        raise InputError([Finding("resource.columns-apart", who, got=", ".join(apart))])
    weather = Weather(
        first.grid,
        _worst(series.values()),
        {name: one.values for name, one in series.items()},
        wind_height_m=source.wind_height,
        sun_minutes=source.sun_minutes,
        utc_offset_minutes=_standard_offset(first.grid),
        typical=source.typical,
        origin=(
            *dict.fromkeys(note for one in series.values() for note in one.origin),
            *notes_on_sun(source.sun_minutes),
        ),
    )
    return WeatherReading(weather if source.year is None else weather.of_year(source.year), tuple(findings))


def _below(findings: Iterable[Finding], who: str) -> tuple[Finding, ...]:
    """Findings under the path of their source; those that say their path already keep it."""
    return tuple(found if found.who.startswith(who) else replace(found, who=f"{who}.{found.who}") for found in findings)


def _worst(series: Iterable[Series]) -> Qualities:
    return np.asarray(np.maximum.reduce([one.quality for one in series]))


def _east(site: Location | None) -> float | None:
    return None if site is None else site.longitude_deg


def _standard_offset(grid: TimeGrid) -> int:
    """Offset of the zone's standard time [min]: the smaller of the year's offsets, for the sun keeps no summer time."""
    return int(np.min(grid.local - grid.utc).astype(np.int64))
