"""Small records of weather written by hand, in the formats that users bring."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lingtan.clock import TimeGrid
from lingtan.resource import Location, Weather
from lingtan.series import Quality

Reals = NDArray[np.float64]

YIBIN = Location(28.77, 104.62, 300.0)
ON_THE_MERIDIAN = Location(30.0, 120.0, 0.0)
"""30° north, where Beijing time is solar time but for the equation of time."""
BEIJING = 8 * 60


def flat_weather(grid: TimeGrid, *, typical: bool = False, offset: int = BEIJING, **quantities: ArrayLike) -> Weather:
    """Weather that is the same in all steps, or as the arrays given say; measured."""
    arrays = {name: np.broadcast_to(np.asarray(value, float), grid.steps).copy() for name, value in quantities.items()}
    measured = np.full(grid.steps, Quality.MEASURED, np.uint8)
    return Weather(grid, measured, arrays, utc_offset_minutes=offset, typical=typical)  # type: ignore[arg-type]


def nominal_hours(leap: bool = False) -> NDArray[np.datetime64]:
    """The wall clock of each hour's start in a nominal year."""
    year = 2000 if leap else 2001
    return np.arange(f"{year}-01-01T00", f"{year + 1}-01-01T00", dtype="M8[h]")


def epw_text(
    ghi: Callable[[int], float] = lambda _: 0.0,
    *,
    place: Location = ON_THE_MERIDIAN,
    temperature: Callable[[int], float] = lambda _: 15.0,
    dni: float = 9999.0,
    leap: bool = False,
) -> str:
    """An EPW file with the given irradiance in each row, counted from 0; all else constant or missing."""
    head = (
        f"LOCATION,Sampleton,Nowhere,CHN,HAND,000000,{place.latitude_deg},{place.longitude_deg},8.0,{place.altitude_m}"
    )
    filler = [f"{name},0" for name in ("DESIGN CONDITIONS", "TYPICAL/EXTREME PERIODS", "GROUND TEMPERATURES")]
    rest = ["HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,by hand", "COMMENTS 2,none"]
    lines = [head, *filler, *rest, "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31"]
    for row, hour in enumerate(nominal_hours(leap)):
        date = str(hour)[:10].split("-")
        stamp = f"2005,{int(date[1])},{int(date[2])},{int(str(hour)[11:13]) + 1},0,?9?9?9"
        air = f"{temperature(row):.1f},9.0,60,101325,9999,9999,300"
        sun = f"{ghi(row):.3f},{dni:g},9999,999900,999900,999900,99990"
        lines.append(f"{stamp},{air},{sun},180,4.0,5,5,999.0,999,9,999999999,0,0.0000,0,88,999.000,999.0,99.0")
    return "\n".join(lines) + "\n"


PVGIS_HOURS = ["20200101:0010", "20200101:0110", "20200101:0210"]


def pvgis_hourly_csv(slope: str = "0", stamps: list[str] | None = None) -> str:
    """Three hours of seriescalc with components, as SARAH stamps them; the second is reconstructed."""
    rows = ["100.0,50.0,0.0,30.0,8.5,1.20,0.0", "200.0,60.0,0.0,40.0,9.0,1.30,1.0", "0.0,0.0,0.0,0.0,8.0,1.10,0.0"]
    lines = [
        "Latitude (decimal degrees):\t28.770",
        "Longitude (decimal degrees):\t104.620",
        "Elevation (m):\t300",
        "Radiation database:\tPVGIS-SARAH3",
        "",
        "",
        f"Slope: {slope} deg. ",
        "Azimuth: 0 deg. ",
        "time,Gb(i),Gd(i),Gr(i),H_sun,T2m,WS10m,Int",
        *(f"{stamp},{row}" for stamp, row in zip(stamps or PVGIS_HOURS, rows, strict=True)),
        "",
        "Gb(i): Beam (direct) irradiance on the inclined plane (plane of the array) (W/m2)",
        "PVGIS (c) European Union, 2001-2026",
    ]
    return "\r\n".join(lines)


def pvgis_hourly_json(plane: dict[str, object] | None = None) -> str:
    """The same three hours without components, on a plane that is horizontal unless another is given."""
    fixed = {
        "slope": {"value": 0, "optimal": False},
        "azimuth": {"value": 0, "optimal": False},
        "type": "free-standing",
    }
    hours = [
        {"time": stamp, "G(i)": ghi, "H_sun": 30.0, "T2m": 8.5, "WS10m": 1.2, "Int": 0.0}
        for stamp, ghi in zip(PVGIS_HOURS, (150.0, 260.0, 0.0), strict=True)
    ]
    place = {"latitude": 28.77, "longitude": 104.62, "elevation": 300.0}
    inputs = {
        "location": place,
        "meteo_data": {"radiation_db": "PVGIS-ERA5", "year_min": 2020, "year_max": 2020},
        "mounting_system": {"fixed": fixed} if plane is None else plane,
    }
    return json.dumps({"inputs": inputs, "outputs": {"hourly": hours}, "meta": {}})


def pvgis_typical_csv(
    offset_h: str | None = "0.1761", ghi: Callable[[int], float] = lambda row: float(row % 24)
) -> str:
    """A typical year of PVGIS; February of 2008, a leap year, has 28 days as PVGIS gives it."""
    years = [2018, 2008, 2009, 2013, 2008, 2006, 2011, 2010, 2020, 2006, 2007, 2016]
    lines = ["Latitude (decimal degrees): 28.770", "Longitude (decimal degrees): 104.620", "Elevation (m): 300.0"]
    lines += [] if offset_h is None else [f"Irradiance Time Offset (h): {offset_h}"]
    lines += ["month,year", *(f"{month},{year}" for month, year in enumerate(years, 1))]
    lines.append("time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP")
    for row, hour in enumerate(nominal_hours()):
        text = str(hour)
        stamp = f"{years[int(text[5:7]) - 1]}{text[5:7]}{text[8:10]}:{text[11:13]}00"
        lines.append(f"{stamp},10.5,80.0,{ghi(row):.1f},-0.0,{ghi(row) / 2:.2f},300.0,1.5,90.0,97000.0")
    return "\r\n".join([*lines, "", "T2m: 2-m air temperature (degree Celsius)"])
