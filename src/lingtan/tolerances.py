"""The numbers we compare with, each with the reason for its size."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BALANCE_KW = 1e-6
"""Largest energy imbalance of a bus in one step that we call zero, in kW (a milliwatt)."""

BILL_RELATIVE = 1e-9
"""Unrounded bill against objective terms: both sum the same products, so only the order of additions differs."""

ROUNDING_PER_LINE_CNY = 0.005
"""Half of the smallest coin: the most that rounding may move one bill line."""

PRIMAL_RELATIVE = 1e-7
"""Largest violation of a row or bound, relative to the largest limit of its kind in the program."""

DUAL_RELATIVE = 1e-6
"""Largest unexplained reduced cost, relative to the largest price of a flow in the program."""

GAP_RELATIVE = 1e-6
"""Largest difference of primal and dual objective, relative to the objective: 1 CNY in a million."""

INTEGRALITY = 1e-6
"""Farthest that a count may lie from the whole number that it is rounded to."""

INDICATOR_RELATIVE = 1e-9
"""A core indicator against its threshold: certificates that close a gap to the last tonne must not miss it by a rounding."""

SHARE_AT_BOUND = 1e-6
"""A share this near to its bound keeps it, and this near to none or all is none or all: a ten-thousandth of a percentage point,
ten times what a certified answer may leave."""

NOTICED_KW = 1e-3
"""A power below a watt is what a solver leaves and no flow, cut or curtailment [kW]."""

NOTICED_KWH = 1e-2
"""An energy below the last digit of a revenue meter makes no line of a bill of its own [kWh]."""

ROUNDING_RELATIVE = 1e-12
"""Two products of the same written numbers: they differ by the order of multiplication alone."""

WRITTEN_RELATIVE = 1e-9
"""A figure that people wrote against one that is computed from what they wrote: they differ by the order of operations."""

SAME_SIZE_RELATIVE = 1e-6
"""Two sizes that differ by less were meant to be the same: each is certified to about this."""

AT_LIMIT_RELATIVE = 1e-4
"""What stands this near to its limit is at it: what a solver leaves between."""

NOTICED_CNY_PER_HOUR = 1e-4
"""A unit worth less than this for each hour of the horizon is what decides among equal optima, and no price [CNY/h]."""

SAME_SUM_RELATIVE = 1e-6
"""Largest difference of two sums of the same energy, relative to the larger: what a repeated study may differ by."""

NOISE_RELATIVE = 1e-6
"""Below zero by less than this share of its peak, a flow is zero: no meter is as fine, and a solver is no finer."""

POWER_IN_UNIT: Mapping[str, float] = MappingProxyType(
    {"kW": 1, "kWh": 1, "kg/h": 32, "kg": 32, "m3/h": 8, "m3": 8, "t/h": 1024, "t": 1024}
)
"""About how much power goes with a unit [kW]: hydrogen has 33 kWh/kg, gases 1 to 10 kWh/m3, a ton of anything is about a MWh."""


def noticed_in(unit: str) -> float:
    """Below this amount of a unit a flow is what a solver leaves: a watt, or as little of another carrier.

    >>> noticed_in("kW"), noticed_in("kg/h")
    (0.001, 3.125e-05)
    """
    return NOTICED_KW / POWER_IN_UNIT.get(unit, 1.0)
