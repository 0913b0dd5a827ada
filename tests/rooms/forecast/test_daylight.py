"""Bands of a PV plant are judged by day: its nights are the same zero in forecast and truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lingtan.forecast import Backtest, Forecaster, Horizon, Naive, Plan, Subject, backtest
from lingtan.forecast.daylight import daylight
from lingtan.forecast.skill import scores_of
from lingtan.forecast.weather import actual
from lingtan.series import Series
from lingtan.study.forecast import reliability_of
from tests.rooms.forecast.parks import Array, grid_of_days

DAYS = 80
BY_DAY = np.arange(24) // 6 % 3 != 0
"""Light from six to eighteen."""
FIRST, END = np.datetime64("2025-03-01"), np.datetime64("2025-03-11")


def sun(days: int = DAYS) -> Array:
    clear = np.where(BY_DAY, 1.0, 0.0)
    return clear * np.random.default_rng(3).uniform(0.2, 0.9, (days, 1))


def subject(table: Array, kind: str = "pv", **inputs: Array) -> Subject:
    series = Series.of("roof", table.reshape(-1), "1", grid_of_days(len(table)))
    issued = {name: actual(given, Horizon()) for name, given in inputs.items()}
    return Subject(series, kind, inputs=issued, capacity=1.0)  # type: ignore[arg-type]


def half_covered(kind: str) -> Backtest:
    """A band about what came on every other day, above it on the others, and at zero by night as what came."""
    run = backtest(subject(sun(), kind), Forecaster(Naive(7), steps_back=False), Plan(FIRST, END))
    steps = np.where(np.arange(len(run.days)) % 2 == 0, -0.5, 0.01)[:, None, None] + 0.02 * np.arange(len(run.levels))
    steps = np.where(steps < 0, -0.11 + 0.02 * np.arange(len(run.levels)), steps)
    return replace(run, values=run.actual[:, :, None] + np.where(BY_DAY[None, :, None], steps, 0.0))


def test_nights_cover_nothing() -> None:
    """Half of the days are covered; counted around the clock the same band covers three quarters."""
    scores = scores_of(half_covered("pv"))
    assert scores["coverage_80"] == pytest.approx(0.5)
    assert scores["width_80"] == pytest.approx(0.02 * 10)  # from the second to the last but one of thirteen levels
    assert {row["share_below"] for row in reliability_of(half_covered("pv"))} == {0.5, 1.0}


def test_other_targets_count_every_step() -> None:
    run = half_covered("wind")
    assert np.array_equal(run.banded, run.actual)
    assert scores_of(run)["coverage_80"] == pytest.approx(0.75)


def test_daylight_is_known_at_the_gate() -> None:
    """Light that a plant shows after a gate is no light of that gate: noise later leaves every step as it was."""
    table = sun()
    given = subject(table)
    at = 50
    noisy = table.copy()
    noisy[at - 1, 9:] = 0.7
    noisy[at:] = 0.7
    known = [each.as_of(each.gates[-1]) for each in (given, subject(noisy))]
    told = [daylight(each, np.array([at])) for each in known]
    assert np.array_equal(told[0], told[1])
    assert np.array_equal(told[0][0], BY_DAY)


def test_after_weeks_of_outage_the_days_before_it_tell_the_day() -> None:
    """A plant that stood still for a month is as good as one that nobody metered: it was light when it was before."""
    table = sun()
    table[40:72] = 0.0
    assert np.array_equal(lit_of(subject(table)), BY_DAY)


def test_the_prior_tells_the_day_or_all_of_it_counts() -> None:
    """A plant that never gave anything shows no light: with none to be told by, no step is left out in silence."""
    nothing = np.zeros((DAYS, 24))
    assert lit_of(subject(nothing)).all()
    assert np.array_equal(lit_of(subject(nothing, prior_kw=sun() + 0.001)), BY_DAY)


def lit_of(given: Subject) -> Array:
    [lit] = daylight(given.as_of(given.gates[-1]), np.array([72]))
    return np.asarray(lit)
