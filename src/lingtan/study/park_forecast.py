"""Forecasts of a park: a day to come, or the past run again, for each of its targets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np

from lingtan.case import Case
from lingtan.clock import MINUTES_PER_DAY, TimeGrid, moment_of
from lingtan.findings import Finding, InputError, Severity
from lingtan.forecast import (
    Backtest,
    DayGrid,
    Explanation,
    Forecast,
    Horizon,
    Plan,
    Source,
    Subject,
    Update,
    backtest,
    forecaster_for,
    quality_findings,
    scenarios,
)
from lingtan.forecast.days import Values
from lingtan.forecast.skill import Figure, beside, skill, skill_findings
from lingtan.forecast.subject import local_day
from lingtan.rulebook import KindsOfDay, classify_days
from lingtan.series import Quality, Series
from lingtan.study.flow_file import once
from lingtan.study.forecast import reliability_of, worst_days
from lingtan.study.forecast_inputs import WEATHER, Span, input_findings, inputs_of, mode_of
from lingtan.study.forecast_targets import Past, Target, past_of_file, past_of_park, targets_of
from lingtan.study.issued import read_issued
from lingtan.study.issued_weather import IssuedWeather
from lingtan.study.park_regret import OURS, ParkRegret, Runs, regret_of, replanner_for_regret

_GATE = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")

CALENDAR_DAYS = 7
"""So far past its own days a target knows the kind of each: a load leads up to tomorrow's holiday."""
BACKTEST_DAYS = 91
"""The newest days that are run again unless others are asked for."""


@dataclass(frozen=True)
class Asked:
    """What a user asks for; the day and the span of a backtest follow from the past where they are not given.

    `gate` is HH:MM on the day before; `now` a moment from which the day is seen again; `weather` how weather enters;
    `scenarios` is how many whole days to draw, of all targets together; `regret_days` on how many days of a backtest to reckon what
    forecasts cost, for a park of these `sizes` where its file leaves some open.
    """

    targets: tuple[str, ...] = ()
    series: Path | None = None
    gate: str = "09:00"
    day: date | None = None
    now: str | None = None
    first: date | None = None
    end: date | None = None
    weather: Literal["actual", "degraded", "nwp"] | None = None
    """None: as issued where forecasts were issued, else degraded."""
    issued: IssuedWeather | None = None
    """Weather as it was issued, with its times, in place of what a shipped park brings."""
    seed: int = 0
    scenarios: int = 0
    regret_days: int = 0
    sizes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Ahead:
    """One target a day ahead; `update` where the day was seen again during it, `moved_by` where the model can tell."""

    target: Target
    subject: Subject
    made: Forecast
    update: Update | None
    moved_by: Explanation | None
    source: Source
    findings: tuple[Finding, ...]


