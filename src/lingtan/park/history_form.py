"""The energy history as a sheet: a row for each kind of energy, way and year, a column for each month. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lingtan.findings import Finding
from lingtan.park.filled_book import Book, Filled, Line, is_blank, taken
from lingtan.park.history import YEARS, HistoryEntry, Placed, judge_history, unit_of
from lingtan.park.workbook_form import Rows

MONTHS = tuple(str(month) for month in range(1, 13))
"""The names of the columns with amounts."""

HEAD = "energy"
"""The first column."""

OFFERED = (("electricity", "bought"), ("electricity", "self_supplied"), ("electricity", "fuel"))
"""The rows of a park that has no history yet."""


def history_rows(entries: Iterable[HistoryEntry], year: int) -> Rows:
    """The rows of a history; without one, empty rows for the three years before `year`."""
    by_row: dict[tuple[str, str, int], dict[str, float]] = {}
    for one in entries:
        by_row.setdefault((*one.series, one.year), {})[str(one.month)] = one.quantity
    if not by_row:
        by_row = {(*series, year - back): {} for series in OFFERED for back in range(YEARS, 0, -1)}
    return [
        {HEAD: energy, "use": use, "year": in_year, "unit": unit_of(energy), **months}
        for (energy, use, in_year), months in by_row.items()
    ]


def read_history(sheet: Filled, book: Book) -> tuple[HistoryEntry, ...]:
    """The entries of a filled sheet; what is wrong is noted in the book, each finding at its cell."""
    gaps = [found for line in sheet.rows for found in _gaps(sheet, line)]
    for place, finding in gaps:
        book.note(finding, place)
    entries, findings = judge_history([one for line in sheet.rows for one in _placed(sheet, line, book)], book.file)
    book.findings += book.in_cells(one for one in findings if not (gaps and one.code == "history.months-missing"))
    return entries


def _placed(sheet: Filled, line: Line, book: Book) -> Iterator[Placed]:
    """The months of a row that are filled in."""

    def told(key: str) -> Any:
        return taken(sheet.cell(line, key), f"history.{key}", sheet.place(line, key), book)

    for month in MONTHS:
        amount = told(month)
        if amount is not None:
            book.places.append(sheet.place(line, month))
            given = {"year": told("year"), "month": int(month), "energy": told(HEAD), "use": told("use")}
            yield Placed({**given, "quantity": amount}, str(told("unit") or ""), len(book.places))


def _gaps(sheet: Filled, line: Line) -> Iterator[tuple[str, Finding]]:
    """A row with some months filled and others not, at its first empty cell."""
    empty = [month for month in MONTHS if is_blank(sheet.cell(line, month))]
    if 0 < len(empty) < len(MONTHS):
        energy, use, year = (sheet.cell(line, key) for key in (HEAD, "use", "year"))
        got = ", ".join(f"{year}-{int(month):02d}" for month in empty)
        yield sheet.place(line, empty[0]), Finding("history.months-missing", f"history.{energy}.{use}", "12", got)
