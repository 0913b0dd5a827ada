"""The layout: which columns stand for which flow, size and bus while a program is written.

Every flow of the park is `Affine`: a constant per step plus columns with coefficients. Assets publish their flows here; terms
find them by name, so a tariff never needs to know what a battery is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from lingtan.flow import Flow
from lingtan.optimize.program import Array, Index, Program, Unit, as_unit


@dataclass(frozen=True, eq=False)
class Affine:
    """A quantity per step: `constant + sum(coefficient * x[columns])`, each of shape (T,)."""

    constant: Array
    parts: tuple[tuple[Index, Array], ...] = ()

    @classmethod
    def of(cls, columns: Index, coefficient: ArrayLike = 1.0) -> Affine:
        """Columns times a coefficient."""
        return cls(np.zeros(columns.size), ((columns, _full(coefficient, columns.size)),))

    @classmethod
    def known(cls, values: Array) -> Affine:
        """Values that nothing decides."""
        return cls(np.asarray(values, dtype=np.float64))

    def __add__(self, other: Affine) -> Affine:
        return Affine(self.constant + other.constant, self.parts + other.parts)

    def __mul__(self, factor: ArrayLike) -> Affine:
        by = _full(factor, self.constant.size)
        return Affine(self.constant * by, tuple((columns, coefficient * by) for columns, coefficient in self.parts))

    def read(self, x: Array) -> Array:
        """Its values at a point, shape (T,)."""
        total = self.constant.copy()
        for columns, coefficient in self.parts:
            total += coefficient * x[columns]
        return total


@dataclass(frozen=True, eq=False)
class SizeOf:
    """A size: a column that is decided, or a known value."""

    known: float
    column: int | None = None

    def read(self, x: Array) -> float:
        """Its value at a point."""
        return self.known if self.column is None else float(x[self.column])


@dataclass
class Layout:
    """A program under construction on a grid of `steps` steps of `step_hours` hours.

    The steps may be several periods of `period_steps` that do not follow each other: each is a circle of its own, and `weight` says
    how many steps of the year each step counts for.
    """

    steps: int
    step_hours: float
    program: Program = field(default_factory=Program)
    buses: dict[str, Index] = field(default_factory=dict)
    flows: dict[str, Affine] = field(default_factory=dict)
    states: dict[str, tuple[Affine, SizeOf]] = field(default_factory=dict)
    readings: dict[str, Affine] = field(default_factory=dict)
    """What is told beside flows and states, in its own unit: the temperature of a room."""
    opposed: dict[str, tuple[Index, Index]] = field(default_factory=dict)
    """Columns of two flows through one device, which in fact runs one way at a time (see `one_way`)."""
    netted: list[tuple[Index, Index]] = field(default_factory=list)
    """Those among them that take equal amounts from a bus and give them to it."""
    sizes: dict[str, SizeOf] = field(default_factory=dict)
    is_committed: bool = False
    """Whether plants are on or off, in whole numbers; else a part of a plant may run (see `assets.commitment`)."""
    relaxed: list[str] = field(default_factory=list)
    """Plants of which a part may run, though they are on or off in fact."""
    modules: dict[str, tuple[int, float]] = field(default_factory=dict)
    """The column that counts the modules of a size, and what one of them is, by size."""
    period_steps: int | None = None
    weight: Array | None = None

    @property
    def hours(self) -> Array:
        """The hours that the energy of each step is counted for, (T,): its own, times what it stands for."""
        own = np.full(self.steps, self.step_hours)
        return own if self.weight is None else own * self.weight

    @property
    def stands_for(self) -> float:
        """How many times its own length the layout stands for [1]: 1, or the year over the typical periods."""
        return float(self.hours.sum()) / (self.steps * self.step_hours)

    @property
    def circle_steps(self) -> int:
        """How many steps follow each other before the first comes again: those of a period, or all."""
        return self.period_steps or self.steps

    def earlier(self, steps: int = 1) -> Index:
        """The step that lies some steps before each step, around the circle of its period, (T,)."""
        length = self.circle_steps
        at = np.arange(self.steps)
        return at // length * length + (at - steps) % length

    def bus(self, name: str, unit: Unit = "kW") -> None:
        """Add a bus: what flows in and out of it sums to zero in every step [kW, or the rate of its carrier]."""
        self.buses[name] = self.program.rows(f"{name}.balance", self.steps, unit, lower=0.0, upper=0.0)

    def inject(self, bus: str, flow: Affine) -> None:
        """Let a flow into a bus (negative takes out) [kW]."""
        rows = self.buses[bus]
        for columns, coefficient in flow.parts:
            self.program.put(rows, columns, coefficient)
        if flow.constant.any():
            self.program.shift(rows, -flow.constant)

    def publish(self, name: str, flow: Affine) -> Affine:
        """Make a flow known by name [kW]."""
        self.flows[name] = flow
        return flow

    def size(self, name: str, least: float, most: float, unit: str) -> SizeOf:
        """A size by name: known where the range is a point, else a column. An apparent power (kVA) is scaled as power."""
        if most > least:
            column = self.program.columns(name, 1, "kW" if unit == "kVA" else as_unit(unit), lower=least, upper=most)
            self.sizes[name] = SizeOf(np.nan, int(column[0]))
        else:
            self.sizes[name] = SizeOf(least)
        return self.sizes[name]

    def limit(self, name: str, columns: Index, size: SizeOf, share: ArrayLike = 1.0, unit: Unit = "kW") -> None:
        """Keep columns at or below a share of a size; with a known size this is a row of numbers, not a new row."""
        if size.column is None:
            raise ValueError(f"{name}: a known size is a bound, not a row")
        rows = self.program.rows(name, columns.size, unit, lower=-np.inf, upper=0.0)
        self.program.put(rows, columns, 1.0)
        self.program.put(rows, np.full(columns.size, size.column), -_full(share, columns.size))

    def bounded(self, name: str, size: SizeOf, share: ArrayLike = 1.0, unit: Unit = "kW") -> Index:
        """Columns from 0 to a share of a size: bounds where the size is known, rows where it is decided."""
        upper = np.inf if size.column is not None else size.known * np.asarray(share, dtype=np.float64)
        columns = self.program.columns(name, self.steps, unit, upper=upper)
        if size.column is not None:
            self.limit(f"{name}.limit", columns, size, share, unit)
        return columns

    def blend(self, flow: Flow) -> Affine:
        """A blend of named flows as one affine quantity."""
        total = Affine.known(np.zeros(self.steps))
        for name, share in flow.parts:
            total = total + self.flows[name] * share
        return total

    def read_flows(self, x: Array) -> Mapping[str, Array]:
        """All published flows at a point [kW]."""
        return {name: flow.read(x) for name, flow in self.flows.items()}

    def read_sizes(self, x: Array) -> dict[str, float]:
        """All sizes at a point."""
        return {name: size.read(x) for name, size in self.sizes.items()}


def _full(value: ArrayLike, count: int) -> Array:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,))
