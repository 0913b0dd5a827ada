"""From plain data to records: every record judged, every example recomputed, all findings in one pass. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lingtan.findings import Finding
from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.kinds import KINDS
from lingtan.rulebook.record import Record
from lingtan.rulebook.variants import Raw, expand
from lingtan.sheet import Path, Sheet, judge
from lingtan.wording import Text


class Pack(NamedTuple):
    """Records and assumptions that belong together: the shipped ones, a folder, or those of a park file."""

    records: tuple[Record, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entries."""
        return (*(record.id for record in self.records), *(assumption.id for assumption in self.assumptions))

    def known_by(self, day: date) -> Pack:
        """The pack as it stood on a day: without records written down later. Assumptions carry no such day and stay."""
        return Pack(tuple(record for record in self.records if record.recorded_at <= day), self.assumptions)


def parse_records(raw: Sequence[object], sheet: Sheet, at: Path = ()) -> tuple[Pack, list[Finding]]:
    """The records among raw ones that stand at path `at` of a sheet, and what is wrong with the others.

    A record without a worked example, or with one that it does not reproduce, is not among them. For a park file `at`
    is `("rules",)`; findings name a record by its id and carry its lines.
    """
    records: list[Record] = []
    assumptions: list[Assumption] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for number, item in enumerate(raw):
        for one in expand(item, sheet, (*at, number)):
            if isinstance(one, Finding):
                findings.append(one)
                continue
            entry, found = _entry(one)
            if entry is not None and entry.id in seen:
                found = [*found, _found(one, "rulebook.id-twice", ("id",))]
            findings += found
            if entry is None or found:
                continue
            seen.add(entry.id)
            if isinstance(entry, Assumption):
                assumptions.append(entry)
            else:
                records.append(entry)
    return Pack(tuple(records), tuple(assumptions)), findings


def _entry(raw: Raw) -> tuple[Record | Assumption | None, list[Finding]]:
    kind = raw.data.get("kind")
    if kind is None:
        return None, [_found(raw, "sheet.missing-key", ("kind",))]
    model = KINDS.get(str(kind))
    if model is None:
        return None, [_found(raw, "sheet.not-one-of", ("kind",), ", ".join(KINDS), str(kind))]
    if issubclass(model, Assumption):
        return judge(model, raw.data, raw.sheet, (raw.name,))
    record, findings = judge(model, raw.data, raw.sheet, (raw.name,))
    return record, findings if record is None else list(_check_examples(raw, record))


def _check_examples(raw: Raw, record: Record) -> Iterator[Finding]:
    if record.example_count == 0:
        yield _found(raw, "rulebook.no-examples", ())
    for wrong in record.mismatches():
        path: Path = ("examples", wrong.example, wrong.what)
        yield _found(raw, "rulebook.example-fails", path, wrong.expected, wrong.got)


def _found(raw: Raw, code: str, path: Path, expected: Text = "", got: Text = "") -> Finding:
    who = raw.name + "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    line = raw.sheet.line((raw.name, *path))
    return Finding(code, who, expected, got, raw.sheet.file, line)
