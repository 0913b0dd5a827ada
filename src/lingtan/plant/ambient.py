"""What surrounds the assets: what members need and what the weather offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lingtan.frozen import DeepFrozen

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Ambient(DeepFrozen):
    """One step: need of each load [kW, ≥ 0], available share of each generator [1]; a firm line may be left out (1).

    Needs of other carriers, and what streams give off (`arising`), are in the unit of the carrier; `arising` also has the heat that
    arises in a room [kW]. Of a fleet, `available_pu` is the share that is plugged in [1] and `need_kw` what those who leave at the
    end of the step need for driving. `outside_c` is the temperature of the air [°C].
    """

    need_kw: Mapping[str, float]
    available_pu: Mapping[str, float]
    outside_c: float | None = None
    arising: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class AmbientSeries(DeepFrozen):
    """The same over many steps, each (T,)."""

    need_kw: Mapping[str, Array]
    available_pu: Mapping[str, Array]
    outside_c: Array | None = None
    arising: Mapping[str, Array] = field(default_factory=dict)

    @classmethod
    def of(cls, ambient: Ambient) -> AmbientSeries:
        """One step as a series."""
        return cls(
            {name: np.array([value]) for name, value in ambient.need_kw.items()},
            {name: np.array([value]) for name, value in ambient.available_pu.items()},
            None if ambient.outside_c is None else np.array([ambient.outside_c]),
            {name: np.array([value]) for name, value in ambient.arising.items()},
        )

    @property
    def steps(self) -> int:
        """How many steps there are; something always surrounds a park."""
        outside = () if self.outside_c is None else (self.outside_c,)
        around = (*self.need_kw.values(), *self.available_pu.values(), *self.arising.values(), *outside)
        return int(around[0].size)

    def at(self, step: int) -> Ambient:
        """One of its steps."""
        return Ambient(
            {name: float(values[step]) for name, values in self.need_kw.items()},
            {name: float(values[step]) for name, values in self.available_pu.items()},
            None if self.outside_c is None else float(self.outside_c[step]),
            {name: float(values[step]) for name, values in self.arising.items()},
        )
