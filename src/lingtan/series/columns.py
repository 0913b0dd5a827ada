"""A file in the words of its findings, and its columns by their names."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lingtan.clock import Ints
from lingtan.findings import Finding, InputError
from lingtan.series.intake import RawColumn
from lingtan.series.labeled import Values
from lingtan.series.source import Recorded
from lingtan.series.stamps import Stamps, TextStamps
from lingtan.wording import Text
from lingtan.wording.series_notes import said

_NAMES_SHOWN = 20


@dataclass(frozen=True)
class FilePlace:
    """A file that is read for a series: where it lies, who reads it, and how it is refused."""

    file: str
    who: str

    def refused(self, code: str, expected: Text = "", got: Text = "", *, line: int = 0) -> InputError:
        """One finding about this file, to be raised."""
        return InputError([Finding(code, self.who, expected, got, self.file, line)])

    def no_column(self, column: str, names: Sequence[str]) -> InputError:
        """`series.no-column` with the nearest name, or all names when none is near, to be raised."""
        near = difflib.get_close_matches(column, names, n=1, cutoff=0.5)
        shown = ", ".join(names[:_NAMES_SHOWN])
        help_ = said("nearest", near=near[0]) if near else said("there-are", names=shown)
        found = Finding("series.no-column", self.who, got=column, file=self.file, values={"help": help_})
        return InputError([found])


def columns_of(place: FilePlace, source: Recorded, names: Sequence[str]) -> tuple[int, int]:
    """The positions of the stamps and of the values among the names of the columns."""
    time_column = source.time_column if source.time_column is not None else names[0]
    for wanted in (time_column, source.column):
        if wanted not in names:
            raise place.no_column(wanted, names)
        if list(names).count(wanted) > 1:
            raise place.refused("series.double-column", got=wanted)
    if time_column == source.column:
        raise place.refused("series.same-column", got=time_column)
    return names.index(time_column), names.index(source.column)


def column_of(place: FilePlace, stamps: Stamps, values: Values, strange: Mapping[int, str], lines: Ints) -> RawColumn:
    """A raw column, without the rows in which nothing stands."""
    if isinstance(stamps, TextStamps):
        holds = ~np.isnan(values) | stamps.written
        holds[[*strange]] = True
        if not holds.all():
            place_of_row = np.cumsum(holds) - 1
            stamps = TextStamps([text for text, held in zip(stamps.texts, holds.tolist(), strict=True) if held])
            strange = {int(place_of_row[row]): text for row, text in strange.items()}
            values, lines = values[holds], lines[holds]
    if not values.size:
        raise place.refused("series.no-rows")
    return RawColumn(place.file, stamps, values, strange, lines)
