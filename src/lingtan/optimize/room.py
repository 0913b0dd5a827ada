"""Whether one unit more can be had at a bus in a step, and at what price, with every decision that is held left as it is.

A bus may be left with nobody who could give more: the only electrolyzer is off and held so, or in maintenance. Any price is then
as good as another to the certificate, so there is none to tell. Columns are looked at one by one: one may move if no bound stops
it, and if each limit of its asset that stops it can be moved out of the way by another column in the same row. What stands behind
other buses is taken to give way.

Where a bus stands still, several prices prove the plan: any between what its best taker would pay and its cheapest giver asks. The
one of a unit more is the highest of them; a solver gives any.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from lingtan.optimize.program import Array, Index, Mask, Model, noticed_in
from lingtan.tolerances import NOTICED_KW

MOST_PASSES: Final = 8
"""How often prices are raised: buses that stand still in a row are as many as a park has carriers, at most."""

NOTICED_PRICE: Final = 1e-6
"""A rise by less, relative to the reduced costs of a balance, is what a solver leaves."""

DEEPEST: Final = 20
"""Columns that may have to move together. Where more would, the bus is taken to have a price: the certificate gave it one."""


@dataclass(frozen=True, eq=False)
class Room:
    """A program at an answer: `held` are columns that stay where they are, `limits` (rows,) marks limits of assets."""

    model: Model
    x: Array
    held: Collection[int]
    limits: Mask

    def gives_more(self, row: int) -> bool:
        """Whether what flows into a balance may rise: an activity that gives may rise, or one that takes may fall."""
        return any(self._moves(column, value > 0.0, frozenset()) for column, value in self._entries(row))

    def raised(self, rows: Collection[int], duals: Array, reduced: Array) -> tuple[Array, Array]:
        """Prices and reduced costs with those of some balances as high as the plan lets them be, all others as they are.

        Each is raised until a column would rather be used that is not at its most; one may let another rise, so it is done again.
        """
        duals, reduced = duals.copy(), reduced.copy()
        for _ in range(MOST_PASSES):
            before = duals.copy()
            for row in rows:
                by = self._may_rise(row, reduced)
                duals[row] += by
                for column, value in self._entries(row):
                    reduced[column] -= value * by
            if np.array_equal(before, duals):
                break
        return duals, reduced

    def _may_rise(self, row: int, reduced: Array) -> float:
        """How much the price of a balance may rise; nothing where no column sets it an end."""
        ends = [
            max(reduced[column] / value, 0.0)
            for column, value in self._entries(row)
            if not self._stands(column, above=value > 0.0)
        ]
        least = min(ends, default=0.0)
        return (
            least
            if least > NOTICED_PRICE * (1.0 + max(abs(reduced[column]) for column, _ in self._entries(row)))
            else 0.0
        )

    def _stands(self, column: int, *, above: bool) -> bool:
        """Whether a column stays where it is whatever it would earn: held, or at its most (`above`) or least."""
        if column in self.held or self.model.integer[column]:
            return True
        bound = (self.model.upper if above else self.model.lower)[column]
        return bool(abs(bound - self.x[column]) <= self._noticed[column])

    def _moves(self, column: int, up: bool, seen: frozenset[tuple[int, bool]]) -> bool:
        """Whether a column may rise (`up`) or fall, perhaps with others of its asset; `seen` are those that already do."""
        if len(seen) >= DEEPEST or (column, up) in seen:
            return True
        if (column, not up) in seen or column in self.held or self.model.integer[column]:
            return False
        bound, now = (self.model.upper if up else self.model.lower)[column], self.x[column]
        if abs(bound - now) <= self._noticed[column]:
            return False
        rows = slice(self.model.starts[column], self.model.starts[column + 1])
        return all(
            self._lets(int(row), (value > 0.0) == up, seen | {(column, up)})
            for row, value in zip(self.model.rows[rows], self.model.values[rows], strict=True)
            if self.limits[row] and value
        )

    def _lets(self, row: int, up: bool, seen: frozenset[tuple[int, bool]]) -> bool:
        """Whether a limit lets its activity rise (`up`) or fall: it has room, or another of its columns makes some."""
        bound = (self.model.row_upper if up else self.model.row_lower)[row]
        if abs(bound - self._activity[row]) > NOTICED_KW * (1.0 + 1e-6 * abs(self._activity[row])):
            return True
        return any(self._moves(column, (value > 0.0) != up, seen) for column, value in self._entries(row))

    def _entries(self, row: int) -> list[tuple[int, float]]:
        at = self._by_row[self._row_starts[row] : self._row_starts[row + 1]]
        return [(int(self._owner[each]), float(self.model.values[each])) for each in at if self.model.values[each]]

    @cached_property
    def _owner(self) -> Index:
        return self.model.owner

    @cached_property
    def _by_row(self) -> Index:
        return np.argsort(self.model.rows, kind="stable")

    @cached_property
    def _row_starts(self) -> Index:
        return np.searchsorted(self.model.rows[self._by_row], np.arange(self.limits.size + 1))

    @cached_property
    def _activity(self) -> Array:
        return self.model.activity(self.x)

    @cached_property
    def _noticed(self) -> Array:
        blocks = self.model.columns
        return np.repeat([noticed_in(block.unit) for block in blocks], [block.count for block in blocks])
