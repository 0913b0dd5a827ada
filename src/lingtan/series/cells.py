"""The cells of a sheet as columns of stamps and values. Pure: a reader hands over the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np

from lingtan.series.columns import FilePlace, column_of, columns_of
from lingtan.series.delimited import as_number
from lingtan.series.intake import RawColumn
from lingtan.series.source import Recorded
from lingtan.series.stamps import TextStamps


class SheetCells:
    """The rows of a sheet from its line of names on; rows may be shorter than that."""

    def __init__(self, rows: Sequence[tuple[object, ...]], header_line: int) -> None:
        self.names = [_cell_text(cell) for cell in rows[0]]
        self._rows = rows[1:]
        self._lines = np.arange(len(self._rows)) + header_line + 1
        self._stamps: dict[int, TextStamps] = {}

    def column(self, place: FilePlace, source: Recorded) -> RawColumn:
        """One column with its stamps, as it stands there."""
        time_at, value_at = columns_of(place, source, self.names)
        if time_at not in self._stamps:
            self._stamps[time_at] = TextStamps([_cell_text(cell) for cell in self._cells(time_at)])
        fields = [_cell_number(cell) for cell in self._cells(value_at)]
        values = np.array([np.nan if isinstance(field, str) else field for field in fields], np.float64)
        strange = {row: field for row, field in enumerate(fields) if isinstance(field, str)}
        return column_of(place, self._stamps[time_at], values, strange, self._lines)

    def _cells(self, at: int) -> Iterator[object]:
        return (row[at] if at < len(row) else None for row in self._rows)


def _cell_text(cell: object) -> str:
    """A cell as text; a time is rounded to the second, for a sheet keeps it as a fraction of a day."""
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    return "" if cell is None else str(cell).strip()


def _cell_number(cell: object) -> float | str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return as_number(_cell_text(cell))
