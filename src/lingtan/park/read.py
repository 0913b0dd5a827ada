"""From a park file on disk to a `Park`, with every finding at its line."""

from __future__ import annotations

import os
from pathlib import Path

from lingtan.findings import Finding, InputError, errors_in
from lingtan.park.check import check
from lingtan.park.mended import mended
from lingtan.park.migrate import SCHEMA, version_of
from lingtan.park.park import Park
from lingtan.sheet import MAX_BYTES, Sheet, compose, judge


def park_file(path: str | os.PathLike[str]) -> Path:
    """The park file itself: a folder stands for the `park.yaml` in it."""
    given = Path(path)
    return given / "park.yaml" if given.is_dir() else given


def read_sheet(path: str | os.PathLike[str]) -> tuple[Sheet, list[Finding]]:
    """The file as plain data with lines; an absent or unreadable file is a finding."""
    file = park_file(path)
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Sheet(str(file), None), [Finding("park.no-file", file.name, file=str(file))]
    except OSError as error:
        return Sheet(str(file), None), [Finding("park.unreadable", file.name, "", error.strerror or "", str(file))]
    return compose(raw, str(file))


def judge_park(sheet: Sheet) -> tuple[Park | None, list[Finding]]:
    """A composed file as a park, with all findings of its parts and of how they fit; pure."""
    version = version_of(sheet)
    if isinstance(version, Finding):
        return None, [version]
    park, findings = judge(Park, sheet.data, sheet)
    rest = mended(sheet) if park is None else None
    remarks = check(park) if park is not None else rest.remarks() if rest is not None else ()
    return park, findings + [remark.finding.at(sheet.file, sheet.line(remark.path)) for remark in remarks]


def check_park_alone(path: str | os.PathLike[str]) -> list[Finding]:
    """All findings of the park file itself, without its series and rules."""
    sheet, findings = read_sheet(path)
    return findings if sheet.data is None else findings + judge_park(sheet)[1]


def read_park(path: str | os.PathLike[str]) -> Park:
    """Read a park file (or the `park.yaml` of a folder).

    Raises `InputError` with all findings, each with file and line, when any of them is an error.
    """
    sheet, findings = read_sheet(path)
    park = None
    if sheet.data is not None:
        park, judged = judge_park(sheet)
        findings += judged
    if park is None or errors_in(findings):
        raise InputError(findings)
    return park


__all__ = ["SCHEMA", "check_park_alone", "judge_park", "park_file", "read_park", "read_sheet"]
