"""Power curves of wind turbines: power per rated power over wind speed at hub height.

The two generic curves are our own and of no maker. Each follows from one formula: power is 1/2 rho cp v^3 per rotor area with
rho = 1.225 kg/m3 and an electrical cp of 0.43, no more than the rated power per rotor area (320 W/m2 for machines of medium
wind, IEC class II; 210 W/m2 for machines of low wind, class III), averaged over gusts that are normal with a standard
deviation of 10 % of the speed (the usual turbulence in open land). Below 3 m/s and above the cut-out speed there is nothing.
`tests/rooms/resource` computes both tables anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from lingtan.findings import Finding, InputError
from lingtan.resource.source import Turbine
from lingtan.series.labeled import Values

CUT_IN_M_PER_S = 3.0
TABLE_STEP_M_PER_S = 0.5

_CLASS_2 = (
    0.023, 0.036, 0.054, 0.077, 0.106, 0.141, 0.183, 0.233, 0.291, 0.358, 0.434, 0.520, 0.615, 0.712, 0.801, 0.874, 0.927,
    0.960, 0.979, 0.990, 0.995, 0.998, 0.999, 1.0,
)  # fmt: skip
_CLASS_3 = (
    0.035, 0.055, 0.083, 0.118, 0.161, 0.215, 0.279, 0.355, 0.443, 0.544, 0.655, 0.764, 0.856, 0.921, 0.960, 0.982, 0.992,
    0.997, 0.999, 0.999, 1.0,
)  # fmt: skip
"""Power at 3.0, 3.5, 4.0, … m/s; the last value holds up to the cut-out speed."""


@dataclass(frozen=True, eq=False)
class PowerCurve:
    """Power per rated power (N,), 0 to 1, at rising wind speeds (N,) [m/s]; straight between them, 0 outside."""

    speeds_m_per_s: Values
    powers: Values

    @classmethod
    def of_points(cls, points: Iterable[tuple[float, float]]) -> PowerCurve:
        """A curve through (speed, power) pairs; `resource.bad-curve` unless speeds rise and powers lie in 0 to 1."""
        pairs = np.array(list(points), dtype=np.float64).reshape(-1, 2)
        speeds, powers = pairs[:, 0], pairs[:, 1]
        rising = speeds.size >= 2 and bool(np.all(np.diff(speeds) > 0)) and speeds[0] >= 0
        if not (rising and np.all((powers >= 0) & (powers <= 1))):
            got = "; ".join(f"{speed:g}, {power:g}" for speed, power in pairs[:4]) + (" …" if len(pairs) > 4 else "")
            raise InputError([Finding("resource.bad-curve", "points", got=got)])
        return cls(speeds, powers)

    def power(self, speed_m_per_s: Values) -> Values:
        """Power per rated power at wind speeds; the same shape.

        >>> ramp = PowerCurve.of_points([(4.0, 0.0), (12.0, 1.0), (25.0, 1.0)])
        >>> ramp.power(np.array([3.0, 8.0, 20.0, 26.0])).tolist()
        [0.0, 0.5, 1.0, 0.0]
        """
        return np.interp(speed_m_per_s, self.speeds_m_per_s, self.powers, left=0.0, right=0.0)


def _generic(table: tuple[float, ...], cut_out_m_per_s: float) -> PowerCurve:
    speeds = CUT_IN_M_PER_S + TABLE_STEP_M_PER_S * np.arange(len(table))
    return PowerCurve(np.append(speeds, cut_out_m_per_s), np.append(table, table[-1]))


GENERIC: Mapping[str, PowerCurve] = {"iec_2": _generic(_CLASS_2, 25.0), "iec_3": _generic(_CLASS_3, 22.0)}
"""The generic curves by the name that a park file gives."""


def curve_of(turbine: Turbine) -> PowerCurve:
    """The curve of a turbine: its own points where it has some, else the generic curve of its class."""
    return GENERIC[turbine.curve] if turbine.points is None else PowerCurve.of_points(turbine.points)
