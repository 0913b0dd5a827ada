"""A forecast or a backtest as pages draw it: one small file of plain data, so that whoever shows it has nothing to reckon."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import FiniteFloat

from lingtan.fact import Fact, first_fault
from lingtan.findings import Finding, InputError
from lingtan.forecast import Subject
from lingtan.forecast.days import Values
from lingtan.study.forecast import reliability_of, worst_days
from lingtan.study.park_forecast import Again, Ahead, ParkForecast, values_of
from lingtan.study.park_regret import TOGETHER, ParkRegret

VIEW_FILE = "view.json"
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""The quantiles that a fan is drawn of."""
WORST = 4
MOST_BYTES = 8_000_000
"""A view of a hundred targets is a third of it."""


Holds = Literal["ahead", "backtest"]


class ViewedDay(Fact):
    """One local day of a target, from its midnight on."""

    day: str
    """The local date."""
    start_ms: int
    """Its first instant, UTC milliseconds since 1970."""
    step_minutes: int
    """Length of a step [min]."""
    quantiles: tuple[tuple[FiniteFloat | None, ...], ...]
    """One row for each level of the target, one value a step."""
    actual: tuple[FiniteFloat | None, ...] = ()
    """What was measured, null where nothing was; empty of a day ahead."""
    mae: FiniteFloat | None = None
    """Mean absolute error of the median, of a day of a backtest."""


class ViewedShare(Fact):
    """How often what came lay at or below a quantile."""

    level: FiniteFloat
    """The quantile, 0 to 1."""
    share_below: FiniteFloat
    """The share that was seen, 0 to 1."""


class ViewedTarget(Fact):
    """One target: of a day ahead `days` holds that day; of a backtest the newest, then the worst."""

    kind: Literal["load", "price", "wind", "pv"]
    """What is forecast."""
    unit: str
    """Unit of its values; `1` is a share of power."""
    assets: tuple[str, ...]
    """The assets whose sum it is."""
    weather: str
    """How weather entered."""
    model: str
    """The model that made it; of a backtest the one of most days."""
    inputs: tuple[str, ...] = ()
    """What came in beside its own past, by name."""
    levels: tuple[FiniteFloat, ...]
    """The quantiles that are drawn."""
    days: tuple[ViewedDay, ...]
    """The days that are drawn."""
    first: str = ""
    """First day of a backtest."""
    last: str = ""
    """Last day of a backtest."""
    scores: Mapping[str, Mapping[str, FiniteFloat | None]] = {}
    """Scores of a backtest by model, ours first."""
    reliability: tuple[ViewedShare, ...] = ()
    """Of a backtest."""


class ViewedRegret(Fact):
    """What forecasts of all targets together would have cost, by dispatching some days of a backtest with them."""

    days: int
    """How many days were dispatched."""
    together: Mapping[str, FiniteFloat]
    """Mean regret of a day by model, ours as `model` [CNY]."""


class ForecastView(Fact):
    """What `view.json` holds."""

    version: Literal[1] = 1
    """Of this form."""
    holds: Holds
    """A day ahead, or the past run again."""
    park: str
    """Name of the park."""
    gate: str
    """From what was known when."""
    targets: Mapping[str, ViewedTarget]
    """By name."""
    notes: tuple[Mapping[str, str], ...] = ()
    """What was found in the data, in both languages."""
    regret: ViewedRegret | None = None
    """Of a backtest with `--regret`."""


def view_of(result: ParkForecast) -> ForecastView:
    """A forecast as pages draw it: a day ahead, or the newest and the worst days of a backtest with its scores."""
    return ForecastView(
        holds="backtest" if result.again else "ahead",
        park=result.case.park.name,
        gate=f"D-1 {result.asked.gate}",
        targets={
            **{each.target.name: _ahead(each) for each in result.ahead},
            **{run.target.name: _again(run) for run in result.again},
        },
        notes=tuple({"en": found.text("en"), "zh": found.text("zh")} for found in result.findings),
        regret=None if result.regret is None else _regret(result.regret),
    )


def _regret(regret: ParkRegret) -> ViewedRegret:
    return ViewedRegret(days=len(regret.found[TOGETHER].days), together=regret.means())


def write_view(result: ParkForecast, folder: Path) -> None:
    """Write `view.json` into a folder."""
    text = json.dumps(view_of(result).model_dump(mode="json"), ensure_ascii=False, allow_nan=False)
    (folder / VIEW_FILE).write_text(text + "\n", encoding="utf-8")


