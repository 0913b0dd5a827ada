"""Reading records from disk: those that come with the package, and packs in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from lingtan.findings import Finding, InputError, Severity, errors_in
from lingtan.rulebook.book import Rulebook
from lingtan.rulebook.parse import Pack, parse_records
from lingtan.sheet import MAX_BYTES, compose


@lru_cache(maxsize=1)
def shipped() -> Rulebook:
    """The records that come with the package; `InputError` if one of them does not load, which is a fault of ours."""
    pack, findings = _read_all(resources.files("lingtan.rulebook") / "records")
    if errors_in(findings):
        raise InputError(findings)
    return Rulebook().overlay(pack)


def read_pack(folder: str | os.PathLike[str]) -> tuple[Pack, list[Finding]]:
    """The records of all `*.yaml` files of a folder (or of one file), with what is wrong with the others.

    A file is a list of records. Ids are unique within the folder.
    """
    path = Path(folder)
    if not path.exists():
        return Pack(), [Finding("rulebook.no-pack", str(folder))]
    pack, findings = _read_all(path)
    if not (pack.ids or findings):
        findings = [Finding("rulebook.empty-pack", str(folder), severity=Severity.WARNING)]
    return pack, findings


def read_rulebook(
    packs: Iterable[str | os.PathLike[str]] = (), known_by: date | None = None
) -> tuple[Rulebook, list[Finding]]:
    """The shipped records with packs laid over them in order; a later pack wins.

    A warning tells of an entry that replaces one written down later than itself: the pack may be stale. With `known_by`
    every layer is taken as it stood on that day, so that a correction written down later does not hide what it corrects.
    """
    book, findings = shipped(), []
    if known_by is not None:
        book = Rulebook().overlay(Pack(book.records, book.assumptions).known_by(known_by))
    for folder in packs:
        pack, found = read_pack(folder)
        if known_by is not None:
            pack = pack.known_by(known_by)
        findings += [*found, *check_stale(book, pack)]
        book = book.overlay(pack)
    return book, findings


def check_stale(book: Rulebook, pack: Pack) -> Iterator[Finding]:
    """A warning for each record of a pack that would replace one written down later than itself."""
    known = {record.id: record for record in book.records}
    for record in pack.records:
        replaced = known.get(record.id)
        if replaced is not None and replaced.recorded_at > record.recorded_at:
            expected, got = f"≥ {replaced.recorded_at}", str(record.recorded_at)
            yield Finding("rulebook.replaces-newer", record.id, expected, got, severity=Severity.WARNING)


def _read_all(place: Traversable) -> tuple[Pack, list[Finding]]:
    """All records of a folder's files, in the order of their names; an id that comes twice is a finding."""
    files = [place] if place.is_file() else [file for file in place.iterdir() if file.name.endswith((".yaml", ".yml"))]
    pack, findings = Pack(), []
    for file in sorted(files, key=lambda file: file.name):
        more, found = _read_file(file)
        twice = sorted(set(pack.ids) & set(more.ids))
        findings += [*found, *(Finding("rulebook.id-twice", one, file=str(file)) for one in twice)]
        pack = Pack(pack.records + more.records, pack.assumptions + more.assumptions)
    return pack, findings


def _read_file(file: Traversable) -> tuple[Pack, list[Finding]]:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Pack(), [Finding("rulebook.unreadable", file.name, got=error.strerror or type(error).__name__)]
    sheet, findings = compose(raw, str(file))
    if sheet.data is None:
        return Pack(), findings
    if not isinstance(sheet.data, list):
        return Pack(), [*findings, Finding("rulebook.not-a-list", file.name, file=str(file), line=1)]
    pack, found = parse_records(sheet.data, sheet)
    return pack, [*findings, *found]
