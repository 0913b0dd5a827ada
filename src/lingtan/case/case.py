"""A case: a park with its series on the studied grid and its rules, checked together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, errors_in
from lingtan.frozen import DeepFrozen
from lingtan.park import FirmLine, Load, Park, Pv, Wind
from lingtan.rulebook import Calendar, DailyMaxima, HydroSeasons, Rulebook, Use
from lingtan.series import Series
from lingtan.sheet import Sheet

Array = NDArray[np.float64]

NO_SHEET = Sheet("", None)
"""Where a park was made in memory."""


@dataclass(frozen=True, eq=False)
class Case(DeepFrozen):
    """Everything a study needs.

    `series` are on `grid`; `findings` are warnings and notes that travel with the result; `sheet` says on which line of the
    park file each cell stands; `highs` are the daily maxima of temperature of the whole period, also in a window of it.
    """

    park: Park
    grid: TimeGrid
    series: Mapping[str, Series]
    rulebook: Rulebook
    calendars: tuple[Use[Calendar], ...] = ()
    findings: tuple[Finding, ...] = ()
    sheet: Sheet = NO_SHEET
    highs: DailyMaxima | None = None

    def placed(self, found: Finding, *path: int | str) -> Finding:
        """A finding with the line of the park file that it is about."""
        return found.at(self.sheet.file, self.sheet.line(path))

    def need_kw(self, name: str) -> Array:
        """Power that a load needs [kW], (T,): its profile, scaled by peak or annual energy where the file asks for it."""
        load = self.park.assets[name]
        assert isinstance(load, Load)
        return self.series[load.profile].values * self._scale(load)

    def total_need_kw(self) -> Array:
        """Power that all loads need together [kW], (T,)."""
        total = np.zeros(self.grid.steps)
        for name, _ in self.park.of_family(Load):
            total += self.need_kw(name)
        return total

    def available_pu(self, name: str) -> Array:
        """Available share of a generator's power [1], (T,)."""
        asset = self.park.assets[name]
        assert isinstance(asset, Pv | Wind | FirmLine)
        if asset.availability is None:
            return np.ones(self.grid.steps)
        return self.series[asset.availability].values

    def hydro_seasons(self) -> HydroSeasons | None:
        """The record of wet, normal and dry months that holds all year; None where the place has none."""
        return hydro_seasons(self.park, self.rulebook, self.grid)

    def reference(self) -> Case:
        """The same case without the project."""
        return replace(self, park=self.park.reference_case())

    def window(self, first: int, steps: int) -> Case:
        """The same case on some of its steps; a load scaled by the energy of the whole period keeps that scale."""
        cut = {name: series.window(first, steps) for name, series in self.series.items()}
        assets = {
            name: asset.model_copy(update={"annual_energy": None, "peak": self._scale(asset)})
            if isinstance(asset, Load) and asset.annual_energy is not None
            else asset
            for name, asset in self.park.assets.items()
        }
        park = self.park.model_copy(update={"assets": assets})
        return replace(self, park=park, grid=self.grid.window(first, steps), series=cut)

    def _scale(self, load: Load) -> float:
        """What a value of the load's profile stands for [kW]."""
        if load.peak is not None:
            return load.peak
        if load.annual_energy is not None:
            return load.annual_energy / float(self.series[load.profile].values.sum() * self.grid.step_hours)
        return 1.0

    def with_park(self, park: Park) -> Case:
        """The same series and rules for a changed park."""
        return replace(self, park=park)


def hydro_seasons(park: Park, rulebook: Rulebook, grid: TimeGrid) -> HydroSeasons | None:
    """The record of wet, normal and dry months that holds at a park over a whole grid; None where there is none."""
    found = rulebook.find(HydroSeasons, grid, place=park.site.place)
    return found.one() if len(found.uses) == 1 and not errors_in(found.findings) else None
