"""No look-ahead, for every model and kind of target: noise after the gate leaves a forecast identical to the bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.forecast import (
    Forecaster,
    Horizon,
    Linear,
    LoadModel,
    MeanOfDays,
    Naive,
    PlainBoosting,
    PriceModel,
    PvModel,
    Subject,
    WindModel,
    calendar_design,
)
from lingtan.forecast.boosting import Boosting
from lingtan.forecast.conformal import Conformal
from lingtan.series import Series
from tests.rooms.forecast.parks import grid_of_days, load, temperature

DAYS = 100
TREES = Boosting(rounds=5, leaves=4, min_leaf=20)
CASES: dict[str, tuple[Any, str, Horizon]] = {
    "naive-1d": (Naive(1), "load", Horizon()),
    "naive-7d": (Naive(7), "load", Horizon(delay_minutes=90)),
    "mean": (MeanOfDays(), "pv", Horizon()),
    "linear": (Linear(calendar_design), "load", Horizon()),
    "boosting": (PlainBoosting(TREES), "load", Horizon(days=2)),
    "load": (LoadModel(TREES), "load", Horizon()),
    "price": (PriceModel((28, 56)), "price", Horizon(published=True)),
    "price with trees": (PriceModel((28,), boosting=TREES), "price", Horizon(published=True)),
    "price without publication": (PriceModel((28,)), "price", Horizon(days=2)),
    "wind": (WindModel(TREES), "wind", Horizon(gate_days_before=0, gate_minute=0, days=2)),
    "pv": (PvModel(TREES), "pv", Horizon()),
}


def subject_of(values: np.ndarray[Any, Any], heat: np.ndarray[Any, Any], kind: Any, horizon: Horizon) -> Subject:
    wide = np.concatenate([np.roll(heat, -ahead, axis=0) for ahead in range(horizon.days)], axis=1)
    series = Series.of("works", values, "kW", grid_of_days(DAYS))
    return Subject(series, kind, horizon, {"temperature_c": wide}, capacity=None if kind == "price" else 2000.0)


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), day=st.integers(80, DAYS - 3))
def test_noise_after_the_gate_leaves_every_forecast_identical_to_the_bit(name: str, seed: int, day: int) -> None:
    """A lag one slot too short, a spike judged by what came after it, an input issued too late: each would show."""
    model, kind, horizon = CASES[name]
    rng = np.random.default_rng(seed)
    values, heat = load(DAYS, seed % 7), temperature(DAYS, seed % 7)
    truth = subject_of(values, heat, kind, horizon)
    gate = truth.gates[day]
    grid = truth.target.grid
    after = grid.utc + np.timedelta64(60 + horizon.delay_minutes, "m") > gate
    if horizon.published:
        after &= grid.day > (truth.days.date(np.array(day)) - horizon.gate_days_before)
    noisy = subject_of(np.where(after, 900.0 * rng.random(values.size), values), heat, kind, horizon)
    inputs = {
        key: np.where(np.arange(DAYS)[:, None] > day, 50.0 * rng.random(given.shape), given)
        for key, given in truth.inputs.items()
    }
    noisy = Subject(noisy.target, kind, horizon, inputs, capacity=noisy.capacity)
    forecaster = Forecaster(model, Conformal(drift_share=0.5), holdout_days=20)
    made = [forecaster.fit(each.as_of(gate)).forecast(each.as_of(gate)) for each in (truth, noisy)]
    assert made[0].values.tobytes() == made[1].values.tobytes()
    assert made[0].findings == made[1].findings
    earlier = np.array([day - 3, day])
    trained = forecaster.fit(truth.as_of(truth.gates[day - 3]))
    many = [trained.forecast_many(each.as_of(gate), earlier) for each in (truth, noisy)]
    assert many[0].values.tobytes() == many[1].values.tobytes()
    alone = trained.forecast(truth.as_of(truth.gates[day - 3]))
    assert alone.values[0].tobytes() == many[0].values[0].tobytes()
