"""Laws of sheets: plain data survives being written and read, and everything in it has a line."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from lingtan.sheet import Path, compose

TRICKY = [
    "12:30",
    "1e3",
    "on",
    "no",
    "true",
    "null",
    "~",
    "",
    "010",
    "0x1F",
    ".inf",
    ".nan",
    "2025-01-31",
    "<<",
    "=",
    "- a",
]
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
READABLE = st.text(CHARACTERS, max_size=12).filter(lambda text: text[:1] not in (":", "?"))
"""ruamel writes `{:0: x}` and `{?0: x}` without quotes, which YAML, and so ruamel itself, reads otherwise."""
TEXTS = st.sampled_from(TRICKY) | READABLE
NUMBERS = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
KEYS = TEXTS.filter(bool)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def dumped(data: object, *, flow: bool) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = flow
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def paths(data: Any, at: Path = ()) -> list[Path]:
    """Every path of plain data, its own included."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(path for step, value in inner for path in paths(value, (*at, step)))]


@given(st.dictionaries(KEYS, PLAIN, min_size=1, max_size=5), st.booleans())
@example({"a": {"on": "12:30", "1e3": [1e3, None, ""]}}, False)
def test_plain_data_is_read_as_it_was_written(data: dict[str, Any], flow: bool) -> None:
    text = dumped(data, flow=flow)
    sheet, findings = compose(text.encode(), "data.yaml")
    assert findings == []
    assert sheet.data == data
    assert repr(sheet.data) == repr(data)  # 1 is not 1.0, nor true


@given(st.dictionaries(KEYS, PLAIN, min_size=1, max_size=5), st.booleans())
def test_every_path_has_a_line_below_that_of_its_parent(data: dict[str, Any], flow: bool) -> None:
    text = dumped(data, flow=flow)
    lines = compose(text.encode(), "data.yaml")[0].lines
    assert sorted(map(repr, lines)) == sorted(map(repr, paths(data)))
    last = text.count("\n")
    assert all(lines[path[:-1]] <= lines[path] <= last for path in lines)


@given(st.lists(KEYS, min_size=1, max_size=8, unique=True), st.data())
def test_a_line_is_that_of_its_key(keys: list[str], data: st.DataObject) -> None:
    """Written one key a line among remarks and blank lines: rules out a count that drifts."""
    above = data.draw(st.lists(st.integers(0, 3), min_size=len(keys), max_size=len(keys)))
    rows: list[str] = []
    where: dict[str, int] = {}
    for key, blank in zip(keys, above, strict=True):
        rows += ["# remark", ""][: min(blank, 2)] + [""] * (blank > 2)
        rows.append(dumped({key: 1}, flow=False).strip("\n"))
        where[key] = sum(row.count("\n") + 1 for row in rows) - rows[-1].count("\n")
    sheet, findings = compose("\n".join(rows).encode(), "data.yaml")
    assert findings == []
    assert {key: sheet.line((key,)) for key in keys} == where


@given(st.binary(max_size=60) | st.text(st.sampled_from("a:-[]{}&*!%#'\" \n\t?|>"), max_size=40).map(str.encode))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    """Whatever stands in a file: data with a line for every path, or findings; never an exception."""
    sheet, findings = compose(raw, "data.yaml")
    assert findings or sheet.data is not None
    assert sheet.data is None or all(sheet.lines[path] >= 1 for path in paths(sheet.data))
    assert all(found.text() and found.text("zh") for found in findings)
