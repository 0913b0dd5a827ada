"""The program: columns, rows and triplets in kW, kWh and CNY, and its scaled twin for a solver.

Asset families and terms write blocks of columns and rows with numpy and hand over triplets; nothing here loops over time
steps. A solver never sees kW and CNY as they come: a program in kW ends far from its optimum where the same program in
units near its peak solves. So every column and row has a unit, and `Model.scaled` divides each by the program's own power or
money unit. Both are powers of two, so scaling itself never rounds. Columns of whole numbers have no unit and are never scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lingtan.optimize.effort import DAY, Effort
from lingtan.tolerances import POWER_IN_UNIT

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
Unit = Literal["kW", "kWh", "1", "kg/h", "kg", "m3/h", "m3", "t/h", "t"]
"""Units of columns and rows; kW and kWh share the power unit (an energy is a power for an hour), as do kg/h and kg, and so on."""


def as_unit(text: str) -> Unit:
    """A text as a unit of a program. Raises KeyError where it is none."""
    units: dict[str, Unit] = {unit: unit for unit in get_args(Unit)}
    return units[text]


@dataclass(frozen=True)
class Block:
    """A named run of columns or rows, all in one unit."""

    name: str
    start: int
    count: int
    unit: Unit

    @property
    def index(self) -> Index:
        """Positions of the block, shape (count,)."""
        return np.arange(self.start, self.start + self.count)


@dataclass(frozen=True, eq=False)
class Blocks:
    """Blocks that can be found by the position of a row."""

    blocks: tuple[Block, ...]
    starts: Index

    @classmethod
    def of_all(cls, blocks: tuple[Block, ...]) -> Blocks:
        """All blocks of a program."""
        return cls(blocks, np.array([block.start for block in blocks], dtype=np.int64))

    def of(self, row: int) -> Block:
        """The block that a row is in."""
        return self.blocks[int(np.searchsorted(self.starts, row, side="right")) - 1]


@dataclass(frozen=True, eq=False)
class Model:
    """A finished program: minimize `½ x'Qx + c'x + offset` with `row_lower ≤ A x ≤ row_upper`, `lower ≤ x ≤ upper`.

    Matrix in compressed columns (`starts`, `rows`, `values`); Q is the diagonal `curvature`. All in kW, kWh, t and CNY.
    Columns in `integer` take whole numbers only; `effort` is how long and how closely those are searched.
    """

    cost: Array
    curvature: Array
    offset: float
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    starts: Index
    rows: Index
    values: Array
    column_scale: Array
    row_scale: Array
    money_unit: float
    columns: tuple[Block, ...]
    row_blocks: tuple[Block, ...]
    integer: Mask
    effort: Effort = DAY
    physical: int | None = None
    """Columns of assets, which stand before those of terms (peaks, what a rule is missed by); None where all are."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.row_lower.size, self.cost.size

    @property
    def owner(self) -> Index:
        """The column of each matrix entry, shape (entries,)."""
        return np.repeat(np.arange(self.cost.size), np.diff(self.starts))

    def activity(self, x: Array) -> Array:
        """`A x`, shape (rows,)."""
        return _summed(self.rows, self.values * x[self.owner], self.row_lower.size)

    def priced(self, duals: Array) -> Array:
        """`A' λ`, shape (columns,)."""
        return _summed(self.owner, self.values * duals[self.rows], self.cost.size)

    def at_bounds(self, x: Array) -> Array:
        """`x` with what lies a hair from a bound put on it: an interior point stops short of every bound.

        A hair is a billionth of the column's unit, and at most 1e-7 kW, so no balance moves by more than we call zero.
        """
        hair = np.minimum(1e-9 * self.column_scale, 1e-7)
        done = np.where(x - self.lower <= hair, self.lower, x)
        return np.where(self.upper - x <= hair, self.upper, done)

    def relaxed(self) -> Model:
        """The program without the demand for whole numbers."""
        return replace(self, integer=np.zeros_like(self.integer))

    def fixed(self, x: Array) -> Model:
        """The linear program that is left where each column of whole numbers stands at the one nearest to `x`."""
        whole = np.round(x[self.integer])
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[self.integer] = upper[self.integer] = whole
        return replace(self.relaxed(), lower=lower, upper=upper)

    def objective(self, x: Array) -> float:
        """The objective with its preference, in CNY."""
        return float(self.cost @ x + 0.5 * (self.curvature @ x**2)) + self.offset

    def running(self, x: Array) -> float:
        """What the columns of assets turn over at a point, but for needs that are cut [CNY]: what a gap is measured by.

        A basic charge of a month is in the cost of a day and no plan of the day avoids it; a price of want is ten times a bill.
        """
        cuts = [block.index for block in self.columns if ".shortfall_" in block.name]
        flows = np.abs(self.cost * x)[: self.physical].copy()
        for columns in cuts:
            flows[columns[columns < flows.size]] = 0.0
        return float(flows.sum())

    def scaled(self) -> Model:
        """The same program in the solver's units; its solution times `column_scale` solves this one."""
        column, row, money = self.column_scale, self.row_scale, self.money_unit
        return Model(
            cost=self.cost * column / money,
            curvature=self.curvature * column**2 / money,
            offset=self.offset / money,
            lower=self.lower / column,
            upper=self.upper / column,
            row_lower=self.row_lower / row,
            row_upper=self.row_upper / row,
            starts=self.starts,
            rows=self.rows,
            values=self.values * column[self.owner] / row[self.rows],
            column_scale=np.ones_like(column),
            row_scale=np.ones_like(row),
            money_unit=1.0,
            columns=self.columns,
            row_blocks=self.row_blocks,
            integer=self.integer,
            effort=self.effort,
            physical=self.physical,
        )


