"""The park as an Excel workbook on disk: sheets to fill in, with names, meanings and units above, and what was filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lingtan.cli.series_sheets import FileSheet
from lingtan.excel.read import Book as BookReader
from lingtan.excel.read import BookTooLargeError, NotABookError, opened_book
from lingtan.findings import Finding, InputError
from lingtan.park.cells import Cell
from lingtan.park.filled_book import Filled, Line
from lingtan.park.forms import Field, Form, forms
from lingtan.park.history import ENERGIES, USES
from lingtan.park.history_form import HEAD, MONTHS
from lingtan.park.workbook_form import HEADS, RECORD, VALUE, Rows
from lingtan.wording import Words
from lingtan.wording.park_workbook import COLUMN_WORDS, FIELD_WORDS, GUIDE, SERIES_WORDS, SHEET_WORDS

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Creation date in the file: fixed, so that the same park gives the same bytes."""

HEAD_WITHIN = 30
"""The line with the names of the columns stands among so many first ones."""

EMPTY_ROWS = 15
"""Rows to fill in below those that are filled."""

REFERENCES = {
    "bus": "buses",
    "member": "members",
    "partner": "members",
    "meter": "meters",
    "parent": "meters",
    "profile": "series",
    "availability": "series",
}
"""Fields that name a thing of another sheet."""

NARROW, WIDE, RECORD_WIDTH, ABOUT_WIDTH = 13, 34, 110, 80
"""Widths of columns, in characters."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its name, what stands above it, and what may stand in it."""

    name: str
    label: str
    about: str = ""
    unit: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()
    width: int = NARROW


# ---------------------------------------------------------------------------------------------- writing


