"""The image: everything that is known at the start of a tick, frozen until its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Quality(IntEnum):
    """How far a reading may be trusted, from the best to the worst; the worst of several judgments is their maximum."""

    GOOD = 0
    UNCERTAIN = 1
    """There is a value, and a reason to doubt it (noisy, a jump, a clock that does not fit)."""
    STALE = 2
    """Older than its channel allows."""
    BAD = 3
    """No usable value: absent, out of range, in another unit, refused by the driver."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value: `value` in `unit` (None where the device gave none), `age_s` since it was taken [s]."""

    value: float | None
    unit: str
    quality: Quality
    age_s: float


@dataclass(frozen=True, slots=True)
class Image:
    """The readings of one tick by point name (`battery.power_kw`); `now_ms` in UTC milliseconds."""

    now_ms: int
    readings: Mapping[str, Reading]
