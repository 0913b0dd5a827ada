"""Older forms of the park file, and the way from each to the present one.

Form 0 is the draft that was used before the first release: one `connection` instead of `connections`, and quantities under
names that carried their unit. Each step is a pure function from plain data to plain data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lingtan.findings import Finding
from lingtan.sheet import Sheet, brief

SCHEMA = 1
"""The present form."""


def version_of(sheet: Sheet) -> int | Finding:
    """The form of a file: the present one, or a finding that says what to do about another."""
    data = sheet.data
    if not isinstance(data, dict):
        return Finding("park.not-a-park", sheet.file.rsplit("/", 1)[-1], file=sheet.file, line=1)
    version = data.get("schema")
    whole = version if type(version) is int else None  # true is no version, and 1.0 no whole number
    if whole == SCHEMA:
        return SCHEMA
    line = sheet.line(("schema",)) or 1
    if version is None:
        return Finding("park.no-schema", "schema", str(SCHEMA), "", sheet.file, line)
    code = "park.unknown-schema"
    if whole is not None:
        code = "park.old-schema" if whole in STEPS else "park.newer-schema" if whole > SCHEMA else code
    got = f"'{version}'" if isinstance(version, str) else brief(version)
    return Finding(code, "schema", str(SCHEMA), got, sheet.file, line)


def _from_0(data: dict[str, Any]) -> dict[str, Any]:
    """Key by key and into mappings of the same kind, for `lingtan migrate` reads one that keeps the file's comments."""
    empty: type[dict[str, Any]] = type(data)
    moved = empty()
    if hasattr(data, "ca") and hasattr(moved, "ca"):
        moved.ca.comment = data.ca.comment  # what stands above the first key
    for key in data:
        if key == "connection" and "connections" not in data:
            _carry(data, key, moved.setdefault("connections", empty()), "grid")
        elif key in {"year", "step_minutes"} and "year" in data and "period" not in data:
            period = moved.setdefault("period", empty())
            _carry(data, key, period, "year" if key == "year" else "step")
        else:
            _carry(data, key, moved, key)
    if "step_minutes" in data and "step_minutes" not in moved:
        moved["period"]["step"] = f"{data['step_minutes']} min"
    moved["schema"] = 1
    return moved


def _carry(source: dict[str, Any], key: str, target: dict[str, Any], name: str) -> None:
    """An entry under another name in another mapping, with its comment where there is one."""
    target[name] = source[key]
    if hasattr(source, "ca") and hasattr(target, "ca") and key in source.ca.items:
        target.ca.items[name] = source.ca.items[key]


STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: _from_0}
"""From each older form to the next."""


def migrate(data: dict[str, Any]) -> dict[str, Any]:
    """The same park in the present form; data that is already in it comes back unchanged.

    >>> migrate({"schema": 0, "connection": {"bus": "main"}})
    {'schema': 1, 'connections': {'grid': {'bus': 'main'}}}
    """
    while (version := data.get("schema")) in STEPS:
        data = STEPS[version](data)
    return data
