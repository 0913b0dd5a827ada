"""During the day: what a miss of the last hour says of the next ones, for every kind of target."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.forecast import (
    Boosting,
    Conformal,
    Forecaster,
    Horizon,
    Linear,
    Naive,
    PriceModel,
    PvModel,
    Subject,
    WindModel,
    calendar_design,
)
from lingtan.forecast.intraday import Decay, revised, trailing_mean
from lingtan.series import Series
from tests.rooms.forecast.parks import Array, grid_of_days, load, subject, temperature

TREES = Boosting(rounds=5, leaves=4, min_leaf=20)
DAYS = 130
HOUR = np.timedelta64(60, "m")


def drifting(days: int = DAYS, hold: float = 0.9) -> Array:
    """(T,) the load of the tests and a deviation that decays by a tenth an hour: what no model sees on the day before."""
    rng = np.random.default_rng(5)
    away = np.zeros(days * 24)
    for step in range(1, away.size):
        away[step] = hold * away[step - 1] + rng.normal(0, 12)
    return load(days) + away


def test_what_is_kept_of_a_miss_is_the_law_it_follows() -> None:
    """AR(1) of 0.8 an hour: 0.8, 0.64, 0.51 of a miss are left, and √(1 − 0.8²) = 0.6 of the band one hour ahead."""
    rng = np.random.default_rng(1)
    chain = np.zeros(20_000)
    for step in range(1, chain.size):
        chain[step] = 0.8 * chain[step - 1] + rng.normal()
    found = Decay.learned(chain, 1, 3)
    assert found.kept == pytest.approx([0.8, 0.64, 0.512], abs=0.03)
    assert found.spread == pytest.approx(np.sqrt(1 - np.array([0.8, 0.64, 0.512]) ** 2), abs=0.03)


def test_misses_that_say_nothing_change_nothing() -> None:
    """White noise and a chain that is too short: a share learned from them would be made up."""
    noise = np.random.default_rng(2).normal(size=5_000)
    assert Decay.learned(noise, 1, 4).kept == pytest.approx(np.zeros(4), abs=0.05)
    short = Decay.learned(np.ones(50), 1, 4)
    assert (short.kept.tolist(), short.spread.tolist()) == ([0.0] * 4, [1.0] * 4)


def test_a_trailing_mean_passes_over_what_is_missing() -> None:
    assert trailing_mean(np.array([1.0, np.nan, 5.0, np.nan, np.nan]), 2)[:4].tolist() == [1.0, 1.0, 5.0, 5.0]
    assert np.isnan(trailing_mean(np.array([1.0, np.nan, np.nan]), 2)[2])


def test_a_miss_is_counted_in_widths_of_the_band() -> None:
    """Days are missed by a whole width upward and downward in turn, so three of four misses are followed by their like and one,
    at midnight, by its opposite: half is kept. A width is 10, on the day itself 40 and then 0: moved by 20, and not at all."""
    levels, widths = (0.1, 0.5, 0.9), np.full((61, 4), 10.0)
    widths[-1, 2:] = 40.0, 0.0
    vintages = 100.0 + widths[:, :, None] * np.array([-0.5, 0.0, 0.5])
    target = np.where(np.arange(61) % 2 == 0, 110.0, 90.0)[:, None] * np.ones(4)
    target[-1, 2:] = np.nan
    moved = revised(vintages, levels, target, 60)
    assert moved.shift[2:] == pytest.approx([20.0, 0.0], abs=1.5)


def test_what_is_missed_every_day_at_this_hour_is_no_news() -> None:
    levels = (0.1, 0.5, 0.9)
    vintages = 100.0 + 10.0 * np.array([-0.5, 0.0, 0.5]) * np.ones((60, 4, 1))
    target = np.full((60, 4), 110.0)
    target[-1, 2:] = np.nan
    assert revised(vintages, levels, target, 59).shift == pytest.approx(np.zeros(4))


def test_the_next_hours_are_better_than_the_day_ahead() -> None:
    """The deviation has a standard deviation of 27 kW; an hour later 12 of it are new, 4 hours later 20."""
    works = subject(DAYS, drifting())
    trained = Forecaster(Linear(calendar_design)).fit(works.as_of(works.gates[95]))
    ahead, later, inside = [], [], []
    for day in range(100, DAYS - 1, 2):
        made = trained.update(works.as_of(works.gates[day] + np.timedelta64(27, "h")))  # 12:00 at the park
        assert made.day == day
        assert made.measured.tolist() == [hour < 12 for hour in range(24)]
        assert np.array_equal(made.values[:12], np.repeat(works.measured[day, :12, None], 13, axis=1))
        assert (np.diff(made.values, axis=1) >= 0).all()
        actual, middle = works.measured[day, 12:16], made.levels.index(0.5)
        ahead.append(np.abs(made.vintage[12:16, middle] - actual))
        later.append(np.abs(made.values[12:16, middle] - actual))
        inside.append((actual >= made.values[12:16, 1]) & (actual <= made.values[12:16, -2]))
    gained = np.mean(later, axis=0) / np.mean(ahead, axis=0)
    assert gained[0] < 0.7
    assert gained.mean() < 0.85
    assert 0.65 < np.mean(inside) < 0.98


def test_a_day_whose_gate_is_to_come_is_refused_and_tomorrow_is_not() -> None:
    works = subject(DAYS)
    trained = Forecaster(Naive(7)).fit(works.as_of(works.gates[95]))
    now = works.as_of(works.gates[101])  # 09:00 of day 100
    assert trained.update(now).day == 100
    assert not trained.update(now, 101).measured.any()
    with pytest.raises(InputError, match=r"forecast\.gate-to-come"):
        trained.update(now, 102)


CASES: dict[str, tuple[Any, str, Horizon, Conformal]] = {
    "load": (Linear(calendar_design), "load", Horizon(delay_minutes=60), Conformal(drift_share=0.5)),
    "price": (PriceModel((28,)), "price", Horizon(published=True), Conformal()),
    "wind": (WindModel(TREES), "wind", Horizon(0, 0, 2), Conformal("level")),
    "pv": (PvModel(TREES), "pv", Horizon(), Conformal("level")),
}


@pytest.mark.parametrize("name", CASES)
def test_noise_after_now_leaves_an_update_identical_to_the_bit(name: str) -> None:
    model, kind, horizon, conformal = CASES[name]
    heat = temperature(DAYS)
    wide = np.concatenate([np.roll(heat, -ahead, axis=0) for ahead in range(horizon.days)], axis=1)
    values = drifting()
    now = np.datetime64("2025-04-30T02:30")  # 10:30 at the park, on day 119
    grid = grid_of_days(DAYS)
    end = grid.utc + HOUR + np.timedelta64(horizon.delay_minutes, "m")
    after = (grid.day > np.datetime64("2025-04-30")) if horizon.published else (end > now)
    made = []
    for noise in (values, 900.0 * np.random.default_rng(3).random(values.size)):
        target = Series.of("works", np.where(after, noise, values), "kW", grid)
        works = Subject(target, kind, horizon, {"temperature_c": wide}, capacity=None if kind == "price" else 2000.0)  # type: ignore[arg-type]
        trained = Forecaster(model, conformal, holdout_days=25).fit(works.as_of(works.gates[110]))
        made.append(trained.update(works.as_of(now)))
    assert made[0].values.tobytes() == made[1].values.tobytes()
    assert np.isfinite(made[0].values).all()
    hours = {"load": 9, "price": 24, "wind": 10, "pv": 10}
    assert made[0].measured.sum() == hours[name]
    if name != "price":
        assert not np.array_equal(made[0].values[12:], made[0].vintage[12:])
