"""What came out of typical periods: sizes in whole numbers, and how much the periods were wrong about the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lingtan.frozen import DeepFrozen
from lingtan.optimize.solve import Search
from lingtan.optimize.typical_periods import TypicalPeriods


@dataclass(frozen=True, eq=False)
class TypicalSizes(DeepFrozen):
    """What was decided on typical periods: `sizes` by asset and quantity, of those that take whole numbers.

    `penalty_cny` is what of `objective_cny` nobody bills: the price of needs that are cut and of targets that are missed there.
    """

    sizes: Mapping[str, Mapping[str, float]]
    objective_cny: float
    penalty_cny: float
    periods: TypicalPeriods
    period_days: float
    search: Search
    solve_s: float

    @property
    def cost_cny(self) -> float:
        """What the typical periods cost, penalties apart [CNY]."""
        return self.objective_cny - self.penalty_cny

    def error(self, year_cny: float) -> float:
        """By what share of the year's cost, penalties apart, the typical periods were too dear (above zero) or too cheap [1].

        A price of want is ten times a bill: a little more of it in the year than on typical weeks would stand for all else.
        """
        return (self.cost_cny - year_cny) / abs(year_cny) if year_cny else 0.0
