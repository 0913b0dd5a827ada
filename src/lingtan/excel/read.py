"""The cells of a workbook, never more of them than were allowed.

A workbook is packed a hundredfold, one far cell makes a row of 16,384, and the reader below (openpyxl) builds a tree of
what it meets. So every part is walked once without keeping anything, and rows are cut after their last filled cell and
counted while they come.
"""

from __future__ import annotations

import stat
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from lingtan.findings import InputError

MAX_PACKED_BYTES = 128 * 2**20
MAX_BYTES = 128 * 2**20
"""Most that all parts unpack to. A year of quarter hours in ten columns is 20 MB."""
MAX_STYLES_BYTES = 4 * 2**20
"""Most that the styles unpack to: each becomes an object a thousand times the size of its mark."""
MAX_ELEMENTS = 12_000_000
"""Most elements of all parts: a cell is two, so this is a year of minutes in ten columns."""
MAX_CHILDREN = 65_536
"""Most children of one element: four times the cells that a row can have."""
MAX_DEPTH = 64
MAX_CELLS = 6_000_000
"""Most cells that rows may span, the empty ones between filled ones counted in."""

_MANY = {"sheetData", "sst"}
"""Elements whose children are let go one by one."""
_STYLES = "xl/styles.xml"
_CHUNK = 2**20

Row = tuple[object, ...]


class NotABookError(ValueError):
    """The file is no workbook, or a damaged one."""


class BookTooLargeError(ValueError):
    """The workbook holds more than is read: what is allowed, and what was met."""

    def __init__(self, allowed: int, got: int, unit: str) -> None:
        self.allowed, self.got = f"≤ {allowed} {unit}", f"{got} {unit}"
        super().__init__(f"{self.got}, {self.allowed}")


class Book:
    """An open workbook; all its sheets share one allowance of cells."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells = 0

    @property
    def titles(self) -> list[str]:
        """The titles of its sheets, in their order."""
        return [str(title) for title in self._book.sheetnames]

    def rows(self, title: str, *, first: int = 1) -> list[Row]:
        """The values of a sheet from row `first` on, each row up to its last filled cell.

        Raises `BookTooLargeError` at the first cell too many.
        """
        sheet = self._book[title]
        sheet.reset_dimensions()  # some programs write wrong ones
        rows: list[Row] = []
        for row in sheet.iter_rows(min_row=first, values_only=True):
            filled = _filled(row)
            self._cells += max(1, len(filled))
            if self._cells > MAX_CELLS:
                raise BookTooLargeError(MAX_CELLS, self._cells, "cells")
            rows.append(filled)
        while rows and not rows[-1]:
            rows.pop()
        return rows


@contextmanager
def opened_book(path: Path) -> Iterator[Book]:
    """A workbook whose sheets can be read one by one; `NotABookError` or `BookTooLargeError` if that cannot be. OSError passes."""
    import openpyxl

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotABookError("not a regular file")
        if status.st_size > MAX_PACKED_BYTES:
            raise BookTooLargeError(MAX_PACKED_BYTES, status.st_size, "B")
        _walk(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that are not read
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            yield Book(book)
        finally:
            book.close()
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, NotABookError | BookTooLargeError | InputError):
            raise
        raise NotABookError(str(error) or type(error).__name__) from error


def _filled(row: Row) -> Row:
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return row[:last]


# ---------------------------------------------------------------------------------------------- the walk


def _walk(path: Path) -> None:
    """Go through all parts without keeping anything, and stop where one is more than may be built."""
    with zipfile.ZipFile(path) as parts:
        infos = parts.infolist()
        said = sum(part.file_size for part in infos)
        if said > MAX_BYTES:
            raise BookTooLargeError(MAX_BYTES, said, "B")
        styles = sum(part.file_size for part in infos if part.filename == _STYLES)
        if styles > MAX_STYLES_BYTES:
            raise BookTooLargeError(MAX_STYLES_BYTES, styles, "B")
        walk = _Walk()
        for part in infos:
            with parts.open(part) as stream:
                walk.part(stream)


class _Walk:
    """Counts the elements of all parts, and the children of each element."""

    def __init__(self) -> None:
        self.elements = 0
        self.open: list[list[Any]] = []

    def part(self, stream: IO[bytes]) -> None:
        """One part; what is no XML (an image) ends the walk through it, as it would end any other reader's."""
        self.open = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        except expat.ExpatError:
            return

    def _start(self, name: str, _attributes: object) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise BookTooLargeError(MAX_ELEMENTS, self.elements, "elements")
        if self.open:
            parent = self.open[-1]
            parent[1] += 1
            if parent[1] > MAX_CHILDREN and parent[0] not in _MANY:
                raise BookTooLargeError(MAX_CHILDREN, parent[1], f"× {name}")
        self.open.append([name.rpartition(":")[2], 0])
        if len(self.open) > MAX_DEPTH:
            raise BookTooLargeError(MAX_DEPTH, len(self.open), "levels")

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _doctype(self, *_: object) -> None:
        raise NotABookError("DOCTYPE")
