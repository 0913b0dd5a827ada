"""Older forms of the park file: recognized, brought to the present form, and never guessed at."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from lingtan.findings import Finding
from lingtan.park.migrate import SCHEMA, migrate, version_of
from lingtan.park.read import judge_park, read_sheet
from lingtan.sheet import Sheet, compose
from lingtan.wording import Text, Words
from tests.rooms.park.park_samples import STARTER


def sheet_of(text: str) -> Sheet:
    return compose(text.encode(), "park.yaml")[0]


def starter_in_form_0() -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(read_sheet(STARTER)[0].data)
    period = data.pop("period")
    data |= {"schema": 0, "connection": data.pop("connections")["grid"], "year": period["year"], "step_minutes": 60}
    return data


def test_form_0_becomes_form_1() -> None:
    assert migrate({"schema": 0, "connection": {"bus": "main"}, "year": 2025, "step_minutes": 15, "name": "x"}) == {
        "schema": 1,
        "name": "x",
        "connections": {"grid": {"bus": "main"}},
        "period": {"year": 2025, "step": "15 min"},
    }


def test_a_migrated_park_is_the_same_park() -> None:
    fresh, findings = judge_park(Sheet("park.yaml", migrate(starter_in_form_0())))
    now, _ = judge_park(read_sheet(STARTER)[0])
    assert findings == []
    assert fresh == now


def test_migration_leaves_its_input_and_the_present_form_alone() -> None:
    old = starter_in_form_0()
    before = copy.deepcopy(old)
    new = migrate(old)
    assert old == before
    assert migrate(new) is new


def test_the_present_form_is_recognized() -> None:
    assert version_of(sheet_of("schema: 1")) == SCHEMA


@pytest.mark.parametrize(
    ("text", "code", "line", "got"),
    [
        ("name: x\nschema: 0", "park.old-schema", 2, "0"),
        ("name: x\nschema: 2", "park.newer-schema", 2, "2"),
        ("name: x\nschema: -1", "park.unknown-schema", 2, "-1"),
        ("name: x\nschema: 1.0", "park.unknown-schema", 2, "1.0"),
        ("name: x\nschema: '1'", "park.unknown-schema", 2, "'1'"),
        ("name: x\nschema: true", "park.unknown-schema", 2, "true"),
        ("name: x\nschema: false", "park.unknown-schema", 2, "false"),
        ("name: x\nschema: [1]", "park.unknown-schema", 2, Words("a list", "一个列表")),
        ("name: x\nschema: {a: 1}", "park.unknown-schema", 2, Words("a mapping", "一个映射")),
        ("name: x\nschema: null", "park.no-schema", 2, ""),
        ("# a park\nname: x", "park.no-schema", 2, ""),
    ],
)
def test_another_form_is_one_finding(text: str, code: str, line: int, got: Text) -> None:
    """And only one: judging an older form by the present model would drown the reader in follow-up errors."""
    sheet = sheet_of(text)
    found = version_of(sheet)
    assert found == Finding(code, "schema", "1", got, "park.yaml", line)
    assert judge_park(sheet) == (None, [found])


@pytest.mark.parametrize("text", ["- a\n- b", "5", "park"])
def test_what_is_no_mapping_is_no_park(text: str) -> None:
    assert version_of(sheet_of(text)) == Finding("park.not-a-park", "park.yaml", file="park.yaml", line=1)
