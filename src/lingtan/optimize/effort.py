"""How long a program with whole numbers is searched, and how near to the best an answer must come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """The search ends at `relative_gap` between the best answer and what is proven, or after `time_limit_s` seconds.

    Both are above zero. The gap is relative to the cost of the answer [1].
    """

    time_limit_s: float
    relative_gap: float


DAY = Effort(time_limit_s=20.0, relative_gap=1e-3)
"""For the schedule of a day, which is made again every quarter of an hour: a thousandth is less than a forecast is wrong by."""

SIZING = Effort(time_limit_s=300.0, relative_gap=5e-3)
"""For what is built, which is decided once: half a percent is less than a quotation is wrong by."""
