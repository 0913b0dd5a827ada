"""A YAML text as plain data with lines: what is read, how, and what is refused."""

from __future__ import annotations

import math

import pytest

from lingtan import sheet as sheet_module
from lingtan.findings import Finding
from lingtan.sheet import MAX_BYTES, MAX_DEPTH, MAX_LINE_BYTES, Sheet, compose
from lingtan.wording import Words
from lingtan.wording.sheet import YAML_PROBLEMS


def read(text: str) -> Sheet:
    """A text that is expected to be fine."""
    sheet, findings = compose(text.encode(), "park.yaml")
    assert findings == []
    return sheet


def refused(text: str | bytes) -> list[tuple[str, str, int, object]]:
    """Code, who, line and what was got of each finding."""
    findings = compose(text.encode() if isinstance(text, str) else text, "park.yaml")[1]
    assert {found.file for found in findings} == {"park.yaml"}
    return [(found.code, found.who, found.line, found.got) for found in findings]


# ---------------------------------------------------------------------------------------------- lines


BLOCK = """\
# a park
name: works

assets:
  pv: {family: pv,
       power: 3}
  battery:
    family: battery
meters:
  - pcc
  - name: b
    parent: [x,
             y]
note: |
  one
  two
last: 1
"""


def test_every_path_has_its_line() -> None:
    lines = read(BLOCK).lines
    assert lines == {
        (): 2,
        ("name",): 2,
        ("assets",): 4,
        ("assets", "pv"): 5,
        ("assets", "pv", "family"): 5,
        ("assets", "pv", "power"): 6,
        ("assets", "battery"): 7,
        ("assets", "battery", "family"): 8,
        ("meters",): 9,
        ("meters", 0): 10,
        ("meters", 1): 11,
        ("meters", 1, "name"): 11,
        ("meters", 1, "parent"): 12,
        ("meters", 1, "parent", 0): 12,
        ("meters", 1, "parent", 1): 13,
        ("note",): 14,
        ("last",): 17,
    }


def test_a_path_that_is_absent_has_the_line_of_its_nearest_ancestor() -> None:
    sheet = read(BLOCK)
    assert sheet.line(("assets", "battery", "power", "min")) == 7
    assert sheet.line(("no", "such", "thing")) == 2
    assert Sheet("standard input", {}).line(("anything",)) == 0


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(line_end: str, mark: str) -> None:
    sheet = read(mark + BLOCK.replace("\n", line_end))
    assert (sheet.data, dict(sheet.lines)) == (read(BLOCK).data, dict(read(BLOCK).lines))


# ---------------------------------------------------------------------------------------------- scalars


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12:30", "12:30"),  # YAML 1.1: 750
        ("12:30:45", "12:30:45"),
        ("1e3", 1000.0),  # YAML 1.1: text
        ("1.5E-3", 0.0015),
        (".5", 0.5),
        ("+1", 1),
        ("-0", 0),
        ("010", 10),  # YAML 1.1: 8
        ("0o10", 8),
        ("0x1F", 31),
        ("on", "on"),  # YAML 1.1: true
        ("no", "no"),
        ("yes", "yes"),
        ("true", True),
        ("True", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2025-01-31", "2025-01-31"),
        ("2025-01-31 10:00:00", "2025-01-31 10:00:00"),
        ("'1'", "1"),
        ('"a\\tb"', "a\tb"),
        ("=", "="),
        ("<<", "<<"),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("1e400", math.inf),
        ("NaN", "NaN"),
        ("10 MW", "10 MW"),
        ("零碳园区", "零碳园区"),
        ("😀", "😀"),
    ],
)
def test_scalars_are_read_as_yaml_1_2(text: str, value: object) -> None:
    data = read(f"key: {text}").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_not_a_number_is_read_and_left_to_the_models() -> None:
    assert math.isnan(read("key: .nan").data["key"])


