"""Plan the next day from now on: the study's own program on 96 quarter-hours, with what is known now and nothing else.

Prices and rules are those of the studied year at the same date and time of day (`case.studied_instant`); needs and availability
are the forecasts that are handed in, never the case's own series, so nothing here can look ahead. What the batteries hold, the
peaks that the month has seen and those it was agreed to allow are facts. Energy left at the end has a value (`start.LEFT_SHARE`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from lingtan.case import Case, studied_instant
from lingtan.clock import TimeGrid
from lingtan.finance.investment import operation_terms
from lingtan.findings import Finding, InputError, raise_errors, say_number
from lingtan.frozen import DeepFrozen
from lingtan.market import supply_terms
from lingtan.optimize.objective import Costs, cut_saves_cny_per_kw, shortfall_terms
from lingtan.optimize.plan import Plan, plan
from lingtan.optimize.program import Array, Index
from lingtan.optimize.season_terms import open_contracts, terms_at, with_agreed, with_incurred
from lingtan.optimize.solve import SolveAll, solve_in_turn
from lingtan.optimize.start import Start, import_prices
from lingtan.park import Asset, Battery, FirmLine, Load, Park, Pv, Wind
from lingtan.park.assets import Electric
from lingtan.plant import plant_of
from lingtan.series import Series
from lingtan.series.resample import grid_in_steps
from lingtan.terms import Term

STEP_MINUTES = 15
STEPS = 96
"""The next 24 hours."""

FOLLOWED = (".charge_kw", ".discharge_kw")
"""Flows by which a plan stays near to the last one."""


@dataclass(frozen=True, eq=False)
class LiveState(DeepFrozen):
    """What is known when a plan is made.

    `soc` is the state of charge of each battery [1]. By connection: `peak_kw` is the highest demand that the month has seen,
    `committed_kw` a demand that may be reached in any month without regret; where the basic charge goes by a contract that the
    park file leaves open, it is what the contract allows, its tolerance counted in. `elected` names the alternatives that hold,
    such as the basis of the basic charge; others are weighed. `last` is the plan in force.
    """

    now_ms: int
    soc: Mapping[str, float]
    peak_kw: Mapping[str, float] = field(default_factory=dict)
    committed_kw: Mapping[str, float] = field(default_factory=dict)
    elected: Mapping[str, str] = field(default_factory=dict)
    last: Plan | None = None


@dataclass(frozen=True, eq=False)
class Forecasts(DeepFrozen):
    """What is expected in each step of the window, (96,): need of each load and what each generator could give [kW]."""

    need_kw: Mapping[str, Array]
    available_kw: Mapping[str, Array]

    @classmethod
    def of(cls, park: Park, by_asset: Mapping[str, Array]) -> Forecasts:
        """What is expected of each load and each generator of a park, told apart."""
        loads = {name for name, _ in park.of_family(Load)}
        needs = {name: row for name, row in by_asset.items() if name in loads}
        return cls(needs, {name: row for name, row in by_asset.items() if name not in loads})


@dataclass(frozen=True, eq=False)
class DayAhead(DeepFrozen):
    """The next 24 hours as a case with its costs and its start."""

    case: Case
    costs: Costs
    start: Start


def window_of(now_ms: int, zone: str) -> TimeGrid:
    """The window of a plan made at `now_ms`: 96 quarter-hours from the one that is running, on the real clock."""
    begun = now_ms - now_ms % (STEP_MINUTES * 60_000)
    return TimeGrid(np.datetime64(begun, "ms").astype("M8[m]"), STEP_MINUTES, STEPS, zone)


def replan(case: Case, state: LiveState, forecasts: Forecasts, solve_all: SolveAll = solve_in_turn) -> Plan:
    """The cheapest certified plan of the next 24 hours; its table stands on the real clock (see `window_of`).

    Whoever plans again and again keeps a `Replanner`, which looks the year's rules up once. Raises `InputError` where a size is
    still free or something is not known, and `NotCertifiedError` when no solver's answer can be certified.
    """
    return Replanner(case).replan(state, forecasts, solve_all)


class Replanner:
    """A case made ready for planning again: the terms of its whole year in quarter-hours."""

    def __init__(self, case: Case) -> None:
        plant_of(case.park)  # refuses sizes that are still free
        raise_errors(
            case.placed(Finding("optimize.not-live", f"assets.{name}", got=asset.family), "assets", name)
            for name, asset in case.park.assets.items()
            if not isinstance(asset, Electric)
        )
        self.case = case
        self.grid = grid_in_steps(case.grid, STEP_MINUTES, "grid")
        self._bill = supply_terms(case.park, case.rulebook, self.grid, case.daily_maxima).terms
        self._park = _park_of_forecasts(case.park)

    def replan(self, state: LiveState, forecasts: Forecasts, solve_all: SolveAll = solve_in_turn) -> Plan:
        """As the function `replan`."""
        ahead = self.day_ahead(state, forecasts)
        return plan(ahead.case, ahead.costs, solve_all, ahead.start)

    def day_ahead(self, state: LiveState, forecasts: Forecasts) -> DayAhead:
        """What `replan` decides on. Raises `InputError` where something is not known."""
        window = window_of(state.now_ms, self.case.grid.zone)
        _refuse_unknown(self.case.park, state, forecasts)
        ahead = replace(
            self.case, park=self._park, grid=window, series=dict(_series_of(self.case.park, forecasts, window))
        )
        bill = self._bill_at(self.steps_of(window), state)
        costs = Costs(
            bill=bill,
            operation=operation_terms(self._park, window),
            investment=(),
            penalty=shortfall_terms(ahead, cut_saves_cny_per_kw(bill)),
        )
        return DayAhead(ahead, costs, _start_of(self.case.park, state, window))

    def steps_of(self, window: TimeGrid) -> Index:
        """The steps of the studied year that a window on the real clock is priced by; after its last comes its first."""
        millis = int(window.start.astype("M8[ms]").astype(np.int64))
        first = self.grid.index(studied_instant(self.grid, millis))
        year = TimeGrid.of_year(int(self.grid.year[0]), self.grid.zone, STEP_MINUTES)
        if not self.grid.same_as(year):
            self.grid.window(first, window.steps)  # a part of a year has no beginning to go on with
        return (first + np.arange(window.steps)) % self.grid.steps

    def prices_cny_per_kwh(self, window: TimeGrid, elected: Mapping[str, str] | None = None) -> dict[str, Array]:
        """By connection, what a kilowatt-hour that it draws costs in each step of a window on the real clock [CNY/kWh]."""
        steps = self.steps_of(window)
        terms = terms_at(self._bill, steps, self._months(steps), elected or {})
        return import_prices(self.case.park, terms, window.steps)

    def _bill_at(self, steps: Index, state: LiveState) -> tuple[Term, ...]:
        months = self.grid.month_index[steps]
        running = np.unique(months).size
        floors = {}
        for name in self.case.park.connections:
            floor = np.full(running, state.committed_kw.get(name, 0.0))
            floor[0] = max(floor[0], state.peak_kw.get(name, 0.0))  # only the running month has a past
            floors[f"{name}.import_kw"] = floor
        committed = {f"{name}.import_kw": kw for name, kw in state.committed_kw.items()}
        terms = tuple(with_agreed(terms_at(self._bill, steps, self._months(steps), state.elected), committed))
        raise_errors(
            Finding("optimize.contract-open", f"connections.{flow.removesuffix('.import_kw')}.contracted_demand")
            for flow in dict.fromkeys(open_contracts(terms))
        )
        return tuple(with_incurred(terms, floors))

    def _months(self, steps: Index) -> frozenset[str]:
        return frozenset(str(month) for month in np.unique(self.grid.local[steps].astype("M8[M]")))


def _park_of_forecasts(park: Park) -> Park:
    """The park with every load and generator reading a series of its own name: its forecast."""
    assets: dict[str, Asset] = {}
    for name, asset in park.assets.items():
        match asset:
            case Load():
                assets[name] = asset.model_copy(update={"profile": name, "peak": None, "annual_energy": None})
            case Pv() | Wind() | FirmLine():
                assets[name] = asset.model_copy(update={"availability": name})
            case _:
                assets[name] = asset
    return park.model_copy(update={"assets": assets})


def _series_of(park: Park, forecasts: Forecasts, window: TimeGrid) -> Iterator[tuple[str, Series]]:
    """The forecasts as the series that the program reads: needs in kW, availability as a share of the installed power."""
    for name, asset in park.assets.items():
        match asset:
            case Load():
                yield name, Series.of(name, np.maximum(forecasts.need_kw[name], 0.0), "kW", window)
            case Pv() | Wind() | FirmLine():
                rated = asset.power.min
                offered = forecasts.available_kw.get(name, np.full(window.steps, rated))
                share = np.clip(offered / rated, 0.0, 1.0) if rated > 0 else np.zeros(window.steps)
                yield name, Series.of(name, share, "1", window)
            case _:
                pass


def _start_of(park: Park, state: LiveState, window: TimeGrid) -> Start:
    content = {name: state.soc[name] * battery.energy.min for name, battery in park.of_family(Battery)}
    if state.last is None:
        return Start(content)
    held = {f"{name}{flow}" for name in content for flow in FOLLOWED}
    return Start(content, {name: _on(window, state.last, name) for name in held})


def _on(window: TimeGrid, last: Plan, name: str) -> Array:
    """A flow of the last plan on the steps of a window; NaN where it did not reach."""
    grid = last.table.grid
    ahead = int((window.start - grid.start) // np.timedelta64(grid.step_minutes, "m"))
    at = ahead + np.arange(window.steps)
    known = (at >= 0) & (at < grid.steps)
    values = np.full(window.steps, np.nan)
    values[known] = last.table[name][at[known]]
    return values


def _refuse_unknown(park: Park, state: LiveState, forecasts: Forecasts) -> None:
    """Raise `InputError` with all that is missing: nothing is assumed of a battery or a need that nobody reads."""
    findings = []
    for name, _ in park.of_family(Battery):
        soc = state.soc.get(name)
        if soc is None or not 0.0 <= soc <= 1.0:
            got = "" if soc is None else say_number(soc)
            findings.append(Finding("optimize.no-state-of-charge", f"{name}.soc", "0 … 1", got))
    always = {name for name, line in park.of_family(FirmLine) if line.availability is None}
    wanted = {f"{name}.power_kw": forecasts.need_kw.get(name) for name, _ in park.of_family(Load)}
    wanted |= {
        f"{name}.available_kw": forecasts.available_kw.get(name)
        for name, _ in park.generators()
        if name in forecasts.available_kw or name not in always
    }
    for point, values in wanted.items():
        if values is None or values.shape != (STEPS,) or not np.isfinite(values).all():
            got = "" if values is None else "×".join(map(str, values.shape))
            findings.append(Finding("optimize.no-forecast", point, str(STEPS), got))
    if findings:
        raise InputError(findings)
