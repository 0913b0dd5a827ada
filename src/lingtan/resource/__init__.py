"""Weather to availability: what sun, wind and water offer a plant, per kilowatt of it and step by step.

The way of a park file's source, one module after the other:

- `source`: the forms `pv`, `wind` and `hydro`, each with its weather (`judge_resource`);
- `read`: the files of weather (`read_weather`), by `epw`, `pvgis`, or the columns of a CSV; `drawn`: weather from monthly figures;
- `weather`: a record on its own grid, laid on the studied period by date (`Weather.laid_on`), never called a forecast;
- `sun`, `irradiance`: where the sun stands, and an hour's irradiance on fine steps with its energy kept;
- `pv`, `wind` with `power_curve`, `hydro`: the physics, as functions on arrays; `roof`: how much a roof can carry;
- `availability`: a series with its quality and the story of its origin; `read.read_resource` does all of it.
"""

from __future__ import annotations

from lingtan.resource.availability import make_hydro, make_pv, make_wind
from lingtan.resource.hydro import hydro_availability, monthly_shares
from lingtan.resource.location import Location
from lingtan.resource.power_curve import PowerCurve
from lingtan.resource.pv import PvOutput, pv_availability, pv_output
from lingtan.resource.read import WeatherReading, read_resource, read_weather
from lingtan.resource.roof import roof_limit_kw, row_packing
from lingtan.resource.source import (
    HydroPlant,
    HydroSource,
    PvArray,
    PvSource,
    ResourceSource,
    Turbine,
    WindSource,
    judge_resource,
)
from lingtan.resource.weather import Weather
from lingtan.resource.wind import WindOutput, wind_availability, wind_output

__all__ = [
    "HydroPlant",
    "HydroSource",
    "Location",
    "PowerCurve",
    "PvArray",
    "PvOutput",
    "PvSource",
    "ResourceSource",
    "Turbine",
    "Weather",
    "WeatherReading",
    "WindOutput",
    "WindSource",
    "hydro_availability",
    "judge_resource",
    "make_hydro",
    "make_pv",
    "make_wind",
    "monthly_shares",
    "pv_availability",
    "pv_output",
    "read_resource",
    "read_weather",
    "roof_limit_kw",
    "row_packing",
    "wind_availability",
    "wind_output",
]
