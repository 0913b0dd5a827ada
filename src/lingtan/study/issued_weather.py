"""Weather as it was issued, each issue with the moment from which it could be known: nothing after a gate is ever looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.forecast import DayGrid
from lingtan.forecast.days import Values, filled_slots
from lingtan.frozen import DeepFrozen

GOOD_FOR = np.timedelta64(48, "h")
"""So old may an issue be at a gate, as for a live planner: two days on it errs as much as weather differs from day to day."""


@dataclass(frozen=True, eq=False)
class Issue(DeepFrozen):
    """What was said at once: means over equal steps (N,) from `start` on, by name; NaN where nothing was said.

    `issued` and `known` [UTC] are when it was made and when it could be used: when it came in, where that is recorded.
    """

    issued: np.datetime64
    known: np.datetime64
    start: np.datetime64
    step_minutes: int
    values: Mapping[str, Values]


class IssuedWeather:
    """All issues; `as_of(gate)` is the only way to them."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self._issues = sorted(issues, key=lambda each: max(each.known, each.issued))
        self._known = [max(each.known, each.issued) for each in self._issues]

    @property
    def names(self) -> tuple[str, ...]:
        """What was ever said something of; only to tell what a file holds."""
        return tuple(dict.fromkeys(name for each in self._issues for name in each.values))

    def as_of(self, gate: np.datetime64) -> tuple[Issue, ...]:
        """What was known at a gate [UTC] and not too old, the newest issue last (of two of one issue the one that came last)."""
        known = self._issues[: bisect_right(self._known, gate)]
        fresh = (each for each in known if each.issued >= gate - GOOD_FOR)
        return tuple(sorted(fresh, key=lambda each: (each.issued, each.known)))

    def inputs(self, name: str, days: DayGrid, gates: NDArray[np.datetime64]) -> Values | None:
        """What was issued of a quantity, as an input (D, S): of each day what its own gate knew; None where it never was."""
        if name not in self.names:
            return None
        grid = days.grid
        table = np.full((days.count, days.slots), np.nan)
        edges = np.searchsorted(grid.day_index, np.arange(days.count + 1))
        for day in range(days.count):
            steps = slice(int(edges[day]), int(edges[day + 1]))
            values = np.full(steps.stop - steps.start, np.nan)
            for issue in self.as_of(gates[day]):
                told = said_at(issue, name, grid.utc[steps], grid.step_minutes)
                values = np.where(np.isfinite(told), told, values)
            table[day, days.slot[steps]] = values
        return filled_slots(table)


def said_at(issue: Issue, name: str, utc: NDArray[np.datetime64], step_minutes: int) -> Values:
    """What an issue says of steps (T,) that begin at these instants: longer ones are held, shorter ones averaged; else NaN.

    >>> hours = Issue(
    ...     np.datetime64("2025-01-01"),
    ...     np.datetime64("2025-01-01"),
    ...     np.datetime64("2025-01-01T06:00"),
    ...     60,
    ...     {"ghi": np.array([100.0, 300.0])},
    ... )
    >>> said_at(hours, "ghi", np.datetime64("2025-01-01T06:30", "m") + 30 * np.arange(4), 30).tolist()
    [100.0, 300.0, 300.0, nan]
    >>> said_at(hours, "ghi", np.array(["2025-01-01T06:00"], "M8[m]"), 120).tolist()
    [200.0]
    """
    row = issue.values.get(name)
    if row is None or not utc.size:
        return np.full(utc.size, np.nan)
    since = ((utc - issue.start) / np.timedelta64(1, "m")).astype(np.float64)
    count = max(step_minutes // issue.step_minutes, 1)
    at = np.floor(since / issue.step_minutes).astype(np.int64)[:, None] + np.arange(count)
    inside = (at >= 0) & (at < row.size)
    told = np.where(inside, row[np.clip(at, 0, row.size - 1)], np.nan)
    there = np.isfinite(told)
    total = np.where(there, told, 0.0).sum(axis=1)
    return np.where(there.any(axis=1), total / np.maximum(there.sum(axis=1), 1), np.nan)
