"""Time grids: UTC instants in equal steps, with the calendar of one zone.

Inside everything is UTC; a stamp marks the start of its half-open interval. Local stamps of files become instants in
`to_utc` and `parse_stamps`, which report what they cannot read and never shift it. Read `zones`, `calendar`, `grid`,
`local_stamps`, `stamp_texts` in this order.
"""

from __future__ import annotations

from lingtan.clock.calendar import DayCodes, DayType, day_of_year, in_leap_year, month_of, weekday_of, year_of
from lingtan.clock.grid import MAX_STEPS, TimeGrid
from lingtan.clock.local_stamps import LocalStamps, StampProblem, StampSide, to_utc
from lingtan.clock.stamp_texts import ParsedStamps, parse_stamps
from lingtan.clock.zones import (
    FIRST_YEAR,
    LAST_YEAR,
    MINUTES_PER_DAY,
    Instants,
    Ints,
    Minutes,
    days_in_year,
    is_leap,
    moment_of,
    utc_offsets,
    zone_of,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MAX_STEPS",
    "MINUTES_PER_DAY",
    "DayCodes",
    "DayType",
    "Instants",
    "Ints",
    "LocalStamps",
    "Minutes",
    "ParsedStamps",
    "StampProblem",
    "StampSide",
    "TimeGrid",
    "day_of_year",
    "days_in_year",
    "in_leap_year",
    "is_leap",
    "moment_of",
    "month_of",
    "parse_stamps",
    "to_utc",
    "utc_offsets",
    "weekday_of",
    "year_of",
    "zone_of",
]
