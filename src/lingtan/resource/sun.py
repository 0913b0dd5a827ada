"""Where the sun stands, and what it would give on a clear day.

Positions are of the middle of each step, by the solar position algorithm of pvlib. The clear sky is a shape only: it says
how irradiance runs within an hour or a day, never how much there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from lingtan.clock import TimeGrid, day_of_year
from lingtan.findings import Finding, InputError
from lingtan.resource.location import Location
from lingtan.series.labeled import Values


def need_pvlib() -> Any:
    """The pvlib package, loaded when the first sun is asked for; `resource.no-pvlib` where it is not installed."""
    try:
        import pvlib
    except ImportError as error:
        raise InputError([Finding("resource.no-pvlib", "pvlib", got=str(error))]) from error
    return pvlib


@dataclass(frozen=True, eq=False)
class SunPath:
    """The sun over a grid, (T,) each, in the middle of each step.

    `zenith_deg` is corrected for refraction, `azimuth_deg` counts clockwise from north, `extraterrestrial_w_per_m2` is
    the irradiance normal to the rays outside the atmosphere.
    """

    grid: TimeGrid
    zenith_deg: Values
    azimuth_deg: Values
    extraterrestrial_w_per_m2: Values

    @cached_property
    def height(self) -> Values:
        """Cosine of the zenith angle, 0 where the sun is down; (T,)."""
        return np.maximum(np.cos(np.deg2rad(self.zenith_deg)), 0.0)

    @cached_property
    def clear_w_per_m2(self) -> Values:
        """Global horizontal irradiance of a clear sky [W/m2], (T,): Haurwitz, J. Meteorology 2 (1945), p. 154."""
        height = np.maximum(self.height, 1e-9)
        return np.asarray(np.where(self.height > 0, 1098.0 * height * np.exp(-0.057 / height), 0.0))

    def window(self, first: int, steps: int) -> SunPath:
        """The `steps` steps from step `first` on."""
        part = slice(first, first + steps)
        arrays = self.zenith_deg[part], self.azimuth_deg[part], self.extraterrestrial_w_per_m2[part]
        return SunPath(self.grid.window(first, steps), *arrays)


def sun_path(grid: TimeGrid, location: Location) -> SunPath:
    """The path of the sun over a grid as seen from a place."""
    pvlib = need_pvlib()
    import pandas as pd

    middle = grid.utc.astype("M8[s]") + np.timedelta64(grid.step_minutes * 30, "s")
    times = pd.DatetimeIndex(middle).tz_localize("UTC")
    altitude = location.altitude_m if location.altitude_m is not None else 0.0
    found = pvlib.solarposition.get_solarposition(
        times, location.latitude_deg, location.longitude_deg, altitude=altitude, method="nrel_numpy"
    )
    extra = pvlib.irradiance.get_extra_radiation(day_of_year(grid.day))
    return SunPath(
        grid,
        np.asarray(found["apparent_zenith"], dtype=np.float64),
        np.asarray(found["azimuth"], dtype=np.float64),
        np.asarray(extra, dtype=np.float64),
    )
