"""Bring a park file on disk to the present form, keeping its comments and a copy of the old file."""

from __future__ import annotations

import os
from pathlib import Path

from ruamel.yaml import YAML

from lingtan.findings import Finding, InputError
from lingtan.park.migrate import SCHEMA, STEPS, migrate
from lingtan.park.read import park_file, read_sheet


def upgrade(path: str | os.PathLike[str]) -> tuple[Path, Path | None]:
    """Rewrite a park file in the present form; returns the file, and the copy of the old one where something changed.

    Raises `InputError` for a file that is not a park, or has a form that nobody knows.
    """
    sheet, findings = read_sheet(path)
    file = park_file(path)
    if sheet.data is None:
        raise InputError(findings)
    version = sheet.data.get("schema") if isinstance(sheet.data, dict) else None
    if version == SCHEMA:
        return file, None
    if version not in STEPS:
        got = "" if version is None else str(version)
        raise InputError([Finding("park.no-schema", "schema", str(SCHEMA), got, str(file), sheet.line(("schema",)))])
    yaml = YAML()
    yaml.preserve_quotes = True
    with file.open(encoding="utf-8-sig") as stream:
        moved = migrate(yaml.load(stream))
    backup = file.with_name(file.name + f".schema-{version}")
    fresh = file.with_name(file.name + ".partial")
    try:
        with fresh.open("w", encoding="utf-8") as stream:
            yaml.dump(moved, stream)
        os.link(file, backup)
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise InputError([Finding("cli.unwritable", str(file), got=error.strerror or "")]) from None
    return file, backup