@dataclass(frozen=True, eq=False)
class Again:
    """One target's past, run again, with its scores by model."""

    target: Target
    made: Backtest
    scores: Mapping[str, Mapping[str, Figure]]
    others: Mapping[str, Backtest]
    """The models beside it, by name."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, eq=False)
class ParkForecast:
    """Forecasts of a park: `ahead` or, of a backtest, `again`; `findings` are of the file and of every target."""

    case: Case
    asked: Asked
    ahead: tuple[Ahead, ...] = ()
    again: tuple[Again, ...] = ()
    drawn: Mapping[str, Values] = field(default_factory=dict)
    """Scenarios (count, H) by target; row n of every target is one future."""
    findings: tuple[Finding, ...] = field(default=())
    regret: ParkRegret | None = None


def forecast_park(case: Case, asked: Asked) -> ParkForecast:
    """Each target for one day, by default the first after its past.

    Raises `InputError`: `forecast.bad-gate`, `cli.bad-start`, `forecast.no-such-target`, `forecast.day-outside`, of the file.
    """
    horizon, past, targets = _given(case, asked)
    now = None if asked.now is None else moment_of(asked.now, past.grid.zone, "now")
    if asked.now is not None and now is None:
        raise InputError([Finding("cli.bad-start", "now", "2025-07-01T10:30", asked.now)])
    made = tuple(_ahead(case, asked, past, horizon, each, now) for each in targets)
    told = once((*_told(past, made), *_ends_differ(made)))
    return ParkForecast(case, asked, made, drawn=_drawn(asked, made), findings=told)


def _ends_differ(made: tuple[Ahead, ...]) -> tuple[Finding, ...]:
    """Says so where one answer holds forecasts of different days, lest they be added."""
    days = {each.target.name: str(each.subject.days.date(each.made.days)[0]) for each in made}
    if len(set(days.values())) < 2:
        return ()
    got = ", ".join(f"{name} {day}" for name, day in days.items())
    return (Finding("forecast.ends-differ", "--day", got=got, severity=Severity.WARNING),)


def _drawn(asked: Asked, made: tuple[Ahead, ...]) -> Mapping[str, Values]:
    """Scenarios of all targets together; they are of one day, so all must reach as far."""
    if asked.scenarios == 0:
        return {}
    days = {str(each.subject.days.date(each.made.days)[0]) for each in made}
    if len(days) > 1:
        raise InputError([Finding("forecast.days-differ", "--scenarios", got=", ".join(sorted(days)))])
    sources = {each.target.name: each.source for each in made}
    return scenarios(sources, np.datetime64(days.pop(), "D"), asked.scenarios, asked.seed).values


def backtest_park(case: Case, asked: Asked) -> ParkForecast:
    """Each target's past run again beside naive and linear models, by default its newest 91 days, refitted each quarter.

    With `asked.regret_days`, what forecasts cost on so many of them, for the sizes of `asked.sizes`.
    """
    replanner = replanner_for_regret(case, asked.sizes) if asked.regret_days else None
    horizon, past, targets = _given(case, asked)
    if replanner and all(target.kind == "price" for target in targets):
        raise InputError([Finding("forecast.no-regret-of-price", "--regret", got="--target price")])
    grid = past.grid
    begins: np.datetime64 = grid.days[0]
    ended = int(grid.minute_of_day[-1]) + grid.step_minutes == MINUTES_PER_DAY
    newest = begins + np.timedelta64(len(grid.days) - (0 if ended else 1), "D")
    stop = newest if asked.end is None else _date(asked.end)
    earliest = max(stop - np.timedelta64(BACKTEST_DAYS, "D"), begins + np.timedelta64(1, "D"))
    first = earliest if asked.first is None else _date(asked.first)
    made = tuple(_again(case, asked, past, horizon, each, Plan(first, stop)) for each in targets)
    if replanner is None:
        return ParkForecast(case, asked, again=made, findings=_told(past, made))
    runs = {each.target.name: Runs(each.target, each.made, each.others) for each in made if each.target.kind != "price"}
    found = regret_of(replanner, runs, asked.regret_days)
    priced = tuple(replace(each, scores=_priced(each, found)) if each.target.name in runs else each for each in made)
    return ParkForecast(case, asked, again=priced, findings=_told(past, made), regret=found)


def no_better_than_linear(target: str, scores: Mapping[str, Mapping[str, Figure]]) -> tuple[Finding, ...]:
    """Says so where trees and blends gained nothing over a regression: usually for want of history."""
    ours = next(iter(scores))
    mine, linear = scores[ours]["mae"], scores.get("linear", {}).get("mae")
    if ours in {"naive-7d", "linear"} or mine is None or linear is None or mine < linear:
        return ()
    got = f"MAE {mine:.4g} ≥ {linear:.4g}"
    return (Finding("forecast.no-better-than-linear", target, got=got, severity=Severity.NOTE),)


def _priced(each: Again, found: ParkRegret) -> Mapping[str, Mapping[str, Figure]]:
    """The scores with what each model costs a day; None for those that were not dispatched by."""
    means = found.means(each.target.name)
    ours = next(iter(each.scores))
    costs = {ours if model == OURS else model: value for model, value in means.items()}
    return {model: {**row, "regret_cny": costs.get(model)} for model, row in each.scores.items()}


def _given(case: Case, asked: Asked) -> tuple[Horizon, Past, tuple[Target, ...]]:
    gate = _GATE.fullmatch(asked.gate)
    if gate is None:
        raise InputError([Finding("forecast.bad-gate", "--gate", "09:00", asked.gate)])
    targets = targets_of(case.park, asked.targets)
    if asked.series is None:
        past = past_of_park(case, targets, read_issued(case))
        targets = tuple(
            replace(each, unit="1", capacity=1.0) if each.kind in {"pv", "wind"} else each for each in targets
        )
    else:
        past = past_of_file(case, asked.series, targets)
    past = replace(past, findings=once((*past.findings, *_kinds(case, past.grid).findings)))
    return Horizon(gate_minute=60 * int(gate[1]) + int(gate[2])), past, targets


def _kinds(case: Case, grid: TimeGrid) -> KindsOfDay:
    """The kind of each day of a grid at the place of the park: its codes are those of `forecast.Known`."""
    return classify_days(case.rulebook, grid.days, case.park.site.place)


def _told(past: Past, made: tuple[Ahead, ...] | tuple[Again, ...]) -> tuple[Finding, ...]:
    return once((*past.findings, *(found for each in made for found in each.findings)))


def _date(day: date) -> np.datetime64:
    return np.datetime64(day, "D")


def subject_of_target(
    case: Case, asked: Asked, past: Past, horizon: Horizon, target: Target, *, more_days: int = 0
) -> Subject:
    """The target with its weather and calendar, its grid longer by some days of which nothing is known."""
    given = past.series[target.name]
    grid = TimeGrid(
        past.grid.start, past.grid.step_minutes, past.grid.steps + _steps(past.grid, more_days), past.grid.zone
    )
    values = np.full(grid.steps, np.nan)
    values[: given.values.size] = given.values
    codes = np.full(grid.steps, Quality.MISSING, dtype=np.uint8)
    codes[: given.values.size] = given.quality
    mode = mode_of(past, asked.weather, asked.issued)
    horizon = replace(horizon, published=target.kind == "price")
    bare = Subject(Series(target.name, values, given.unit, grid, codes), target.kind, horizon)
    span = Span(bare.days, bare.gates, horizon)
    inputs = inputs_of(past, target, span, mode, asked.issued, asked.seed)
    later = TimeGrid(grid.start, grid.step_minutes, grid.steps + _steps(grid, CALENDAR_DAYS), grid.zone)
    rest = _kinds(case, later).types.astype(np.int64)
    label = mode if set(inputs) & WEATHER else "none"
    return replace(bare, inputs=inputs, rest_day=rest, capacity=target.capacity, weather=label)


def _steps(grid: TimeGrid, more_days: int) -> int:
    """Steps from the end of a grid to the end of its last local day, and some days more."""
    if more_days <= 0:
        return 0
    rest = int((-(int(grid.minute_of_day[-1]) + grid.step_minutes)) % MINUTES_PER_DAY) // grid.step_minutes
    return rest + more_days * grid.steps_per_day


def _ahead(case: Case, asked: Asked, past: Past, horizon: Horizon, target: Target, now: np.datetime64 | None) -> Ahead:
    known_days = DayGrid(past.grid)
    measured = np.flatnonzero(past.series[target.name].quality != Quality.MISSING)
    beyond = int(known_days.count)
    next_day = int(past.grid.day_index[measured[-1]]) + 1 if measured.size else beyond
    if past.issued is not None and asked.issued is None and asked.weather in {None, "nwp"}:
        next_day = min(next_day, past.issued.last_day)  # a day of which nothing was issued would do without
    wanted = next_day if asked.day is None else known_days.day_of(_date(asked.day))
    if now is not None and asked.day is None:
        wanted = known_days.day_of(local_day(now, past.grid.zone))
    if not 1 <= wanted <= beyond:
        span = f"{known_days.date(np.array(1))} … {known_days.date(np.array(beyond))}"
        raise InputError([Finding("forecast.day-outside", target.name, span, str(known_days.date(np.array(wanted))))])
    subject = subject_of_target(case, asked, past, horizon, target, more_days=int(wanted == beyond))
    findings = [*quality_findings(past.series[target.name], target.kind), *_of_inputs(past, asked, target)]
    inputs = {name: table for name, table in subject.inputs.items() if np.isfinite(table[wanted]).any()}
    findings += [
        Finding("forecast.input-unknown", f"{target.name}.{name}", severity=Severity.WARNING)
        for name in subject.inputs
        if name not in inputs
    ]
    subject = replace(subject, inputs=inputs, weather=subject.weather if set(inputs) & WEATHER else "none")
    known = subject.as_of(subject.gates[wanted])
    trained = forecaster_for(target.kind).fit(known)
    made = trained.forecast(known, wanted)
    seen = None if now is None else trained.update(subject.as_of(now), wanted)
    return Ahead(
        target, subject, made, seen, trained.explain(known, wanted), Source(trained, known), (*findings, *made.findings)
    )


def _of_inputs(past: Past, asked: Asked, target: Target) -> list[Finding]:
    return input_findings(past, target, mode_of(past, asked.weather, asked.issued))


def _again(case: Case, asked: Asked, past: Past, horizon: Horizon, target: Target, plan: Plan) -> Again:
    subject = subject_of_target(case, asked, past, horizon, target)
    made = backtest(subject, forecaster_for(target.kind), plan)
    found = (*quality_findings(subject.target, target.kind), *_of_inputs(past, asked, target), *made.findings)
    others = beside(subject, plan)
    scores = skill(made, others)
    told = (*skill_findings(made, others), *no_better_than_linear(target.name, scores))
    return Again(target, made, scores, others, (*found, *told))


def park_forecast_data(result: ParkForecast) -> dict[str, Any]:
    """A forecast or a backtest of a park as plain data: what the files hold in full is here in short."""
    asked = result.asked
    data: dict[str, Any] = {"park": result.case.park.name, "gate": f"D-1 {asked.gate}", "targets": {}}
    for each in result.ahead:
        total = {key: float(np.mean(part)) for key, part in each.moved_by.parts.items()} if each.moved_by else None
        data["targets"][each.target.name] = {
            "kind": each.target.kind,
            "unit": each.subject.target.unit,
            "weather": each.subject.weather,
            "inputs": list(each.subject.inputs),
            "model": each.made.model,
            "day": str(each.subject.days.date(each.made.days)[0]),
            "now": asked.now,
            "mean": float(np.mean(values_of(each)[:, each.made.levels.index(0.5)])),
            "moved_by": total,
        }
    for run in result.again:
        dates = run.made.subject.days.date(run.made.days)
        data["targets"][run.target.name] = {
            "kind": run.target.kind,
            "unit": run.made.subject.target.unit,
            "weather": run.made.weather,
            "inputs": list(run.made.subject.inputs),
            "models": {name: run.made.models.count(name) for name in dict.fromkeys(run.made.models)},
            "first": str(dates[0]),
            "last": str(dates[-1]),
            "scores": {name: dict(row) for name, row in run.scores.items()},
            "reliability": reliability_of(run.made),
            "worst_days": worst_days(run.made),
        }
    if result.regret is not None:
        data["regret"] = result.regret.as_json()
    data["findings"] = [found.as_json() for found in result.findings]
    return data


def values_of(each: Ahead) -> Values:
    """The quantiles (H, Q) that hold: of the update where there is one."""
    return each.made.values[0] if each.update is None else each.update.values
