"""Bring a park file on disk to the present form, keeping its comments and a copy of the old file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ruamel.yaml import YAML

from lingtan.cli.outcome import unwritable
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.park.migrate import SCHEMA, migrate, version_of
from lingtan.park.read import park_file, read_sheet


def upgrade(path: str | os.PathLike[str]) -> tuple[Path, Path | None]:
    """Rewrite a park file in the present form; returns the file, and the copy of the old one where something changed.

    Raises `InputError` for a file that is not a park, or has a form that nobody knows.
    """
    sheet, findings = read_sheet(path)
    file = park_file(path)
    raise_errors(findings)
    version = version_of(sheet)
    if version == SCHEMA:
        return file, None
    if isinstance(version, Finding) and version.code != "park.old-schema":
        raise InputError([version])
    old = sheet.data["schema"]
    yaml = YAML()
    yaml.preserve_quotes = True
    with file.open(encoding="utf-8-sig") as stream:
        moved = migrate(yaml.load(stream))
    backup = file.with_name(file.name + f".schema-{old}")
    fresh = file.with_name(file.name + ".partial")
    if backup.exists():
        raise InputError([Finding("park.exists-already", str(backup))])
    try:
        with fresh.open("w", encoding="utf-8") as stream:
            yaml.dump(moved, stream)
        shutil.copy2(file, backup)
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise unwritable(file, error) from None
    return file, backup
