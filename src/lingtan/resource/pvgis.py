"""Hourly radiation ("seriescalc") and typical years ("tmy") of PVGIS, in CSV or JSON. Pure, on bytes.

All stamps are UTC. An hourly record stamps each hour with the minute at which the satellite saw the place (00:10 of SARAH), or
with the middle of the hour (00:30 of ERA5, whose values are means); a typical year is stamped on the hour and says beside
it how many hours later the irradiance was seen. That minute is the middle of the hour for which a value speaks.

Only radiation on the horizontal plane is taken: from a tilted plane the sky cannot be told from the ground.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lingtan.clock import Instants, TimeGrid, in_leap_year, month_of
from lingtan.frozen import DeepFrozen
from lingtan.resource.location import Location
from lingtan.resource.weather import NOMINAL_YEAR, Quantity, Weather, notes_on_sun
from lingtan.series import Quality
from lingtan.series.columns import FilePlace
from lingtan.series.labeled import Values
from lingtan.wording import Words
from lingtan.wording.resource import said

HALF_HOUR = 30
ANEMOMETER_M = 10.0
"""Wind of PVGIS is that of the reanalysis at 10 m (`WS10m`)."""
HOURLY_STAMP, TYPICAL_STAMP = "time", "time(UTC)"
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2}):(\d{2})(\d{2})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class _Raw(DeepFrozen):
    """What a file says: its columns by name, as text or numbers, and the facts above them."""

    columns: Mapping[str, Sequence[Any]]
    location: Location
    database: str
    slope_deg: float | None
    sun_offset_h: float | None

    @property
    def typical(self) -> bool:
        return TYPICAL_STAMP in self.columns


def parse_pvgis(content: bytes, place: FilePlace, *, sun_minutes: int | None = None) -> Weather:
    """A file of PVGIS as weather; `sun_minutes` takes the place of what the stamps say.

    Raises `InputError`: `resource.not-pvgis`, `resource.pvgis-tilted`, `resource.pvgis-rows`, `resource.not-a-number`, and as
    `Weather` does.
    """
    text = content.decode("utf-8-sig", "replace")
    raw = _of_json(text, place) if text.lstrip().startswith("{") else _of_csv(text, place)
    stamps = _stamps(raw, place)
    if raw.typical:
        grid, seen = _typical_grid(stamps, place), round((raw.sun_offset_h or 0.0) * 60)
    else:
        grid, seen = _hourly_grid(stamps, place)
    minutes = round((seen - HALF_HOUR) / 5) * 5 if sun_minutes is None else sun_minutes
    rebuilt = _numbers(raw, "Int", place) > 0 if "Int" in raw.columns else np.zeros(grid.steps, bool)
    return Weather(
        grid,
        np.where(rebuilt, Quality.REPAIRED, Quality.MEASURED).astype(np.uint8),
        _quantities(raw, place),
        wind_height_m=ANEMOMETER_M,
        sun_minutes=minutes,
        location=raw.location,
        typical=raw.typical,
        origin=(_note(raw), *notes_on_sun(minutes)),
    )


# ---------------------------------------------------------------------------------------------- the two formats


def _of_json(text: str, place: FilePlace) -> _Raw:
    try:
        data = json.loads(text)
        where = data["inputs"]["location"]
        outputs = data["outputs"]
        rows = outputs["tmy_hourly"] if "tmy_hourly" in outputs else outputs["hourly"]
        location = Location(float(where["latitude"]), float(where["longitude"]), float(where["elevation"]))
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        database = str(data["inputs"]["meteo_data"]["radiation_db"])
        fixed = data["inputs"].get("mounting_system", {}).get("fixed")
        slope = None if fixed is None else float(fixed["slope"]["value"])
        offset = where.get("irradiance_time_offset")
        return _Raw(columns, location, database, slope, None if offset is None else float(offset))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        what = str(error.args[0]) if error.args else type(error).__name__
        raise place.refused("resource.not-pvgis", got=what[:60]) from error


def _of_csv(text: str, place: FilePlace) -> _Raw:
    lines = text.splitlines()
    head = next(
        (at for at, line in enumerate(lines) if line.startswith((f"{HOURLY_STAMP},", f"{TYPICAL_STAMP},"))), None
    )
    if head is None:
        raise place.refused("resource.not-pvgis", f"{HOURLY_STAMP},… / {TYPICAL_STAMP},…")
    facts = dict(line.partition(":")[::2] for line in lines[:head] if ":" in line)
    end = next((at for at in range(head + 1, len(lines)) if not _STAMP.match(lines[at])), len(lines))
    names = [name.strip() for name in lines[head].split(",")]
    rows = list(csv.reader(lines[head + 1 : end]))
    ragged = next((at for at, row in enumerate(rows) if len(row) != len(names)), None)
    if ragged is not None or not rows:
        at = head + 2 + (ragged or 0)
        raise place.refused("resource.pvgis-rows", said("fields", count=len(names)), line=at)
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    latitude, longitude, altitude = (_fact(facts, start) for start in ("Latitude", "Longitude", "Elevation"))
    if latitude is None or longitude is None:
        raise place.refused("resource.not-pvgis", "Latitude, Longitude", line=1)
    database = next((value.strip() for key, value in facts.items() if key.startswith("Radiation database")), "")
    offset = _fact(facts, "Irradiance Time Offset")
    return _Raw(columns, Location(latitude, longitude, altitude), database, _fact(facts, "Slope"), offset)


def _fact(facts: Mapping[str, str], start: str) -> float | None:
    """The number in the line of the head that starts so."""
    value = next((value for key, value in facts.items() if key.startswith(start)), "")
    number = _NUMBER.search(value)
    return float(number.group()) if number else None


# ---------------------------------------------------------------------------------------------- stamps


def _stamps(raw: _Raw, place: FilePlace) -> Instants:
    texts = [str(text) for text in raw.columns.get(TYPICAL_STAMP if raw.typical else HOURLY_STAMP, ())]
    parts = [_STAMP.fullmatch(text) for text in texts]
    if not texts or not all(parts):
        got = texts[parts.index(None)][:40] if texts else ""
        raise place.refused("resource.not-pvgis", "20200131:2310", got)
    written = ["{}-{}-{}T{}:{}".format(*part.groups()) for part in parts if part]
    try:
        return np.array(written, "M8[m]")
    except ValueError as error:
        raise place.refused("resource.not-pvgis", "20200131:2310", str(error)[:60]) from error


def _hourly_grid(stamps: Instants, place: FilePlace) -> tuple[TimeGrid, int]:
    """The hours of a record, and the minute of the hour at which each was seen."""
    hours = stamps.astype("M8[h]")
    minutes = (stamps - hours).astype(np.int64)
    broken = np.flatnonzero((np.diff(hours) != np.timedelta64(1, "h")) | (np.diff(minutes) != 0))
    if broken.size:
        raise place.refused("resource.pvgis-rows", str(stamps[broken[0]] + 60), str(stamps[broken[0] + 1]))
    return TimeGrid(hours[0].astype("M8[m]"), 60, hours.size, "UTC"), int(minutes[0])


def _typical_grid(stamps: Instants, place: FilePlace) -> TimeGrid:
    """The hours of a nominal year; its months are those of several years."""
    grid = TimeGrid.of_year(NOMINAL_YEAR, "UTC", 60)
    if stamps.size != grid.steps:
        raise place.refused("resource.pvgis-rows", str(grid.steps), str(stamps.size))
    years = stamps.astype("M8[Y]").astype("M8[m]")
    after_leap_day = in_leap_year(stamps) & (month_of(stamps) >= 3)
    since = stamps - years - after_leap_day * np.timedelta64(1440, "m")
    wrong = np.flatnonzero(since != grid.utc - grid.start)
    if wrong.size:
        raise place.refused("resource.pvgis-rows", str(grid.utc[wrong[0]])[5:], str(stamps[wrong[0]])[5:])
    return grid


# ---------------------------------------------------------------------------------------------- values


_AIR: Mapping[Quantity, str] = {"temperature_c": "T2m", "wind_m_per_s": "WS10m", "pressure_pa": "SP"}
_SKY: Mapping[Quantity, str] = {"ghi_w_per_m2": "G(h)", "dni_w_per_m2": "Gb(n)", "dhi_w_per_m2": "Gd(h)"}


def _quantities(raw: _Raw, place: FilePlace) -> dict[Quantity, Values]:
    """The quantities that the file has, each (T,)."""
    named = {**_AIR, **_SKY} if raw.typical else _AIR
    found = {name: _numbers(raw, column, place) for name, column in named.items() if column in raw.columns}
    return found if raw.typical else found | _on_plane(raw, place)


def _on_plane(raw: _Raw, place: FilePlace) -> dict[Quantity, Values]:
    """Irradiance of an hourly record, whose plane must be the horizontal one."""
    if raw.slope_deg != 0:
        got = said("no-fixed-plane") if raw.slope_deg is None else f"{raw.slope_deg:g}°"
        raise place.refused("resource.pvgis-tilted", "0°", got)
    if "G(i)" in raw.columns:
        return {"ghi_w_per_m2": _numbers(raw, "G(i)", place)}
    if not {"Gb(i)", "Gd(i)"} <= set(raw.columns):
        raise place.refused("resource.not-pvgis", "G(i) / Gb(i), Gd(i), Gr(i)", ", ".join(raw.columns)[:60])
    beam, diffuse = (_numbers(raw, column, place) for column in ("Gb(i)", "Gd(i)"))  # the horizon throws nothing back
    return {"ghi_w_per_m2": beam + diffuse, "dhi_w_per_m2": diffuse}


def _numbers(raw: _Raw, column: str, place: FilePlace) -> Values:
    try:
        return np.array([float(value) for value in raw.columns[column]])
    except (TypeError, ValueError) as error:
        raise place.refused("resource.not-a-number", column, str(error)[:60]) from error


def _note(raw: _Raw) -> Words:
    kind = "pvgis-typical" if raw.typical else "pvgis-hourly"
    latitude, longitude = f"{raw.location.latitude_deg:g}", f"{raw.location.longitude_deg:g}"
    return said(kind, database=raw.database, latitude=latitude, longitude=longitude)
