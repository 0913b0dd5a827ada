"""Sheets that people filled in, as the plain data of a park file: pure.

The "lines" of the sheet that `composed` gives count cells, so that every check of a park file serves here too;
`Book.in_cells` gives their findings the cell in the place of the line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lingtan.findings import Finding, InputError, Severity
from lingtan.frozen import DeepFrozen
from lingtan.park.cells import value_of
from lingtan.park.forms import RAW, Form, forms
from lingtan.park.migrate import SCHEMA
from lingtan.park.workbook_form import HEADS, RECORD, VALUE
from lingtan.sheet import Path, Sheet, compose, unknown_key

BESIDE = frozenset({"guide", "history", "file"})
"""Sheets that do not describe the park itself."""


class Line(NamedTuple):
    """A row of a sheet with its number, from 1."""

    number: int
    cells: Sequence[object]


@dataclass(frozen=True)
class Filled(DeepFrozen):
    """A sheet that was filled in: its title, where each column stands (from 0), and the rows below the names."""

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Line]
    head: int = 1
    """The number of the line with the names of the columns."""

    def cell(self, line: Line, column: str) -> object:
        """What stands in a row under a name; None where the sheet has no such column."""
        at = self.columns.get(column, len(line.cells))
        return line.cells[at] if at < len(line.cells) else None

    def place(self, line: Line, column: str) -> str:
        """The cell as a user finds it: `battery!C7`."""
        return f"{self.title}!{letters(self.columns.get(column, 0))}{line.number}"


@dataclass
class Book:
    """All that was read: plain data, a cell for every path, and what is wrong with the cells themselves."""

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        """The data with a number for every path; `in_cells` turns the numbers into cells."""
        return Sheet(self.file, self.data, self.lines)

    def stands(self, path: Path, place: str) -> None:
        """Note the cell of a path, and of what is above it where nothing is known yet."""
        self.places.append(place)
        for depth in range(len(path), 0, -1):
            self.lines.setdefault(path[:depth], len(self.places))

    def set(self, path: Path, value: object) -> None:
        """Put a value at a path of mappings."""
        at: Any = self.data
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = value

    def note(self, finding: Finding, place: str) -> None:
        """Keep a finding about a cell."""
        self.findings.append(replace(finding, file=f"{self.file}:{place}", line=0))

    def in_cells(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings whose line counts cells of this book, with the cell in the place of the line."""
        return [
            replace(found, file=f"{self.file}:{self.places[found.line - 1]}", line=0)
            if found.file == self.file and found.line
            else found
            for found in findings
        ]


