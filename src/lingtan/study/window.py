"""A window of a case with sizes that are given: what a dispatch decides on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from lingtan.account.settle import fixed_sizes
from lingtan.case import Case, check_sizes, with_sizes
from lingtan.clock import TimeGrid, moment_of
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.optimize import Form

MAX_BYTES = 16_000_000


COMMITTED_HOURS = 168.0
"""Up to a week, plants are on or off in a dispatch; longer, a part of a plant may run, and the assumptions say so."""


def form_of(grid: TimeGrid) -> Form:
    """In which form a window is dispatched."""
    return "committed" if grid.steps * grid.step_hours <= COMMITTED_HOURS else "relaxed"


def window_of(case: Case, start: str, hours: float, sizes: Mapping[str, Mapping[str, float]]) -> Case:
    """The case from a moment on the park's clock for some hours, with all sizes fixed.

    Raises `InputError` when the window leaves the period or a size is still free.
    """
    fixed = with_sizes(case, sizes)
    grid = case.grid
    moment = moment_of(start, grid.zone, "start")
    if moment is None:
        raise InputError([Finding("cli.bad-start", "start", "2025-07-01T00:00", start)])
    first = float((moment - grid.start) / np.timedelta64(grid.step_minutes, "m"))
    steps = hours / grid.step_hours
    said = f"{start} + {hours:g} h"
    if not (first.is_integer() and steps.is_integer()):
        raise InputError([Finding("cli.off-step", "start", f"{grid.step_minutes} min", said)])
    if first < 0 or first + steps > grid.steps:
        expected = f"{grid.local[0]} … {grid.local[-1]} + {grid.step_minutes} min".replace("T", " ")
        raise InputError([Finding("cli.outside-period", "start", expected, said)])
    return case.with_park(fixed).window(int(first), int(steps))


def day_of(who: str, text: str | None) -> date | None:
    """A local date as a user writes it, 2025-07-01; none given is none. Raises `InputError` where it is no date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError([Finding("cli.bad-start", who, "2025-07-01", text)]) from None


def flat_sizes(sizes: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """`{"battery": {"power_kw": 5.0}}` as `{"battery.power_kw": 5.0}`, the names that terms use."""
    return {f"{asset}.{quantity}": value for asset, given in sizes.items() for quantity, value in given.items()}


def read_sizes(path: Path | None) -> dict[str, dict[str, float]]:
    """The sizes in a summary.json, as they stand there, for `check_sizes` to judge; none given is none."""
    if path is None:
        return {}
    try:
        with path.open("rb") as stream:
            data: Any = json.loads(stream.read(MAX_BYTES + 1))
        return {
            str(asset): {str(quantity): _number(value) for quantity, value in sizes.items()}
            for asset, sizes in data["sizes"].items()
        }
    except OSError as error:
        raise InputError([Finding("park.unreadable", str(path), got=error.strerror or "", file=str(path))]) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError([Finding("cli.not-a-summary", str(path), file=str(path))]) from None


def built_sizes(case: Case, path: Path | None) -> dict[str, float]:
    """All sizes that are known, by the names that terms use: those that the park file fixes, and those of a summary.json.

    Raises `InputError` where the summary is of another park, or of another size than the file fixes.
    """
    given = read_sizes(path)
    raise_errors(found.at(str(path), 0) for found in check_sizes(case, given))
    return {**fixed_sizes(case.park), **flat_sizes(given)}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)
