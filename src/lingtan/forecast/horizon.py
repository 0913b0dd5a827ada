"""What a forecast is for: when it is due, which days it covers, and what of its target is known by then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.clock import MINUTES_PER_DAY
from lingtan.findings import Finding, InputError
from lingtan.series.vintages import instant_of


@dataclass(frozen=True)
class Horizon:
    """The gate of an origin day D and the local days D … D + `days` - 1 that are forecast from it.

    The gate is `gate_minute` [min after local midnight] of the day `gate_days_before` days before D; a measured value is
    known at the end of its interval and `delay_minutes` later. With `published` the whole day of the gate is known: prices
    of a day-ahead market, published on the day before.

    Raises `InputError` with `forecast.gate-after-target` where the gate lies inside or after the days it is for.

    >>> Horizon().cut(96)
    (1, 36)
    >>> Horizon(gate_days_before=0, gate_minute=0, days=2).cut(24)
    (1, 24)
    """

    gate_days_before: int = 1
    gate_minute: int = 9 * 60
    days: int = 1
    delay_minutes: int = 0
    published: bool = False

    def __post_init__(self) -> None:
        late = self.gate_days_before * MINUTES_PER_DAY < self.gate_minute
        if self.gate_days_before < 0 or self.gate_minute < 0 or self.days < 1 or self.delay_minutes < 0 or late:
            got = f"D-{self.gate_days_before} {self.gate_minute // 60:02d}:{self.gate_minute % 60:02d}"
            raise InputError([Finding("forecast.gate-after-target", "gate", "≤ D 00:00", got)])

    def cut(self, slots: int) -> tuple[int, int]:
        """What is known of the target at the gate: the last day with a known slot, as days before D, and its known slots."""
        if self.published:
            return max(self.gate_days_before, 1), slots
        minutes = self.gate_minute - self.delay_minutes - self.gate_days_before * MINUTES_PER_DAY
        steps = minutes // (MINUTES_PER_DAY // slots)  # known slots counted from the midnight that begins D, ≤ 0
        days_before, rest = divmod(-steps, slots)
        return (days_before + 1, slots - rest) if rest else (days_before + 1, slots)

    def gate_of(self, day: np.datetime64, zone: str) -> np.datetime64:
        """The gate of a local day in UTC."""
        before = day.astype("M8[D]") - np.timedelta64(self.gate_days_before, "D")
        return instant_of((before.astype("M8[m]") + np.timedelta64(self.gate_minute, "m")).item(), zone)
