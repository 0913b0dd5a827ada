"""What a solver gives back: a point, row prices, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from lingtan.optimize.program import Array


@dataclass(frozen=True, eq=False)
class Proposal:
    """A proposed answer in the units of the model it was asked about; `duals` are prices of the rows."""

    solver: str
    status: str
    x: Array
    duals: Array
    iterations: int
