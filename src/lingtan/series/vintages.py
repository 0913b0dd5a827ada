"""Every value knows when it was known.

`as_of(gate)` is the only way to the past: it returns what was known at the gate and nothing else. The arrays it returns
are copies, so that not even their buffers hold what came later. Noise written after the gate changes no result.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from lingtan.clock import zone_of
from lingtan.findings import Finding, InputError
from lingtan.series.labeled import Quality, Series

Gate = datetime | np.datetime64
"""A moment of decision: an aware datetime, a naive one in the zone of the series, or a datetime64 in UTC."""


class History:
    """Measured values; each is known at the end of its interval, or `delay_minutes` later.

    A mended value may have been drawn from the next measured one, so mended steps count as known only when a measured one
    after them is.

    >>> from lingtan.clock import TimeGrid
    >>> hours = TimeGrid.of_year(2025, "UTC", 60).window(0, 4)
    >>> load = History(Series.of("load", [1.0, 2.0, 3.0, 4.0], "kW", hours), delay_minutes=30)
    >>> load.as_of(datetime(2025, 1, 1, 2, 29)).values.tolist(), load.as_of(datetime(2025, 1, 1, 2, 30)).values.tolist()
    ([1.0], [1.0, 2.0])
    """

    __slots__ = ("_delay", "_series")

    def __init__(self, series: Series, *, delay_minutes: float = 0.0) -> None:
        if delay_minutes < 0:
            raise ValueError("delay_minutes must not be negative: nothing is known before it is measured")
        self._series = series
        self._delay = np.timedelta64(round(delay_minutes * 60), "s")

    def as_of(self, gate: Gate) -> Series:
        """The values known at the gate, from the first on; `series.nothing-known` if there is none."""
        series = self._series
        at = instant_of(gate, series.grid.zone)
        step = np.timedelta64(series.grid.step_minutes, "m")
        known = int((at - self._delay - series.grid.start) // step)
        if known <= 0:
            raise InputError([Finding("series.nothing-known", series.name, got=f"{at}Z")])
        known = min(known, series.grid.steps)
        mended = series.quality[:known] == Quality.REPAIRED
        if known < series.grid.steps and mended[-1]:
            known = int(np.flatnonzero(~mended)[-1]) + 1 if not mended.all() else 0
        if not known:
            raise InputError([Finding("series.nothing-known", series.name, got=f"{at}Z")])
        return series.window(0, known)


@dataclass(frozen=True, eq=False)
class Issue:
    """A forecast as it was issued: its values, and the instant (UTC) from which they could be used.

    It may begin at that instant (a nowcast) or before it, but an issue all of whose intervals are over is refused with
    `series.issue-after-end`.
    """

    available_at: np.datetime64
    series: Series

    def __post_init__(self) -> None:
        at = self.available_at.astype("M8[s]")
        object.__setattr__(self, "available_at", at)
        if at >= self.series.grid.end:
            raise InputError(
                [Finding("series.issue-after-end", self.series.name, f"< {self.series.grid.end}Z", f"{at}Z")]
            )


class Vintages:
    """All issues of the forecast of one target; `as_of` gives the newest that was available."""

    __slots__ = ("_issues", "target")

    def __init__(self, target: str, issues: tuple[Issue, ...]) -> None:
        self.target = target
        self._issues = tuple(sorted(issues, key=lambda issue: issue.available_at))

    def as_of(self, gate: Gate) -> Issue:
        """The newest issue available at the gate (of two at the same instant the one given last)."""
        zone = self._issues[0].series.grid.zone if self._issues else "UTC"
        at = instant_of(gate, zone)
        known = [issue for issue in self._issues if issue.available_at <= at]
        if not known:
            raise InputError([Finding("series.nothing-known", self.target, got=f"{at}Z")])
        return known[-1]


def instant_of(gate: Gate, zone: str) -> np.datetime64:
    """A gate as an instant in UTC, to the second; a naive datetime is in the zone (its `fold` counts).

    >>> str(instant_of(datetime(2025, 1, 1, 9), "Asia/Shanghai"))
    '2025-01-01T01:00:00'
    """
    if isinstance(gate, np.datetime64):
        seconds: np.datetime64 = gate.astype("M8[s]")
        return seconds
    aware = gate if gate.tzinfo is not None else gate.replace(tzinfo=zone_of(zone))
    return np.datetime64(aware.astimezone(UTC).replace(tzinfo=None), "s")