def letters(column: int) -> str:
    """The letters of a column.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    return ("" if column < 26 else letters(column // 26 - 1)) + chr(ord("A") + column % 26)


def composed(sheets: Mapping[str, Filled], file: str) -> Book:
    """Filled sheets, by the first word of their titles, as the plain data of a park file, with a cell for every path."""
    book = Book(file)
    book.data["schema"] = SCHEMA
    known = [form.name for form in forms()]
    if not any(name in sheets for name in known):
        book.findings.append(Finding("workbook.no-park", file.rsplit("/", 1)[-1], ", ".join(known), file=file))
        return book
    for form in forms():
        if form.name in sheets:
            _read_form(form, sheets[form.name], book)
    for name in RAW:
        book.data.setdefault(name, {} if name == "series" else [])
    if "series" in sheets:
        _read_series(sheets["series"], book)
    if "rules" in sheets:
        _read_rules(sheets["rules"], book)
    for name in sheets:
        if name not in {*known, *RAW, *BESIDE}:
            near = difflib.get_close_matches(name, [*known, *RAW], n=1, cutoff=0.5)
            expected = near[0] if near else ", ".join([*known, *RAW])
            found = Finding("workbook.unknown-sheet", name, expected, severity=Severity.WARNING)
            book.note(found, f"{sheets[name].title}!A1")
    return book


def _read_form(form: Form, sheet: Filled, book: Book) -> None:
    if form.kind == "facts":
        _read_facts(form, sheet, book)
        return
    _check_columns(form, sheet, book)
    columns = _columns(form, sheet)
    if form.at[0] not in book.data:
        book.set(form.at, [] if form.kind == "listed" else {})
        book.stands(form.at, f"{sheet.title}!A1")
    for line in sheet.rows:
        cells = {key: sheet.cell(line, key) for key in columns}
        if form.kind == "listed":
            if any(not is_blank(cell) for cell in cells.values()):
                at: Path = (form.at[0], len(book.data[form.at[0]]))
                book.data[form.at[0]].append(_thing(form, sheet, line, at, book))
            continue
        name = _name(sheet, line, form.at, book, cells)
        if name is not None:
            book.set((*form.at, name), dict(form.fixed) | _thing(form, sheet, line, (*form.at, name), book))


def _columns(form: Form, sheet: Filled) -> list[str]:
    """The columns of a sheet that the form knows, but for the first."""
    known = _known(form)
    return [column for column in sheet.columns if column in known and column != HEADS[form.kind]]


def _check_columns(form: Form, sheet: Filled, book: Book) -> None:
    """Any other column is a finding."""
    known = _known(form)
    for column, at in sheet.columns.items():
        if column not in (*known, HEADS[form.kind]):
            book.note(unknown_key(column, column, known), f"{sheet.title}!{letters(at)}{sheet.head}")


def _known(form: Form) -> list[str]:
    """The keys of a form, and what stands above them: `power` for `power.min`, where one number fixes a size."""
    paths = (asked.path for asked in form.fields)
    return list(dict.fromkeys(".".join(path[:depth]) for path in paths for depth in range(len(path), 0, -1)))


def _name(sheet: Filled, line: Line, at: Path, book: Book, cells: Mapping[str, object]) -> str | None:
    """The name in the first column of a row; None where the row is empty, or the name absent or there already."""
    named = sheet.cell(line, "name")
    place = sheet.place(line, "name")
    if is_blank(named):
        if any(not is_blank(cell) for cell in cells.values()):
            book.note(Finding("workbook.no-name", _named(at)), place)
        return None
    name = str(named).strip()
    if (*at, name) in book.lines:
        book.note(Finding("workbook.name-twice", _named((*at, name)), got=name), place)
        return None
    book.stands((*at, name), place)
    return name


def _thing(form: Form, sheet: Filled, line: Line, at: Path, book: Book) -> dict[str, Any]:
    """The cells of one row as nested data."""
    thing: dict[str, Any] = {}
    for column in _columns(form, sheet):
        _take(form, column, sheet.cell(line, column), sheet.place(line, column), at, thing, book)
    return thing


def _read_facts(form: Form, sheet: Filled, book: Book) -> None:
    known = _known(form)
    for line in sheet.rows:
        said = sheet.cell(line, "key")
        if is_blank(said):
            continue
        key = str(said).strip()
        if key not in known:
            book.note(unknown_key(key, key, known), sheet.place(line, "key"))
            continue
        _take(form, key, sheet.cell(line, VALUE), sheet.place(line, VALUE), (), book.data, book)


def _take(form: Form, key: str, cell: object, place: str, at: Path, thing: dict[str, Any], book: Book) -> None:
    """One cell of a form into the thing it is about; an empty cell that must be filled keeps its place."""
    asked = next((one for one in form.fields if one.key == key), None)
    path = tuple(key.split("."))
    who = _named((*at, *path))
    if is_blank(cell):
        if asked is not None and asked.is_required:
            book.stands((*at, *path), place)
        return
    book.stands((*at, *path), place)
    value = taken(cell, who, place, book)
    if asked is not None and asked.value == "names" and isinstance(value, str):
        value = [name for part in re.split("[,;、\uff0c\uff1b]", value) if (name := part.strip())]
    if not _put(thing, path, value):
        book.note(Finding("workbook.name-twice", who, got=key), place)


def _named(path: Path) -> str:
    """A path as findings name it: `activities[2].fuel`."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _read_series(sheet: Filled, book: Book) -> None:
    """A source a row: each filled cell is a key of it."""
    book.stands(("series",), f"{sheet.title}!A1")
    columns = [column for column in sheet.columns if column != "name"]
    for line in sheet.rows:
        cells = {column: sheet.cell(line, column) for column in columns}
        name = _name(sheet, line, ("series",), book, cells)
        if name is None:
            continue
        source: dict[str, Any] = {}
        for column, cell in cells.items():
            if not is_blank(cell):
                place = sheet.place(line, column)
                book.stands(("series", name, column), place)
                source[column] = taken(cell, f"series.{name}.{column}", place, book)
        if isinstance(source.get("unit"), int):  # a cell with the unit 1 is a number to a workbook
            source["unit"] = str(source["unit"])
        book.set(("series", name), source)


def _read_rules(sheet: Filled, book: Book) -> None:
    """A record a row, as YAML in one cell or in several; one that cannot be read is noted and left out."""
    parts = [column for column in sheet.columns if column == RECORD or column.startswith(f"{RECORD}_")]
    for line in sheet.rows:
        cells = [cell for column in parts if not is_blank(cell := sheet.cell(line, column))]
        if not cells:
            continue
        at: Path = ("rules", len(book.data["rules"]))
        place, known = sheet.place(line, RECORD), len(book.findings)
        record = _record(cells, _named(at), place, book)
        if len(book.findings) == known:
            book.stands(at, place)
            book.data["rules"].append(record)


def _record(cells: Sequence[object], who: str, place: str, book: Book) -> Any:
    said = [taken(cell, who, place, book) for cell in cells]
    if not all(isinstance(part, str) for part in said):
        return said[0]
    sheet, findings = compose("".join(said).encode("utf-8", "replace"), who)
    for found in findings:
        book.note(replace(found, who=who), place)
    return sheet.data


def taken(cell: object, who: str, place: str, book: Book) -> Any:
    """What a cell says; a fault in it is noted."""
    try:
        return value_of(cell, who)
    except InputError as error:
        for found in error.findings:
            book.note(replace(found, who=who), place)
        return None


def _put(data: dict[str, Any], path: Sequence[str], value: object) -> bool:
    """Put a value at a path; False where something stands there already, or on the way to it."""
    for step in path[:-1]:
        inner = data.setdefault(step, {})
        if not isinstance(inner, dict):
            return False
        data = inner
    if path[-1] in data:
        return False
    data[path[-1]] = value
    return True


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
