"""What moved a forecast: contributions sum to it, and an input moves its own group only."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.forecast import (
    Boosting,
    Forecaster,
    Horizon,
    Linear,
    LoadModel,
    Naive,
    PlainBoosting,
    PriceModel,
    PvModel,
    WindModel,
    calendar_design,
)
from lingtan.forecast.design import calendar_groups
from lingtan.forecast.explain import by_group
from lingtan.forecast.load import load_columns, load_groups
from tests.rooms.forecast.parks import subject, temperature

TREES = Boosting(rounds=40, rate=0.2, leaves=6, min_leaf=20)
DAYS = 130


def known_of(**more: Any) -> Any:
    shift = np.tile(np.random.default_rng(9).normal(size=(DAYS, 1)), 24)
    works = subject(DAYS, inputs={"temperature_c": temperature(DAYS), "shift": shift}, **more)
    return works.as_of(works.gates[120])


BY_HEAT = 30 * temperature(DAYS).reshape(-1) + np.random.default_rng(8).normal(0, 5, DAYS * 24)
"""(T,) in kW: 30 per degree, which is about 750 of a capacity of 700."""

MODELS: dict[str, tuple[Any, dict[str, Any]]] = {
    "linear": (Linear(calendar_design), {}),
    "boosting": (PlainBoosting(TREES), {}),
    "load": (LoadModel(TREES), {}),
    "wind": (WindModel(TREES), {"values": BY_HEAT, "kind": "wind", "capacity": 700.0, "horizon": Horizon(0, 0, 1)}),
    "pv": (PvModel(TREES), {"values": BY_HEAT, "kind": "pv", "capacity": 700.0}),
}


@pytest.mark.parametrize("name", MODELS)
def test_contributions_sum_to_the_forecast(name: str) -> None:
    """Capacity cuts some: what is cut stands as `bounds`, and nothing else does."""
    model, more = MODELS[name]
    known = known_of(**more)
    trained = Forecaster(model, holdout_days=20).fit(known)
    told = trained.explain(known)
    assert list(told.parts) == ["typical", "calendar", "history", "temperature_c", "shift", "bounds"]
    assert np.sum(list(told.parts.values()), axis=0) == pytest.approx(told.point, abs=1e-9)
    assert told.point.tobytes() == trained.forecast(known).point[0].tobytes()
    inside = told.point < 700.0 if "capacity" in more else np.ones(24, dtype=bool)
    assert told.parts["bounds"][inside] == pytest.approx(0.0, abs=1e-6)


def test_groups_have_as_many_names_as_there_are_columns() -> None:
    """One name too few would give every later column to its neighbor."""
    known, days = known_of(), np.arange(100, 103)
    assert calendar_design(known, days).shape == (3, 24, len(calendar_groups(known)))
    assert load_columns(known, days).shape == (72, len(load_groups(known)))


def test_heat_moves_what_temperature_adds_and_nothing_else() -> None:
    """A regression on a hotter day: 5 K more at about 10 kW/K, all of it in the group of the temperature."""
    heat = temperature(DAYS)
    works = subject(DAYS, inputs={"temperature_c": heat})
    known = works.as_of(works.gates[120])
    hotter = np.where(np.arange(DAYS)[:, None] == 120, heat + 5, heat)
    warm = subject(DAYS, inputs={"temperature_c": hotter}).as_of(works.gates[120])
    trained = Forecaster(Linear(calendar_design), holdout_days=20).fit(known)
    told, then = trained.explain(known), trained.explain(warm)
    more = then.parts["temperature_c"] - told.parts["temperature_c"]
    assert more.mean() == pytest.approx(50, rel=0.25)
    assert more == pytest.approx(then.point - told.point)
    assert np.array_equal(then.parts["calendar"], told.parts["calendar"])


def test_a_naive_forecast_is_all_history() -> None:
    known = known_of()
    told = Forecaster(Naive(7)).fit(known).explain(known)
    assert np.array_equal(told.parts["history"], told.point)


@pytest.mark.parametrize("model", [PriceModel((28,)), PriceModel((28,), boosting=TREES)])
def test_prices_are_told_by_a_linear_model_and_what_theirs_adds(model: PriceModel) -> None:
    """A price that is 3 per degree and nothing else: the parts sum to the forecast, heat bears what moves it, and little is own."""
    heat = temperature(DAYS)
    values = 100 + 3 * heat.reshape(-1) + np.random.default_rng(8).normal(0, 0.5, DAYS * 24)
    prices = subject(DAYS, values, inputs={"temperature_c": heat}, kind="price", horizon=Horizon(published=True))
    known = prices.as_of(prices.gates[120])
    trained = Forecaster(model, holdout_days=20).fit(known)
    told = trained.explain(known)
    assert list(told.parts) == ["typical", "calendar", "history", "temperature_c", "own", "bounds"]
    assert np.sum(list(told.parts.values()), axis=0) == pytest.approx(told.point, abs=1e-9)
    assert told.point.tobytes() == trained.forecast(known).point[0].tobytes()
    assert told.parts["bounds"] == pytest.approx(0.0, abs=1e-9)
    assert np.abs(told.parts["own"]).mean() < 0.15 * np.ptp(told.point)


def test_what_tells_a_price_learned_from_nothing_that_came_after_its_gate() -> None:
    """Look-ahead in the explanation: noise after the gate of a past origin leaves its parts bit for bit."""
    values = np.random.default_rng(8).normal(100, 10, DAYS * 24)
    later = values.copy()
    later[100 * 24 :] += 50.0
    told = []
    for given in (values, later):
        prices = subject(DAYS, given, kind="price", horizon=Horizon(published=True))
        known = prices.as_of(prices.gates[120])
        told.append(PriceModel((28,)).contributions(known, np.array([100])))
    assert {name: part.tobytes() for name, part in told[0].items()} == {
        name: part.tobytes() for name, part in told[1].items()
    }


class Mute:
    """A model that learns nothing and tells nothing."""

    name = "mute"

    def fit(self, _known: Any, _days: Any) -> Mute:
        return self

    @staticmethod
    def predict(known: Any, days: Any) -> Any:
        return np.zeros((days.size, known.width))


def test_a_model_that_cannot_tell_is_a_finding() -> None:
    known = known_of()
    with pytest.raises(InputError) as refused:
        Forecaster(Mute(), steps_back=False).fit(known).explain(known)
    assert str(refused.value) == (
        "forecast.not-explained: works: this model cannot tell what moved its forecast; got mute. "
        "Ask a regression or a model of trees."
    )


def test_columns_are_summed_by_group() -> None:
    assert {name: total.tolist() for name, total in by_group("aba", np.array([[1.0, 2.0, 4.0]])).items()} == {
        "a": [5.0],
        "b": [2.0],
    }
