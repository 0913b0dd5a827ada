"""A model's judgment of a sheet: each of its errors a finding with line, place in the file and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

import pytest
from pydantic import BaseModel, ConfigDict, Field, model_validator

from lingtan.findings import Finding, InputError
from lingtan.sheet import Path, Sheet, compose, judge, known_keys, unknown_key
from lingtan.units import Quantity
from lingtan.wording import Words


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Part):
    low: Annotated[float, Quantity("kW", ge=0)]
    high: Annotated[float, Quantity("kW", ge=0)]

    @model_validator(mode="before")
    @classmethod
    def _from_scalar(cls, value: object) -> object:
        return value if isinstance(value, dict) else {"low": value, "high": value}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise InputError([Finding("park.range-reversed", ".low", f"≤ {self.high:g}", f"{self.low:g}")])
        return self


class Pump(Part):
    family: Literal["pump"]
    power: Span
    drive: Literal["fan", "gas"] = "gas"


class Fan(Part):
    family: Literal["fan"]
    blades: Annotated[int, Field(ge=2, lt=9)]
    share: Annotated[float, Field(gt=0, le=1)] = 1.0


class Plant(Part):
    version: Annotated[Literal[1], Field(alias="schema")]
    things: dict[Annotated[str, Field(pattern="^[a-z]+$")], Annotated[Pump | Fan, Field(discriminator="family")]]
    months: Annotated[tuple[int, ...], Field(max_length=12)] = ()
    owner: Fan | None = None
    named: Mapping[str, Fan] = {}
    groups: list[list[Fan]] = []
    day: str = ""


def judged(text: str, at: Path = ()) -> tuple[Plant | None, list[tuple[str, str, int, object, object]]]:
    sheet, findings = compose(text.encode(), "plant.yaml")
    assert findings == []
    data = sheet.data
    for step in at:
        data = data[step]
    plant, findings = judge(Plant, data, sheet, at)
    assert {found.file for found in findings} <= {"plant.yaml"}
    return plant, [(found.code, found.who, found.line, found.expected, found.got) for found in findings]


GOOD = """\
schema: 1
things:
  west:
    family: pump
    power: {low: 1 MW, high: 2000}
  top: {family: fan, blades: 3}
months: [1, 2]
"""


def broken(old: str, new: str) -> list[tuple[str, str, int, object, object]]:
    """The findings of the good text with one thing changed."""
    assert GOOD.count(old) == 1
    plant, findings = judged(GOOD.replace(old, new))
    assert plant is None
    return findings


def test_a_good_text_is_an_instance() -> None:
    plant, findings = judged(GOOD)
    assert plant is not None
    assert findings == []
    west = plant.things["west"]
    assert isinstance(west, Pump)
    assert (west.power.low, west.power.high) == (1000.0, 2000.0)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("schema: 1\n", "", ("sheet.missing-key", "schema", 1, "", "")),
        ("family: fan, ", "", ("sheet.missing-key", "things.top.family", 6, "", "")),
        (", blades: 3", "", ("sheet.missing-key", "things.top.blades", 6, "", "")),
        (", high: 2000", "", ("sheet.missing-key", "things.west.power.high", 5, "", "")),
        ("schema: 1", "schema: 2", ("sheet.not-one-of", "schema", 1, "1", "2")),
        ("family: fan", "family: van", ("sheet.not-one-of", "things.top.family", 6, "pump, fan", "van")),
        ("family: pump", "family: pumps", ("sheet.not-one-of", "things.west.family", 4, "pump, fan", "pumps")),
        ("power:", "drive: sun\n    power:", ("sheet.not-one-of", "things.west.drive", 5, "fan, gas", "sun")),
        ("blades: 3", "blades: 1", ("sheet.out-of-range", "things.top.blades", 6, "≥ 2", "1")),
        ("blades: 3", "blades: 9", ("sheet.out-of-range", "things.top.blades", 6, "< 9", "9")),
        ("blades: 3", "blades: 3, share: 0", ("sheet.out-of-range", "things.top.share", 6, "> 0", "0")),
        ("blades: 3", "blades: 3, share: 1.5", ("sheet.out-of-range", "things.top.share", 6, "≤ 1", "1.5")),
        ("1 MW", "1 MWh", ("units.wrong-dimension", "things.west.power.low", 5, "kW", "1 MWh")),
        ("1 MW", "-1 MW", ("units.out-of-range", "things.west.power.low", 5, "≥ 0 kW", "-1 MW")),
        ("1 MW", "3 MW", ("park.range-reversed", "things.west.power.low", 5, "≤ 2000", "3000")),
    ],
)
def test_one_fault_is_one_finding(old: str, new: str, found: tuple[str, str, int, str, str]) -> None:
    assert broken(old, new) == [found]


@pytest.mark.parametrize(
    ("old", "new", "who", "line", "expected", "got"),
    [
        ("blades: 3", "blades: three", "things.top.blades", 6, "a whole number", "three"),
        ("blades: 3", "blades: 3.5", "things.top.blades", 6, "a whole number", "3.5"),
        ("blades: 3", "blades: .inf", "things.top.blades", 6, "a finite number", "inf"),
        ("blades: 3", "blades: [3]", "things.top.blades", 6, "a whole number", "a list"),
        ("blades: 3", "blades: null", "things.top.blades", 6, "a whole number", "nothing"),
        ("blades: 3", "blades: 3, share: much", "things.top.share", 6, "a number", "much"),
        ("[1, 2]", "[1,\n  x]", "months[2]", 8, "a whole number", "x"),
        ("[1, 2]", "january", "months", 7, "a list", "january"),
        ("{family: fan, blades: 3}", "5", "things.top", 6, "a mapping", "5"),
        ("months:", "day: [mon]\nmonths:", "day", 7, "text", "a list"),
        (
            "  top:",
            "  Top 1:",
            "things.Top 1",
            6,
            "a text of the form ^[a-z]+$",
            "Top 1",
        ),
    ],
)
def test_a_value_of_another_kind(old: str, new: str, who: str, line: int, expected: str, got: str) -> None:
    """Also that `[key]`, pydantic's word for a wrong key, does not stand in a path that a user reads."""
    sheet, _ = compose(GOOD.replace(old, new).encode(), "plant.yaml")
    findings = judge(Plant, sheet.data, sheet)[1]
    assert [found.text() for found in findings] == [
        f"plant.yaml:{line}: sheet.wrong-kind: {who}: this value is of the wrong kind; expected {expected}, got {got}. "
        "Write it as expected."
    ]


