"""Why a plan does what it does: what a unit of each activity earns and costs at the certified prices, and which limits hold it.

The program that was decided on is written again, the same to the last digit, and read beside its answer. For the column of an
activity `x` with cost `c`, curvature `q` and entries `A` in rows of price `λ`, the optimum says

    Σ A·λ - (c + q·x) + r = 0

where the *reduced cost* `r` is what standing at a bound takes or gives: zero strictly between the bounds, at least zero at the
lower one (a unit more would lose it), at most zero at the upper one (a unit more would earn it). Rows are told apart by what they
are: the balance of a bus, of the inside of a store (its price is what a unit kept for later is worth), a limit of the asset, the
row of a rule. Nothing here knows a family: what an asset does is read off its columns.

Prices are those of a convex program, so they are bounds for changes of any size: one unit more costs at least what they say, one
unit less saves at most as much. Where plants are on or off in whole numbers these are held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from lingtan.case import Case
from lingtan.frozen import DeepFrozen
from lingtan.optimize.objective import Costs
from lingtan.optimize.plan import Draft, Plan, drafted
from lingtan.optimize.program import Array, Block, Blocks, Index, Unit
from lingtan.optimize.room import Room
from lingtan.optimize.start import Start
from lingtan.park import COUNTED
from lingtan.tolerances import NOTICED_KW, noticed_in

RATES: dict[Unit, Unit] = {"kW": "kWh", "kg/h": "kg", "m3/h": "m3", "t/h": "t"}
"""The amount that a rate gives in an hour: prices are told per amount."""

PartKind = Literal["bus", "stored", "moved", "due", "term", "limit", "rule", "left", "preference"]
"""Where money comes from: the balance of a bus or of a store's inside, what must be made up for within a window, what is due by its
end, the price of a term, a limit, the row of a rule, what is left at the end, and the tiny preference among equal optima."""

NOTICED_CNY = 1e-4
"""A unit that loses less is looked at again: it may lose what a store does [CNY per amount]."""

OWED: dict[str, PartKind] = {"window": "moved", "plan": "due"}
"""Rows of an asset that are no limit of what it can do but something it owes, by the ending of their name."""


class Part(NamedTuple):
    """What one row or price gives (above zero) or takes from a unit of an activity [CNY per unit]; `name` says which.

    `per_unit` is how much of a bus's carrier the unit gives (above zero) or takes; for anything but a bus it says nothing.
    """

    kind: PartKind
    name: str
    cny_per_unit: float
    per_unit: float


class Standing(StrEnum):
    """Where an activity stands: between its bounds, at one of them, held, for it is a whole number or runs the other way, fixed,
    for nothing is between its bounds or nothing could come of it, or withheld, for a limit of its asset allows nothing of it."""

    BETWEEN = "between"
    LEAST = "least"
    MOST = "most"
    HELD = "held"
    FIXED = "fixed"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Activity(DeepFrozen):
    """One activity in one step: how much of it [its rate], its bounds, and what a unit (`unit`, an amount) of it comes to.

    `reduced_cny` closes the sum of the parts to zero: above zero a unit more would lose it, below zero a unit more would earn it.
    """

    name: str
    rate_unit: Unit
    unit: Unit
    amount: float
    least: float
    most: float
    standing: Standing
    parts: tuple[Part, ...]
    reduced_cny: float

    @property
    def worth_cny(self) -> float:
        """What a unit more earns, less what it costs [CNY per unit]."""
        return sum(part.cny_per_unit for part in self.parts)

    @property
    def is_flow(self) -> bool:
        """Whether it gives to or takes from a bus; else it is a state, or what is left unused."""
        return self.rate_unit in RATES and bool(self.of_kind("bus"))

    @property
    def is_cut(self) -> bool:
        """Whether it is a need that goes without."""
        return ".shortfall_" in self.name

    def of_kind(self, *kinds: PartKind) -> tuple[Part, ...]:
        """The parts of some kinds."""
        return tuple(part for part in self.parts if part.kind in kinds)


class RulePriceAt(NamedTuple):
    """The price of one row of a rule: what a unit softer of its bound saves at most [CNY per `unit`].

    A tonne of a cap, a kilowatt-hour of a share, a kilowatt of the demand of a month by this step.
    """

    rule: str
    row: int
    unit: Unit
    cny_per_unit: float


@dataclass(frozen=True)
class Explanation(DeepFrozen):
    """What was worth what in one step, and why an asset (or a connection) did what it did.

    `bus_cny` is the value of a unit at each bus that has one [CNY per kWh, kg, m3 or t]; `flows` are the flows of the asset [their
    rate]. `turn` is the next step in which a store that fills is emptied again, or one that empties is filled, if it is one. A plan
    without a start is a circle: a `turn` that is no later than `step` is one of its next round.
    """

    asset: str
    step: int
    bus_cny: Mapping[str, float]
    flows: Mapping[str, float]
    activities: tuple[Activity, ...]
    turn: int | None = None


@dataclass(frozen=True, eq=False)
class Explainer:
    """A plan with the program that it was decided on. Made by `explain`."""

    case: Case
    plan: Plan
    draft: Draft
    is_circle: bool = True

    def at(self, step: int, asset: str) -> Explanation:
        """Why an asset or a connection does what it does in a step. Raises KeyError for a name that the park does not have."""
        park = self.case.park
        if asset not in park.assets and asset not in park.connections:
            raise KeyError(asset)
        flows = {
            name: float(self.plan.table[name][step])
            for name in self.draft.layout.flows
            if name.rpartition(".")[0] == asset
        }
        activities = tuple(self._activity(block, step) for block in self.activities_of(asset))
        return Explanation(asset, step, self.bus_prices(step), flows, activities, self._turn(activities, step))

    def bus_prices(self, step: int) -> Mapping[str, float]:
        """The value of a unit at each bus in a step [CNY per kWh, kg, m3 or t].

        It is what a unit more would cost: of several prices that prove the plan, the highest. A bus is left out where nobody could
        give a unit more, with every decision that is held as it is.
        """
        duals, _ = self._proof(step)
        rows, hours = self.draft.layout.buses, self.draft.layout.step_hours
        return {
            bus: float(duals[rows[bus][step]]) / hours
            for bus in self.case.park.buses
            if int(rows[bus][step]) in self._giving(step)
        }

    def is_not_chosen(self, asset: str) -> bool:
        """Whether an asset or a connection is of no size; a store that holds nothing is none, however large its charger is."""
        sizes = [size for name, size in self.plan.sizes.items() if name.rpartition(".")[0] == asset]
        return any(size <= NOTICED_KW for size in sizes)

    def activities_of(self, asset: str) -> Iterator[Block]:
        """The columns of an asset that have one for each step: its activities and states."""
        steps = self.draft.layout.steps
        for block in self.draft.model.columns:
            if block.name.startswith(f"{asset}.") and block.count == steps and block.start < self.draft.physical[1]:
                yield block

    def rule_prices(self, step: int | None = None) -> tuple[RulePriceAt, ...]:
        """The price of every row of every rule that is not zero; with a step, of the rows that speak of this step."""
        found = []
        for name, rows in self.draft.lowered.rules.items():
            told = self.draft.lowered.told[name]
            prices = self.plan.rule_price[name] * told.per_unit
            spoken = np.ones(rows.size, dtype=bool) if step is None else np.isin(rows, self._touched_at(step))
            found += [RulePriceAt(name, int(row), told.unit, abs(float(prices[row]))) for row in np.flatnonzero(spoken)]
        return tuple(each for each in found if each.cny_per_unit > 0.0)

    @cached_property
    def reduced(self) -> Array:
        """The reduced cost of every column at the prices of the solver [CNY per unit of the column]."""
        model, solution = self.draft.model, self.plan.solution
        return np.asarray(model.cost + self._curvature * solution.x - model.priced(solution.duals))

    @cached_property
    def _curvature(self) -> Array:
        """HiGHS solves without the curvature of the preference, and its prices are those of that program."""
        model = self.draft.model
        return model.curvature if self.plan.solution.solver == "piqp" else np.zeros_like(model.curvature)

    @cached_property
    def _row_blocks(self) -> Blocks:
        return Blocks.of_all(self.draft.model.row_blocks)

    @cached_property
    def _kinds(self) -> dict[str, tuple[PartKind, str]]:
        """What the rows of each block are, and what they are called."""
        park, layout = self.case.park, self.draft.layout
        kinds: dict[str, tuple[PartKind, str]] = {}
        for block in self.draft.model.row_blocks:
            owed = OWED.get(block.name.rpartition(".")[2], "limit")
            kinds[block.name] = (owed if block.start < self.draft.physical[0] else "rule", block.name)
        for bus in layout.buses:
            kinds[f"{bus}.balance"] = ("bus" if bus in park.buses else "stored", bus)
        for name, rows in self.draft.lowered.rules.items():
            kinds[self._row_blocks.of(int(rows[0])).name] = ("rule", name)
        return kinds

    def _giving(self, step: int) -> frozenset[int]:
        """The balances of buses at which one unit more could be given in a step."""
        if step not in self._known_giving:
            rows = (int(self.draft.layout.buses[bus][step]) for bus in self.case.park.buses)
            self._known_giving[step] = frozenset(row for row in rows if self._room.gives_more(row))
        return self._known_giving[step]

    def _proof(self, step: int) -> tuple[Array, Array]:
        """Prices of rows and reduced costs of columns that prove the plan, and are those of a unit more at each bus of a step."""
        if step not in self._proofs:
            rows = self._rows_of(step)
            self._proofs[step] = self._room.raised(self._giving(step), rows, self.plan.solution.duals, self.reduced)
        return self._proofs[step]

    def _rows_of(self, step: int, more: Iterable[Index] = ()) -> Index:
        blocks, steps = self.draft.model.row_blocks, self.draft.layout.steps
        rows = np.array([block.start + step for block in blocks if block.count == steps])
        return np.unique(np.concatenate([rows, *more]))

    def _idle(self, column: int, step: int) -> tuple[Standing, Array, Array]:
        """How a column stands that stands at its least, and prices and reduced costs at which it loses as much as it would.

        What a store takes is given at another time, so what is inside may be worth another price in every step. Beside a store this
        is asked only of what would else lose nothing, for it takes a quarter of a second of a year.
        """
        proof, room = self._proof(step), self._room
        found = room.dearest(column, self._rows_of(step, self._insides({column})), *proof)
        if found is not None and found[1][column] / self._hours("kW") < NOTICED_CNY:
            found = room.dearest(column, self._rows_of(step, self._insides(room.beside(column))), *proof)
        if found is not None:
            return Standing.LEAST, *found
        found = room.dearest(column, self._rows_of(step), *proof, let=True)
        return (Standing.FIXED, *proof) if found is None else (Standing.WITHHELD, *found)

    def _insides(self, columns: Collection[int]) -> list[Index]:
        """The rows of the insides of the stores, of all steps, that columns give to or take from."""
        model = self.draft.model
        rows = {int(row) for each in columns for row in model.rows[model.starts[each] : model.starts[each + 1]]}
        blocks = {self._row_blocks.of(row) for row in rows}
        return [block.index for block in blocks if self._kinds[block.name][0] == "stored"]

    @cached_property
    def _known_giving(self) -> dict[int, frozenset[int]]:
        """By step: every asset of an interval asks for them."""
        return {}

    @cached_property
    def _proofs(self) -> dict[int, tuple[Array, Array]]:
        return {}

    @cached_property
    def _room(self) -> Room:
        limits = np.zeros(self.draft.model.shape[0], dtype=bool)
        for block in self.draft.model.row_blocks:
            limits[block.index] = self._kinds[block.name][0] in {"limit", *OWED.values()}
        return Room(self.draft.model, self.plan.solution.x, self._held, limits)

    def _activity(self, block: Block, step: int) -> Activity:
        model, column = self.draft.model, block.start + step
        hours, amount = self._hours(block.unit), float(self.plan.solution.x[column])
        least, most = float(model.lower[column]), float(model.upper[column])
        held = bool(model.integer[column]) or column in self._held
        standing = Standing.HELD if held else _standing(amount, least, most, block.unit)
        duals, reduced = self._proof(step)
        if standing is Standing.LEAST and not self.is_not_chosen(block.name.partition(".")[0]):
            standing, duals, reduced = self._idle(column, step)
        parts = (Part(*key, value / hours, each) for key, (value, each) in self._parts(column, duals).items())
        return Activity(
            name=block.name,
            rate_unit=block.unit,
            unit=RATES.get(block.unit, block.unit),
            amount=amount,
            least=least,
            most=most,
            standing=standing,
            parts=tuple(part for part in parts if part.cny_per_unit or part.kind in {"bus", "stored"}),
            reduced_cny=float(reduced[column]) / hours,
        )

    def _parts(self, column: int, duals: Array) -> dict[tuple[PartKind, str], tuple[float, float]]:
        """What each row and each price makes of a unit of a column, for the whole step [CNY per unit], and its entries there."""
        model = self.draft.model
        parts: dict[tuple[PartKind, str], tuple[float, float]] = {}

        def add(kind: PartKind, name: str, value: float, entry: float = 0.0) -> None:
            before = parts.get((kind, name), (0.0, 0.0))
            parts[kind, name] = before[0] + value, before[1] + entry

        for entry in range(model.starts[column], model.starts[column + 1]):
            row = int(model.rows[entry])
            value = float(model.values[entry])
            add(*self._kinds[self._row_blocks.of(row).name], value * float(duals[row]), value)
        for name, charges in self.draft.lowered.charges:
            for columns, cost in charges:
                for at in np.flatnonzero(columns == column):
                    add("term", name, -float(cost[at]))
        for at_column, worth in self.draft.left:
            if at_column == column:
                add("left", "left", worth)
        for columns, cost, curvature in self.draft.preference.parts:
            curved = curvature if self.plan.solution.solver == "piqp" else np.zeros_like(curvature)
            for at in np.flatnonzero(columns == column):
                add("preference", "preference", -float(cost[at] + curved[at] * self.plan.solution.x[column]))
        return parts

    def _turn(self, activities: tuple[Activity, ...], step: int) -> int | None:
        """The next step, around a horizon that is a circle, in which a store that fills is emptied, or the other way round."""
        ways = {
            each.name: each.of_kind("stored")[0].per_unit > 0
            for each in activities
            if each.rate_unit in RATES and each.of_kind("stored")
        }
        running = [
            ways[each.name] for each in activities if each.name in ways and each.amount > noticed_in(each.rate_unit)
        ]
        if len(running) != 1:
            return None
        blocks = {block.name: block for block in self.draft.model.columns if block.name in ways}
        other = [blocks[name] for name, fills in ways.items() if fills is not running[0]]
        runs = (
            np.any([self.plan.solution.x[block.index] > noticed_in(block.unit) for block in other], axis=0)
            if other
            else np.zeros(1)
        )
        later, earlier = np.flatnonzero(runs[step + 1 :]), np.flatnonzero(runs[: step + 1])
        if later.size:
            return step + 1 + int(later[0])
        return int(earlier[0]) if earlier.size and self.is_circle else None

    def _touched_at(self, step: int) -> Index:
        """The rows that the activities of a step are in."""
        model, steps = self.draft.model, self.draft.layout.steps
        columns = [block.start + step for block in model.columns if block.count == steps]
        return np.unique(np.concatenate([model.rows[model.starts[at] : model.starts[at + 1]] for at in columns]))

    def _hours(self, unit: Unit) -> float:
        """What turns a price of a rate for a step into a price of an amount."""
        return self.draft.layout.step_hours if unit in RATES else 1.0

    @cached_property
    def _held(self) -> frozenset[int]:
        return frozenset(map(int, self.plan.held))


def explain(case: Case, costs: Costs, plan: Plan, start: Start | None = None) -> Explainer:
    """The explainer of a plan of a case at these costs; `start` is that of the plan.

    Raises ValueError where the plan was decided on another program.
    """
    draft = drafted(case, costs, plan.elected, start, plan.form)
    if draft.model.shape != (plan.solution.duals.size, plan.solution.x.size):
        raise ValueError("this plan was decided on another program")
    return Explainer(case, plan, draft, is_circle=start is None)


def carrier_unit(case: Case, bus: str) -> str:
    """The unit of a price at a bus: `CNY/kWh`, `CNY/kg`."""
    return f"CNY/{COUNTED[case.park.buses[bus].carrier].amount}"


def _standing(amount: float, least: float, most: float, unit: Unit) -> Standing:
    little = noticed_in(unit)
    if most - least <= little:
        return Standing.FIXED
    if amount <= least + little:
        return Standing.LEAST
    return Standing.MOST if amount >= most - little else Standing.BETWEEN
