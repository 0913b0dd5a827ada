"""What was measured, drawn and forecast, each value with its unit, its quality and when it was known."""

from __future__ import annotations

from lingtan.series.calendar_map import DayMap, DayType, map_days, map_series
from lingtan.series.labeled import Quality, Series, Table
from lingtan.series.resample import resample, resample_table
from lingtan.series.vintages import History, Issue, Vintages

__all__ = [
    "DayMap",
    "DayType",
    "History",
    "Issue",
    "Quality",
    "Series",
    "Table",
    "Vintages",
    "map_days",
    "map_series",
    "resample",
    "resample_table",
]
