"""Needs that are short, gathered by the bus that they hang on, each with how much of it was cut."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from lingtan.advise.shortfall import Shortfall, cut_of
from lingtan.case import Case
from lingtan.frozen import DeepFrozen
from lingtan.optimize import Plan
from lingtan.optimize.assets.flexible import windows_of
from lingtan.optimize.layout import Layout
from lingtan.park import ProcessLoad
from lingtan.terms import Array
from lingtan.tolerances import NOTICED_KW


@dataclass(frozen=True, eq=False)
class Need(DeepFrozen):
    """A bus that is short: its needs that were cut, and each by how much [kW or the rate of the carrier, (T,)]."""

    bus: str
    cuts: Mapping[str, Array]
    is_electric: bool

    @property
    def loads(self) -> tuple[str, ...]:
        """The needs that were cut."""
        return tuple(self.cuts)

    @property
    def cut(self) -> Array:
        """What was cut of all of them together, (T,)."""
        return np.asarray(np.sum([*self.cuts.values()], axis=0), dtype=np.float64)

    def most(self, per_unit: Array | float = 1.0) -> float:
        """How many units that give `per_unit` each would cover every step; infinite where one of them gives none."""
        cut = self.cut
        steps = cut > NOTICED_KW
        given = np.broadcast_to(per_unit, steps.shape)[steps]
        return float((cut[steps] / given).max()) if (given > 0).all() else math.inf

    def without(self, mended: Iterable[str]) -> Need:
        """The same bus without some of its needs."""
        gone = set(mended)
        return replace(self, cuts={name: cut for name, cut in self.cuts.items() if name not in gone})


def needs_of(case: Case, short: Plan, shorts: Iterable[Shortfall]) -> Iterator[Need]:
    """The buses that are short."""
    at = {each.load: next(case.park.assets[each.load].ports()).bus for each in shorts}
    for bus in dict.fromkeys(at.values()):
        cuts = {name: cut_at_bus(case, short, name) for name in at if at[name] == bus}
        yield Need(bus, cuts, case.park.buses[bus].carrier == "electricity")


def cut_at_bus(case: Case, short: Plan, name: str) -> Array:
    """What of a need was cut, as its first bus counts it, (T,).

    A ton that misses its deadline might have been made in any step of its window, so the electricity for it is spread over that.
    """
    found, asset = cut_of(case, short, name), case.park.assets[name]
    assert found is not None
    if not isinstance(asset, ProcessLoad):
        return found[0]
    window = windows_of(case.grid, asset.window, Layout(case.grid.steps, case.grid.step_hours))
    missed = np.bincount(window, weights=found[0]) / np.bincount(window)
    return np.asarray(asset.specific_energy * missed[window], dtype=np.float64)