def read_view(path: Path) -> ForecastView:
    """What a `view.json` holds. Raises OSError where it is not there, `InputError` with `forecast.no-view` where it is none."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    try:
        if len(raw) > MOST_BYTES:
            raise ValueError(f"> {MOST_BYTES} B")
        view = ForecastView.model_validate_json(raw)
        _fits(view)
    except ValueError as error:
        raise InputError([Finding("forecast.no-view", path.name, got=first_fault(error), file=str(path))]) from None
    return view


def read_view_of(path: Path, park: str, holds: Holds) -> ForecastView:
    """The view of a park and a kind in a file.

    Raises OSError where it is not there, `InputError`: `forecast.no-view`, and `forecast.other-view` where it is of another.
    """
    view = read_view(path)
    expected, got = f"{park}, {holds}", f"{view.park}, {view.holds}"
    if expected != got:
        raise InputError([Finding("forecast.other-view", path.parent.name, expected, got, file=str(path))])
    return view


def read_backtest(folder: Path, park: str) -> ForecastView:
    """The backtest of a park in a folder of `lingtan forecast --backtest --out`. Raises `InputError`, also where there is none."""
    path = folder / VIEW_FILE
    try:
        return read_view_of(path, park, "backtest")
    except OSError as error:
        raise InputError([Finding("forecast.no-view", path.name, got=error.strerror or "", file=str(path))]) from None


def _fits(view: ForecastView) -> None:
    """Raises ValueError where nothing is drawn, or a day has another number of rows or steps than it says."""
    for name, target in view.targets.items():
        if not (target.days and target.levels):
            raise ValueError(f"{name}: no days")
        for day in target.days:
            steps = {len(row) for row in day.quantiles} | ({len(day.actual)} if day.actual else set())
            if len(day.quantiles) != len(target.levels) or len(steps) != 1 or day.step_minutes <= 0:
                raise ValueError(f"{name} {day.day}: rows × steps")


def _ahead(each: Ahead) -> ViewedTarget:
    row = int(each.made.days[0])
    return ViewedTarget(
        kind=each.target.kind,
        unit=each.subject.target.unit,
        assets=each.target.assets,
        weather=each.subject.weather,
        model=each.made.model,
        inputs=tuple(each.subject.inputs),
        levels=LEVELS,
        days=(_day(each.subject, row, each.made.levels, values_of(each)),),
    )


def _again(run: Again) -> ViewedTarget:
    made = run.made
    dates = made.subject.days.date(made.days).astype(str).tolist()
    worst = {each["origin"]: each["mae"] for each in worst_days(made, WORST)}
    shown = [(len(dates) - 1, None), *((dates.index(date), mae) for date, mae in worst.items())]
    return ViewedTarget(
        kind=run.target.kind,
        unit=made.subject.target.unit,
        assets=run.target.assets,
        weather=made.weather,
        model=max(made.models, key=made.models.count),
        inputs=tuple(made.subject.inputs),
        levels=LEVELS,
        days=tuple(
            _day(made.subject, int(made.days[at]), made.levels, made.values[at], made.actual[at], mae)
            for at, mae in shown
        ),
        first=dates[0],
        last=dates[-1],
        scores={model: dict(row) for model, row in run.scores.items()},
        reliability=tuple(ViewedShare(**row) for row in reliability_of(made)),
    )


def _day(
    subject: Subject,
    day: int,
    levels: tuple[float, ...],
    values: Values,
    actual: Values | None = None,
    mae: float | None = None,
) -> ViewedDay:
    """The steps of a local day as they are on the clock: a night of a clock change has some less, or some twice."""
    grid = subject.target.grid
    at = np.flatnonzero(grid.day_index == day)
    slot = subject.days.slot[at]
    return ViewedDay(
        day=str(subject.days.date(np.array([day]))[0]),
        start_ms=int(grid.utc[at[0]].astype("M8[ms]").astype(np.int64)),
        step_minutes=grid.step_minutes,
        quantiles=tuple(_plain(values[slot, levels.index(level)]) for level in LEVELS),
        actual=() if actual is None else _plain(actual[slot]),
        mae=mae,
    )


def _plain(row: Values) -> tuple[float | None, ...]:
    """Five digits are more than a pixel; what is not known is None."""
    return tuple(float(f"{value:.5g}") if np.isfinite(value) else None for value in row.tolist())
