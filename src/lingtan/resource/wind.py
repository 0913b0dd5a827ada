"""Wind: available power per rated power, from wind speed, hub height, air density and a power curve."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError, say_number
from lingtan.resource.location import Location
from lingtan.resource.power_curve import curve_of
from lingtan.resource.source import Turbine
from lingtan.resource.weather import Weather
from lingtan.series.labeled import Qualities, Values

REFERENCE_DENSITY_KG_PER_M3 = 1.225
"""Air at sea level and 15 °C: what power curves are given for (IEC 61400-12-1)."""
GAS_CONSTANT_J_PER_KG_K = 287.05
ICE_POINT_K = 273.15
SEA_LEVEL_PA, SEA_LEVEL_K, LAPSE_K_PER_M = 101_325.0, 288.15, 0.0065
"""The international standard atmosphere (ISO 2533)."""


@dataclass(frozen=True, eq=False)
class WindOutput:
    """What a turbine offers over a grid: `availability` (T,) of its rated power, 0 to 1, and means over the grid."""

    availability: Values
    quality: Qualities
    measured_m_per_s: float
    hub_m_per_s: float
    capacity_factor: float


def wind_availability(weather: Weather, turbine: Turbine, grid: TimeGrid, location: Location | None = None) -> Values:
    """Available power per rated power, 0 to 1, (T,); see `wind_output`."""
    return wind_output(weather, turbine, grid, location).availability


def wind_output(weather: Weather, turbine: Turbine, grid: TimeGrid, location: Location | None = None) -> WindOutput:
    """The output of a turbine in weather that is laid on the grid by date.

    Power is taken at the step of the record and held or averaged on the grid, so its energy stays. Raises `InputError`:
    `resource.no-wind`, `resource.too-rough`, and as `Weather.laid_on` does.
    """
    if "wind_m_per_s" not in weather:
        raise InputError([Finding("resource.no-wind", "weather", got=weather.names)])
    laid = weather.laid_on(grid)
    measured = laid["wind_m_per_s"]
    hub = speed_at_hub(measured, laid.wind_height_m, turbine)
    normal = hub * (air_density(laid, turbine, location) / REFERENCE_DENSITY_KG_PER_M3) ** (1 / 3)
    power = curve_of(turbine).power(normal) * turbine.net_share
    availability, quality = _on_grid(laid, power, grid)
    return WindOutput(availability, quality, float(measured.mean()), float(hub.mean()), float(availability.mean()))


def speed_at_height(speed_m_per_s: Values, from_m: float, to_m: float, shear: float) -> Values:
    """Wind speed at another height by the power law `v * (to / from) ** shear`.

    >>> speed_at_height(np.array([5.0]), 10.0, 100.0, 0.2).round(3).tolist()
    [7.924]
    """
    return np.asarray(speed_m_per_s * (to_m / from_m) ** shear)


def speed_by_roughness(speed_m_per_s: Values, from_m: float, to_m: float, roughness_m: float) -> Values:
    """Wind speed at another height by the log law `v * ln(to / z0) / ln(from / z0)` of a neutral atmosphere.

    >>> speed_by_roughness(np.array([5.0]), 10.0, 100.0, 0.1).round(3).tolist()
    [7.5]
    """
    return np.asarray(speed_m_per_s * (np.log(to_m / roughness_m) / np.log(from_m / roughness_m)))


def speed_at_hub(speed_m_per_s: Values, measured_at_m: float, turbine: Turbine) -> Values:
    """Wind speed at hub height [m/s], (T,), by the law that the turbine's site is given with."""
    if turbine.roughness is None:
        return speed_at_height(speed_m_per_s, measured_at_m, turbine.hub_height, turbine.shear)
    if turbine.roughness >= min(measured_at_m, turbine.hub_height):
        expected, got = (
            f"< {say_number(min(measured_at_m, turbine.hub_height))} m",
            f"{say_number(turbine.roughness)} m",
        )
        raise InputError([Finding("resource.too-rough", "roughness", expected, got)])
    return speed_by_roughness(speed_m_per_s, measured_at_m, turbine.hub_height, turbine.roughness)


def air_density(weather: Weather, turbine: Turbine, location: Location | None) -> Values:
    """Density of the air at hub height [kg/m3], (T,).

    Pressure and temperature come from the record where it has them, else from the standard atmosphere at the height of the
    place (sea level where that is not known); both are carried up to the hub. At sea level and 15 °C the density is
    101,325 / (287.05 x 288.15) = 1.225.
    """
    ground = location.altitude_m if location is not None and location.altitude_m is not None else 0.0
    hub = ground + turbine.hub_height
    steps = weather.grid.steps
    below_pa = weather["pressure_pa"] if "pressure_pa" in weather else np.full(steps, pressure_at(ground))
    standard_k = np.full(steps, SEA_LEVEL_K - LAPSE_K_PER_M * ground)
    below_k = weather["temperature_c"] + ICE_POINT_K if "temperature_c" in weather else standard_k
    hub_pa = below_pa * (pressure_at(hub) / pressure_at(ground))
    return np.asarray(hub_pa / (GAS_CONSTANT_J_PER_KG_K * (below_k - LAPSE_K_PER_M * turbine.hub_height)))


def pressure_at(altitude_m: float) -> float:
    """Pressure of the international standard atmosphere [Pa] (ISO 2533), below 11,000 m.

    >>> round(pressure_at(0.0)), round(pressure_at(1000.0))
    (101325, 89875)
    """
    return float(SEA_LEVEL_PA * (1 - 2.25577e-5 * altitude_m) ** 5.25588)


def _on_grid(laid: Weather, power: Values, grid: TimeGrid) -> tuple[Values, Qualities]:
    """Power and quality of a record, whose steps may begin before the grid, held or averaged on the grid; (T,) each."""
    lead = int((grid.start - laid.grid.start).astype(np.int64))
    fine = gcd(gcd(laid.grid.step_minutes, grid.step_minutes), lead)
    part = slice(lead // fine, (lead + grid.steps * grid.step_minutes) // fine)
    values, quality = (np.repeat(array, laid.grid.step_minutes // fine)[part] for array in (power, laid.quality))
    return values.reshape(grid.steps, -1).mean(axis=1), quality.reshape(grid.steps, -1).max(axis=1)
