"""What a forecast costs: days dispatched by it and settled on what came, against the same days known beforehand.

A day begins at midnight with half-full batteries. It is planned on what a model expected (the live planner's own program), its
batteries do what that plan said (guards cut charging, as in life), and everything else gives way to what came. What that costs,
less what the day costs when batteries are planned on what came, is the regret. Both count what is left in the batteries at the same
value. A month's demand counts as reached: one day would else decide the bill of a month, and a control room limits demand by guards
and re-plans, not by the forecast of the day before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import numpy as np

from lingtan.case import Case
from lingtan.frozen import DeepFrozen
from lingtan.optimize import Forecasts, LiveState, Replanner, SolveAll, solve_in_turn
from lingtan.optimize.hold import held_cost
from lingtan.optimize.program import Array
from lingtan.optimize.replan import STEP_MINUTES, window_of
from lingtan.park import Battery, Load
from lingtan.series.vintages import instant_of

SOC = 0.5
"""State of charge at midnight; a reserve above it counts instead."""

Model = TypeVar("Model")
"""What a set of forecasts is known by: the name of a model, or a target with it."""

Day = Mapping[str, Array]
"""By asset, need of a load and what a generator could give in the 96 quarter-hours of a day [kW]."""


HALF_A_FEN = 0.005
"""Costs that differ by less [CNY] are the same: a solver leaves so much."""


@dataclass(frozen=True, eq=False)
class Regret(DeepFrozen, Generic[Model]):
    """Days (N,), what each cost when known beforehand, and what each cost by the forecast of each model [CNY].

    All less what is left in the batteries, so that a difference means something and a single figure little.
    """

    days: tuple[np.datetime64, ...]
    perfect_cny: Array
    cost_cny: Mapping[Model, Array]

    def by_day(self, model: Model) -> Array:
        """Regret of each day [CNY]; below zero by no more than a solver's tolerance, and nothing below half a fen."""
        more = self.cost_cny[model] - self.perfect_cny
        return np.where(np.abs(more) < HALF_A_FEN, 0.0, more)

    def mean(self, model: Model) -> float:
        """Mean regret of a day [CNY]."""
        return float(self.by_day(model).mean())


def regret(
    replanner: Replanner,
    days: Sequence[np.datetime64],
    came: Sequence[Day],
    expected: Mapping[Model, Sequence[Day]],
    solve_all: SolveAll = solve_in_turn,
) -> Regret[Model]:
    """The regret of some local days by model.

    `came` and each of `expected` hold, for each day, every load and every generator with a series; what a day of `expected` leaves
    out was known. Raises `InputError` where something is missing, and `NotCertifiedError` where no solver's answer can be
    certified.
    """
    case = replanner.case
    perfect = np.empty(len(days))
    cost = {model: np.empty(len(days)) for model in expected}
    for at, (day, true) in enumerate(zip(days, came, strict=True)):
        state = _midnight(case, day)
        forecasts = Forecasts.of(case.park, true)
        known = replanner.day_ahead(state, forecasts)
        best = replanner.replan(state, forecasts, solve_all)
        perfect[at] = held_cost(known, best, best.elected, solve_all)
        for model, told in expected.items():
            by_forecast = replanner.replan(state, Forecasts.of(case.park, {**true, **told[at]}), solve_all)
            cost[model][at] = held_cost(known, by_forecast, best.elected, solve_all)
    return Regret(tuple(days), perfect, cost)


def studied_days(replanner: Replanner, days: Sequence[np.datetime64]) -> list[Day]:
    """What every load needs and every generator could give on some local days, by the studied year."""
    case = replanner.case
    rows = {name: in_quarters(row, case.grid.step_minutes) for name, row in _quantities(case)}
    steps = [replanner.steps_of(window_of(_ms(case, day), case.grid.zone)) for day in days]
    return [{name: row[each] for name, row in rows.items()} for each in steps]


def _quantities(case: Case) -> Iterator[tuple[str, Array]]:
    for name, _ in case.park.of_family(Load):
        yield name, case.need_kw(name)
    for name, asset in case.park.generators():
        yield name, asset.power.min * case.available_pu(name)


def in_quarters(rows: Array, step_minutes: float) -> Array:
    """Steps of an hour or less, (T,) or (N, T), as quarter-hours: held, or their mean."""
    if step_minutes >= STEP_MINUTES:
        return np.repeat(rows, round(step_minutes / STEP_MINUTES), axis=-1)
    return np.asarray(rows.reshape(*rows.shape[:-1], -1, round(STEP_MINUTES / step_minutes)).mean(axis=-1))


def _ms(case: Case, day: np.datetime64) -> int:
    midnight: datetime = day.astype("M8[s]").item()
    return int(instant_of(midnight, case.grid.zone).astype("M8[ms]").astype(np.int64))


def _midnight(case: Case, day: np.datetime64) -> LiveState:
    soc = {name: max(SOC, battery.reserve) for name, battery in case.park.of_family(Battery)}
    reached = {name: each.capacity.max * each.power_factor for name, each in case.park.connections.items()}
    return LiveState(_ms(case, day), soc, committed_kw=reached)
