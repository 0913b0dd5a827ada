"""Photovoltaics: available AC power per kilowatt of modules, from irradiance, air and the way the modules stand.

The plane of the array sees the sky by Hay and Davies (1980). Perez's model is nearer where diffuse irradiance was measured;
here it is mostly estimated (Erbs, typical years, monthly means), and then Hay-Davies is as good, has no steps between bins
of clearness, and no undefined twilight: a small change of weather makes a small change of power.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.resource.irradiance import Irradiance, check_sun, see_sun, spread
from lingtan.resource.location import Location
from lingtan.resource.source import PvArray
from lingtan.resource.sun import need_pvlib
from lingtan.resource.weather import Weather
from lingtan.resource.wind import speed_at_height
from lingtan.series.labeled import Qualities, Values

STANDARD_W_PER_M2 = 1000.0
"""Irradiance at which modules are rated."""
STILL_AIR_M_PER_S = 1.0
"""Wind where the record has none: that of the nominal operating temperature of modules, on the warm side."""
SAPM_WIND_HEIGHT_M = 10.0
OPEN_SHEAR = 0.14
_MOUNTS = {"roof": "close_mount_glass_glass", "ground": "open_rack_glass_polymer"}


@dataclass(frozen=True, eq=False)
class PvOutput:
    """What an array offers over a grid.

    `availability` (T,) is AC power per DC (peak) power of the modules, 0 to 1; `quality` (T,) that of the weather. The sums
    are over the grid: irradiation on the horizontal plane and on that of the array [kWh/m2], and full-load hours [h].
    """

    availability: Values
    quality: Qualities
    horizontal_kwh_per_m2: float
    plane_kwh_per_m2: float
    full_load_hours: float
    findings: tuple[Finding, ...] = ()


def pv_availability(weather: Weather, array: PvArray, grid: TimeGrid, location: Location) -> Values:
    """Available AC power per kilowatt of modules (DC rating), 0 to 1, (T,); see `pv_output`."""
    return pv_output(weather, array, grid, location).availability


def pv_output(weather: Weather, array: PvArray, grid: TimeGrid, location: Location, who: str = "weather") -> PvOutput:
    """The output of an array in weather that is laid on the grid by date.

    Raises `InputError`: `resource.no-pvlib`, `resource.no-irradiance`, `resource.no-temperature` (only where no performance
    ratio is given), and as `Weather.laid_on` does.
    """
    laid = weather.laid_on(grid, abs(weather.sun_minutes))
    seen = see_sun(laid, location, steps_of=grid)
    light = spread(seen).window(grid)
    direct, diffuse = plane_of_array(light, array)
    power = _power(laid, light, array, direct, diffuse)
    parts = grid.step_minutes // light.sun.grid.step_minutes
    availability = power.reshape(grid.steps, parts).mean(axis=1)
    hours = light.sun.grid.step_hours
    return PvOutput(
        availability,
        _quality(laid, light, parts),
        float(light.global_w_per_m2.sum() * hours / 1000),
        float((direct + diffuse).sum() * hours / 1000),
        float(availability.sum() * grid.step_hours),
        tuple(check_sun(seen, who)),
    )


def plane_of_array(light: Irradiance, array: PvArray) -> tuple[Values, Values]:
    """Direct and diffuse irradiance (sky and ground) on the plane of the array [W/m2], (T,) each."""
    found = need_pvlib().irradiance.get_total_irradiance(
        array.tilt,
        array.azimuth,
        light.sun.zenith_deg,
        light.sun.azimuth_deg,
        light.direct_normal_w_per_m2,
        light.global_w_per_m2,
        light.diffuse_w_per_m2,
        dni_extra=light.sun.extraterrestrial_w_per_m2,
        albedo=array.albedo,
        model="haydavies",
    )
    return np.maximum(np.asarray(found["poa_direct"]), 0.0), np.maximum(np.asarray(found["poa_diffuse"]), 0.0)


def _power(laid: Weather, light: Irradiance, array: PvArray, direct: Values, diffuse: Values) -> Values:
    """AC power per DC rating on the fine steps, limited by the inverter; (T,)."""
    limit = min(1.0, 1.0 / array.dc_ac_ratio)
    if array.performance_ratio is not None:
        return np.minimum((direct + diffuse) / STANDARD_W_PER_M2 * array.performance_ratio, limit)
    pvlib = need_pvlib()
    cell = _cell_temperature(pvlib, laid, light, array, direct + diffuse)
    angle = pvlib.irradiance.aoi(array.tilt, array.azimuth, light.sun.zenith_deg, light.sun.azimuth_deg)
    glass = np.nan_to_num(np.asarray(pvlib.iam.physical(angle)))
    modules = pvlib.pvsystem.pvwatts_dc(direct * glass + diffuse, cell, 1.0, array.temperature_coefficient)
    after_losses = np.maximum(np.asarray(modules), 0.0) * (1.0 - array.losses)
    inverter_dc = limit / array.inverter_efficiency
    power = pvlib.inverter.pvwatts(after_losses, inverter_dc, array.inverter_efficiency)
    return np.asarray(np.clip(np.asarray(power), 0.0, limit))


def _cell_temperature(pvlib: Any, laid: Weather, light: Irradiance, array: PvArray, plane: Values) -> Values:
    """Temperature of the cells [°C], (T,): the Sandia model of King, Boyson and Kratochvil (2004)."""
    if "temperature_c" not in laid:
        raise InputError([Finding("resource.no-temperature", "weather", got=laid.names)])
    air = _at(laid, laid["temperature_c"], light)
    wind = np.full(air.size, STILL_AIR_M_PER_S)
    if "wind_m_per_s" in laid:
        wind = speed_at_height(
            _at(laid, laid["wind_m_per_s"], light), laid.wind_height_m, SAPM_WIND_HEIGHT_M, OPEN_SHEAR
        )
    mount = pvlib.temperature.TEMPERATURE_MODEL_PARAMETERS["sapm"][_MOUNTS[array.mounting]]
    return np.asarray(pvlib.temperature.sapm_cell(plane, air, wind, **mount))


def _at(laid: Weather, values: Values, light: Irradiance) -> Values:
    """A quantity of the record on the fine steps: a straight line between the middles of its steps."""
    fine, own = light.sun.grid, laid.grid
    since = (fine.start - own.start).astype(np.int64)
    middle = since + fine.step_minutes * (np.arange(fine.steps) + 0.5)
    return np.asarray(np.interp(middle, own.step_minutes * (np.arange(own.steps) + 0.5), values))


def _quality(laid: Weather, light: Irradiance, parts: int) -> Qualities:
    """The worst quality of the weather that each step was made of."""
    fine = light.sun.grid
    seen_at = (fine.utc - np.timedelta64(laid.sun_minutes, "m") - laid.grid.start).astype(np.int64)
    rows = seen_at // laid.grid.step_minutes
    return np.asarray(laid.quality[rows].reshape(-1, parts).max(axis=1))
