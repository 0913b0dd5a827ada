"""A backtest in figures: the model beside naive and linear, every score that its target allows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.findings import Finding, Severity
from lingtan.forecast import scores
from lingtan.forecast.backtest import Backtest, Plan, backtest
from lingtan.forecast.boosting import Boosting
from lingtan.forecast.conformal import Conformal
from lingtan.forecast.days import Values
from lingtan.forecast.design import calendar_design
from lingtan.forecast.forecaster import Forecaster
from lingtan.forecast.linear import Linear
from lingtan.forecast.load import LoadModel
from lingtan.forecast.models import MeanOfDays, Model, Naive
from lingtan.forecast.price import PriceModel
from lingtan.forecast.renewable import PvModel, WindModel
from lingtan.forecast.subject import Kind, Subject

Figure = float | None


def forecaster_for(kind: Kind) -> Forecaster:
    """The forecaster that the evidence supports for a kind of target."""
    match kind:
        case "price":
            trees = Boosting(rounds=200, leaves=15, min_leaf=40, max_bin=63, loss="l1")
            return Forecaster(PriceModel(boosting=trees), Conformal(days=90))
        case "wind":
            return Forecaster(WindModel(), Conformal("level", days=90, share=0.08))
        case "pv":
            return Forecaster(PvModel(), Conformal("level", days=60, share=0.05))
        case "load":
            return Forecaster(LoadModel(), Conformal(drift_share=0.5))


YARDSTICKS: tuple[Model, ...] = (Naive(1), Naive(7), MeanOfDays(), Linear(calendar_design))
"""The models that stand beside every other."""


def beside(subject: Subject, plan: Plan) -> dict[str, Backtest]:
    """The same span by the models that stand beside every other, by name; one that had too short a past to learn is absent."""
    runs = {model.name: backtest(subject, Forecaster(model, steps_back=False), plan) for model in YARDSTICKS}
    return {name: run for name, run in runs.items() if set(run.models) == {name}}


def skill_findings(run: Backtest, others: Mapping[str, Backtest]) -> tuple[Finding, ...]:
    """Says what a table of scores lacks: a yardstick that could not learn, or every figure where nothing was measured."""
    name = run.subject.target.name
    absent = [model.name for model in YARDSTICKS if model.name not in others]
    found = [Finding("forecast.yardstick-absent", name, got=each, severity=Severity.WARNING) for each in absent]
    if not np.isfinite(run.actual).any():
        dates = run.subject.days.date(run.days)
        got = f"{dates[0]} … {dates[-1]}"
        found.append(Finding("forecast.nothing-scored", name, got=got, severity=Severity.WARNING))
    return tuple(found)


def skill(run: Backtest, others: Mapping[str, Backtest]) -> dict[str, dict[str, Figure]]:
    """Scores by model; `dm_p_value` is that of ours against each other: small where ours is better beyond chance.

    The point that is scored is the median of the quantiles. Errors are in the unit of the target; shares are 0 to 1.
    """
    naive = others.get("naive-7d")
    ours = set(run.models)
    name = ours.pop() if len(ours) == 1 else "model"
    table = {name if name not in others else "model": scores_of(run, naive)}
    for key, other in others.items():
        versus = scores.diebold_mariano(run.actual, run.median, other.median)
        scored = np.isfinite(run.actual).any()
        table[key] = {**scores_of(other, naive), "dm_p_value": _figure(versus.p_value) if scored else None}
    return table


def scores_of(run: Backtest, naive: Backtest | None = None) -> dict[str, Figure]:
    """Every score of one backtest; None where the target does not allow it. Bands of PV are judged by day only (`daylight`)."""
    actual, point, capacity = run.actual, run.median, run.subject.capacity
    past = run.subject.measured[: int(run.days[0])].reshape(-1)
    slots = run.subject.days.slots
    levels = np.array(run.levels)
    first_day = (actual[:, :slots], point[:, :slots])
    size, hit = scores.peak_errors(*first_day)
    mae = scores.mae(actual, point)
    usual = scores.mae(actual, naive.median) if naive is not None else 0.0
    share = {
        "mae": mae,
        "nmae": scores.nmae(actual, point, capacity),
        "rmse": scores.rmse(actual, point),
        "mape": scores.mape(actual, point),
        "rmae": mae / usual if usual > 0 else None,
        "mase": scores.mase(actual, point, past, slots),
        "pinball": scores.pinball(actual, run.values, levels),
        "crps": scores.crps(actual, run.values, levels),
        **_bands(run.banded, run.values, run.levels),
        "peak_error": size,
        "peak_within_hour": hit,
        "dispatch_accuracy": scores.dispatch_accuracy(actual, point, capacity) if capacity is not None else None,
    }
    return {key: _figure(value) for key, value in share.items()}


def _bands(actual: Values, values: Values, levels: tuple[float, ...]) -> dict[str, Figure]:
    """Coverage and mean width of each band whose two levels are there."""
    found: dict[str, Figure] = {}
    for share in (50, 80, 90):
        low, high = round(0.5 - share / 200, 3), round(0.5 + share / 200, 3)
        if low in levels and high in levels:
            edges = values[:, :, levels.index(low)], values[:, :, levels.index(high)]
            found[f"coverage_{share}"] = scores.coverage(actual, *edges)
            found[f"width_{share}"] = scores.mean_of(np.where(np.isfinite(actual), edges[1] - edges[0], np.nan))
    return found


def _figure(value: float | None) -> Figure:
    return None if value is None or not np.isfinite(value) else float(value)
