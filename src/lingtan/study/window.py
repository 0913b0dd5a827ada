"""A window of a case with sizes that are given: what a dispatch decides on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from lingtan.case import Case, with_sizes
from lingtan.clock import TimeGrid, zone_of
from lingtan.findings import Finding, InputError
from lingtan.study.summary import sizes_by_asset

MAX_BYTES = 16_000_000


def window_of(case: Case, start: str, hours: float, sizes: Mapping[str, Mapping[str, float]]) -> Case:
    """The case from a moment on the park's clock for some hours, with all sizes fixed.

    Raises `InputError` when the window leaves the period or a size is still free.
    """
    fixed = with_sizes(case, sizes)
    grid = case.grid
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        raise InputError([Finding("cli.bad-start", "start", "2025-07-01T00:00", start)]) from None
    first, steps = _steps_until(moment, grid), hours / grid.step_hours
    said = f"{start} + {hours:g} h"
    if not (first.is_integer() and steps.is_integer()):
        raise InputError([Finding("cli.off-step", "start", f"{grid.step_minutes} min", said)])
    if first < 0 or first + steps > grid.steps:
        expected = f"{grid.local[0]} … {grid.local[-1]} + {grid.step_minutes} min".replace("T", " ")
        raise InputError([Finding("cli.outside-period", "start", expected, said)])
    return case.with_park(fixed).window(int(first), int(steps))


def _steps_until(moment: datetime, grid: TimeGrid) -> float:
    """Where a moment lies on a grid, in steps from its start; a naive one is on the wall clock of the grid's zone."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone_of(grid.zone))
    since = aware - datetime.fromtimestamp(int(grid.start.astype("M8[s]").astype(np.int64)), UTC)
    return since / timedelta(minutes=grid.step_minutes)


def flat_sizes(sizes: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """`{"battery": {"power_kw": 5.0}}` as `{"battery.power_kw": 5.0}`, the names that terms use."""
    return {f"{asset}.{quantity}": value for asset, given in sizes.items() for quantity, value in given.items()}


def read_sizes(path: Path | None) -> dict[str, dict[str, float]]:
    """The sizes in a summary.json; none given is none."""
    if path is None:
        return {}
    try:
        with path.open("rb") as stream:
            data: Any = json.loads(stream.read(MAX_BYTES + 1))
        flat = {
            f"{asset}.{quantity}": float(value)
            for asset, sizes in data["sizes"].items()
            for quantity, value in sizes.items()
        }
    except OSError as error:
        raise InputError([Finding("park.unreadable", str(path), got=error.strerror or "", file=str(path))]) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError([Finding("cli.not-a-summary", str(path), file=str(path))]) from None
    return sizes_by_asset(flat)
