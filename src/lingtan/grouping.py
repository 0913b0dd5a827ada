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

    `rules` names the record behind each group, where a term spans several records.
    """

    codes: Codes
    labels: tuple[str, ...]
    rules: tuple[str, ...] = ()

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
        """Largest of `values` per group, never below 0, shape (groups,)."""
        top = np.zeros(self.count)
        np.maximum.at(top, self.codes, values)
        return top
