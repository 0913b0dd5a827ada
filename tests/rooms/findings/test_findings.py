"""Findings as text in both languages, as data, and as the one error that carries them all."""

from __future__ import annotations

import json

import pytest

from lingtan.findings import Finding, InputError, Severity, errors_in, raise_errors, say_number
from lingtan.wording import Words
from lingtan.wording.findings import FINDINGS
from lingtan.wording.sentence import sentence

CODE = "test.tank-too-small"


@pytest.fixture(autouse=True)
def _own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence of our own, so that these texts hold whatever the rooms' sentences become."""
    texts = sentence("the tank is too small", "储罐过小", mend_en="Add {liters} l.", mend_zh="请增加 {liters} 升。")
    monkeypatch.setitem(FINDINGS, CODE, texts)


def tank(**parts: object) -> Finding:
    return Finding(CODE, "tanks.north", **{"values": {"liters": 5}, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "en", "zh"),
    [
        (
            {"expected": "≥ 10 l", "got": "5 l", "file": "park.yaml", "line": 7},
            "park.yaml:7: test.tank-too-small: tanks.north: the tank is too small; expected ≥ 10 l, got 5 l. Add 5 l.",
            "park.yaml:7: test.tank-too-small: tanks.north：储罐过小；应为 ≥ 10 l，实为 5 l。请增加 5 升。",
        ),
        (
            {"expected": "≥ 10 l", "file": "park.yaml"},
            "park.yaml: test.tank-too-small: tanks.north: the tank is too small; expected ≥ 10 l. Add 5 l.",
            "park.yaml: test.tank-too-small: tanks.north：储罐过小；应为 ≥ 10 l。请增加 5 升。",
        ),
        (
            {"got": "5 l"},
            "test.tank-too-small: tanks.north: the tank is too small; got 5 l. Add 5 l.",
            "test.tank-too-small: tanks.north：储罐过小；实为 5 l。请增加 5 升。",
        ),
        (
            {},
            "test.tank-too-small: tanks.north: the tank is too small. Add 5 l.",
            "test.tank-too-small: tanks.north：储罐过小。请增加 5 升。",
        ),
        (
            {
                "expected": Words("a tank", "一个储罐"),
                "got": Words("nothing", "空"),
                "values": {"liters": Words("some", "若干")},
            },
            "test.tank-too-small: tanks.north: the tank is too small; expected a tank, got nothing. Add some l.",
            "test.tank-too-small: tanks.north：储罐过小；应为 一个储罐，实为 空。请增加 若干 升。",
        ),
    ],
    ids=["whole", "no line, no got", "no place, no expected", "bare", "pairs of words"],
)
def test_the_text_of_a_finding(parts: dict[str, object], en: str, zh: str) -> None:
    assert (tank(**parts).text(), tank(**parts).text("zh")) == (en, zh)


def test_a_value_of_zero_is_said() -> None:
    """Rules out `if got`: zero is a value and not its absence."""
    assert "got 0" in tank(got="0").text()


def test_a_brace_in_what_was_found_is_no_placeholder() -> None:
    """A user's `{x}` must neither be filled in nor break the message."""
    assert "expected {liters}, got {0}" in tank(expected="{liters}", got="{0}").text()


def test_a_finding_as_data() -> None:
    data = tank(
        expected="≥ 10 l", got=Words("nothing", "空"), file="park.yaml", line=7, severity=Severity.WARNING
    ).as_json()
    assert json.loads(json.dumps(data, ensure_ascii=False)) == {
        "code": "test.tank-too-small",
        "severity": "warning",
        "who": "tanks.north",
        "file": "park.yaml",
        "line": 7,
        "expected": "≥ 10 l",
        "got": "nothing",
        "en": "park.yaml:7: test.tank-too-small: tanks.north: the tank is too small; "
        "expected ≥ 10 l, got nothing. Add 5 l.",
        "zh": "park.yaml:7: test.tank-too-small: tanks.north：储罐过小；应为 ≥ 10 l，实为 空。请增加 5 升。",
    }


def test_a_code_without_a_sentence_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError, match=r"^\"finding code 'test.no-such-code' has no sentence in lingtan.wording\"$"):
        Finding("test.no-such-code", "tanks")


def test_a_place_that_is_known_is_kept() -> None:
    """Rules out `load.csv:7`, where 7 is the line of the park file that names load.csv."""
    assert tank().at("park.yaml", 7) == tank(file="park.yaml", line=7)
    assert tank(file="park.yaml").at("park.yaml", 7) == tank(file="park.yaml", line=7)
    assert tank(file="park.yaml", line=9).at("park.yaml", 7) == tank(file="park.yaml", line=9)
    assert tank(file="load.csv", line=3).at("park.yaml", 7) == tank(file="load.csv", line=3)
    assert tank(file="load.csv").at("park.yaml", 7) == tank(file="load.csv")


def test_one_error_carries_all_findings() -> None:
    given = [tank(file="a"), tank(file="b", severity=Severity.NOTE), tank(file="c", severity=Severity.WARNING)]
    with pytest.raises(InputError) as raised:
        raise_errors(iter(given))
    assert raised.value.findings == tuple(given)
    assert str(raised.value) == "\n".join(found.text() for found in given)


def test_warnings_and_notes_stop_nothing() -> None:
    mild = [tank(severity=Severity.WARNING), tank(severity=Severity.NOTE)]
    assert errors_in([*mild, tank()]) == (tank(),)
    assert errors_in(mild) == ()
    raise_errors(mild)
    raise_errors([])


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.5, "-0.5"), (35040.0, "35040"), (999_999_999.0, "999999999"), (0.1 + 0.2, "0.3"), (1e-6, "1e-06")],
)
def test_numbers_are_said_as_typed(value: float, text: str) -> None:
    assert say_number(value) == text


def test_what_a_file_says_can_neither_break_a_line_nor_fake_one() -> None:
    """A finding is one line, and its colors are those of the terminal."""
    found = Finding("sheet.wrong-kind", "a\tb", "text", "x\npark.yaml:1: all.well: \x1b[32mfine\u2028", "park.yaml", 3)
    assert found.text() == (
        "park.yaml:3: sheet.wrong-kind: a\\tb: this value is of the wrong kind; expected text, got "
        "x\\npark.yaml:1: all.well: \\x1b[32mfine\\u2028. Write it as expected."
    )
