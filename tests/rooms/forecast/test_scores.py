"""Scores against values by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lingtan.forecast import scores

NAN = float("nan")


def test_what_was_not_measured_counts_nowhere() -> None:
    """Counted as zero error, the hole would halve the figure."""
    actual, forecast = np.array([10.0, NAN]), np.array([13.0, 99.0])
    assert (scores.mae(actual, forecast), scores.rmse(actual, forecast)) == (3.0, 3.0)


def test_percentages_exist_only_above_zero() -> None:
    """One night of sun would make the mean percentage infinite."""
    assert scores.mape(np.array([0.0, 10.0]), np.array([1.0, 10.0])) is None
    assert scores.nmae(np.array([-1.0, 1.0]), np.zeros(2)) is None
    assert scores.nmae(np.array([20.0, 40.0]), np.array([20.0, 34.0])) == pytest.approx(0.1)
    assert scores.nmae(np.array([0.0, 0.0]), np.array([5.0, 5.0]), capacity=50.0) == pytest.approx(0.1)


def test_pinball_weighs_the_side() -> None:
    """Level 0.9 below the value by 10 costs 9, above it by 10 costs 1; a swapped sign gives 1 and 9."""
    level = np.array([0.9])
    assert scores.pinball(np.array([10.0]), np.array([[0.0]]), level) == pytest.approx(9.0)
    assert scores.pinball(np.array([10.0]), np.array([[20.0]]), level) == pytest.approx(1.0)


def test_crps_of_a_sure_forecast_is_its_error() -> None:
    levels = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    assert scores.crps(np.array([10.0]), np.full((1, 5), 7.0), levels) == pytest.approx(3.0)


def test_crps_of_the_uniform_distribution() -> None:
    """U(0, 1) at 0.5: 1/12 exactly; 99 levels come within a percent."""
    levels = np.arange(1, 100) / 100
    assert scores.crps(np.array([0.5]), levels[None, :], levels) == pytest.approx(1 / 12, rel=0.01)


def test_mase_is_against_the_past_that_was_learned() -> None:
    """Past moves by 2 a season: an error of 3 is 1.5."""
    past = np.array([0.0, 0.0, 2.0, 2.0, 4.0, 4.0])
    assert scores.mase(np.array([6.0]), np.array([9.0]), past, 2) == 1.5
    assert scores.mase(np.array([6.0]), np.array([9.0]), np.ones(6), 2) is None


def test_peaks_by_size_and_time() -> None:
    """Peaks 10 and 20 told as 9 and 20, the second three hours late."""
    actual, told = np.zeros((2, 24)), np.zeros((2, 24))
    actual[0, 12], actual[1, 12], told[0, 13], told[1, 15] = 10, 20, 9, 20
    size, hit = scores.peak_errors(actual, told)
    assert (size, hit) == (pytest.approx(0.05), 0.5)
    assert all(map(math.isnan, scores.peak_errors(np.full((1, 24), NAN), told[:1])))


def test_diebold_mariano_sides_with_the_better() -> None:
    """200 days on which the second errs twice as much; exchanged, the p-value is its complement."""
    rng = np.random.default_rng(1)
    noise = rng.normal(size=(200, 24))
    actual = np.zeros((200, 24))
    better = scores.diebold_mariano(actual, noise, 2 * noise)
    worse = scores.diebold_mariano(actual, 2 * noise, noise)
    assert better.statistic < -5
    assert better.p_value < 1e-6
    assert worse.p_value == pytest.approx(1 - better.p_value)
    assert scores.diebold_mariano(actual, noise, noise).p_value == 0.5


def test_coverage_and_dispatch_accuracy() -> None:
    actual = np.array([1.0, 2.0, NAN, 9.0])
    assert scores.coverage(actual, np.ones(4), np.full(4, 5.0)) == pytest.approx(2 / 3)
    assert scores.dispatch_accuracy(np.array([10.0]), np.array([20.0]), 100.0) == pytest.approx(0.9)
