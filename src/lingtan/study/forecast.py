"""A forecast, or the past run again, from plain data: one door for the command line, Python and the web."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, FiniteFloat

from lingtan.clock import MINUTES_PER_DAY, TimeGrid, zone_of
from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.forecast import Backtest, Cadence, DayGrid, Horizon, Plan, Subject, backtest, quality_findings
from lingtan.forecast.days import Values, filled_slots
from lingtan.forecast.skill import Figure, beside, forecaster_for, skill, skill_findings
from lingtan.forecast.weather import ERRORS, actual, degraded
from lingtan.series import Quality, Series

Column = Annotated[tuple[FiniteFloat | None, ...], Field(min_length=1, max_length=600_000)]


NARROW = 0.001
"""A band that is narrower than this share of the capacity promises nothing."""

PLAN = "plan_"
"""What begins with this is decided before it happens: known ahead, with no error of a forecast."""


OWN_DRAW: dict[str, int] = {"temperature": 0, "irradiance": 1_000_003, "wind_speed": 2_000_003}
"""What keeps the errors of one quantity apart from those of another: a warm error is no bright one."""


class BacktestCase(Fact):
    """A target with its inputs, and which of its days to forecast as they would have been."""

    start: str
    """Start of the first interval, ISO 8601; a stamp without offset is in `zone`."""
    zone: str = "Asia/Shanghai"
    """IANA zone of the wall clock."""
    step_minutes: Annotated[int, Field(ge=5, le=60)] = 15
    """Length of an interval [min]."""
    kind: Literal["load", "price", "wind", "pv"] = "load"
    """What is forecast; it decides the model."""
    unit: Annotated[str, Field(min_length=1, max_length=40)] = "kW"
    """Unit of the values; it is only repeated."""
    values: Column
    """Mean of each interval; null where nothing was measured."""
    inputs: Annotated[Mapping[str, Column], Field(max_length=20)] = {}
    """Measured inputs of the same intervals; a name that ends in `_c` is a temperature, one that begins with `plan_` (a
    production plan) is known ahead as it stands."""
    weather: Literal["actual", "degraded"] = "actual"
    """Whether inputs are taken as they were (a perfect forecast) or with the errors a forecast has."""
    holidays: Annotated[tuple[date, ...], Field(max_length=4000)] = ()
    """Local dates that are holidays; weekends are known."""
    capacity: Annotated[FiniteFloat, Field(gt=0)] | None = None
    """Largest possible value, in `unit`; for wind and sun."""
    gate: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "09:00"
    """Local time of the gate, on the day before."""
    first: date
    """First local date to forecast."""
    end: date
    """Local date up to which is forecast, itself not included."""
    refit_days: Annotated[int, Field(ge=1, le=400)] | None = None
    """Every how many days is learned anew; on the first of each quarter unless given."""
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    """Seed of degraded weather."""


def subject_of(case: BacktestCase) -> Subject:
    """The target and its inputs; `forecast.wrong-length` where an input has another number of values."""
    zone = zone_of(case.zone)
    try:
        start = datetime.fromisoformat(case.start)
    except ValueError:
        raise InputError([Finding("cli.bad-start", "start", "2025-01-01T00:00", case.start)]) from None
    begin = start if start.tzinfo else start.replace(tzinfo=zone)
    grid = TimeGrid(np.datetime64(round(begin.timestamp() / 60), "m"), case.step_minutes, len(case.values), case.zone)
    wrong = [
        Finding("forecast.wrong-length", f"inputs.{name}", str(len(case.values)), str(len(column)))
        for name, column in case.inputs.items()
        if len(column) != len(case.values)
    ]
    if wrong:
        raise InputError(wrong)
    hour, minute = map(int, case.gate.split(":"))
    horizon = Horizon(gate_minute=60 * hour + minute, published=case.kind == "price")
    values = _numbers(case.values)
    codes = np.where(np.isnan(values), Quality.MISSING, Quality.MEASURED).astype(np.uint8)
    days = DayGrid(grid)
    tables = {name: filled_slots(days.by_day(_numbers(column))) for name, column in case.inputs.items()}
    inputs = {name: _issued(case, name, table, horizon) for name, table in tables.items()}
    holidays = np.isin(grid.days, np.array(case.holidays, dtype="M8[D]"))
    rest = np.where(holidays, 2, days.weekday(np.arange(days.count)) >= 5).astype(np.int64)
    target = Series("target", values, case.unit, grid, codes)
    return Subject(target, case.kind, horizon, inputs, rest, case.capacity, case.weather if inputs else "none")


def _numbers(column: Sequence[float | None]) -> Values:
    return np.array([np.nan if value is None else value for value in column], dtype=np.float64)


def _issued(case: BacktestCase, name: str, table: Values, horizon: Horizon) -> Values:
    if case.weather == "actual" or name.startswith(PLAN):
        return actual(table, horizon)
    quantity: Literal["temperature", "irradiance", "wind_speed"]
    if name.endswith("_c"):
        quantity = "temperature"
    elif "irradiance" in name:
        quantity = "irradiance"
    elif "wind_speed" in name:
        quantity = "wind_speed"
    else:
        raise InputError([Finding("forecast.no-such-error", f"inputs.{name}", ", ".join(ERRORS), name)])
    return degraded(table, quantity, horizon, case.seed + OWN_DRAW[quantity])


def run_backtest(case: BacktestCase) -> tuple[Backtest, dict[str, dict[str, Figure]], tuple[Finding, ...]]:
    """The backtest, its scores by model, and what was found in the target and by the model."""
    subject = subject_of(case)
    cadence = Cadence() if case.refit_days is None else Cadence(case.refit_days, quarters=False)
    plan = Plan(np.datetime64(case.first, "D"), np.datetime64(case.end, "D"), cadence)
    made = backtest(subject, forecaster_for(case.kind), plan)
    others = beside(subject, plan)
    found = (*quality_findings(subject.target, case.kind), *made.findings, *skill_findings(made, others))
    return made, skill(made, others), found


def backtest_answer(case: BacktestCase) -> Mapping[str, Any]:
    """Scores, reliability and the forecasts of each origin, as plain data; nothing is NaN, what was not measured is null."""
    made, table, found = run_backtest(case)
    return backtest_data(made, table, found)


def backtest_data(
    made: Backtest, table: Mapping[str, Mapping[str, Figure]], found: tuple[Finding, ...]
) -> dict[str, Any]:
    """See `backtest_answer`."""
    dates = made.subject.days.date(made.days)
    return {
        "weather": made.weather,
        "unit": made.subject.target.unit,
        "gate": f"D-{made.subject.horizon.gate_days_before} {_clock(made.subject.horizon.gate_minute)}",
        "models": _counted(made.models),
        "scores": {name: dict(row) for name, row in table.items()},
        "reliability": reliability_of(made),
        "worst_days": worst_days(made),
        "levels": list(made.levels),
        "forecasts": [
            {
                "origin": str(dates[row]),
                "quantiles": np.round(made.values[row], 6).tolist(),
                "actual": [None if not np.isfinite(value) else float(value) for value in made.actual[row]],
            }
            for row in range(made.days.size)
        ],
        "findings": [finding.as_json() for finding in found],
    }


def reliability_of(made: Backtest) -> list[dict[str, float]]:
    """The share of measured values at or below each quantile; empty where nothing was measured.

    Left out are nights of a PV plant, where value and quantiles are the same zero and would hide its days, and steps of other
    targets whose outermost quantiles all but meet and promise nothing.
    """
    there = np.isfinite(made.banded)
    if made.subject.kind != "pv":
        there &= made.values[:, :, -1] - made.values[:, :, 0] > NARROW * (made.subject.capacity or 0.0)
    if not there.any():
        return []
    below = made.actual[:, :, None] <= made.values
    return [
        {"level": level, "share_below": float(np.mean(below[:, :, number][there]))}
        for number, level in enumerate(made.levels)
    ]


def worst_days(made: Backtest, count: int = 5) -> list[dict[str, Any]]:
    """The days of the largest mean absolute error, the worst first."""
    errors = np.abs(made.median - made.actual)
    measured = np.isfinite(errors).sum(axis=1)
    daily = np.where(measured > 0, np.nansum(errors, axis=1) / np.maximum(measured, 1), -1.0)
    order = [row for row in np.argsort(-daily, kind="stable")[:count] if daily[row] >= 0]
    dates = made.subject.days.date(made.days)
    return [{"origin": str(dates[row]), "mae": float(daily[row])} for row in order]


def _counted(models: tuple[str, ...]) -> dict[str, int]:
    return {name: models.count(name) for name in dict.fromkeys(models)}


def _clock(minute: int) -> str:
    return f"{minute % MINUTES_PER_DAY // 60:02d}:{minute % 60:02d}"
