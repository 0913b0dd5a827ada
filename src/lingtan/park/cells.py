"""Values as the cells of a workbook hold them, and back: numbers as numbers, texts as texts, anything else as YAML.

A cell cannot hold a list, a number of more than sixteen digits or a text with a control character; these stand as YAML in one
line after `yaml:`, as does a text that would be read as something else. A list or a mapping may be typed without the mark.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter

from lingtan.findings import InputError
from lingtan.sheet import compose

MARK = "yaml:"
"""Before a value that is written as YAML."""

Cell = str | int | float | bool | None
"""What a cell holds; None is an empty cell."""

LARGEST_INT = 2**53
"""A sheet keeps numbers as floats: whole numbers beyond this lose their last digit."""

SHORT = 88
"""What is no longer stands in one line of a park file."""

_OPENS = ("[", "{", MARK)
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Signs that a workbook, or the reader of YAML, would drop or change."""
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""A workbook writes control characters as `_x000D_`; a text that looks like it is not one of them."""


def cell_of(value: Any) -> Cell:
    """A plain value (text, number, bool, None, list, dict) as a cell.

    >>> cell_of("12 MW"), cell_of([9, 7]), cell_of(0.25), cell_of("[draft]")
    ('12 MW', '[9, 7]', 0.25, 'yaml: "[draft]"')
    """
    match value:
        case bool():
            return value
        case str():
            return value if _is_plain(value) else _marked(value)
        case int() if abs(value) <= LARGEST_INT:
            return value
        case float() if float(f"{value:.16G}") == value:
            return value
        case list() | tuple() | dict():
            return _one_line(value)
        case _:
            return _marked(value)


def value_of(cell: object, who: str) -> Any:
    """What a cell says. An empty one says None, as does one that holds blanks.

    Raises `InputError` with the findings of `sheet.compose` where text after `yaml:`, or in brackets, is not YAML.
    """
    match cell:
        case None | bool() | int() | float():
            return cell
        case datetime():
            at_midnight = cell.time() == time()
            return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case _:
            return _value_of_text(str(cell).strip(), who)


def _value_of_text(text: str, who: str) -> Any:
    if not text.startswith(_OPENS):
        return text or None
    written = text.removeprefix(MARK).strip()
    if written == "null":
        return None
    sheet, findings = compose(written.encode("utf-8", "replace"), who)
    if findings:
        raise InputError(findings)
    return sheet.data


def _is_plain(text: str) -> bool:
    """Whether a text comes back from a cell as it is."""
    return (
        bool(text)
        and text == text.strip()
        and not text.startswith(_OPENS)
        and _ESCAPED.search(text) is None
        and _CODED.search(text) is None
    )


def _marked(value: Any) -> str:
    return f"{MARK} {_one_line(value)}"


def _one_line(value: Any) -> str:
    """JSON, which is YAML, but for signs that either of them, or a workbook, would not keep."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    escaped = _ESCAPED.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)
    return _CODED.sub(r"\\u005f", escaped)


def yaml_text(data: object) -> str:
    """Plain data as YAML of several lines, keys in their order; `sheet.compose` reads the same data from it.

    >>> print(yaml_text({"power": {"min": 0, "max": 12}, "text": "12:30"}), end="")
    power: {min: 0, max: 12}
    text: 12:30
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.Representer = _Representer
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_styled(data, is_inside=False), stream)
    return stream.getvalue()


class _Representer(RoundTripRepresenter):
    """Writes nothing as `null`, so that it is seen."""


_Representer.add_representer(type(None), lambda by, _: by.represent_scalar("tag:yaml.org,2002:null", "null"))


def _styled(data: object, *, is_inside: bool = True) -> object:
    """Short mappings and lists of single values in one line, all others over several."""
    match data:
        case dict():
            styled: CommentedMap | CommentedSeq = CommentedMap((key, _styled(value)) for key, value in data.items())
        case list() | tuple():
            styled = CommentedSeq(map(_styled, data))
        case _:
            return data
    values = data.values() if isinstance(data, dict) else data
    is_leaf = not any(isinstance(value, dict | list | tuple) for value in values)
    if is_inside and is_leaf and len(str(data)) <= SHORT:
        styled.fa.set_flow_style()
    return styled
