"""Which steps share a bill line or a peak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which steps share a bill line or a peak: a code per step and a label per code (`2025-07`, `2025-07 peak`).

    `rules` names the record behind each group, where a term spans several records. `metered` is the interval of a demand meter
    that each step lies in, (T,), rising from 0 without a gap, where steps are shorter than what it integrates over; none of them
    lies in two groups. None where each step is an interval of its own.
    """

    codes: Codes
    labels: tuple[str, ...]
    rules: tuple[str, ...] = ()
    metered: Codes | None = None

    @classmethod
    def whole(cls, steps: int, label: str) -> Grouping:
        """All steps in one group."""
        return cls(np.zeros(steps, dtype=np.intp), (label,))

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.labels)

    def sums(self, values: Array) -> Array:
        """Sum of `values` per group, shape (groups,)."""
        return np.asarray(np.bincount(self.codes, weights=values, minlength=self.count), dtype=np.float64)

    def common(self, values: Array) -> Array:
        """The value that all steps of a group share, shape (groups,); NaN for a group whose steps differ."""
        low, high = np.full(self.count, np.inf), np.full(self.count, -np.inf)
        np.minimum.at(low, self.codes, values)
        np.maximum.at(high, self.codes, values)
        return np.where(low == high, low, np.nan)

    def peaks(self, values: Array) -> Array:
        """Largest of `values` per group as a demand meter reads them, never below 0, shape (groups,)."""
        top = np.zeros(self.count)
        np.maximum.at(top, self.codes, values if self.metered is None else self.means(values)[self.metered])
        return top

    def means(self, values: Array) -> Array:
        """Mean of `values` over each interval of the meter, of those steps that are there, (intervals,)."""
        return values if self.metered is None else np.bincount(self.metered, weights=values) / self.lengths

    @property
    def intervals(self) -> Codes:
        """The interval of the meter that each step lies in, (T,)."""
        return np.arange(self.codes.size) if self.metered is None else self.metered

    @property
    def lengths(self) -> Array:
        """How many steps lie in each interval of the meter, (intervals,)."""
        return np.bincount(self.intervals).astype(np.float64)
