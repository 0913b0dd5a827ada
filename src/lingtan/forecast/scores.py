"""How good a forecast was: errors, quantiles, peaks, and whether one is better than another beyond chance.

All take arrays of equal shape with NaN where nothing was measured; such slots count nowhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lingtan.forecast.days import Values


def mean_of(values: Values) -> float:
    """Mean of what is known; NaN where nothing is."""
    there = np.isfinite(values)
    return float(values[there].mean()) if there.any() else math.nan


def mae(actual: Values, forecast: Values) -> float:
    """Mean absolute error, in the unit of the target; NaN, as of every score, where nothing was measured."""
    return mean_of(np.abs(forecast - actual))


def rmse(actual: Values, forecast: Values) -> float:
    """Root of the mean squared error, in the unit of the target."""
    return math.sqrt(mean_of((forecast - actual) ** 2))


def nmae(actual: Values, forecast: Values, capacity: float | None = None) -> float | None:
    """MAE over the capacity, else over the mean of the target; None where that is not above zero."""
    scale = mean_of(actual) if capacity is None else capacity
    return mae(actual, forecast) / scale if scale > 0 else None


def mape(actual: Values, forecast: Values) -> float | None:
    """Mean absolute percentage error, 0 to 1 and more; None unless every value measured is above zero.

    >>> mape(np.array([100.0, 50.0]), np.array([75.0, 50.0])), mape(np.array([0.0, 1.0]), np.ones(2))
    (0.125, None)
    """
    there = np.isfinite(actual)
    if not there.any() or not actual[there].min() > 0:
        return None
    return mean_of(np.abs(forecast - actual) / actual)


def mase(actual: Values, forecast: Values, past: Values, season: int) -> float | None:
    """MAE over that of the seasonal naive in the past (T,) learned from; None where the past did not move."""
    moves = np.abs(past[season:] - past[:-season])
    scale = mean_of(moves)
    return mae(actual, forecast) / scale if scale > 0 else None


def pinball(actual: Values, quantiles: Values, levels: Values) -> float:
    """Mean pinball loss over quantiles (…, Q) at `levels` (Q,), in the unit of the target."""
    miss = actual[..., None] - quantiles
    return mean_of(np.maximum(levels * miss, (levels - 1) * miss))


def crps(actual: Values, quantiles: Values, levels: Values) -> float:
    """Continuous ranked probability score from quantiles: twice the pinball loss integrated over the levels.

    Each quantile stands for the levels nearest to it, so tails beyond the outermost are held at it: with few quantiles this is
    below the true score of a smooth distribution.
    """
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    miss = actual[..., None] - quantiles
    loss = np.maximum(levels * miss, (levels - 1) * miss)
    return 2 * mean_of(loss @ np.diff(edges))


def coverage(actual: Values, low: Values, high: Values) -> float:
    """Share of values inside a band."""
    inside = (actual >= low) & (actual <= high)
    return mean_of(np.where(np.isfinite(actual), inside, np.nan))


def peak_errors(actual: Values, forecast: Values) -> tuple[float, float]:
    """Of days (D, S): mean absolute error of the day's highest value, over it; and share of days whose highest slot is met within
    an hour."""
    whole = np.isfinite(actual).all(axis=1)
    actual, forecast = actual[whole], forecast[whole]
    if not len(actual):
        return math.nan, math.nan
    top, said = actual.max(axis=1), forecast.max(axis=1)
    up = top > 0
    size = float(np.mean(np.abs(said[up] - top[up]) / top[up])) if up.any() else math.nan
    hour = actual.shape[1] / 24
    hit = float(np.mean(np.abs(actual.argmax(axis=1) - forecast.argmax(axis=1)) <= hour))
    return size, hit


@dataclass(frozen=True)
class DieboldMariano:
    """`statistic` below zero: the first is better; `p_value` is one-sided, that it is not."""

    statistic: float
    p_value: float


def diebold_mariano(actual: Values, first: Values, second: Values) -> DieboldMariano:
    """Whether the first forecast beats the second: mean absolute errors by day (D, S), with a long-run variance over 7 days
    (Bartlett weights), since errors of neighboring days are alike.

    Source: Diebold and Mariano, J. Business & Economic Statistics 13 (1995); daily losses as in Lago et al. (2021).
    """
    whole = np.isfinite(actual).any(axis=1)
    actual, first, second = actual[whole], first[whole], second[whole]
    daily = np.nanmean(np.abs(first - actual), axis=1) - np.nanmean(np.abs(second - actual), axis=1)
    loss = daily[np.isfinite(daily)]
    count = loss.size
    if count < 10:
        return DieboldMariano(0.0, 0.5)
    rest = loss - loss.mean()
    variance = float(rest @ rest) / count
    for lag in range(1, 8):
        variance += 2 * (1 - lag / 8) * float(rest[lag:] @ rest[:-lag]) / count
    if variance <= 0:
        return DieboldMariano(0.0, 0.5)
    statistic = float(loss.mean()) / math.sqrt(variance / count)
    return DieboldMariano(statistic, 0.5 * math.erfc(-statistic / math.sqrt(2)))


def dispatch_accuracy(actual: Values, forecast: Values, capacity: float) -> float:
    """1 less RMSE over capacity: the accuracy that Chinese dispatch assesses for wind and PV, as forms commonly state it.

    Provinces differ in detail (which hours count, the limit); the local rule decides what is paid.
    """
    return 1 - rmse(actual, forecast) / capacity
