"""What a solver gives back: a point, row prices, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from lingtan.optimize.program import Array, Model


@dataclass(frozen=True, eq=False)
class Proposal:
    """A proposed answer in the units of the model it was asked about; `duals` are prices of the rows."""

    solver: str
    status: str
    x: Array
    duals: Array
    iterations: int


@dataclass(frozen=True, eq=False)
class Incumbent:
    """The best answer found with whole numbers, in the units of the model, and the objective that no answer is below [CNY].

    `x` is None where none was found, and `bound_cny` minus infinity where nothing was proven. `is_hurried` says that some step on
    the way was ended by its share of the time: with more of it another answer may come out.
    """

    x: Array | None
    bound_cny: float
    nodes: int
    is_out_of_time: bool
    is_hurried: bool = False


def refuse_integers(solver: str, model: Model) -> None:
    """Raise ValueError for a program with whole numbers: an answer with halves of them would be certified as if it were right."""
    if model.integer.any():
        raise ValueError(f"{solver} knows no whole numbers: fix or relax them first")