@pytest.mark.parametrize("digits", ["9" * 400, "9" * 5000, "0x" + "F" * 5000])
def test_a_whole_number_beyond_all_bounds_is_infinite(digits: str) -> None:
    """Python refuses to print such a number, and to read one of 5000 digits, so a message about it would be a crash."""
    assert read(f"- {digits}\n- -{digits}").data == [math.inf, -math.inf]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("on: 1", ["on"]),
        ("true: 1", ["true"]),
        ("1: 1", ["1"]),
        ("1e3: 1", ["1e3"]),
        ("2025-01-01: 1", ["2025-01-01"]),
        ("12:30: 1", ["12:30"]),
        ("? a\n: 1\n? b\n: 2", ["a", "b"]),
        ("<<: {a: 1}", ["<<"]),
        ("工厂: 1", ["工厂"]),
    ],
)
def test_a_key_is_what_is_written(text: str, keys: list[str]) -> None:
    """Rules out that `true` is reported to its author as `True`, and 1e3 as 1000.0."""
    assert list(read(text).data) == keys


def test_a_sheet_may_be_a_list_or_a_scalar() -> None:
    assert (read("[1, two]").data, read("5").data) == ([1, "two"], 5)


# ---------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: &x 2\nc: *x", ("sheet.alias", "b", 2, "")),
        ("a: 1\nb: &x [1]", ("sheet.alias", "b", 2, "")),
        ("a: &x [*x]", ("sheet.alias", "a", 1, "")),
        ("a: 1\n&x b: 2", ("sheet.alias", "park.yaml", 2, "")),
        ("a: *x", ("sheet.alias", "park.yaml", 1, "")),
        ("a: !!python/object:os.system x", ("sheet.tag", "a", 1, "!!python/object:os.system")),
        ("a: !mine 3", ("sheet.tag", "a", 1, "!mine")),
        ("a:\n  b: !!binary aGk=", ("sheet.tag", "a.b", 2, "!!binary")),
        ("a: !!set {x, y}", ("sheet.tag", "a", 1, "!!set")),
        ("a: [1, !mine [2]]", ("sheet.tag", "a[2]", 1, "!mine")),
        ("!mine a: 3", ("sheet.tag", "park.yaml", 1, "!mine")),
        ("a: 1\nb: 2\na: 3", ("sheet.double-key", "a", 3, "")),
        ("s:\n  a: 1\n  'a': 2", ("sheet.double-key", "s.a", 3, "")),
        ("1: x\n'1': y", ("sheet.double-key", "1", 2, "")),
        ("a: 1\nnull: 2", ("sheet.bad-key", "park.yaml", 2, "null")),
        ("a: 1\n: 2", ("sheet.bad-key", "park.yaml", 2, Words("nothing", "空"))),
        ("s:\n  ? [a, b]\n  : 2", ("sheet.bad-key", "s", 2, Words("a list", "一个列表"))),
        ("{a: 1}: 2", ("sheet.bad-key", "park.yaml", 1, Words("a list", "一个列表"))),
        ("", ("sheet.empty", "park.yaml", 1, "")),
        ("# only a remark\n", ("sheet.empty", "park.yaml", 1, "")),
        ("null", ("sheet.empty", "park.yaml", 1, "")),
        ("# old\n\n%YAML 1.1\n---\na: on", ("sheet.directive", "park.yaml", 3, "%YAML 1.1")),
        ("%TAG ! tag:example,2000:\n---\na: 1", ("sheet.directive", "park.yaml", 1, "%TAG ! tag:example,2000:")),
        ("a:\n\tb: 1", ("sheet.not-yaml", "park.yaml", 2, YAML_PROBLEMS["tab character"])),
        ("a: 1\nb: c: d", ("sheet.not-yaml", "park.yaml", 2, YAML_PROBLEMS["mapping values are not allowed"])),
        ("a: !!int x", ("sheet.not-yaml", "a", 1, "x")),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, found: tuple[str, str, int, str]) -> None:
    assert refused(text) == [found]


