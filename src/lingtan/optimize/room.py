"""Whether one unit more can be had at a bus in a step, and at what price, with every decision that is held left as it is.

A bus may be left with nobody who could give more: the only electrolyzer is off and held so, or in maintenance. Any price is then
as good as another to the certificate, so there is none to tell. Columns are looked at one by one: one may move if no bound stops
it, and if each limit of its asset that stops it can be moved out of the way by another column in the same row. What stands behind
other buses is taken to give way.

Where a bus stands still, several prices prove the plan: any between what its best taker would pay and its cheapest giver asks. The
one of a unit more is the highest of them; a solver gives any. It is looked for among the prices of its own step. What a unit more
of an activity that stands still would lose is another of them, the one at which it loses most: what it gives is no longer missing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np

from lingtan.optimize.program import Array, Index, Mask, Model
from lingtan.tolerances import NOTICED_KW, noticed_in

WITHOUT_END: Final = 3
"""What `scipy.optimize.linprog` says of a program that is unbounded."""

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

    def raised(self, giving: Collection[int], rows: Index, duals: Array, reduced: Array) -> tuple[Array, Array]:
        """Prices and reduced costs that prove the plan as well, with those of the balances `giving` as high as they may be.

        Only prices of `rows`, those of one step, are moved, together: a plant that runs between its bounds ties what it gives to
        what it takes. All else stays, so what is found is a price of the plan, and at most that of a unit more.
        """
        highest = np.isin(rows, list(giving)).astype(np.float64)
        return self._proof(-highest, rows, duals, reduced) or (duals, reduced)

    def dearest(
        self, column: int, rows: Index, duals: Array, reduced: Array, *, let: bool = False
    ) -> tuple[Array, Array] | None:
        """Prices and reduced costs that prove the plan as well, with that of a column as high as it may be; None if it has no end.

        For a column that stands at its least this is what a unit more of it would lose, told too low where prices beside `rows`
        would have to move. It has no end where the column cannot rise at all. With `let`, limits of assets let it.
        """
        entries = slice(self.model.starts[column], self.model.starts[column + 1])
        paid = dict(zip(self.model.rows[entries].tolist(), self.model.values[entries].tolist(), strict=True))
        return self._proof(
            np.array([0.0 if let and self.limits[row] else paid.get(int(row), 0.0) for row in rows]),
            rows,
            duals,
            reduced,
        )

    def beside(self, column: int) -> frozenset[int]:
        """The columns that are in a row with a column."""
        rows = self.model.rows[self.model.starts[column] : self.model.starts[column + 1]]
        return frozenset(self._owner[self._entries_of(rows)[1]].tolist())

    def _proof(self, least: Array, rows: Index, duals: Array, reduced: Array) -> tuple[Array, Array] | None:
        """Prices and reduced costs that prove the plan, with `least` (rows,) of the prices as low as may be; None without end."""
        from scipy.optimize import linprog  # a third of a second to import, for explanations only
        from scipy.sparse import csr_array, vstack

        at, entries = self._entries_of(rows)
        touched, of = np.unique(self._owner[entries], return_inverse=True)
        matrix = csr_array((self.model.values[entries], (of, at)), shape=(touched.size, rows.size))
        fall, rise = np.array([self._may_change(int(column), float(reduced[column])) for column in touched]).T
        tied = fall == rise
        below, above = ~tied & np.isfinite(rise), ~tied & np.isfinite(fall)
        search = partial(
            linprog,
            least,
            A_ub=vstack([matrix[below], -matrix[above]]),
            b_ub=np.concatenate([rise[below], -fall[above]]),
            A_eq=matrix[tied],
            b_eq=fall[tied],
            bounds=[self._may_move(int(row), float(duals[row])) for row in rows],
        )
        found = search()
        if found.status != 0:  # a search that is prepared may not tell without end from impossible
            found = search(options={"presolve": False})
        if found.status == WITHOUT_END:
            return None
        if found.status != 0:
            return duals, reduced
        moved, left = duals.copy(), reduced.copy()
        moved[rows] += found.x
        left[touched] -= matrix @ found.x
        return moved, left

    def _may_change(self, column: int, reduced: float) -> tuple[float, float]:
        """What the rows of a column may pay for a unit more than they do, at least and at most, while it stays where it is."""
        at_least, at_most = self._stands(column, above=False), self._stands(column, above=True)
        return (-np.inf if at_least else min(reduced, 0.0) if at_most else 0.0), (
            np.inf if at_most else max(reduced, 0.0) if at_least else 0.0
        )

    def _may_move(self, row: int, price: float) -> tuple[float, float]:
        """How far the price of a row may fall and rise: not at all where the row has room, nor to the other sign."""
        lower, upper = self.model.row_lower[row], self.model.row_upper[row]
        if lower == upper:
            return -np.inf, np.inf
        at_upper, at_lower = self._is_tight(row, up=True), self._is_tight(row, up=False)
        return (-np.inf if at_upper else min(-price, 0.0) if at_lower else 0.0), (
            np.inf if at_lower else max(-price, 0.0) if at_upper else 0.0
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
        if not self._is_tight(row, up=up):
            return True
        return any(self._moves(column, (value > 0.0) != up, seen) for column, value in self._entries(row))

    def _is_tight(self, row: int, *, up: bool) -> bool:
        """Whether a row is at its upper (`up`) or lower side."""
        bound = (self.model.row_upper if up else self.model.row_lower)[row]
        return bool(abs(bound - self._activity[row]) <= NOTICED_KW * (1.0 + 1e-6 * abs(self._activity[row])))

    def _entries(self, row: int) -> list[tuple[int, float]]:
        _, entries = self._entries_of(np.array([row]))
        return [(int(self._owner[each]), float(self.model.values[each])) for each in entries]

    def _entries_of(self, rows: Index) -> tuple[Index, Index]:
        """The entries of rows that are not zero, and for each the place of its row in `rows`."""
        counts = self._row_starts[rows + 1] - self._row_starts[rows]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        entries = self._by_row[np.repeat(self._row_starts[rows], counts) + within]
        some = self.model.values[entries] != 0.0
        return np.repeat(np.arange(rows.size), counts)[some], entries[some]

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