@dataclass
class Program:
    """A program while it is written. Costs are CNY per unit of a column, for the whole horizon."""

    offset: float = 0.0
    effort: Effort = DAY
    physical: int | None = None
    _columns: list[Block] = field(default_factory=list)
    _rows: list[Block] = field(default_factory=list)
    _integer: list[bool] = field(default_factory=list)
    _bounds: list[tuple[Array, Array]] = field(default_factory=list)
    _row_bounds: list[tuple[Array, Array]] = field(default_factory=list)
    _triplets: list[tuple[Index, Index, Array]] = field(default_factory=list)
    _costs: list[tuple[Index, Array]] = field(default_factory=list)
    _curvatures: list[tuple[Index, Array]] = field(default_factory=list)
    _right_sides: list[tuple[Index, Array]] = field(default_factory=list)
    _caps: list[tuple[Index, Array]] = field(default_factory=list)

    def columns(
        self,
        name: str,
        count: int,
        unit: Unit,
        *,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integer: bool = False,
    ) -> Index:
        """Add a block of columns and return their positions, shape (count,).

        Columns of whole numbers count something and have no unit: another one raises ValueError, for scaling would break them.
        """
        if integer and unit != "1":
            raise ValueError(f"{name}: whole numbers have no unit, and {unit} is scaled")
        block = _append(self._columns, name, count, unit)
        self._integer.append(integer)
        self._bounds.append((_full(lower, count), _full(upper, count)))
        return block.index

    def rows(self, name: str, count: int, unit: Unit, *, lower: ArrayLike, upper: ArrayLike) -> Index:
        """Add a block of rows `lower ≤ A x ≤ upper` and return their positions, shape (count,)."""
        block = _append(self._rows, name, count, unit)
        self._row_bounds.append((_full(lower, count), _full(upper, count)))
        return block.index

    def bounds_of(self, column: int) -> tuple[float, float]:
        """The bounds that a column was added with."""
        for block, (lower, upper) in zip(self._columns, self._bounds, strict=True):
            if block.start <= column < block.start + block.count:
                return float(lower[column - block.start]), float(upper[column - block.start])
        raise IndexError(f"there is no column {column}")

    def cap(self, columns: Index, upper: ArrayLike) -> None:
        """Lower the upper bounds of columns [their unit]."""
        self._caps.append((columns, _full(upper, columns.size)))

    def put(self, rows: Index, columns: Index, values: ArrayLike) -> None:
        """Add entries to the matrix; a place named twice adds up. Arrays broadcast against each other."""
        at, of, entries = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=np.float64))
        self._triplets.append((at.ravel(), of.ravel(), entries.ravel()))

    def charge(self, columns: Index, cost: ArrayLike) -> None:
        """Add cost [CNY per unit] to columns."""
        self._costs.append((columns, _full(cost, columns.size)))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns so far."""
        return _end(self._rows), _end(self._columns)

    @property
    def charged(self) -> int:
        """How often costs were added so far: a mark for `charges_since`."""
        return len(self._costs)

    def charges_since(self, mark: int) -> tuple[tuple[Index, Array], ...]:
        """The costs that were added after a mark, as (columns, cost [CNY per unit])."""
        return tuple(self._costs[mark:])

    def curve(self, columns: Index, curvature: ArrayLike) -> None:
        """Add diagonal curvature [CNY per unit squared] to columns."""
        self._curvatures.append((columns, _full(curvature, columns.size)))

    def shift(self, rows: Index, amount: ArrayLike) -> None:
        """Add a known amount to both bounds of rows."""
        self._right_sides.append((rows, _full(amount, rows.size)))

    def finish(self) -> Model:
        """The program as a `Model`, with the units it chose for its solver."""
        width, height = _end(self._columns), _end(self._rows)
        if height == 0:
            raise ValueError("a program without rows decides nothing")
        lower, upper = _stacked(self._bounds)
        row_lower, row_upper = _stacked(self._row_bounds)
        for columns, cap in self._caps:
            upper[columns] = np.minimum(upper[columns], cap)
        for rows, amount in self._right_sides:
            np.add.at(row_lower, rows, amount)
            np.add.at(row_upper, rows, amount)
        starts, rows_of, values = _compressed(self._triplets, width)
        cost = _gathered(self._costs, width)
        of_rows, of_columns = _kw_per_unit(self._rows), _kw_per_unit(self._columns)
        power = _power_unit(row_lower * of_rows, row_upper * of_rows, lower * of_columns, upper * of_columns)
        column_scale = _scales(self._columns, power)
        row_scale = _scales(self._rows, power)
        return Model(
            cost=cost,
            curvature=_gathered(self._curvatures, width),
            offset=self.offset,
            lower=lower,
            upper=upper,
            row_lower=row_lower,
            row_upper=row_upper,
            starts=starts,
            rows=rows_of,
            values=values,
            column_scale=column_scale,
            row_scale=row_scale,
            money_unit=_money_unit(cost * column_scale),
            columns=tuple(self._columns),
            row_blocks=tuple(self._rows),
            integer=np.repeat(self._integer, [block.count for block in self._columns]),
            effort=self.effort,
            physical=self.physical,
        )


def _summed(places: Index, amounts: Array, count: int) -> Array:
    return np.asarray(np.bincount(places, amounts, minlength=count), dtype=np.float64)


def _append(blocks: list[Block], name: str, count: int, unit: Unit) -> Block:
    block = Block(name, _end(blocks), count, unit)
    blocks.append(block)
    return block


def _end(blocks: Sequence[Block]) -> int:
    return blocks[-1].start + blocks[-1].count if blocks else 0


def _full(value: ArrayLike, count: int) -> Array:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))


def _stacked(bounds: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    return np.concatenate([low for low, _ in bounds]), np.concatenate([high for _, high in bounds])


def _gathered(parts: Sequence[tuple[Index, Array]], width: int) -> Array:
    total = np.zeros(width)
    for at, amount in parts:
        np.add.at(total, at, amount)
    return total


def _compressed(triplets: Sequence[tuple[Index, Index, Array]], width: int) -> tuple[Index, Index, Array]:
    """Triplets as compressed columns, entries of the same place added, rows ascending in each column."""
    rows, columns, values = (np.concatenate([entry[part] for entry in triplets]) for part in range(3))
    order = np.lexsort((rows, columns))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.ones(rows.size, dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    merged = np.add.reduceat(values, np.flatnonzero(first))
    starts = np.searchsorted(columns[first], np.arange(width + 1))
    return starts.astype(np.int64), rows[first].astype(np.int64), merged


def _kw_per_unit(blocks: Sequence[Block]) -> Array:
    """The power that goes with a unit of each row or column [kW]; what has no unit counts as it is."""
    return np.repeat([float(POWER_IN_UNIT.get(block.unit, 1.0)) for block in blocks], [block.count for block in blocks])


def _power_of_two(value: float) -> float:
    return float(2.0 ** np.round(np.log2(value)))


def _power_unit(*limits: Array) -> float:
    """About a hundredth of the largest right side (the peak load), else of the largest finite limit [kW]."""
    row_lower, row_upper, lower, upper = limits
    sides = np.concatenate([row_lower[row_lower == row_upper], lower, upper])
    needs = np.abs(row_lower[row_lower == row_upper])
    largest = needs.max(initial=0.0)
    if largest <= 0:
        finite = np.abs(sides[np.isfinite(sides)])
        largest = finite.max(initial=0.0)
    return _power_of_two(largest / 100) if largest > 0 else 1.0


def _money_unit(cost: Array) -> float:
    """About the middle of the costs [CNY]; those a million times smaller than the largest are preferences, not prices."""
    size = np.abs(cost)
    present = size[size > 1e-6 * size.max(initial=0.0)]
    return _power_of_two(float(np.median(present))) if present.size else 1.0


def _scales(blocks: Sequence[Block], power: float) -> Array:
    factor = {unit: power / each for unit, each in POWER_IN_UNIT.items()}
    factor["1"] = 1.0
    return np.repeat([factor[block.unit] for block in blocks], [block.count for block in blocks])
