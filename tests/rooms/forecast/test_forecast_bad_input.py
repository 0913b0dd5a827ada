"""Poor input to every model: an answer that is finite and honest, or a finding; never a crash."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.forecast import (
    Boosting,
    Conformal,
    Forecast,
    Forecaster,
    Horizon,
    Linear,
    LoadModel,
    PriceModel,
    PvModel,
    Subject,
    WindModel,
    calendar_design,
)
from lingtan.series import Quality, Series
from tests.rooms.forecast.parks import Array, grid_of_days, load, temperature

DAYS, DAY = 130, 120
TREES = Boosting(rounds=5, leaves=4, min_leaf=20)
MODELS: dict[str, tuple[Any, str, Horizon]] = {
    "linear": (Linear(calendar_design), "load", Horizon()),
    "load": (LoadModel(TREES), "load", Horizon()),
    "price": (PriceModel((28, 56)), "price", Horizon(published=True)),
    "price with trees": (PriceModel((28, 56), boosting=TREES), "price", Horizon(published=True)),
    "wind": (WindModel(TREES), "wind", Horizon()),
    "pv": (PvModel(TREES), "pv", Horizon()),
}


def subject_of(name: str, values: Array, heat: Array, days: int = DAYS) -> Subject:
    _, kind, horizon = MODELS[name]
    codes = np.where(np.isnan(values), Quality.MISSING, Quality.MEASURED).astype(np.uint8)
    series = Series("works", values, "kW", grid_of_days(days), codes)
    capacity = None if kind in {"load", "price"} else 2000.0
    return Subject(series, kind, horizon, {"temperature_c": heat}, capacity=capacity)  # type: ignore[arg-type]


def made_of(name: str, works: Subject, day: int = DAY) -> Forecast:
    known = works.as_of(works.gates[day])
    conformal = Conformal("level" if name in {"wind", "pv"} else "slot", drift_share=0.5 if name == "load" else 0.0)
    return Forecaster(MODELS[name][0], conformal, holdout_days=20).fit(known).forecast(known, day)


def zeros(values: Array) -> Array:
    """A week of zeros just before the gate: a stuck meter, or a plant at rest."""
    values[DAY - 7 : DAY] = 0.0
    return values


def constant(values: Array) -> Array:
    return np.full_like(values, 7.0)


def nothing_of_late(values: Array) -> Array:
    values[DAY - 10 :] = np.nan
    return values


@pytest.mark.parametrize("spoil", [zeros, constant, nothing_of_late])
@pytest.mark.parametrize("name", MODELS)
def test_a_poor_target_is_answered(name: str, spoil: Any) -> None:
    """Quantiles are finite and do not cross, and stay near what the target has ever been."""
    given = spoil(load(DAYS).reshape(DAYS, 24).copy())
    made = made_of(name, subject_of(name, given.reshape(-1), temperature(DAYS)))
    assert np.isfinite(made.values).all()
    assert (np.diff(made.values, axis=2) >= 0).all()
    low, high = np.nanmin(given), np.nanmax(given)
    assert made.values.min() >= low - 900  # no error was larger than the load itself
    assert made.values.max() <= high + 900
    if spoil is constant:
        assert made.values == pytest.approx(np.full((1, 24, 13), 7.0))


@pytest.mark.parametrize("name", MODELS)
def test_thirty_days_of_history_are_answered_by_naive_and_said(name: str) -> None:
    works = subject_of(name, load(32), temperature(32), 32)
    made = made_of(name, works, 31)
    assert made.model == "naive-7d"
    assert [found.code for found in made.findings] == ["forecast.short-history"]
    assert np.isfinite(made.values).all()


@pytest.mark.parametrize("name", MODELS)
def test_a_weather_feed_that_fails_is_answered(name: str) -> None:
    """Missing from the gate's own day on, and never there at all."""
    late, never = temperature(DAYS), np.full((DAYS, 24), np.nan)
    late[DAY - 2 :] = np.nan
    for heat in (late, never):
        assert np.isfinite(made_of(name, subject_of(name, load(DAYS), heat)).values).all()


@pytest.mark.parametrize("name", MODELS)
def test_measurements_stamped_in_the_future_change_nothing(name: str) -> None:
    """A logger whose clock runs ahead: what it says of the days to come is not known at the gate, whatever it says."""
    values = load(DAYS)
    future = values.copy()
    future[(DAY + 1) * 24 :] = 5e4
    honest = np.where(np.arange(DAYS * 24) < (DAY + 1) * 24, values, np.nan)
    made = [made_of(name, subject_of(name, each, temperature(DAYS))) for each in (future, honest)]
    assert made[0].values.tobytes() == made[1].values.tobytes()


def test_a_gate_after_its_target_is_refused() -> None:
    with pytest.raises(InputError, match=r"forecast\.gate-after-target"):
        Horizon(gate_days_before=0, gate_minute=9 * 60)


def test_a_target_that_was_never_measured_is_refused() -> None:
    works = subject_of("load", np.full(DAYS * 24, np.nan), temperature(DAYS))
    with pytest.raises(InputError, match=r"series\.nothing-known"):
        works.as_of(works.gates[DAY])
