"""Measured weather as inputs: as it was (`actual`, a perfect forecast), or with the errors a forecast has (`degraded`).

Neither is a forecast that anybody issued; the mode travels with every figure made from them.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from lingtan.forecast.days import Values
from lingtan.forecast.horizon import Horizon

Quantity = Literal["temperature", "irradiance", "wind_speed"]

ERRORS: dict[str, float] = {"temperature": 1.5, "irradiance": 0.15, "wind_speed": 1.5}
"""Standard deviation of the error a day ahead: K, share, m/s. Source: the project's protocol for degraded weather."""
CORRELATION_HOURS = 6.0


def actual(values: Values, horizon: Horizon) -> Values:
    """What was measured (D, S) as if it had been known at each gate: (D, H), NaN past the end."""
    later = [
        np.concatenate([values[ahead:], np.full((ahead, values.shape[1]), np.nan)]) for ahead in range(horizon.days)
    ]
    return np.concatenate(later, axis=1)


def degraded(values: Values, quantity: Quantity, horizon: Horizon, seed: int) -> Values:
    """What was measured plus an AR(1) error of its own for each origin, (D, H).

    Its standard deviation is the one above 24 h after the gate and grows with the root of the lead; that of irradiance is a
    share of it. Origins are drawn apart, so a longer series changes no earlier one.
    """
    given = actual(values, horizon)
    slots = values.shape[1]
    hold = float(np.exp(-24 / slots / CORRELATION_HOURS))
    gate_hours = horizon.gate_days_before * 24 - horizon.gate_minute / 60
    lead = gate_hours + (np.arange(given.shape[1]) + 0.5) * 24 / slots
    size: Values = ERRORS[quantity] * np.sqrt(lead / 24)
    shocks = np.stack([np.random.default_rng([seed, day]).normal(size=given.shape[1]) for day in range(len(given))])
    error = np.empty_like(shocks)
    error[:, 0] = shocks[:, 0]
    for step in range(1, error.shape[1]):
        error[:, step] = hold * error[:, step - 1] + np.sqrt(1 - hold**2) * shocks[:, step]
    if quantity == "temperature":
        return np.asarray(given + size * error)
    if quantity == "irradiance":
        return np.asarray(given * np.clip(1 + size * error, 0, None))
    return np.asarray(np.clip(given + size * error, 0, None))
