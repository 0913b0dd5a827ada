"""A meter and an inverter run one way at a time, which no linear program knows.

Where a kilowatt-hour fed in earns more than one drawn costs, a linear program draws and feeds in at once, through one meter, to
the limit of both; where energy costs less than nothing, it charges and discharges at once to burn it. What comes out of such a
step is the difference of the two flows. Where nothing is lost between them, that difference is tried first: if the certificate
holds for it, running both ways was no more than one of several equal answers. Else each step that runs both ways is held to the
way of its difference, and the program is solved again: the answer is then certified as the best one *that runs these steps these
ways*.
Holding a step never makes a program infeasible: a battery can stand still, needs can be cut and plants curtailed. Programs in
which it does not pay to run both ways, which is nearly all of them, are solved once. Where a program counts whole numbers, those of
its first answer stay while steps are held; what its search has proven holds for the held program too, which allows less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lingtan.optimize.program import Array, Index, Model
from lingtan.optimize.solve import Solution, SolveAll, certified_at, searched
from lingtan.tolerances import NOISE_RELATIVE, NOTICED_KW

Pair = tuple[Index, Index]

MOST_PASSES = 4
"""How often steps are held before all are: a step that is held may make another one pay."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A certified answer that runs one way at a time, and the columns that were held at zero for it."""

    solution: Solution
    closed: Index


@dataclass(frozen=True, eq=False)
class Task:
    """A program with the pairs of columns that one device runs, and the columns that are held at zero.

    Of its pairs, `lossless` are those of which only the difference comes out anywhere.
    """

    model: Model
    pairs: tuple[Pair, ...]
    lossless: tuple[Pair, ...]
    closed: Index

    def netted(self, solution: Solution) -> Solution:
        """The solution with the lossless pairs run one way wherever that is certified, too."""
        for pair in self.lossless:
            solution = certified_at(self.model, solution, netted(solution.x, (pair,))) or solution
        return solution

    def holding(self, x: Array, *, whole: bool) -> Task | None:
        """The task with the steps of `x` held that run both ways, or all steps of such devices; None where there are none.

        Less than a millionth of the largest flow is what a solver leaves: it works in one unit for all devices.
        """
        more = []
        flows = x / self.model.column_scale
        largest = max((flows[np.concatenate(pair)].max(initial=0.0) for pair in self.pairs), default=0.0)
        for one, other in self.pairs:
            noise = np.maximum(NOTICED_KW, NOISE_RELATIVE * largest * self.model.column_scale[one])
            both = np.minimum(x[one], x[other]) > noise
            if both.any():
                free = ~np.isin(one, self.closed) & ~np.isin(other, self.closed)
                more.append(np.where(x[one] < x[other], one, other)[free if whole else both])
        if not more:
            return None
        closed = np.concatenate([self.closed, *more])
        model = self.model.fixed(x)
        upper = model.upper.copy()
        upper[closed] = 0.0
        return replace(self, model=replace(model, upper=upper), closed=closed)


def solve_one_way(tasks: Sequence[Task], solve_all: SolveAll) -> list[Answer]:
    """The answers of tasks, run one way in each step. Raises `NotCertifiedError` as `solve_all`."""
    tasks, solutions = list(tasks), list(solve_all([task.model for task in tasks]))
    solutions = [task.netted(solution) for task, solution in zip(tasks, solutions, strict=True)]
    for number in range(1, MOST_PASSES + 1):
        held = [task.holding(each.x, whole=number == MOST_PASSES) for task, each in zip(tasks, solutions, strict=True)]
        again = {at: task for at, task in enumerate(held) if task is not None}
        for at, solution in zip(
            again, solve_all([task.model for task in again.values()]) if again else (), strict=True
        ):
            tasks[at] = again[at]
            solutions[at] = tasks[at].netted(_with_search(tasks[at].model, solution, solutions[at]))
    return [Answer(solution, task.closed) for task, solution in zip(tasks, solutions, strict=True)]


def _with_search(model: Model, held: Solution, first: Solution) -> Solution:
    """The answer of a held program with what the search of the first one proved."""
    proven = first.search
    if proven is None:
        return held
    search = searched(model, held.x, proven.bound_cny, proven.nodes, is_out_of_time=proven.is_out_of_time)
    return replace(held, status=first.status, search=search, solve_s=first.solve_s + held.solve_s)


def netted(x: Array, pairs: Iterable[Pair]) -> Array:
    """`x` with what runs both ways at once taken off both: what a solver leaves, below a watt."""
    done = x.copy()
    for one, other in pairs:
        less = np.minimum(x[one], x[other])
        done[one] -= less
        done[other] -= less
    return done
