"""Draw the synthetic loads of examples/yibin: twelve members, 35,040 quarter-hours of 2025, from a fixed seed.

    python tools/yibin/make_series.py

The inputs are invented and listed in examples/yibin/ORIGIN.md: 1.6 TWh a year with a peak of about 250 MW; three-shift
process 60 %, two-shift 25 %, cooling and offices 15 % (more in July and August); a dip to 45 % at Spring Festival. Each
column is a shape whose mean is 1; the park file scales it by annual energy. The same seed gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import DayType, TimeGrid
from lingtan.rulebook import Place, classify_days, shipped

Array = NDArray[np.float64]

SEED = 20250101
TARGET = Path(__file__).parents[2] / "examples" / "yibin" / "loads.csv.gz"
SPRING_FESTIVAL = np.datetime64("2025-01-29")
DIP = 0.45
"""Load of the deepest day of Spring Festival, as a share of an ordinary day."""
DIP_DAYS = 9.0
"""Days before and after New Year's Day over which the dip opens and closes."""

MEMBERS: dict[str, str] = {
    "cathode_a": "three_shift",
    "cathode_b": "three_shift",
    "cell_plant": "three_shift",
    "separator_film": "three_shift",
    "fine_chemicals": "three_shift",
    "glass_fiber": "three_shift",
    "pack_assembly": "two_shift",
    "machinery": "two_shift",
    "display_modules": "two_shift",
    "food_works": "two_shift",
    "data_center": "building",
    "offices": "building",
}
"""Members by name, each with the pattern of its work."""


def ramp(minute: Array, start: float, stop: float, width: float = 60.0) -> Array:
    """1 between two clock times (minutes), rising and falling over `width` minutes."""
    return np.clip((minute - start) / width + 0.5, 0, 1) * np.clip((stop - minute) / width + 0.5, 0, 1)


def red_noise(rng: np.random.Generator, steps: int, memory_steps: float, size: float) -> Array:
    """Noise that remembers: an autoregressive series of standard deviation `size`."""
    keep = np.exp(-1.0 / memory_steps)
    shocks = rng.normal(0.0, size * np.sqrt(1 - keep**2), steps)
    noise = np.empty(steps)
    state = 0.0
    for step, shock in enumerate(shocks):
        state = keep * state + shock
        noise[step] = state
    return noise


def festival_dip(grid: TimeGrid) -> Array:
    """Share of ordinary load that is left around Spring Festival, (T,)."""
    days = np.abs((grid.day - SPRING_FESTIVAL - np.timedelta64(2, "D")).astype(float))
    left: Array = 1.0 - (1.0 - DIP) * np.clip(1.0 - (days - 3.0) / DIP_DAYS, 0.0, 1.0)
    return left


def shape_of(pattern: str, grid: TimeGrid, resting: Array, rng: np.random.Generator) -> Array:
    """The shape of one member before it is scaled, (T,)."""
    minute = grid.minute_of_day.astype(float)
    summer = np.exp(-((((grid.local - grid.local[0]).astype("m8[D]").astype(float) - 205.0) / 38.0) ** 2))
    shift = rng.uniform(-20, 20)
    if pattern == "three_shift":
        change = sum(ramp(minute + shift, hour * 60 - 20, hour * 60 + 20, 20) for hour in (8, 16, 24))
        base = 1.0 - 0.06 * change + 0.03 * summer - 0.05 * resting
    elif pattern == "two_shift":
        base = 0.34 + 0.66 * ramp(minute + shift, 7.0 * 60, 23.0 * 60, 90) * (1.0 - 0.28 * resting) + 0.05 * summer
    else:
        day = ramp(minute + shift, 8.0 * 60, 19.0 * 60, 120)
        base = 0.45 + 0.35 * day * (1.0 - 0.35 * resting) + 0.55 * summer * (0.55 + 0.45 * day)
    noise = red_noise(rng, grid.steps, memory_steps=24.0, size=0.035) + rng.normal(0.0, 0.012, grid.steps)
    shape: Array = np.clip(base * (1.0 + noise), 0.05, None) * festival_dip(grid)
    return shape


def draw() -> tuple[TimeGrid, dict[str, Array]]:
    """The grid and the shapes, each with mean 1."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 15)
    kinds = classify_days(shipped(), grid.days, Place("CN")).types
    resting = (kinds[grid.day_index] != DayType.WORKDAY).astype(float)
    rng = np.random.default_rng(SEED)
    shapes = {name: shape_of(pattern, grid, resting, rng) for name, pattern in MEMBERS.items()}
    return grid, {name: shape / shape.mean() for name, shape in shapes.items()}


def write(grid: TimeGrid, shapes: dict[str, Array]) -> None:
    """Write the shapes as a compressed CSV with three decimals."""
    text = io.StringIO()
    text.write("time," + ",".join(shapes) + "\n")
    stamps = np.datetime_as_string(grid.local, unit="m")
    rows = np.column_stack(list(shapes.values()))
    for stamp, row in zip(stamps, rows, strict=True):
        text.write(stamp.replace("T", " ") + "," + ",".join(f"{value:.3f}" for value in row) + "\n")
    with TARGET.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.getvalue().encode())


if __name__ == "__main__":
    write(*draw())