@pytest.mark.parametrize(
    "text", ["a: [1, 2", "a: 'x", "a: 1\n---\nb: 2", "a: @x", "a: `x", "a: 1\n b: 2", "}", "a: \x07", "- a\nb"]
)
def test_a_broken_text_is_one_finding_with_a_line(text: str) -> None:
    [(code, who, line, got)] = refused(text)
    assert (code, who, got in YAML_PROBLEMS.values()) == ("sheet.not-yaml", "park.yaml", True)
    assert 1 <= line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"a: 1\nb: \xff\n", 2),
        (b"a: 1\nb: \0\n", 2),
        ("a: 1\nb: 2".encode("utf-16"), 1),
        ("a: 工厂".encode("gb18030"), 1),
        (b"a: \xed\xa0\xbd", 1),
    ],
    ids=["stray byte", "zero byte", "utf-16", "gb18030", "half a surrogate pair"],
)
def test_bytes_that_are_no_utf8_text_are_refused(raw: bytes, line: int) -> None:
    assert refused(raw) == [("sheet.binary", "park.yaml", line, "")]


def test_several_faults_come_in_one_pass() -> None:
    found = refused("a: 1\na: 2\nnull: 3\nb: !mine 4\nc: {d: 1, d: 2}")
    assert [(code, who, line) for code, who, line, _ in found] == [
        ("sheet.double-key", "a", 2),
        ("sheet.bad-key", "park.yaml", 3),
        ("sheet.tag", "b", 4),
        ("sheet.double-key", "c.d", 5),
    ]


def test_a_fault_that_is_not_fatal_leaves_data_to_judge() -> None:
    """So that a double key does not hide every other mistake of the file."""
    sheet, findings = compose(b"a: 1\na: 2\nb: !mine 3", "park.yaml")
    assert (sheet.data, len(findings)) == ({"a": 1, "b": "3"}, 2)


# ---------------------------------------------------------------------------------------------- bounds


def test_nesting_ends_at_its_bound() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).data is not None
    deeper = MAX_DEPTH + 2
    assert refused("[" * deeper + "]" * deeper) == [("sheet.too-deep", "[1]" * (deeper - 1), 1, "")]


@pytest.mark.parametrize("text", ["[" * 500, "- " * 500 + "x", "{b: " * 500])
def test_nesting_beyond_what_python_can_walk_is_a_finding(text: str) -> None:
    assert refused(text) == [("sheet.too-deep", "park.yaml", 1, "")]


def test_the_number_of_entries_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MAX_NODES", 4)
    assert read("[1, 2, 3]").data == [1, 2, 3]  # the list and three numbers
    assert refused("- 1\n- 2\n- 3\n- 4") == [("sheet.too-deep", "[4]", 4, "")]


def test_the_size_is_bounded_before_anything_is_read() -> None:
    raw = b"# " + b"\n# " * (MAX_BYTES // 3 + 1)
    found = compose(raw, "park.yaml")[1]
    assert found == [Finding("sheet.too-large", "park.yaml", f"≤ {MAX_BYTES} B", f"> {MAX_BYTES} B", "park.yaml", 1)]


def test_the_length_of_a_line_is_bounded() -> None:
    fits = "b: " + "x" * (MAX_LINE_BYTES - 3)
    assert len(read(f"a: 1\n{fits}\n").data["b"]) == MAX_LINE_BYTES - 3
    assert refused(f"a: 1\n{fits}x\n") == [("sheet.long-line", "park.yaml", 2, f"{MAX_LINE_BYTES + 1} B")]


def test_a_finding_of_the_sheet_reads_well() -> None:
    [found] = compose("站: 1\n站: 2".encode(), "park.yaml")[1]
    assert found.text() == "park.yaml:2: sheet.double-key: 站: this key stands twice. Keep one of them."
    assert found.text("zh") == "park.yaml:2: sheet.double-key: 站：键重复出现。请只保留一个。"


def test_a_name_without_end_is_cut() -> None:
    """A key of nine hundred letters is read, but not said in full."""
    [(code, who, _, _)] = refused(f"{'k' * 900}: !mine 1")
    assert (code, who) == ("sheet.tag", "k" * 200 + "…")
