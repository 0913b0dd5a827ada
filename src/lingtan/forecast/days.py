"""Values by local day and time of day: the shape in which everything here is learned.

Load, sun and prices repeat by the wall clock, so a row is a local day and a column a slot of it. In the night of a clock
change the slot that does not exist is empty and the one that occurs twice holds its mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import Ints, TimeGrid, weekday_of

Values = NDArray[np.float64]
Days = NDArray[np.int64]


@dataclass(frozen=True)
class DayGrid:
    """The days (D) and slots (S) of a time grid, and the way between them and its steps (T)."""

    grid: TimeGrid

    @property
    def slots(self) -> int:
        """Slots of a day of 24 hours."""
        return self.grid.steps_per_day

    @property
    def count(self) -> int:
        """Days of the grid; the first and last may be cut."""
        return len(self.grid.days)

    @cached_property
    def slot(self) -> Ints:
        """Slot of each step (T,)."""
        return self.grid.minute_of_day // self.grid.step_minutes

    def by_day(self, values: Values) -> Values:
        """(T,) as (D, S); NaN where no step lies, and where one that does is NaN."""
        flat = self.grid.day_index * self.slots + self.slot
        size = self.count * self.slots
        total = np.bincount(flat, weights=values, minlength=size)
        steps = np.bincount(flat, minlength=size)
        with np.errstate(invalid="ignore"):
            table: Values = np.where(steps > 0, total / np.maximum(steps, 1), np.nan).reshape(self.count, self.slots)
        return table

    def weekday(self, days: Days) -> Ints:
        """Day of the week of day numbers, also of days past the grid; 0 is Monday."""
        return weekday_of(self.date(days))

    def date(self, days: Days) -> NDArray[np.datetime64]:
        """Local date of day numbers, also of days past the grid."""
        dates: NDArray[np.datetime64] = self.grid.days[0] + np.asarray(days).astype("m8[D]")
        return dates

    def day_of(self, date: np.datetime64) -> int:
        """Number of a local date; negative or past the count where it lies outside."""
        return int((date.astype("M8[D]") - self.grid.days[0]).astype(np.int64))


def filled_slots(table: Values) -> Values:
    """Slots that are empty on the night of a clock change, filled by the mean of their neighbors of the same day."""
    filled = table.copy()
    for day, slot in zip(*np.nonzero(np.isnan(table)), strict=True):
        near = np.concatenate([table[day, :slot][::-1][:4], table[day, slot + 1 :][:4]])
        if np.isfinite(near).any() and np.isnan(table[day]).sum() <= max(table.shape[1] // 24, 1):
            filled[day, slot] = np.nanmean(near)
    return filled


def mean_known(values: Values, axis: int = 1) -> Values:
    """Mean of what is known along an axis; NaN where nothing is."""
    count = np.isfinite(values).sum(axis=axis)
    total = np.nansum(values, axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
