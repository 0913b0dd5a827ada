"""What the log says of an event reads as a whole sentence in both languages, whatever the event carries."""

from __future__ import annotations

import re

import pytest

from lingtan.operate.store import EventRow
from lingtan.web.sentences import EVENTS, NOUNS, Sentences, author_words, reason_words
from tests.rooms.control.control_samples import control_park

SAYS = Sentences(control_park())
BLANK = re.compile(r"\{(\w+)\}")
CODES = re.compile(r"(control|operate)\.[a-z]|no-connection|id-mismatch|broken-frame|unknown-|no-numbers|_kw\b|\.soc\b")
VALUES: dict[str, str | float] = {
    "age_s": 7.0, "unit": "W", "value": 1234.5, "ahead_s": 3.0, "back_s": 61.0, "gap_kw": 31.4, "told_kw": 80.0, "shown_kw": -44.0,
    "author": "operator", "over_kw": 12.0, "points": "grid.power_kw, battery.soc", "digest": "0f3a91bc",
    "code": "control.not-obeyed",
    "mode": "auto", "released": "battery, pv", "kind": "timeout", "what": "division by zero", "moved_s": 3600.0, "jump_s": -90.0,
    "why": "unknown-mode", "exit": 9.0, "process": "planner", "seconds": 12.0, "count": 3.0, "late_ms": 300.0,
    "minutes": 36, "hours": 2, "late": 4, "missed": 2, "lease_s": 10.0,
    "file": "0800.json", "age_h": 27,
}  # fmt: skip
"""A value for each detail that a sentence may name."""


def said(code: str, detail: dict[str, str | float]) -> dict[str, str]:
    return SAYS.event(EventRow(0, code, "battery", "note", detail))


def assert_whole(text: str) -> None:
    """No blank left open, nothing that ends in the air, no code of ours."""
    assert "{" not in text
    assert not re.search(r"  |[:：;；,，、]\s*$|[:：]\s*[-–]\s*$|\(\s*\)|（\s*）|\s[;,]| kW，实际  kW", text), text
    assert not CODES.search(text), text


@pytest.mark.parametrize("code", sorted(EVENTS))
def test_an_event_with_all_its_values_fills_its_sentence(code: str) -> None:
    words = said(code, {name: VALUES[name] for name in BLANK.findall(EVENTS[code].en)})
    assert_whole(words["en"])
    assert_whole(words["zh"])
    assert re.match(r"储能：.*[\u4e00-\u9fff]", words["zh"])


@pytest.mark.parametrize("code", sorted(EVENTS))
def test_an_event_without_values_is_called_by_its_noun(code: str) -> None:
    """Rules out "指令  kW，实际  kW": what was stored by an older version, or an end that knows its code only."""
    words = said(code, {})
    assert_whole(words["en"])
    assert_whole(words["zh"])
    if BLANK.search(EVENTS[code].en):
        assert words == {"en": f"Battery: {NOUNS[code].en}", "zh": f"储能：{NOUNS[code].zh}"}


@pytest.mark.parametrize("code", sorted(EVENTS))
def test_the_end_of_anything_names_what_ended(code: str) -> None:
    words = said("control.ended", {"code": code})
    assert words == {"en": f"Battery: over: {NOUNS[code].en}", "zh": f"储能：已解除：{NOUNS[code].zh}"}
    assert_whole(words["en"])
    assert_whole(words["zh"])


def test_every_event_has_a_noun_and_no_noun_is_left_over() -> None:
    assert set(NOUNS) == set(EVENTS)


@pytest.mark.parametrize(
    ("code", "detail", "wanted"),
    [
        ("control.warming-up", {"points": "-"}, "储能：处于安全状态，等待必要测点连续三个周期正常"),
        ("control.warming-up", {"points": "grid.power_kw"}, "储能：处于安全状态，等待测点：电网功率"),
        ("operate.stopped", {"released": ""}, "储能：控制进程停止"),
        ("operate.stopped", {"released": "battery, pv"}, "储能：控制进程停止；已释放租约：储能、光伏"),
        ("operate.device-lost", {"kind": "timeout"}, "储能：设备无应答：应答超时"),
        ("control.not-obeyed", {"told_kw": 80.0}, "储能：未按指令响应"),
        ("control.not-obeyed", {"told_kw": 80.0, "shown_kw": -44.0}, "储能：指令 80.0 kW，实际 -44.0 kW"),
        ("control.jump", {"value": 0.5132}, "储能：读数突变至 0.513"),
        ("operate.order-stop", {"author": "operator"}, "储能：操作员 下令停运"),
        ("control.stopped", {"author": None}, "储能：人工停运"),
    ],
)
def test_details_that_say_nothing_leave_no_blank(code: str, detail: dict[str, str | float], wanted: str) -> None:
    assert said(code, detail)["zh"] == wanted


def test_an_order_of_an_operator_is_a_reason_in_words() -> None:
    assert (reason_words("operator"), author_words("operator")) == (
        {"en": "as the operator ordered", "zh": "按操作员指令"},
        {"en": "operator", "zh": "操作员"},
    )