def write_book(path: Path, park: str, rows: Mapping[str, Rows], files: Sequence[FileSheet]) -> None:
    """Write the rows of a park, of its history and of its files' values as a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE.replace(tzinfo=None), "title": park})
        writer = _Writer(book)
        writer.guide(park, [*rows], files)
        known = {form.name: form for form in forms()}
        for name, filled in rows.items():
            if name in known and known[name].kind == "facts":
                writer.facts(known[name], filled)
            else:
                writer.table(name, _columns(name, known.get(name), filled), filled)
        for number, file in enumerate(files, 1):
            writer.file(f"file {number}", file)


def _columns(name: str, form: Form | None, filled: Rows) -> list[Column]:
    """The columns of a table: those of its form, or those that its rows have."""
    if form is not None:
        head = HEADS[form.kind]
        return [
            Column(head, COLUMN_WORDS[head].zh, COLUMN_WORDS[head].en),
            *(_column(form, one) for one in form.fields),
        ]
    if name == "history":
        offered: dict[str, tuple[str, ...]] = {HEAD: ENERGIES, "use": USES}
        keys = (HEAD, "use", "year", "unit")
        heads = [Column(key, COLUMN_WORDS[key].zh, COLUMN_WORDS[key].en, choices=offered.get(key, ())) for key in keys]
        months = [Column(month, f"{month}月") for month in MONTHS]
        return [*heads, *months, Column("total", COLUMN_WORDS["total"].zh, COLUMN_WORDS["total"].en)]
    first = {"series": ("name", *SERIES_WORDS), "rules": ("number", "id", "kind", RECORD)}[name]
    names = dict.fromkeys([*first, *(key for row in filled for key in row)])
    return [_raw_column(key) for key in names]


def _raw_column(key: str) -> Column:
    words = SERIES_WORDS.get(key) or COLUMN_WORDS.get(key, Words("", ""))
    return Column(key, words.zh, words.en, width=RECORD_WIDTH if key.startswith(RECORD) else NARROW)


def _column(form: Form, asked: Field) -> Column:
    about = asked.about if not asked.choices else f"{asked.about} ({' | '.join(asked.choices)})"
    return Column(asked.key, chinese_name(form, asked), about, asked.unit, asked.is_required, asked.choices)


def chinese_name(form: Form, asked: Field) -> str:
    """What a field is called in Chinese."""
    return FIELD_WORDS.get(f"{form.name}.{asked.key}") or FIELD_WORDS.get(asked.key, "")


def title_of(name: str) -> str:
    """The title of a sheet: its name and a Chinese word."""
    return f"{name} {SHEET_WORDS[name].zh}"


class _Writer:
    """Lays out one sheet after the other in the same few styles."""

    def __init__(self, book: Any) -> None:
        self.book = book
        plain = {"valign": "top", "font_name": "Arial", "font_size": 10}
        small = {**plain, "font_size": 8, "font_color": "#5d6875", "text_wrap": True}
        boxed = {**plain, "border": 1, "border_color": "#d5dae0"}
        self.styles = {
            "title": book.add_format({**plain, "bold": True, "font_size": 13, "font_color": "#1f5f7a"}),
            "plain": book.add_format({**plain, "text_wrap": True}),
            "label": book.add_format({**plain, "bold": True, "text_wrap": True}),
            "small": book.add_format(small),
            "key": book.add_format({**plain, "font_name": "Consolas", "bg_color": "#e3e7eb", "bottom": 1}),
            "cell": book.add_format({**boxed, "bg_color": "#fdf8e6", "text_wrap": True}),
            "required": book.add_format({**boxed, "bg_color": "#fbe7cf", "text_wrap": True}),
            "record": book.add_format({**boxed, "bg_color": "#fdf8e6", "text_wrap": True, "font_name": "Consolas"}),
            "shown": book.add_format({**boxed, "font_color": "#5d6875"}),
        }

    def guide(self, park: str, names: Iterable[str], files: Sequence[FileSheet]) -> None:
        """The first sheet: how to fill in the others, and what they are about."""
        sheet = self._sheet("guide", portrait=True)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 2, 62)
        sheet.set_row(0, 20)
        sheet.write_string(0, 0, f"{SHEET_WORDS['guide'].zh} · {SHEET_WORDS['guide'].en}", self.styles["title"])
        row = 2
        for words in GUIDE:
            for column, text in enumerate((words.in_language("zh", park=park), words.in_language("en", park=park)), 1):
                sheet.write_string(row, column, text, self.styles["plain"])
            sheet.set_row(row, 14 * max(1, -(-len(words.en) // 58)))
            row += 1
        row += 1
        for name in names:
            sheet.write_url(row, 0, f"internal:'{title_of(name)}'!A1", self.styles["label"], title_of(name))
            sheet.write_string(row, 1, SHEET_WORDS[name].zh, self.styles["plain"])
            sheet.write_string(row, 2, SHEET_WORDS[name].en, self.styles["plain"])
            row += 1
        for number, file in enumerate(files, 1):
            sheet.write_string(row, 0, f"file {number}", self.styles["label"])
            sheet.write_string(row, 1, f"{SHEET_WORDS['file'].zh}: {file.name}", self.styles["plain"])
            sheet.write_string(row, 2, f"{SHEET_WORDS['file'].en}: {file.name}", self.styles["plain"])
            row += 1

    def facts(self, form: Form, filled: Rows) -> None:
        """A field a line, its value in the third column."""
        sheet = self._sheet(form.name, portrait=True)
        for column, width in enumerate((26, 26, 44, 9, ABOUT_WIDTH)):
            sheet.set_column(column, column, width)
        heads = ("key", "chinese", VALUE, "unit", "about")
        for column, head in enumerate(heads):
            sheet.write_string(1, column, COLUMN_WORDS[head].zh, self.styles["label"])
            sheet.write_string(2, column, head, self.styles["key"])
        sheet.freeze_panes(3, 0)
        for row, (asked, cells) in enumerate(zip(form.fields, filled, strict=True), 3):
            column_of = _column(form, asked)
            sheet.write_string(row, 0, asked.key, self.styles["plain"])
            sheet.write_string(row, 1, column_of.label, self.styles["plain"])
            self._write(sheet, row, 2, cells[VALUE], self.styles["required" if asked.is_required else "cell"])
            sheet.write_string(row, 3, asked.unit, self.styles["small"])
            sheet.write_string(row, 4, column_of.about, self.styles["small"])
            self._offer(sheet, (row, row), 2, column_of)

    def table(self, name: str, columns: Sequence[Column], filled: Rows) -> None:
        """A thing a row; above it names in Chinese, meanings, units, and the line that is read."""
        sheet = self._sheet(name)
        first = 5
        last = first + len(filled) + EMPTY_ROWS - 1
        sheet.set_row(1, 28)
        sheet.set_row(2, 11.5 * max(_lines(column) for column in columns))
        for at, column in enumerate(columns):
            shown = [str(row[column.name]) for row in filled if row.get(column.name) is not None]
            needed = max((len(text) for text in (column.name, *shown)), default=0) + 2
            sheet.set_column(at, at, max(column.width, min(needed, WIDE)))
            sheet.write_string(1, at, column.label, self.styles["label"])
            sheet.write_string(2, at, column.about, self.styles["small"])
            sheet.write_string(3, at, column.unit and f"[{column.unit}]", self.styles["small"])
            sheet.write_string(4, at, column.name, self.styles["key"])
            style = self._style(name, column)
            for row in range(first, last + 1):
                cells = filled[row - first] if row - first < len(filled) else {}
                if column.name == "total":
                    self._total(sheet, row, at, cells)
                else:
                    self._write(sheet, row, at, cells.get(column.name), style)
            self._offer(sheet, (first, last), at, column)
        sheet.freeze_panes(first, 1)

    def file(self, title: str, file: FileSheet) -> None:
        """The rows of a series file as they stand in it, below its name and its delimiter."""
        sheet = self.book.add_worksheet(title)
        sheet.write_row(0, 0, ("file", file.name, "delimiter", file.delimiter), self.styles["key"])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(file.rows[0]) if file.rows else 1, 18)
        for number, row in enumerate(file.rows, 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell, None)

    def _sheet(self, name: str, *, portrait: bool = False) -> Any:
        sheet = self.book.add_worksheet(title_of(name))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        if not portrait:
            sheet.set_landscape()
        if name != "guide":
            words = SHEET_WORDS[name]
            sheet.set_row(0, 20)
            sheet.write_string(0, 0, f"{words.zh} · {words.en}", self.styles["title"])
        return sheet

    def _style(self, name: str, column: Column) -> Any:
        if column.name.startswith(RECORD):
            return self.styles["record"]
        if name == "rules":
            return self.styles["shown"]
        return self.styles["required" if column.is_required or column.name == "name" else "cell"]

    def _write(self, sheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
        match value:
            case None:
                sheet.write_blank(row, column, None, style)
            case bool():
                sheet.write_boolean(row, column, value, style)
            case int() | float():
                sheet.write_number(row, column, value, style)
            case _:
                sheet.write_string(row, column, value, style)

    def _total(self, sheet: Any, row: int, at: int, cells: Mapping[str, Cell]) -> None:
        amounts = [amount for month in MONTHS if isinstance(amount := cells.get(month), int | float)]
        span = f"{chr(ord('A') + at - len(MONTHS))}{row + 1}:{chr(ord('A') + at - 1)}{row + 1}"
        sheet.write_formula(row, at, f"=SUM({span})", self.styles["shown"], sum(amounts) if amounts else 0)

    def _offer(self, sheet: Any, rows: tuple[int, int], at: int, column: Column) -> None:
        """A list to choose from, where there is one; other entries are allowed, and judged when the workbook is read."""
        target = REFERENCES.get(column.name.rsplit(".", 1)[-1])
        if column.choices and len(",".join(column.choices)) <= 255:
            source: object = list(column.choices)
        elif target is not None:
            source = f"='{title_of(target)}'!$A$6:$A$205"
        else:
            return
        offered = {"validate": "list", "source": source, "error_type": "information"}
        sheet.data_validation(rows[0], at, rows[1], at, offered)


def _lines(column: Column) -> int:
    """How many lines the meaning of a column takes."""
    return max(1, -(-len(column.about) * 9 // (10 * max(column.width, len(column.name) + 2))))


# ---------------------------------------------------------------------------------------------- reading


def read_book(path: Path) -> tuple[dict[str, Filled], list[FileSheet], list[Finding]]:
    """The sheets of a workbook by the first word of their titles, the files it carries, and sheets that cannot be read.

    Raises `InputError` where the file is no workbook.
    """
    try:
        with opened_book(path) as book:
            return _sheets(path, book)
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from None
    except (BookTooLargeError, NotABookError) as error:
        raise _unreadable(path, str(error)) from None


def _unreadable(path: Path, got: str) -> InputError:
    return InputError([Finding("workbook.unreadable", path.name, got=got, file=str(path))])


def _sheets(path: Path, book: BookReader) -> tuple[dict[str, Filled], list[FileSheet], list[Finding]]:
    sheets: dict[str, Filled] = {}
    files: list[FileSheet] = []
    findings: list[Finding] = []
    for title in book.titles:
        name = title.split(" ")[0].strip().lower()
        rows = book.rows(title)
        if name == "file":
            files.append(FileSheet.read(rows))
        elif name != "guide":
            filled = _filled(title, rows)
            if filled is not None:
                sheets[name] = filled
            elif name in SHEET_WORDS:
                place = f"{path}:{title}!A1"
                findings.append(Finding("workbook.no-head", title, " | ".join((*HEADS.values(), HEAD)), file=place))
    return sheets, files, findings


def _filled(title: str, rows: Sequence[Sequence[object]]) -> Filled | None:
    """A sheet by the line that names its columns; None where there is no such line."""
    for number, row in enumerate(rows[:HEAD_WITHIN], 1):
        if row and str(row[0]).strip() in {*HEADS.values(), HEAD}:
            columns = {str(cell).strip(): at for at, cell in reversed([*enumerate(row)]) if cell is not None}
            return Filled(
                title, dict(sorted(columns.items(), key=lambda item: item[1])), [*_rows(rows, number)], number
            )
    return None


def _rows(rows: Sequence[Sequence[object]], head: int) -> Iterator[Line]:
    for number, row in enumerate(rows[head:], head + 1):
        if any(cell is not None for cell in row):
            yield Line(number, row)
