"""Workbooks that are small on disk and would fill the memory when unpacked."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from lingtan.cli import app
from lingtan.excel import read as excel
from lingtan.excel.read import BookTooLargeError, NotABookError, opened_book
from lingtan.findings import InputError
from lingtan.series import FileSource, read_series

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


def book_with(folder: Path, rows: Iterable[str], *, head: str = HEAD, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """A sound workbook with one sheet, in which one part is replaced."""
    plain, path = folder / "plain.xlsx", folder / "load.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("park")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = f"{head}{''.join(rows)}{TAIL}".encode() if name == part else old.read(name)
            new.writestr(name, content)
    return path


def far_rows(count: int, cell: str = "<v>1</v>") -> list[str]:
    """Rows whose only cell is the last that a sheet has."""
    return [f'<row r="{row}"><c r="XFD{row}">{cell}</c></row>' for row in range(1, count + 1)]


def refused(path: Path) -> str:
    with pytest.raises(BookTooLargeError) as error, opened_book(path) as book:
        book.rows("park")
    return f"{error.value.got} ({error.value.allowed})"


def test_far_cells_are_counted_while_they_come(tmp_path: Path) -> None:
    """40 kB that a reader of all rows makes 1.6 GB of: 366 rows of 16,384 cells are 5,996,544, the next one is too much."""
    path = book_with(tmp_path, far_rows(3000))
    assert path.stat().st_size < 50_000
    assert refused(path) == "6012928 cells (≤ 6000000 cells)"


def test_what_was_counted_is_all_that_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty rows may be held, 4 MB; a reader of all 300 would need 40 MB before it knows."""
    monkeypatch.setattr(excel, "MAX_CELLS", 30 * 16_384)
    path = book_with(tmp_path, far_rows(300))
    tracemalloc.start()
    refused(path)
    assert tracemalloc.get_traced_memory()[1] < 10e6
    tracemalloc.stop()


def test_far_cells_without_a_value_are_cut(tmp_path: Path) -> None:
    """A style that somebody put on whole rows is no reason to refuse."""
    with opened_book(book_with(tmp_path, far_rows(50, ""))) as book:
        assert book.rows("park") == []


def test_a_row_far_below_is_no_million_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_CELLS", 50_000)
    row = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000000"><c r="A1000000000"><v>1</v></c></row>'
    assert refused(book_with(tmp_path, [row])) == "50001 cells (≤ 50000 cells)"


def test_one_row_of_many_cells(tmp_path: Path) -> None:
    """A reader builds the whole row before anybody can count it."""
    assert refused(book_with(tmp_path, ["<row>", "<c/>" * 100_000, "</row>"])) == "65537 × c (≤ 65536 × c)"


def test_elements_inside_each_other(tmp_path: Path) -> None:
    assert refused(book_with(tmp_path, ["<x>" * 100, "</x>" * 100])) == "65 levels (≤ 64 levels)"


def test_styles_without_end(tmp_path: Path) -> None:
    path = book_with(tmp_path, ["<xf/>" * 1_000_000], head="<styleSheet>", part="xl/styles.xml")
    assert refused(path) == "5000036 B (≤ 4194304 B)"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = book_with(tmp_path, [], head='<!DOCTYPE x [<!ENTITY a "aaaa">]>' + HEAD)
    with pytest.raises(NotABookError, match=r"^DOCTYPE$"), opened_book(path):
        pass


def test_a_series_and_a_park_go_through_the_same_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_CELLS", 30_000)
    path = book_with(tmp_path, far_rows(2))
    source = FileSource(file="load.xlsx", column="kw", unit="kW")
    with pytest.raises(InputError) as error:
        read_series(source, name="load", folder=tmp_path, zone="UTC")
    assert [found.text() for found in error.value.findings] == [
        f"{path}: series.too-large: load: the file is too large; expected ≤ 30000 cells, got 32768 cells. "
        "Keep the columns and the years that are needed."
    ]
    said = CliRunner().invoke(app, ["workbook", str(path), "--out", str(tmp_path / "out")], env={"LINGTAN_LANG": "en"})
    assert (said.exit_code, said.stderr) == (
        2,
        f"{path}: workbook.unreadable: load.xlsx: this file cannot be read as a workbook; got 32768 cells, ≤ 30000 cells. "
        "Save it as an Excel workbook (.xlsx) without a password.\n",
    )


def test_a_carried_file_whose_one_wide_row_would_widen_all(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "load.xlsx") as book:
        sheet = book.add_worksheet("file 1")
        sheet.write_row(0, 0, ("file", "load.csv"))
        sheet.write(1, 10_000, 1)
        sheet.write_column(2, 0, [1] * 1000)
    said = CliRunner().invoke(app, ["workbook", str(tmp_path / "load.xlsx"), "--out", str(tmp_path / "out")])
    assert (said.exit_code, said.stderr.count("workbook.unreadable")) == (2, 1)
