"""A park file without what cannot be read in it, so that what does not fit together is found in the same pass.

A key that cannot be read is taken out; where the thing it stands in cannot be without it, the whole entry is. What is then said of
the rest is true of the file as well, but for what may only seem to be missing because it was taken out.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from lingtan.park.check import check
from lingtan.park.park import Park
from lingtan.park.remark import Remark
from lingtan.sheet import Path, Sheet, file_path

MOST_TRIES: Final = 5
"""What is taken out may leave something wanting, which is then taken out too."""

ENTRY: Final = 2
"""Steps of the path of an entry: its section and its name."""

WANTING: Final = frozenset({"park.bus-without-source", "park.no-load", "park.need-of-another-bus"})
"""What is said where something is not there: it may be an entry that was taken out."""

UNUSED: Final = "park.series-unused"
"""What is said where nobody points at something: it may be a key that was taken out."""


@dataclass(frozen=True)
class Mended:
    """A park of what could be read, and the paths of what could not."""

    park: Park
    taken_out: frozenset[Path]

    def remarks(self) -> Iterator[Remark]:
        """What does not fit together whatever was meant by what could not be read."""
        gone = {path[-1] for path in self.taken_out if len(path) == ENTRY}
        for remark in check(self.park):
            if remark.finding.code == UNUSED or (gone and remark.finding.code in WANTING) or remark.finding.got in gone:
                continue
            if not any(path[: len(remark.path)] == remark.path[: len(path)] for path in self.taken_out):
                yield remark


def mended(sheet: Sheet) -> Mended | None:
    """The park of a composed file without what cannot be read; None where nothing whole is left."""
    data = copy.deepcopy(sheet.data)
    taken_out: set[Path] = set()
    for _ in range(MOST_TRIES):
        try:
            return Mended(Park.model_validate(data), frozenset(taken_out))
        except ValidationError as error:
            faults = [
                (file_path(data, each["loc"], missing=False), each["type"] == "missing")
                for each in error.errors(include_url=False)
            ]
        for path, is_missing in faults:
            whole = is_missing or path in taken_out
            target = path[:ENTRY] if whole else path
            if not _take_out(data, target):
                return None
            taken_out.add(target)
    return None


def _take_out(data: object, path: Path) -> bool:
    """Remove what stands at a path; whether the file can be without it (a section whole cannot)."""
    if len(path) < ENTRY:
        return False
    for step in path[:-1]:
        data = _part(data, step)
    last = path[-1]
    if isinstance(data, dict):
        data.pop(last, None)
    elif isinstance(data, list) and isinstance(last, int) and last < len(data):
        data[last] = None  # the others keep their numbers; a second fault here takes the whole entry
    return True


def _part(data: object, step: int | str) -> object:
    """What stands at a step below; None where it is gone already, with what it stood in."""
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None
