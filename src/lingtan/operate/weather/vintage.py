"""A weather forecast as it was issued, and what was known of all of them at a gate."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lingtan.operate.store import Vintage

HOUR_MS = 3_600_000
LATE_MS = 26 * HOUR_MS
"""Without a newer issue for so long, a source that issues once a day has missed one: that is told, and the last one stays."""

GOOD_FOR_MS = 48 * HOUR_MS
"""So old may a vintage be that is planned with. Errors of weather grow with the lead: two days on they are as large as what a day
differs from the day before, and the forecast without weather does as well."""

Array = NDArray[np.float64]


class Standing(StrEnum):
    """How the newest vintage stands at a gate."""

    FRESH = "fresh"
    OLD = "old"
    """Older than `LATE_MS`: persisted, and told."""
    NONE = "none"
    """There is none, or it is older than `GOOD_FOR_MS`: forecasts go without weather."""


def values_at(vintage: Vintage, quantity: str, stamps_ms: NDArray[np.int64]) -> Array:
    """A quantity of a vintage at instants (N,), held over each step; NaN outside the vintage and where it says nothing."""
    row = np.array([np.nan if each is None else each for each in vintage.values.get(quantity, ())], dtype=np.float64)
    step = (stamps_ms - vintage.start_ms) // vintage.step_ms
    inside = (step >= 0) & (step < row.size)
    values = np.full(stamps_ms.size, np.nan)
    values[inside] = row[step[inside]]
    return values


def known_at(vintages: Sequence[Vintage], gate_ms: int) -> tuple[Vintage, ...]:
    """The vintages issued and received by a gate, newest issue first (of two of one issue the one that came last)."""
    known = [each for each in vintages if max(each.issued_ms, each.received_ms) <= gate_ms]
    return tuple(sorted(known, key=lambda each: (each.issued_ms, each.received_ms), reverse=True))


def standing(newest_issue_ms: int | None, now_ms: int) -> Standing:
    """How the newest issue stands now.

    >>> [str(standing(at, 200 * HOUR_MS)) for at in (None, 151 * HOUR_MS, 153 * HOUR_MS, 199 * HOUR_MS)]
    ['none', 'none', 'old', 'fresh']
    """
    if newest_issue_ms is None or now_ms - newest_issue_ms > GOOD_FOR_MS:
        return Standing.NONE
    return Standing.OLD if now_ms - newest_issue_ms > LATE_MS else Standing.FRESH