def test_a_size_of_one_number_is_judged_once() -> None:
    """Its two ends are the same text: rules out the same line twice."""
    assert broken("{low: 1 MW, high: 2000}", "much") == [("units.not-a-quantity", "things.west.power", 5, "kW", "much")]


def test_an_unknown_key_is_offered_the_nearest() -> None:
    """And the key that it stands for is not also called missing: one slip is one line."""
    sheet, _ = compose(GOOD.replace("low:", "lowe:").encode(), "plant.yaml")
    assert [found.text() for found in judge(Plant, sheet.data, sheet)[1]] == [
        "plant.yaml:5: sheet.unknown-key: things.west.power.lowe: this key is not known here; got lowe. "
        "Did you mean 'low'?",
    ]


def test_an_unknown_key_far_from_all_is_told_what_is_known() -> None:
    """The keys of a fan only: a pump's `drive: fan` must not make a pump's keys known to a fan."""
    found = broken("blades: 3", "blades: 3, xyz: 1")
    assert [(code, who, line) for code, who, line, _, _ in found] == [("sheet.unknown-key", "things.top.xyz", 6)]
    assert unknown_key("top.xyz", "xyz", known_keys(Plant, ("things", "top", "fan"))).text("zh") == (
        "sheet.unknown-key: top.xyz：此处没有这个键；实为 xyz。此处可用的键：blades, family, share。"
    )


def test_several_faults_come_in_one_pass() -> None:
    text = """\
things:
  west: {family: pump, power: 3 kVA, colour: red}
  top:
    family: fan
    blades: many
  no: 5
months: [1, a]
extra: 1
"""
    assert [(code, who, line) for code, who, line, _, _ in judged(text)[1]] == [
        ("sheet.missing-key", "schema", 1),
        ("units.wrong-dimension", "things.west.power", 2),
        ("sheet.unknown-key", "things.west.colour", 2),
        ("sheet.wrong-kind", "things.top.blades", 5),
        ("sheet.wrong-kind", "things.no", 6),
        ("sheet.wrong-kind", "months[2]", 7),
        ("sheet.unknown-key", "extra", 8),
    ]


def test_a_part_of_a_file_keeps_its_place() -> None:
    text = "plants:\n- schema: 1\n  things: {}\n- schema: 1\n  things: {}\n  day: []\n"
    assert judged(text, ("plants", 1))[1] == [
        ("sheet.wrong-kind", "plants[2].day", 6, Words("text", "文本"), Words("a list", "一个列表"))
    ]


def test_data_that_stands_in_no_file_has_no_line() -> None:
    data = {"schema": 1, "things": {}, "day": 5}
    [found] = judge(Plant, data, Sheet("standard input", data))[1]
    assert (found.file, found.line, found.who) == ("standard input", 0, "day")


def test_a_long_value_is_cut() -> None:
    [(_, _, _, _, got)] = broken("blades: 3", "blades: " + "x" * 200)
    assert got == "x" * 57 + "…"


@pytest.mark.parametrize(
    ("loc", "keys"),
    [
        ((), ["day", "groups", "months", "named", "owner", "schema", "things"]),
        (("things",), []),
        (("things", "west"), ["blades", "drive", "family", "power", "share"]),
        (("things", "west", "pump"), ["drive", "family", "power"]),
        (("things", "west", "fan"), ["blades", "family", "share"]),
        (("things", "west", "pump", "power"), ["high", "low"]),
        (("owner",), ["blades", "family", "share"]),
        (("named", "any"), ["blades", "family", "share"]),
        (("groups", 0, 3), ["blades", "family", "share"]),
    ],
)
def test_the_keys_known_at_a_place(loc: tuple[int | str, ...], keys: list[str]) -> None:
    assert known_keys(Plant, loc) == keys


def test_a_thousand_faults_are_not_said_one_by_one() -> None:
    """In time, too: comparing each with each took minutes for thirty thousand keys."""
    sheet, _ = compose((GOOD + "".join(f"extra_{n}: 1\n" for n in range(1_000))).encode(), "plant.yaml")
    findings = judge(Plant, sheet.data, sheet)[1]
    assert len(findings) == 101
    assert findings[-1].text() == (
        "plant.yaml:1: sheet.more-faults: plant.yaml: there are more faults than are shown here; got 900. "
        "Mend those shown and check again."
    )


def test_the_number_of_entries_is_said() -> None:
    assert [(code, who, expected, got) for code, who, _, expected, got in broken("[1, 2]", str([1] * 13))] == [
        ("sheet.wrong-count", "months", "≤ 12", "13")
    ]
