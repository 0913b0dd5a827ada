"""During the day: the last vintage, corrected by what it has missed in the last hour, less so the further ahead.

Misses are counted in widths of the vintage's own band, so that one of noon says little of the night of a PV plant, and one of a
calm little of a storm. How much of a miss is still there k slots later is learned from vintages of late, on days they had not
learned from: one regression for each k, held between none and all and never growing with k. What it explains makes the band
narrower by the same measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding
from lingtan.forecast.days import Values, mean_known

MIN_PAIRS = 100
"""Fewer pairs of a miss and a later one teach nothing; the vintage then stands as it is."""
TINY = 1e-9
"""A band that narrow beside the others measures nothing."""
LOW, HIGH = 0.1, 0.9
"""The band whose width measures a miss."""


@dataclass(frozen=True, eq=False)
class Update:
    """One origin day seen again from later: `values` (H, Q) at `levels` (Q,), which never cross, and `point` (H,).

    Where `measured` (H,), the day is over so far and every quantile is what was measured. `vintage` (H, Q) is the forecast
    that was corrected.
    """

    day: int
    gate: np.datetime64
    levels: tuple[float, ...]
    values: Values
    point: Values
    measured: NDArray[np.bool_]
    vintage: Values
    model: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class Decay:
    """What is left of a miss after k + 1 slots: `kept` (K,) of it, falling, and `spread` (K,) of the band, rising to 1."""

    kept: Values
    spread: Values

    @classmethod
    def learned(cls, misses: Values, hour: int, slots: int) -> Decay:
        """From a chain of misses (T,), the newest last, NaN where unknown: `slots` leads, misses averaged over an `hour`."""
        late = trailing_mean(misses, hour)
        kept, explained = np.zeros(slots), np.zeros(slots)
        for ahead in range(1, min(slots, misses.size - 1) + 1):
            before, then = late[:-ahead], misses[ahead:]
            there = np.isfinite(before) & np.isfinite(then)
            before, then = before[there], then[there]
            power = float(before @ before)
            if before.size < MIN_PAIRS or power <= 0:
                continue
            both = float(before @ then)
            kept[ahead - 1] = both / power
            explained[ahead - 1] = both**2 / (power * max(float(then @ then), 1e-300)) if both > 0 else 0.0
        falling = np.minimum.accumulate(np.clip(kept, 0.0, 1.0))
        left = np.sqrt(1 - np.minimum.accumulate(np.clip(explained, 0.0, 1.0)))
        return cls(falling, np.where(falling > 0, left, 1.0))


def trailing_mean(values: Values, slots: int) -> Values:
    """Mean of what is known among each value and those just before it, `slots` in all; (T,)."""
    padded = np.concatenate([np.full(slots - 1, np.nan), values])
    return mean_known(np.lib.stride_tricks.sliding_window_view(padded, slots))


def band_width(values: Values, levels: tuple[float, ...]) -> Values:
    """Width of the band that measures misses, along the last axis; of the outermost levels where 0.1 and 0.9 are not there."""
    low = levels.index(LOW) if LOW in levels else 0
    high = levels.index(HIGH) if HIGH in levels else len(levels) - 1
    return np.asarray(values[..., high] - values[..., low])


def middle_of(values: Values, levels: tuple[float, ...]) -> Values:
    """The quantile 0.5 along the last axis, else the mean of all."""
    return np.asarray(values[..., levels.index(0.5)] if 0.5 in levels else values.mean(axis=-1))


def misses_of(values: Values, levels: tuple[float, ...], target: Values) -> Values:
    """What the first rows of vintages (N, H, Q) missed of `target` (M, S), in widths of the band; (M × S,), NaN where unknown."""
    rows, slots = target.shape
    made = values[:rows, :slots]
    error, size = (target - middle_of(made, levels)).reshape(-1), band_width(made, levels).reshape(-1)
    misses = np.full(error.size, np.nan)
    np.divide(error, size, out=misses, where=size > TINY * max(float(size.max(initial=0.0)), TINY))
    return misses


def without_habit(misses: Values, slots: int) -> Values:
    """A chain of misses (T,) less their mean at each time of day: what is missed every day at this hour is no news of today."""
    by_slot = misses.reshape(-1, slots)
    return np.asarray((by_slot - mean_known(by_slot, axis=0)).reshape(-1))


class Moved(NamedTuple):
    """Quantiles (H, Q) as corrected, and by how much their middle was moved (H,)."""

    values: Values
    shift: Values


def revised(values: Values, levels: tuple[float, ...], target: Values, row: int) -> Moved:
    """Vintage `row` of consecutive ones (N, H, Q), corrected by the misses of those whose days (M, S) have begun."""
    slots, width = target.shape[1], values.shape[1]
    misses = without_habit(misses_of(values, levels, target), slots)
    known = np.flatnonzero(np.isfinite(misses))
    vintage = values[row]
    middle = middle_of(vintage, levels)
    if not known.size:
        return Moved(vintage, np.zeros(width))
    hour = max(slots // 24, 1)
    decay = Decay.learned(misses, hour, width + slots)
    miss = trailing_mean(misses, hour)[known[-1]]
    lead = row * slots + np.arange(width) - int(known[-1])
    there = (lead >= 1) & (lead <= decay.kept.size)
    at = np.clip(lead - 1, 0, decay.kept.size - 1)
    shift = np.where(there, decay.kept[at], 0.0) * miss * band_width(vintage, levels)
    spread = np.where(there, decay.spread[at], 1.0)
    return Moved((middle + shift)[:, None] + spread[:, None] * (vintage - middle[:, None]), shift)
