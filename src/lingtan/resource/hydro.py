"""Hydropower by season: the share of contracted or installed power that water offers in wet, flat and dry months.

丰水期、平水期、枯水期. Which months are which is a fact of a place that regulators write down: it comes from the park file or
from a `hydro_seasons` record of the rulebook, never from here.
"""

from __future__ import annotations

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.resource.source import HydroPlant
from lingtan.rulebook import SeasonMonths
from lingtan.series.labeled import Values


def monthly_shares(plant: HydroPlant, seasons: SeasonMonths | None = None) -> tuple[float, ...]:
    """The share of power in each month, January first: given as such, or by the season that each month belongs to.

    The months of the plant itself come first, then `seasons`. Raises `InputError` with `resource.no-seasons` where shares
    of seasons are given and nobody says which months they are.
    """
    if plant.seasons is None:
        assert plant.monthly is not None
        return plant.monthly
    months = plant.seasons.months if plant.seasons.months is not None else seasons
    if months is None:
        raise InputError([Finding("resource.no-seasons", "months")])
    share = {"wet": plant.seasons.wet, "flat": plant.seasons.flat, "dry": plant.seasons.dry}
    return tuple(share[months.season_of(month)] for month in range(1, 13))


def hydro_availability(plant: HydroPlant, grid: TimeGrid, seasons: SeasonMonths | None = None) -> Values:
    """Available share of power, 0 to 1, (T,): constant within each local month, so each month's mean is exact."""
    return np.array(monthly_shares(plant, seasons))[grid.month - 1]
