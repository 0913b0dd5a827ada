"""What is decided before anything is solved: columns that a bound or a row leaves no choice, and the prices of such rows.

Three things decide a column: bounds of one value; an equation in which nothing else is open; a row that is *tight*, whose open
columns reach its side only with all of them at their bounds (a bus whose takers are all in maintenance, so that nobody may give).
What one row has decided may leave another no choice, so this is done in rounds.

The prices of rows that decide have no end on one side: nobody pays for what cannot be changed. An interior-point method follows
them without end; PIQP came to billions, and measured its gap against those. Here such a row takes the one price of all that
explain its columns which belongs to a change that can be made: one unit more at the bus costs what the cheapest giver asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lingtan.optimize.program import Array, Index, Mask, Model

MOST_ROUNDS: Final = 8
"""A chain of decisions is followed this far: a store that stands empty for a year would be one of 8,760."""

EXACT: Final = 1e-12
"""Two sums of the same bounds differ by less, relative to what is summed."""

SLACK: Final = 1e-9
"""What lies outside by more, relative to what it lies outside of, contradicts it."""


@dataclass(frozen=True, eq=False)
class Round:
    """The `rows` that decide columns, one entry for each column: its row, by position in `rows`, its column, and its factor.

    `side` of a row says what its columns bring about: the least (-1) or the most (1) that it can come to, or neither (0).
    """

    rows: Index
    side: Index
    at: Index
    columns: Index
    factors: Array

    def prices(self, explained: Array, is_equation: Mask) -> Array:
        """The price of each row, where a unit of each column must come to `explained` of it (columns,)."""
        ratio = explained / self.factors
        lowest, highest = np.full(self.rows.size, np.inf), np.full(self.rows.size, -np.inf)
        np.minimum.at(lowest, self.at, ratio)
        np.maximum.at(highest, self.at, ratio)
        price = np.where(self.side > 0, highest, lowest)
        # only an equation may have a price of either sign
        bounded = np.where(self.side > 0, np.maximum(price, 0.0), np.minimum(price, 0.0))
        return np.where(is_equation[self.rows], price, bounded)


@dataclass(frozen=True, eq=False)
class Presolved:
    """A program with what is known of it: `open` marks the columns left, `values` are those of the others (0 where open), `said`
    marks the rows that still say something."""

    open: Mask
    values: Array
    said: Mask
    rounds: tuple[Round, ...]

    def price(self, model: Model, x: Array, duals: Array) -> None:
        """Give the rows that decided their prices, the last round first, for each must explain what later ones leave.

        `x` (columns,) and `duals` (rows,) are an answer of the rest; what is known is written over in both.
        """
        is_equation = model.row_lower == model.row_upper
        x[~self.open], duals[~self.said] = self.values[~self.open], 0.0
        for each in reversed(self.rounds):
            explained = model.cost + model.curvature * x - model.priced(duals)
            duals[each.rows] = each.prices(explained[each.columns], is_equation)


def presolved(model: Model, *, with_tight: bool) -> Presolved | None:
    """What is known before anything is solved; None where bounds and rows contradict each other.

    Tight rows are looked for only `with_tight`.
    """
    left = _Left.of(model)
    rounds: list[Round] = []
    while len(rounds) < MOST_ROUNDS:
        reach = left.reach()
        if reach.contradicts(model):
            return None
        found = left.decided(reach, with_tight=with_tight)
        if not found.rows.size:
            break
        rounds.append(found)
    return Presolved(left.is_open, np.where(left.is_open, 0.0, left.lower), left.open_in_rows() > 0, tuple(rounds))


@dataclass(frozen=True, eq=False)
class _Reach:
    """What each row can come to between the bounds of its columns, and the size of what is summed, all (rows,)."""

    least: Array
    most: Array
    size: Array

    def contradicts(self, model: Model) -> bool:
        """Whether a row cannot come to what it must."""
        slack = SLACK * (1.0 + self.size)
        return bool(np.any((self.least > model.row_upper + slack) | (self.most < model.row_lower - slack)))


@dataclass(frozen=True, eq=False)
class _Left:
    """A program while it is looked through: entries that are not zero by `row`, `column`, `value`, and bounds as they close."""

    model: Model
    row: Index
    column: Index
    value: Array
    lower: Array
    upper: Array

    @classmethod
    def of(cls, model: Model) -> _Left:
        here = np.flatnonzero(model.values)
        return cls(
            model, model.rows[here], model.owner[here], model.values[here], model.lower.copy(), model.upper.copy()
        )

    @property
    def is_open(self) -> Mask:
        return self.lower < self.upper

    def open_in_rows(self) -> Index:
        return np.bincount(self.row[self.is_open[self.column]], minlength=self.model.shape[0])

    def reach(self) -> _Reach:
        """What rows can come to; infinite where a bound is."""
        down, up = self.value * self.lower[self.column], self.value * self.upper[self.column]
        least, most = np.minimum(down, up), np.maximum(down, up)
        size = np.maximum(
            np.where(np.isfinite(least), np.abs(least), 0.0), np.where(np.isfinite(most), np.abs(most), 0.0)
        )
        return _Reach(self._by_row(least), self._by_row(most), self._by_row(size))

    def decided(self, reach: _Reach, *, with_tight: bool) -> Round:
        """The rows that leave their open columns no choice, these columns now being closed."""
        model, count, is_open = self.model, self.open_in_rows(), self.is_open[self.column]
        exact = EXACT * reach.size
        at_least, at_most = reach.least >= model.row_upper - exact, reach.most <= model.row_lower + exact
        weight = self._by_row(np.where(is_open, np.abs(self.value), 0.0))
        alone = (model.row_lower == model.row_upper) & (count == 1) & (weight > SLACK)
        decides = (count > 0) & ((with_tight & (at_least | at_most)) | alone)
        entries = np.flatnonzero(decides[self.row] & is_open)
        entries = entries[self._is_first(entries)[self.row[entries]]]
        rows, at = np.unique(self.row[entries], return_inverse=True)
        side = np.where(at_least[rows], -1, np.where(at_most[rows], 1, 0))
        columns, factors = self.column[entries], self.value[entries]
        known = self._by_row(np.where(is_open, 0.0, self.value * np.where(is_open, 0.0, self.lower[self.column])))
        alone_at = (model.row_lower[rows] - known[rows])[at] / factors
        low, high = self.lower[columns], self.upper[columns]
        ends_low = (side[at] < 0) == (factors > 0.0)
        value = np.where(side[at] == 0, np.clip(alone_at, low, high), np.where(ends_low, low, high))
        self.lower[columns] = self.upper[columns] = value
        return Round(rows, side, at, columns, factors)

    def _is_first(self, entries: Index) -> Mask:
        """Rows (rows,) that share no open column with a row before them: those wait for the next round."""
        height, width = self.model.shape
        first = np.full(width, height)
        np.minimum.at(first, self.column[entries], self.row[entries])
        waits = np.zeros(height, dtype=bool)
        waits[self.row[entries[first[self.column[entries]] != self.row[entries]]]] = True
        return ~waits

    def _by_row(self, amounts: Array) -> Array:
        return np.asarray(np.bincount(self.row, amounts, minlength=self.model.shape[0]), dtype=np.float64)
