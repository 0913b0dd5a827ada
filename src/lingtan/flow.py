"""Flows by name: what a park publishes, and blends of it that a rule reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Flow:
    """A linear blend of named flows, such as load minus import.

    >>> self_use = Flow.of("load_kw") - Flow.of("import_kw")
    >>> self_use.parts
    (('load_kw', 1.0), ('import_kw', -1.0))
    """

    parts: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, *names: str) -> Flow:
        """The sum of the named flows."""
        return cls(tuple((name, 1.0) for name in names))

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.parts + other.parts)

    def __sub__(self, other: Flow) -> Flow:
        return self + other * -1.0

    def __mul__(self, factor: float) -> Flow:
        return Flow(tuple((name, factor * share) for name, share in self.parts))

    @property
    def names(self) -> frozenset[str]:
        """The flows that the blend reads."""
        return frozenset(name for name, _ in self.parts)

    @property
    def amount_unit(self) -> str:
        """What an hour of the blend comes to: kWh of power, kg, m3 or t of what its names end with.

        >>> Flow.of("grid.import_kw").amount_unit, Flow.of("tank.hydrogen_kg_per_h").amount_unit
        ('kWh', 'kg')
        """
        endings = {name.removesuffix("_per_h").rpartition("_")[2] for name, _ in self.parts if name.endswith("_per_h")}
        return endings.pop() if len(endings) == 1 else "kWh"

    def read(self, flows: Mapping[str, Array]) -> Array:
        """The blend as an array of kW; a missing flow raises KeyError, for missing is not zero."""
        total = np.zeros_like(next(iter(flows.values()), np.zeros(0)))
        for name, share in self.parts:
            total = total + share * flows[name]
        return total
