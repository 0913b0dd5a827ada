"""Scales and round numbers for axes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lingtan.report.charts.canvas import Array

ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps of an axis, times a power of ten."""


@dataclass(frozen=True)
class Scale:
    """A straight map from values to pixels."""

    low: float
    high: float
    start_px: float
    end_px: float

    def __call__(self, value: float) -> float:
        """Where a value stands."""
        return self.start_px + (value - self.low) / (self.high - self.low) * (self.end_px - self.start_px)

    def all(self, values: Array) -> Array:
        """Where many values stand."""
        return np.asarray(self.start_px + (values - self.low) / (self.high - self.low) * (self.end_px - self.start_px))


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values that cover `low` to `high`, at most `most` intervals and a little more.

    >>> ticks(0.0, 47.0), ticks(-12.0, 30.0, 4)
    ([0.0, 10.0, 20.0, 30.0, 40.0, 50.0], [-20.0, 0.0, 20.0, 40.0])
    """
    if not high > low:
        high = low + 1.0
    step = _round_up((high - low) / most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [count * step for count in range(first, last + 1)]


def _round_up(rough: float) -> float:
    tens = 10.0 ** math.floor(math.log10(rough))
    return next(tens * part for part in ROUND if tens * part >= rough * (1 - 1e-9))


def bare(value: float) -> str:
    """A round number as it stands at an axis.

    >>> bare(-2000.0), bare(0.5)
    ('−2,000', '0.5')
    """
    return f"{round(value, 9):,.10g}".replace("-", "−")
