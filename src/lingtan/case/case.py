"""A case: a park with its series on the studied grid and its rules, checked together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.devices import Template
from lingtan.findings import Finding, errors_in
from lingtan.frozen import DeepFrozen
from lingtan.park import COUNTED, Asset, EvFleet, FirmLine, Load, Park, Profiled, Pv, Stream, ThermostaticLoad, Wind
from lingtan.park.carried import Amount, Rate
from lingtan.plant.ev_fleet import Envelope, charging_on_arrival, envelope_of, plugged_by_clock
from lingtan.plant.thermostatic_load import Room, holding_kw, room_around
from lingtan.rulebook import Calendar, DailyMaxima, HydroSeasons, Rulebook, Use
from lingtan.series import Series
from lingtan.sheet import Sheet
from lingtan.units import convert

Array = NDArray[np.float64]

NO_SHEET = Sheet("", None)
"""Where a park was made in memory."""


@dataclass(frozen=True, eq=False)
class Case(DeepFrozen):
    """Everything a study needs.

    `series` are on `grid`; `findings` are warnings and notes that travel with the result; `sheet` says on which line of the
    park file each cell stands; `daily_maxima` are those of temperature of the whole period, also in a window of it;
    `templates` are the kinds of device that the park brings along, by id.
    """

    park: Park
    grid: TimeGrid
    series: Mapping[str, Series]
    rulebook: Rulebook
    calendars: tuple[Use[Calendar], ...] = ()
    findings: tuple[Finding, ...] = ()
    sheet: Sheet = NO_SHEET
    daily_maxima: DailyMaxima | None = None
    templates: Mapping[str, Template] = field(default_factory=dict)

    def placed(self, found: Finding, *path: int | str) -> Finding:
        """A finding with the line of the park file that it is about."""
        return found.at(self.sheet.file, self.sheet.line(path))

    def need(self, name: str) -> Array:
        """What a load or a demand needs, (T,): its profile, scaled where the file asks for it [kW; kg/h, m3/h, t/h by carrier].

        Of a need without a profile it is what it would take if nobody asked for anything else: a room what holds its set-point, a
        fleet what charges it on arrival.
        """
        asset = self.park.assets[name]
        if isinstance(asset, ThermostaticLoad):
            return holding_kw(asset, self.room(name))
        if isinstance(asset, EvFleet):
            return charging_on_arrival(asset, self.envelope(name))[0]
        assert isinstance(asset, Load | Profiled)
        return self._followed(asset)

    def room(self, name: str) -> Room:
        """The space that a thermostatic load keeps warm or cold, with what surrounds it."""
        load = self.park.assets[name]
        assert isinstance(load, ThermostaticLoad)
        gains = None if load.gains is None else self.series[load.gains].values
        return room_around(load, self.outside_c(), gains, self.grid.steps, self.grid.step_hours)

    def plugged(self, name: str) -> Array:
        """Share of a fleet's vehicles that is plugged in, (T,) [1]."""
        fleet = self.park.assets[name]
        assert isinstance(fleet, EvFleet)
        if fleet.plugged is None:
            return plugged_by_clock(fleet, self.grid.minute_of_day, self.grid.step_minutes)
        return self.series[fleet.plugged].values

    def envelope(self, name: str) -> Envelope:
        """What a fleet may hold and what driving takes, with the horizon as a circle."""
        fleet = self.park.assets[name]
        assert isinstance(fleet, EvFleet)
        return envelope_of(fleet, self.plugged(name), self.grid.step_hours)

    def arising(self, name: str) -> Array:
        """What a stream gives off, taken or not, (T,) [kW; kg/h, m3/h, t/h by carrier]."""
        asset = self.park.assets[name]
        assert isinstance(asset, Stream)
        return self._followed(asset)

    def _followed(self, asset: Load | Profiled) -> Array:
        """The profile of an asset, scaled where the file asks for it."""
        return self.series[asset.profile].values * self._scale(asset)

    def need_kw(self, name: str) -> Array:
        """Power that a load needs [kW], (T,)."""
        return self.need(name)

    def total_need_kw(self) -> Array:
        """Power that all loads need together [kW], (T,)."""
        total = np.zeros(self.grid.steps)
        for name, _ in self.park.electric_needs():
            total += self.need_kw(name)
        return total

    def available_pu(self, name: str) -> Array:
        """Available share of a generator's power [1], (T,)."""
        asset = self.park.assets[name]
        assert isinstance(asset, Pv | Wind | FirmLine)
        if asset.availability is None:
            return np.ones(self.grid.steps)
        return self.series[asset.availability].values

    def outside_c(self) -> Array | None:
        """Temperature of the outside air [°C], (T,); None where the park file names no series of it."""
        name = self.park.site.temperature
        return None if name is None else self.series[name].values

    def hydro_seasons(self) -> HydroSeasons | None:
        """The record of wet, normal and dry months that holds all year; None where the place has none."""
        return hydro_seasons(self.park, self.rulebook, self.grid)

    def reference(self) -> Case:
        """The same case without the project."""
        return replace(self, park=self.park.reference_case())

    def window(self, first: int, steps: int) -> Case:
        """The same case on some of its steps; a load scaled by the energy of the whole period keeps that scale."""
        cut = {name: series.window(first, steps) for name, series in self.series.items()}
        assets = {name: self._with_scale(asset) for name, asset in self.park.assets.items()}
        park = self.park.model_copy(update={"assets": assets})
        return replace(self, park=park, grid=self.grid.window(first, steps), series=cut)

    def _with_scale(self, asset: Asset) -> Asset:
        """An asset whose scale no longer depends on the period."""
        match asset:
            case Load(annual_energy=float()):
                return asset.model_copy(update={"annual_energy": None, "peak": self._scale(asset)})
            case Profiled(yearly=Amount()):
                return asset.model_copy(update={"yearly": None, "peak": Rate(self._scale(asset))})
            case _:
                return asset

    def _scale(self, asset: Load | Profiled) -> float:
        """What a value of a profile stands for [the unit of the need]."""
        if isinstance(asset, Profiled):
            carrier, given = self.park.buses[asset.bus].carrier, self.series[asset.profile].unit
            peak = None if asset.peak is None else asset.peak.at(carrier)
            yearly = None if asset.yearly is None else asset.yearly.at(carrier)
            unit: str = COUNTED[carrier].rate
        else:
            given = unit = "kW"
            peak, yearly = asset.peak, asset.annual_energy
        if peak is not None:
            return peak
        if yearly is not None:
            return yearly / float(self.series[asset.profile].values.sum() * self.grid.step_hours)
        return float(convert(1.0, given, unit))

    def with_park(self, park: Park) -> Case:
        """The same series and rules for a changed park."""
        return replace(self, park=park)


def hydro_seasons(park: Park, rulebook: Rulebook, grid: TimeGrid) -> HydroSeasons | None:
    """The record of wet, normal and dry months that holds at a park over a whole grid; None where there is none."""
    found = rulebook.find(HydroSeasons, grid, place=park.site.place)
    return found.one() if len(found.uses) == 1 and not errors_in(found.findings) else None
