"""Forecasts that were issued for a park, and a history year before its studied one: `issued.json` beside the park file names both.

The files of the shipped parks are synthetic (`tools/vintages`), and a forecast made from them says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lingtan.case import Case
from lingtan.clock import MINUTES_PER_DAY, TimeGrid
from lingtan.findings import Finding, InputError, Severity
from lingtan.forecast import DayGrid, Horizon
from lingtan.forecast.days import Values, filled_slots
from lingtan.series import Expectation
from lingtan.series.read import Recordings
from lingtan.series.source import FileSource
from lingtan.study.flow_file import TIME

FILE = "issued.json"
TEMPERATURE = "temperature_c"


@dataclass(frozen=True, eq=False)
class Issued:
    """A history before the studied year, by asset (loads: share of `mean_kw`; plants: share of their power) or
    `temperature_c`, on `grid` (N,), which ends where the studied year begins; and what was issued for each day from the first of
    the history on, (D, slots of an issue), at `minute` of the day `days_before` it."""

    grid: TimeGrid
    history: Mapping[str, Values]
    issued: Mapping[str, Values]
    days_before: int
    minute: int
    mean_kw: Mapping[str, float]
    """Mean load by asset when the history was drawn: taken of the studied year now, it would tell of days to come."""
    findings: tuple[Finding, ...]

    @property
    def last_day(self) -> int:
        """The last day, counted from the first of the history, for which anything was issued."""
        return max(len(table) for table in self.issued.values()) - 1

    def inputs(self, name: str, days: DayGrid, horizon: Horizon) -> Values | None:
        """What was issued of an asset, or of the temperature, as an input (D, H) of a target; NaN past the last issue.

        None where nothing was issued of it. Raises `InputError` with `forecast.issued-later` where it came after the gate.
        """
        given = self.issued.get(name)
        if given is None or horizon.days > 1:
            return None
        if (horizon.gate_days_before, -horizon.gate_minute) > (self.days_before, -self.minute):
            at = f"D-{self.days_before} {self.minute // 60:02d}:{self.minute % 60:02d}"
            got = f"D-{horizon.gate_days_before} {horizon.gate_minute // 60:02d}:{horizon.gate_minute % 60:02d}"
            raise InputError([Finding("forecast.issued-later", "--gate", f"≥ {at}", got)])
        table = np.full((days.count, days.slots), np.nan)
        rows = min(days.count, len(given))
        slot = np.arange(days.slots) * given.shape[1] // days.slots
        table[:rows] = given[:rows][:, slot]
        return table


def read_issued(case: Case) -> Issued | None:
    """What was issued for a park; None where nothing lies beside its file, or the file is of another period than its history.

    Raises `InputError` with `forecast.bad-issued`, and of the files.
    """
    file = Path(case.sheet.file).parent / FILE
    if not case.sheet.file or not file.is_file():
        return None
    try:
        about = json.loads(file.read_text("utf-8"))
        history, issued = about["history"], about["issued"]
        hour, minute = map(int, issued["at"].split(":"))
        names = (str(history["file"]), str(issued["file"]))
        days_before = int(issued["days_before"])
        mean_kw = {str(name): float(value) for name, value in history.get("mean_kw", {}).items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([Finding("forecast.bad-issued", FILE, got=str(error)[:80], file=str(file))]) from None
    with Recordings(file.parent, confined=True) as recordings:
        grid, past = _columns(case, recordings, names[0])
        issue_grid, rows = _columns(case, recordings, names[1])
    if grid.end != case.grid.start or grid.step_minutes != case.grid.step_minutes or issue_grid.start != grid.start:
        return None
    days = DayGrid(issue_grid)
    tables = {name: filled_slots(days.by_day(row)) for name, row in rows.items()}
    told = Finding("forecast.synthetic-issued", FILE, severity=Severity.NOTE, values={"year": str(history.get("year"))})
    found = (told,) if _is_synthetic(about) else ()
    return Issued(grid, past, tables, days_before, 60 * hour + minute, mean_kw, found)


def _is_synthetic(about: Mapping[str, Any]) -> bool:
    return about.get("synthetic") is not False


def _columns(case: Case, recordings: Recordings, file: str) -> tuple[TimeGrid, dict[str, Values]]:
    """Every column of a file beside the stamps; all stand on one grid."""
    source = FileSource(file=file, column=TIME, time_column=TIME, unit="1")
    found: dict[str, Values] = {}
    grid = None
    for name in recordings.names(source, who=file):
        if name == TIME:
            continue
        unit = "°C" if name == TEMPERATURE else "1"
        column = source.model_copy(update={"column": name, "unit": unit})
        read = recordings.read(column, name=name, zone=case.grid.zone, expected=Expectation("other"), who=file)
        grid, found[name] = read.series.grid, read.series.values
    if grid is None or grid.steps * grid.step_minutes % MINUTES_PER_DAY:
        raise InputError([Finding("forecast.bad-issued", file)])
    return grid, found


__all__ = ["Issued", "read_issued"]
