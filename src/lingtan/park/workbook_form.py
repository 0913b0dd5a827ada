"""A park as the rows of a workbook's sheets, and plain data as the text of a park file: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lingtan.park.cells import Cell, cell_of, yaml_text
from lingtan.park.forms import RAW, Form, forms
from lingtan.park.park import Park

HEADS = {"facts": "key", "named": "name", "listed": "number"}
"""What the first column of each kind of sheet is called; the line where it stands names the columns."""

VALUE = "value"
"""The column of a sheet of facts that is filled in."""

RECORD = "record"
"""The column with a rule record as YAML; a long one goes on in `record_2` and so forth."""

LONGEST_CELL = 30_000
"""A cell holds 32,767 signs."""

NEEDED = frozenset({"buses", "connections", "assets", "series"})
"""Sections that stand in a park file also where they are empty."""

ALWAYS = frozenset({"load", "pv", "wind", "firm_line", "battery"})
"""Families that a workbook offers also where a park has none of them; others only where it does, for there are many."""

Rows = list[dict[str, Cell]]


def shown_rows(park: Park) -> dict[str, Rows]:
    """The rows of a park's workbook: `rows_of` without the families that neither the park nor most parks have."""
    families = {form.name for form in forms() if form.at == ("assets",)} - ALWAYS
    return {name: rows for name, rows in rows_of(park).items() if rows or name not in families}


def rows_of(park: Park) -> dict[str, Rows]:
    """The rows of every form, by its name: `{"battery": [{"name": "battery", "power.min": 0.0, …}], …}`."""
    data = park.model_dump(mode="json", by_alias=True)
    rows = {form.name: list(_rows(form, data)) for form in forms()}
    rows["series"] = [
        {"name": name, **{key: cell_of(value) for key, value in source.items()}}
        for name, source in data["series"].items()
    ]
    rows["rules"] = [
        {"number": number, "id": _shown(rule, "id"), "kind": _shown(rule, "kind"), **_record_cells(rule)}
        for number, rule in enumerate(data["rules"], 1)
    ]
    return rows


def _rows(form: Form, data: Mapping[str, Any]) -> Iterator[dict[str, Cell]]:
    if form.kind == "facts":
        cells = _cells(form, data)
        for asked in form.fields:
            yield {"key": asked.key, VALUE: cells.get(asked.key)}
        return
    section = data[form.at[0]]
    things = enumerate(section, 1) if form.kind == "listed" else section.items()
    for name, thing in things:
        if all(thing[key] == value for key, value in form.fixed):
            yield {HEADS[form.kind]: name, **_cells(form, thing)}


def _cells(form: Form, data: Mapping[str, Any]) -> dict[str, Cell]:
    """The filled cells of one thing; what is absent and absent by default stays empty."""
    cells: dict[str, Cell] = {}
    for asked in form.fields:
        is_there, value = _at(data, asked.path)
        if not is_there or (value is None and asked.default is None):
            continue
        cells[asked.key] = ", ".join(value) if asked.value == "names" and value else cell_of(value)
    return cells


def _at(data: Any, path: Sequence[str]) -> tuple[bool, Any]:
    """Whether there is something at a path, and what."""
    for step in path:
        if not isinstance(data, Mapping) or step not in data:
            return False, None
        data = data[step]
    return True, data


def _shown(rule: object, key: str) -> Cell:
    return cell_of(rule[key]) if isinstance(rule, Mapping) and key in rule else None


def _record_cells(rule: object) -> dict[str, Cell]:
    text = yaml_text(rule).rstrip("\n")
    parts = [text[first : first + LONGEST_CELL] for first in range(0, len(text), LONGEST_CELL)]
    return {RECORD if number == 1 else f"{RECORD}_{number}": cell_of(part) for number, part in enumerate(parts, 1)}


def park_text(data: Mapping[str, Any]) -> str:
    """Composed data as the text of a park file: sizes that are fixed in one number, empty sections left out."""
    sections = {key: value if key in RAW else _tidy(value) for key, value in data.items()}
    return yaml_text({key: value for key, value in sections.items() if key in NEEDED or value not in ({}, [])})


def _tidy(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"min", "max"} and value["min"] == value["max"]:
            return value["min"]
        return {key: _tidy(inner) for key, inner in value.items()}
    return value
