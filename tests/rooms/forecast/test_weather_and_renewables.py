"""Weather modes, and the models of price, wind and sun on targets whose law is known."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.forecast import (
    Boosting,
    Conformal,
    Forecaster,
    Horizon,
    MeanOfDays,
    Naive,
    PriceModel,
    PvModel,
    Subject,
    WindModel,
    quality_findings,
)
from lingtan.forecast.scores import mae
from lingtan.forecast.weather import actual, degraded
from lingtan.series import Series
from lingtan.wording.series_notes import said
from tests.rooms.forecast.parks import Array, grid_of_days

TREES = Boosting(rounds=60, rate=0.1, leaves=8, min_leaf=20)
DAYS = 200


def test_actual_weather_is_laid_by_origin() -> None:
    table = np.arange(12.0).reshape(3, 4)
    found = actual(table, Horizon(days=2))
    assert np.array_equal(found[0], np.arange(8.0))
    assert np.isnan(found[2, 4:]).all()


def test_degraded_errors_are_as_large_as_told_and_grow_with_the_lead() -> None:
    """24 h after a gate at midnight 1.5 K, 48 h after it 2.1 K; an error without growth would be 1.5 K both times."""
    error = degraded(np.zeros((4000, 24)), "temperature", Horizon(0, 0, 2), 1)[:-1]
    assert error[:, 23].std() == pytest.approx(1.5 * np.sqrt(23.5 / 24), rel=0.05)
    assert error[:, 47].std() == pytest.approx(1.5 * np.sqrt(47.5 / 24), rel=0.05)
    assert np.corrcoef(error[:, 10], error[:, 16])[0, 1] == pytest.approx(np.exp(-1), abs=0.05)


def test_degraded_irradiance_is_a_share_and_a_longer_series_changes_no_earlier_origin() -> None:
    sun = np.tile(np.r_[np.zeros(8), np.full(8, 500.0), np.zeros(8)], (30, 1))
    found = degraded(sun, "irradiance", Horizon(), 3)
    assert (found[:, :8] == 0).all()
    assert (found >= 0).all()
    assert np.array_equal(degraded(sun[:20], "irradiance", Horizon(), 3), found[:20])


def test_the_nights_of_a_pv_plant_are_no_stuck_meter_and_a_dark_day_is_one() -> None:
    """Sixteen hours of a winter night are at zero; from one afternoon over a whole day to the next morning it is forty."""
    sun = np.tile(np.r_[np.zeros(8), np.full(8, 0.5) + 0.01 * np.arange(8), np.zeros(8)], (30, 1))
    assert quality_findings(Series.of("roof", sun.reshape(-1), "1", grid_of_days(30)), "pv") == ()
    sun[10] = 0.0
    [found] = quality_findings(Series.of("roof", sun.reshape(-1), "1", grid_of_days(30)), "pv")
    assert (found.code, found.got) == ("forecast.frozen", said("count-first", count=40, at="2025-01-10 16:00"))


def test_trees_of_prices_learn_the_change_since_the_newest_day() -> None:
    """Of a price that is as the day before but 20 higher on Mondays: with a share of all, that law and nothing else."""
    weekday = (2 + np.arange(DAYS)) % 7
    price = 300.0 + 20.0 * (weekday == 0)[:, None] + np.arange(24.0)[None, :]
    target = Series.of("works", price.reshape(-1), "1", grid_of_days(DAYS))
    subject = Subject(target, "price", Horizon(published=True))
    known = subject.as_of(subject.gates[DAYS - 1])
    model = PriceModel((56,), boosting=TREES, share=1.0)
    days = np.arange(DAYS - 9, DAYS - 2)
    made = model.fit(known, np.arange(20, DAYS - 10)).predict(known, days)
    assert made == pytest.approx(price[days], abs=1.0)


def test_trees_without_a_row_to_learn_from_say_nothing() -> None:
    trees = TREES.fit(np.zeros((5, 2)), np.full(5, np.nan))
    assert np.isnan(trees.predict(np.zeros((3, 2)))).all()
    assert trees.contributions(np.zeros((3, 2))).tolist() == [[0.0] * 3] * 3


def held_out(
    target: Array, kind: str, inputs: dict[str, Array], model: object, horizon: Horizon
) -> tuple[float, float]:
    """Mean error of a model and of the mean of the last days over the last 30 origins."""
    capacity = None if kind == "price" else 1.0
    values = Series.of("works", target.reshape(-1), "1", grid_of_days(DAYS))
    subject = Subject(values, kind, horizon, inputs, capacity=capacity)  # type: ignore[arg-type]
    days = np.arange(DAYS - 32, DAYS - 2)
    truth = actual(target, horizon)[days]
    errors = []
    for each in (model, MeanOfDays()):
        forecaster = Forecaster(each, Conformal("level" if capacity else "slot"))  # type: ignore[arg-type]
        trained = forecaster.fit(subject.as_of(subject.gates[days[0]]))
        made = trained.forecast_many(subject.as_of(subject.gates[days[-1]]), days)
        assert made.model == each.name  # type: ignore[attr-defined]
        assert (np.diff(made.values, axis=2) >= 0).all()
        if capacity:
            assert made.values.min() >= (0 if kind == "wind" else -0.01)
            assert made.values.max() <= capacity
        errors.append(mae(truth, made.point))
    return errors[0], errors[1]


def test_wind_follows_the_issued_speed() -> None:
    """Power is the cube of the speed; yesterday says nothing."""
    rng = np.random.default_rng(5)
    speed = np.clip(np.repeat(rng.random((DAYS, 4)), 6, axis=1) + rng.normal(0, 0.02, (DAYS, 24)), 0, 1)
    horizon = Horizon(0, 0, 2)
    ours, yardstick = held_out(speed**3, "wind", {"ws": actual(speed, horizon)}, WindModel(TREES), horizon)
    assert ours < 0.3 * yardstick


def test_sun_follows_the_issued_irradiance_and_rests_at_night() -> None:
    rng = np.random.default_rng(6)
    clear = np.clip(np.sin(np.pi * (np.arange(24) - 6) / 12), 0, None)
    sun = clear * rng.uniform(0.2, 1.0, (DAYS, 1))
    ours, yardstick = held_out(0.8 * sun, "pv", {"irradiance": actual(sun, Horizon())}, PvModel(TREES), Horizon())
    assert ours < 0.3 * yardstick


def test_prices_follow_the_forecast_of_the_load() -> None:
    rng = np.random.default_rng(7)
    need = 10 + rng.normal(0, 2, (DAYS, 1)) + np.sin(np.pi * np.arange(24) / 24)
    price = 3 * need + rng.normal(0, 0.5, (DAYS, 24))
    inputs = {"load_forecast": actual(need, Horizon())}
    ours, yardstick = held_out(price, "price", inputs, PriceModel((56, 112)), Horizon(published=True))
    assert ours < 0.4 * yardstick


def test_prices_without_fourteen_days_are_as_the_newest_known() -> None:
    """Too few rows to learn from: the model is silent there and the last week speaks."""
    price = np.tile(np.arange(24.0), (12, 1)).reshape(-1)
    series = Series.of("price", price, "EUR/MWh", grid_of_days(12))
    subject = Subject(series, "price", Horizon(published=True))
    known = subject.as_of(subject.gates[11])
    assert PriceModel().predict(known, np.array([11])) == pytest.approx(np.full((1, 24), 11.5))
    assert np.array_equal(Naive(7).predict(known, np.array([11]))[0], np.arange(24.0))
