"""What moved a forecast: contributions of groups of columns that sum to it.

Groups: what is typical of the slot, the calendar, the target of late (lags, levels, late misses), and each input by its name.
Regressions add each column from its mean; trees by their Shapley values (Lundberg et al., Nature Machine Intelligence 2, 2020),
which LightGBM computes. Prices, which pass through an inverse hyperbolic sine, are told by the linear model that stands beside
them, and what theirs adds to it. Groups say what the model used, not what caused what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lingtan.forecast.days import Values
from lingtan.frozen import DeepFrozen

if TYPE_CHECKING:
    from lingtan.forecast.boosting import Trees

TYPICAL, CALENDAR, HISTORY, OWN, BOUNDS = "typical", "calendar", "history", "own", "bounds"
"""Groups beside the inputs.

`own` is what a model that cannot be split adds to the linear one that is told in its place; `bounds` is what was cut off at what
the plant can give, or filled in where a model is silent.
"""
Parts = Mapping[str, Values]


@dataclass(frozen=True, eq=False)
class Explanation(DeepFrozen):
    """One origin day: `parts` by group, (H,) each in the unit of the target, sum to `point` (H,), the model's own forecast."""

    day: int
    point: Values
    parts: Parts
    model: str


def explanation(day: int, point: Values, parts: Parts, model: str) -> Explanation:
    """The groups of one origin day, and as `bounds` what they lack to the point."""
    given = {name: np.array(values[0]) for name, values in parts.items()}
    total = np.sum(list(given.values()), axis=0)
    return Explanation(day, point, {**given, BOUNDS: point - total}, model)


def by_group(groups: Sequence[str], columns: Values) -> dict[str, Values]:
    """Sums of columns (…, F) by the group of each, in the order in which groups first occur."""
    names = list(dict.fromkeys(groups))
    member = np.array([names.index(group) for group in groups])
    return {name: columns[..., member == number].sum(axis=-1) for number, name in enumerate(names)}


def of_trees(trees: Trees, columns: Values, groups: Sequence[str], width: int) -> dict[str, Values]:
    """What each group adds to what trees say of columns (N, F), (O, H) each; the expected value is what is typical."""
    found = trees.contributions(columns).reshape(-1, width, columns.shape[1] + 1)
    return {TYPICAL: found[..., -1], **by_group(groups, found[..., :-1])}
