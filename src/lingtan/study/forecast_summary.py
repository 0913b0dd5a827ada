"""What a study tells of forecasts: that its plan needs none, and how well its park could be forecast where that was tested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lingtan.study.forecast_view import ForecastView, ViewedTarget

MODELS = ("naive-1d", "naive-7d", "linear")
"""The models whose error stands beside ours."""


def forecast_summary(tested: ForecastView | None) -> dict[str, Any]:
    """The key `forecast` of a summary: `backtest` only where there is one, and of its scores those that are defined."""
    told: dict[str, Any] = {"foresight": "perfect"}
    if tested is not None:
        targets = {name: _target(target) for name, target in tested.targets.items()}
        told["backtest"] = {"gate": tested.gate, "targets": targets}
        if tested.regret is not None:
            told["backtest"]["regret"] = {
                "days": tested.regret.days,
                "together_cny": dict(tested.regret.together),
            }
    return told


def _target(target: ViewedTarget) -> dict[str, Any]:
    """Errors by model, ours as `model`; `dm_p_value` is small where ours is better than a week before."""
    ours = next(iter(target.scores.values()), {})
    rows = {"model": ours, **{name: target.scores.get(name, {}) for name in MODELS}}
    scores = {
        **{key: ours.get(key) for key in ("rmae", "coverage_80", "regret_cny")},
        "dm_p_value": rows["naive-7d"].get("dm_p_value"),
    }
    return {
        "weather": target.weather,
        "first": target.first,
        "last": target.last,
        "nmae": _defined({name: row.get("nmae") for name, row in rows.items()}),
        **_defined(scores),
    }


def _defined(figures: Mapping[str, float | None]) -> dict[str, float]:
    return {key: value for key, value in figures.items() if value is not None}
