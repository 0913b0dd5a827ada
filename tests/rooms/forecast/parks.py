"""Small targets for the tests: a load that follows weekday, hour and temperature."""

from __future__ import annotations

from typing import Any

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.forecast import Horizon, Subject
from lingtan.series import Series

Array = np.ndarray[Any, Any]
ZONE = "Asia/Shanghai"


def grid_of_days(days: int, step_minutes: int = 60) -> TimeGrid:
    return TimeGrid(np.datetime64("2024-12-31T16:00", "m"), step_minutes, days * 1440 // step_minutes, ZONE)


def temperature(days: int, seed: int = 0) -> Array:
    """(D, 24) in °C: another level each day, warm at noon."""
    rng = np.random.default_rng(seed)
    level = 25 + rng.normal(0, 3, days)
    return level[:, None] + 4 * np.sin(np.pi * (np.arange(24) - 8) / 12)[None, :]


def load(days: int, seed: int = 0) -> Array:
    """(T,) in kW: 600 on working days, 300 at weekends, 10 per degree above 18, noise of 5."""
    rng = np.random.default_rng(seed + 1)
    weekday = (2 + np.arange(days)) % 7  # 2025-01-01 is a Wednesday
    level = np.where(weekday < 5, 600.0, 300.0)[:, None] * (1 + 0.3 * np.sin(np.pi * np.arange(24) / 24))[None, :]
    heat = 10 * np.clip(temperature(days, seed) - 18, 0, None)
    return (level + heat + rng.normal(0, 5, (days, 24))).reshape(-1)


def subject(
    days: int = 160, values: Array | None = None, *, seed: int = 0, horizon: Horizon | None = None, **more: Any
) -> Subject:
    given = load(days, seed) if values is None else values
    series = Series.of("works", given, "kW", grid_of_days(days))
    inputs = more.pop("inputs", {"temperature_c": temperature(days, seed)})
    return Subject(series, more.pop("kind", "load"), horizon or Horizon(), inputs, **more)
