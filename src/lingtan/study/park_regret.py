"""What the forecasts of a backtest would have cost the park: some of its days dispatched by them, and settled on what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lingtan.advise.regret import SOC, Day, Regret, in_quarters, regret, studied_days
from lingtan.case import Case, with_sizes
from lingtan.clock import MINUTES_PER_DAY, utc_offsets
from lingtan.findings import Finding, InputError
from lingtan.forecast import Backtest
from lingtan.forecast.days import Values
from lingtan.optimize import Replanner
from lingtan.park import Battery
from lingtan.park.assets import Electric
from lingtan.study.forecast_targets import Target

OURS = "model"
MODELS = (OURS, "naive-7d", "naive-1d")
TOGETHER = ""


@dataclass(frozen=True, eq=False)
class Runs:
    """A target's backtest, and those of the models beside it by name."""

    target: Target
    made: Backtest
    others: Mapping[str, Backtest]

    def of(self, model: str) -> Backtest:
        """The backtest of a model."""
        return self.made if model == OURS else self.others[model]


@dataclass(frozen=True, eq=False)
class ParkRegret:
    """By target, with the others known, and (`TOGETHER`) of all targets at once."""

    found: Mapping[str, Regret[str]]

    def means(self, target: str = TOGETHER) -> dict[str, float]:
        """Mean regret of a day by model [CNY]."""
        each = self.found[target]
        return {model: each.mean(model) for model in each.cost_cny}

    def as_json(self) -> dict[str, Any]:
        """Plain data: the days, mean regret by target and model, and of all targets together by day."""
        whole = self.found[TOGETHER]
        return {
            "days": [str(day) for day in whole.days],
            "state_of_charge": SOC,
            "unit": "CNY/day",
            "targets": {name: self.means(name) for name in self.found if name != TOGETHER},
            "together": self.means(),
            "by_day": {model: whole.by_day(model).tolist() for model in whole.cost_cny},
        }


def replanner_for_regret(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> Replanner:
    """What dispatches the case with all sizes fixed, before the work of a backtest.

    Raises `InputError`: `forecast.not-dispatched` where it holds families that no live planner runs (before sizes are asked for: a
    study to find them would be in vain), `forecast.no-battery`, and of sizes.
    """
    if others := {name: asset.family for name, asset in case.park.assets.items() if not isinstance(asset, Electric)}:
        got = ", ".join(f"{name} ({family})" for name, family in others.items())
        raise InputError([Finding("forecast.not-dispatched", "--regret", got=got, file=case.sheet.file)])
    sized = case.with_park(with_sizes(case, sizes))
    if not any(battery.energy.min > 0 for _, battery in sized.park.of_family(Battery)):
        raise InputError([Finding("forecast.no-battery", case.park.name)])
    return Replanner(sized)


def regret_of(replanner: Replanner, runs: Mapping[str, Runs], count: int) -> ParkRegret:
    """The regret of each target and of all together, on so many days spread evenly over the span.

    Of a target with several loads each has its share of the studied year, in what was expected and in what came; what is no target
    is taken from the studied year, and known. Raises `InputError`: `forecast.no-regret-days`, and what `advise.regret` refuses.
    """
    sized = replanner.case
    rows = _rows(list(runs.values()), count)
    any_run = next(iter(runs.values())).made
    days = [np.datetime64(day, "D") for day in any_run.subject.days.date(any_run.days[rows])]
    came = studied_days(replanner, days)
    told: dict[str, dict[str, list[Day]]] = {}
    for name, each in runs.items():
        true = list(_by_asset(sized, each.target, each.made.actual[rows]))
        came = [{**day, **own} for day, own in zip(came, true, strict=True)]
        told[name] = {model: list(_by_asset(sized, each.target, each.of(model).median[rows])) for model in MODELS}
    only = next(iter(told)) if len(told) == 1 else None
    if only is None:
        told[TOGETHER] = {model: _joined([each[model] for each in told.values()]) for model in MODELS}
    expected = {(name, model): each for name, by_model in told.items() for model, each in by_model.items()}
    whole = regret(replanner, days, came, expected)
    found = {
        name: Regret(whole.days, whole.perfect_cny, {model: whole.cost_cny[name, model] for model in MODELS})
        for name in told
    }
    return ParkRegret(found if only is None else {**found, TOGETHER: found[only]})


def _joined(parts: Sequence[Sequence[Day]]) -> list[Day]:
    return [{name: row for part in day for name, row in part.items()} for day in zip(*parts, strict=True)]


def _rows(runs: Sequence[Runs], count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Positions of the days to settle: measured whole for every target, forecast by every model, of 24 hours, spread evenly."""
    whole = np.ones(len(runs[0].made.days), dtype=bool)
    for each in runs:
        for table in (each.made.actual, *(each.of(model).median for model in MODELS)):
            whole &= np.isfinite(table).all(axis=1)
    made = runs[0].made
    midnights = made.subject.days.date(np.append(made.days, made.days[-1] + 1)).astype("M8[m]")
    offsets = utc_offsets(midnights, made.subject.target.grid.zone)
    whole &= offsets[1:] == offsets[:-1]
    there = np.flatnonzero(whole)
    if not there.size:
        raise InputError([Finding("forecast.no-regret-days", runs[0].target.name)])
    at = np.linspace(0, there.size - 1, min(count, there.size)).round().astype(np.int64)
    return np.asarray(there[at])


def _by_asset(case: Case, target: Target, rows: Values) -> Iterator[Day]:
    """What a target's rows (N, S) say of each of its assets, in quarter-hours [kW]."""
    if target.kind == "load":
        means = {name: float(case.need_kw(name).mean()) for name in target.assets}
        scale = {name: mean / sum(means.values()) for name, mean in means.items()}
    else:
        rated = {name: plant.power.min for name, plant in case.park.generators()}
        scale = {target.name: rated[target.name] if target.unit == "1" else 1.0}
    for row in np.maximum(in_quarters(rows, MINUTES_PER_DAY / rows.shape[1]), 0.0):
        yield {name: share * row for name, share in scale.items()}
