"""Files of series inside a workbook: a CSV beside the park becomes a sheet of its own, and the sheet the same values again."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from lingtan.excel.read import MAX_CELLS, BookTooLargeError
from lingtan.findings import Finding, InputError, Severity
from lingtan.park.cells import Cell, cell_of
from lingtan.series.columns import FilePlace
from lingtan.series.delimited import NUMBER, as_utf8, read_header

CARRIED = (".csv", ".csv.gz", ".txt", ".tsv")
MAX_ROWS = 1_000_000
"""A sheet has 1,048,576 rows."""

MAX_BYTES = 200_000_000
"""Largest text that is carried, unpacked."""

NUMERIC = re.compile(NUMBER)
PLAIN_NAME = re.compile(r"[^/\\:*?\"<>|\x00-\x1f.][^/\\:*?\"<>|\x00-\x1f]{0,199}")
"""The name of a file beside the park file: no folder, not hidden."""


@dataclass(frozen=True)
class FileSheet:
    """A delimited text file as rows of cells."""

    name: str
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def read(cls, rows: Sequence[Sequence[object]]) -> FileSheet:
        """A sheet with the name and the delimiter of its file in the first line; `BookTooLargeError` as a whole table."""
        head = [*rows[0], *[None] * 4] if rows else [None] * 4
        delimiter = head[3] if isinstance(head[3], str) and len(head[3]) == 1 else ","
        width = max((at for row in rows[1:] for at, cell in enumerate(row, 1) if cell is not None), default=0)
        if width * len(rows) > MAX_CELLS:  # one far cell would widen every row
            raise BookTooLargeError(MAX_CELLS, width * len(rows), "cells")
        body = [tuple(map(_text, [*row, *[None] * width][:width])) for row in rows[1:]]
        while body and not any(body[-1]):
            body.pop()
        return cls(str(head[1] or ""), delimiter, tuple(body))

    def content(self) -> bytes:
        """The file again, packed where its name says so."""
        stream = StringIO()
        writer = csv.writer(stream, delimiter=self.delimiter, lineterminator="\n")
        writer.writerows([["" if cell is None else str(cell) for cell in row] for row in self.rows])
        raw = stream.getvalue().encode()
        return gzip.compress(raw, mtime=0) if self.name.lower().endswith(".gz") else raw


def carried_files(series: Mapping[str, Any], folder: Path) -> tuple[list[FileSheet], list[Finding]]:
    """The files beside a park that its series name, each once; a warning for each that cannot be carried."""
    files: list[FileSheet] = []
    findings: list[Finding] = []
    first_reader = dict(reversed([(file, name) for name, file in _named_files(series)]))
    for file, name in reversed(first_reader.items()):
        try:
            rows = None if (folder / file).is_dir() else _rows_of(folder / file)
        except (InputError, OSError, EOFError, csv.Error):
            rows = None
        if rows is None:
            findings.append(Finding("workbook.file-left", f"series.{name}", got=file, severity=Severity.WARNING))
        else:
            files.append(FileSheet(file, *rows))
    return files, findings


def check_names(files: Sequence[FileSheet], book: Path) -> list[Finding]:
    """Names that would leave the folder, or take the place of the park file."""
    return [
        Finding("workbook.bad-file-name", "file", got=file.name, file=f"{book}:file!B1")
        for file in files
        if not PLAIN_NAME.fullmatch(file.name) or file.name.lower() in {"park.yaml", "energy_history.csv"}
    ]


def _named_files(data: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Each file that a source names, with the source; those of packages are at hand anyway."""
    if not isinstance(data, Mapping) or "package" in data:
        return
    for key, value in data.items():
        if key == "file" and isinstance(value, str):
            yield name, value
        else:
            yield from _named_files(value, name or str(key))


def _rows_of(path: Path) -> tuple[str, tuple[tuple[Cell, ...], ...]] | None:
    """The delimiter and the rows of a text file; None for any other file, and for one too large for a sheet."""
    if not path.name.lower().endswith(CARRIED) or PLAIN_NAME.fullmatch(path.name) is None:
        return None
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    place = FilePlace(str(path), path.name)
    content, _ = as_utf8(place, raw)
    _, delimiter = read_header(place, content, 1)
    lines = [*csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)]
    if len(raw) > MAX_BYTES or len(lines) > MAX_ROWS:
        return None
    return delimiter, tuple(tuple(map(_cell, line)) for line in lines)


def _cell(text: str) -> Cell:
    """A field as a number where the number says as much, as a text otherwise: `007` and `0130` are texts."""
    plain = text.strip()
    if NUMERIC.fullmatch(plain):
        number = float(plain)
        if "." in plain and cell_of(number) == number:
            return number
        if plain.lstrip("-") == str(abs(int(number))) and abs(number) < 1e15:
            return int(number)
    return text or None


def _text(cell: object) -> Cell:
    match cell:
        case None:
            return None
        case bool():
            return str(cell).lower()
        case float():
            return repr(cell)
        case datetime():
            return cell.replace(microsecond=0).isoformat(" ")
        case _:
            return str(cell)
