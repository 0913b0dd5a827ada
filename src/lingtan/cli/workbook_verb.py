"""The park as a bilingual Excel workbook: written from a park, and read back into one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lingtan.cli.outcome import ends_well, language, progress, staged, tell
from lingtan.cli.park_verbs import AsJson
from lingtan.findings import Finding, InputError, errors_in
from lingtan.wording.park_workbook import PARK_WORKBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.park.filled_book import Book
    from lingtan.park.history import HistoryEntry

EXCEL = ".xlsx"


@ends_well
def workbook(
    source: Annotated[
        Path,
        typer.Argument(metavar="PARK|XLSX", help="Park to write, or workbook to read · 园区文件，或待读取的工作簿"),
    ],
    out: Annotated[
        Path, typer.Option("--out", help="Workbook to write, or folder to read into · 工作簿，或目标文件夹")
    ],
    as_json: AsJson = False,
) -> None:
    """The park as an Excel workbook, and back · 园区与中英文 Excel 工作簿互转"""
    if source.suffix.lower() == EXCEL:
        with progress("read"):
            written = read_park_workbook(source, out)
        said = PARK_WORKBOOK_WORDS["read"].in_language(language(), folder=out, count=len(written))
    else:
        with progress("read"):
            park = write_park_workbook(source, out)
        written = [out]
        said = PARK_WORKBOOK_WORDS["written"].in_language(language(), file=out, park=park)
    print(json.dumps([str(file) for file in written], ensure_ascii=False) if as_json else said)


def write_park_workbook(source: Path, out: Path) -> str:
    """Write a park file with its history and its series files; returns the name of the park.

    Raises `InputError` where the park, or its history, has errors; warnings are told.
    """
    from lingtan.cli.park_workbook import write_book
    from lingtan.cli.series_sheets import carried_files
    from lingtan.park.history_form import history_rows
    from lingtan.park.read import park_file, read_park
    from lingtan.park.workbook_form import shown_rows

    if out.suffix.lower() != EXCEL:
        raise InputError([Finding("workbook.not-xlsx", str(out))])
    park, folder = read_park(source), park_file(source).parent
    entries = _history_beside(folder)
    files, left = carried_files(park.series, folder)
    tell(left)
    rows = {**shown_rows(park), "history": history_rows(entries, park.period.year)}
    with staged(out.parent) as stage:
        write_book(stage / out.name, park.name, rows, files)
    return park.name


def _history_beside(folder: Path) -> tuple[HistoryEntry, ...]:
    from lingtan.park.history import FILE, history_of_text

    file = folder / FILE
    if not file.is_file():
        return ()
    try:
        entries, findings = history_of_text(file.read_text(encoding="utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([Finding("park.unreadable", FILE, "", str(error), str(file))]) from None
    if findings:
        raise InputError(findings)
    return entries


def read_park_workbook(source: Path, out: Path) -> list[Path]:
    """Read a workbook into a folder that has no park file yet: park.yaml, the history, the series files; returns them.

    Raises `InputError` with all findings, each naming its sheet and cell, where one of them is an error.
    """
    from lingtan.cli.park_workbook import read_book
    from lingtan.cli.series_sheets import check_names
    from lingtan.park.filled_book import composed
    from lingtan.park.history import FILE, history_text
    from lingtan.park.history_form import read_history
    from lingtan.park.workbook_form import park_text

    sheets, files, findings = read_book(source)
    book = composed(sheets, str(source))
    entries = read_history(sheets["history"], book) if "history" in sheets else ()
    findings += [*_judged(book), *check_names(files, source)]
    if (out / "park.yaml").exists():
        findings.append(Finding("park.exists-already", str(out / "park.yaml")))
    if errors_in(findings):
        raise InputError(findings)
    tell(findings)
    contents = {"park.yaml": park_text(book.data).encode(), **{file.name: file.content() for file in files}}
    if entries:
        contents[FILE] = history_text(entries).encode()
    with staged(out) as stage:
        for name, content in contents.items():
            (stage / name).write_bytes(content)
    return [out / name for name in contents]


def _judged(book: Book) -> list[Finding]:
    """Every finding of what a book says, from its cells to its rules, in the order of its cells."""
    from lingtan.park.read import judge_park
    from lingtan.resource import judge_resource
    from lingtan.resource.source import is_resource
    from lingtan.rulebook import parse_records
    from lingtan.series.source import judge_source

    if not book.places:
        return book.findings
    _, found = judge_park(book.sheet)
    for name, source in book.data["series"].items():
        judge_form = judge_resource if is_resource(source) else judge_source
        found += judge_form(source, book.sheet, ("series", name))[1]
    found += parse_records(book.data["rules"], book.sheet, ("rules",))[1]
    meant = {str(one.values["nearest"]) for one in book.findings if one.code == "sheet.unknown-key"}
    once = [
        one
        for number, one in enumerate(found)
        if one not in found[:number] and not (one.code == "sheet.missing-key" and _ends_on(one.who, meant))
    ]
    return [*book.findings, *book.in_cells(sorted(once, key=lambda one: one.line))]


def _ends_on(who: str, keys: set[str]) -> bool:
    """Whether a path ends on a key that was misspelled, and so is missing, too."""
    return any(f".{who}".endswith(f".{key}") for key in keys if key)
