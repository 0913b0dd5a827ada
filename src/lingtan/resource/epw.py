"""Typical years in the EnergyPlus weather format (EPW). Pure, on bytes.

Eight lines of header, then a row for each hour, 1 to 24 by local standard time: hour h is the hour that ends at h:00, and its
irradiation in Wh/m2 is the mean irradiance in W/m2 (EnergyPlus, Auxiliary Programs, "EPW data dictionary"). Some makers put
the irradiance down for another time of the hour; the park file says so with `sun_minutes`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.clock import TimeGrid, month_of
from lingtan.resource.location import Location
from lingtan.resource.weather import NOMINAL_LEAP_YEAR, NOMINAL_YEAR, Quantity, Weather, notes_on_sun
from lingtan.series import Quality
from lingtan.series.columns import FilePlace
from lingtan.series.labeled import Values
from lingtan.wording.resource import said

COLUMNS: Mapping[Quantity, tuple[int, float]] = {
    "temperature_c": (6, 99.9),
    "pressure_pa": (9, 999_999.0),
    "ghi_w_per_m2": (13, 9999.0),
    "dni_w_per_m2": (14, 9999.0),
    "dhi_w_per_m2": (15, 9999.0),
    "wind_m_per_s": (21, 999.0),
}
"""Position from 0 of each quantity, and the number from which on a field means that nothing is known."""
FIELDS = 22
"""What a row must have at least; some programs leave the last columns out."""
ANEMOMETER_M = 10.0
"""Height of wind measurement at weather stations of the WMO."""

Rows = list[list[str]]


def parse_epw(content: bytes, place: FilePlace, *, sun_minutes: int = 0) -> Weather:
    """An EPW file as weather of a typical year; a quantity that the file never has is None.

    Raises `InputError`: `resource.not-epw`, `resource.epw-rows`, `resource.not-a-number`, and as `Weather` does.
    """
    lines = content.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    city, location, offset_minutes = _location(lines, place)
    first = next((at for at, line in enumerate(lines, 1) if line.upper().startswith("DATA PERIODS")), 0)
    if not first:
        raise place.refused("resource.not-epw", "DATA PERIODS")
    if [field.strip() for field in lines[first - 1].split(",")[1:3]] != ["1", "1"]:
        raise place.refused("resource.epw-rows", "DATA PERIODS,1,1,…", lines[first - 1][:40], line=first)
    rows = [line.split(",") for line in lines[first:] if line.strip()]
    grid = _grid(rows, place, first, offset_minutes)
    arrays = {name: _column(rows, place, first, at, missing) for name, (at, missing) in COLUMNS.items()}
    note = said("epw", city=city, latitude=f"{location.latitude_deg:g}", longitude=f"{location.longitude_deg:g}")
    return Weather(
        grid,
        np.full(grid.steps, Quality.MEASURED, np.uint8),
        {name: values for name, values in arrays.items() if not np.isnan(values).all()},
        wind_height_m=ANEMOMETER_M,
        sun_minutes=sun_minutes,
        utc_offset_minutes=offset_minutes,
        location=location,
        typical=True,
        origin=(note, *notes_on_sun(sun_minutes)),
    )


def _location(lines: list[str], place: FilePlace) -> tuple[str, Location, int]:
    """City, place and offset from UTC [min] of the first line."""
    fields = lines[0].split(",") if lines else [""]
    try:
        if fields[0].strip().upper() != "LOCATION":
            raise ValueError(fields[0])
        latitude, longitude, hours, altitude = (float(field) for field in fields[6:10])
    except ValueError as error:
        raise place.refused("resource.not-epw", "LOCATION,…", (lines or [""])[0][:40], line=1) from error
    return fields[1].strip(), Location(latitude, longitude, altitude), round(hours * 60)


def _grid(rows: Rows, place: FilePlace, first: int, offset_minutes: int) -> TimeGrid:
    """The hours of a nominal year, in UTC; every row must be the hour that it stands for."""
    years = {8760: NOMINAL_YEAR, 8784: NOMINAL_LEAP_YEAR}
    if len(rows) not in years:
        raise place.refused("resource.epw-rows", "8760, 8784", str(len(rows)))
    short = next((at for at, row in enumerate(rows) if len(row) < FIELDS), None)
    if short is not None:
        raise place.refused(
            "resource.epw-rows", said("fields", count=FIELDS), str(len(rows[short])), line=first + short + 1
        )
    year = years[len(rows)]
    local = np.datetime64(f"{year}-01-01T00:00") + np.arange(len(rows)) * np.timedelta64(60, "m")
    month = month_of(local)
    day = (local.astype("M8[D]") - local.astype("M8[M]").astype("M8[D]")).astype(np.int64) + 1
    hour = (local - local.astype("M8[D]")).astype("m8[h]").astype(np.int64) + 1
    expected = [f"{m},{d},{h}" for m, d, h in zip(month.tolist(), day.tolist(), hour.tolist(), strict=True)]
    found = [",".join(field.strip().lstrip("0") for field in row[1:4]) for row in rows]
    if found != expected:
        at = next(at for at, stamp in enumerate(found) if stamp != expected[at])
        raise place.refused("resource.epw-rows", expected[at], found[at], line=first + at + 1)
    return TimeGrid(local[0] - np.timedelta64(offset_minutes, "m"), 60, len(rows), "UTC")


def _column(rows: Rows, place: FilePlace, first: int, position: int, missing: float) -> Values:
    """One quantity, NaN where the file says that nothing is known; (T,)."""
    try:
        values = np.array([float(row[position]) for row in rows])
    except ValueError as error:
        at = next(at for at, row in enumerate(rows) if not _is_number(row[position]))
        raise place.refused("resource.not-a-number", got=rows[at][position][:40], line=first + at + 1) from error
    return np.where(values >= missing, np.nan, values)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
