"""What was measured, drawn and forecast: each value with its unit, its quality, and when it was known.

The way of a recorded series, one module after the other:

- `source`: where it comes from, as the park file says it (`judge_source`);
- `read`: the file, read as it stands (`read_series`); `write`: tables as Parquet;
- `stamps`, `check`, `repair`, joined in `intake`: instants, doubts, and what the user lets be mended;
- `canonical`, `resample`: the units and steps in which it is used;
- `calendar_map`: a measured year laid over a studied one (`map_days`, `map_series`).

`labeled` holds the two shapes that travel, `Series` and `Table`; `synthetic` draws what nobody measured; `vintages`
keeps the future out of the hands of whoever decides (`History.as_of`).
"""

from __future__ import annotations

from lingtan.series.calendar_map import DayMap, map_days, map_series, types_by_weekday, whole_days
from lingtan.series.check import Expectation
from lingtan.series.intake import Reading
from lingtan.series.labeled import Quality, Series, Table
from lingtan.series.read import read_series, read_table
from lingtan.series.resample import resample, resample_table
from lingtan.series.source import ConstantSource, FileSource, MonthlySource, PackageSource, Source, judge_source
from lingtan.series.synthetic import make_constant, make_monthly
from lingtan.series.vintages import History, Issue, Vintages
from lingtan.series.write import write_parquet

__all__ = [
    "ConstantSource",
    "DayMap",
    "Expectation",
    "FileSource",
    "History",
    "Issue",
    "MonthlySource",
    "PackageSource",
    "Quality",
    "Reading",
    "Series",
    "Source",
    "Table",
    "Vintages",
    "judge_source",
    "make_constant",
    "make_monthly",
    "map_days",
    "map_series",
    "read_series",
    "read_table",
    "resample",
    "resample_table",
    "types_by_weekday",
    "whole_days",
    "write_parquet",
]
