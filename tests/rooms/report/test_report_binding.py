"""Shortfalls, rules and limits on the page: key by key what the summary says, in both languages, nothing made up."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lingtan.advise import Advice
from lingtan.case import Case
from lingtan.report import render, write_report, write_workbook
from lingtan.report.sections.binding import binding_section, shortfall_banner
from lingtan.report.summary_figure import leaves, raw
from lingtan.study import Study, study
from tests.rooms.advise.test_prices import direct, shares
from tests.small_parks import pv, small_case

KEYED = re.compile(r'data-key="([^"]+)" data-value="([^"]*)"')
PARTS = ("shortfalls", "remedies", "rules", "limits")


def cases() -> dict[str, Case]:
    """A park with rules of every standing, one that is short with a remedy, one that none mends, one with limits."""
    dear = pv({"min": 0.0, "max": 500.0}, capex=1e5)
    two = {"other": {"family": "load", "profile": "need"}}
    return {
        "rules kept": direct(),
        "rules reported": direct(shares="report"),
        "rules undefined": direct(asset=pv(0.0), shares="report"),
        "rule missed": direct(shares(0.9)),
        "short": small_case(
            [600.0, 900.0, 600.0],
            {"pv": dear, **two},
            series={"sun": [1.0, 0.5, 1.0]},
            connection={"capacity": 1300.0, "import_limit": 1250.0},
        ),
        "limits": small_case(
            [600.0] * 3, {"pv": pv({"min": 0.0, "max": 100.0}, capex=10.0)}, series={"sun": [1.0, 0.5, 1.0]}
        ),
    }


@cache
def studied(name: str) -> Study:
    return study(cases()[name], write_report)


def told(text: str) -> set[tuple[str, str]]:
    return {(key, unescape(value)) for key, value in KEYED.findall(text) if key.split(".")[0] in PARTS}


@pytest.mark.parametrize("name", cases())
def test_the_section_and_the_summary_say_the_same_key_by_key(name: str) -> None:
    """Rules out a figure that the section forgets, one that it takes from another place, and one of another row."""
    summary = studied(name).summary
    expected = {(".".join(path), raw(value)) for path, value in leaves(summary) if path[0] in PARTS}
    assert told(binding_section(studied(name))) == expected
    assert told(render(studied(name))) == expected


def test_the_sample_parks_hold_something_of_everything() -> None:
    """Rules out that the test above compares empty lists."""
    advice: dict[str, Advice] = {name: studied(name).advice for name in cases()}
    standings = {str(rule.standing) for one in advice.values() for rule in one.rules}
    assert standings == {"binding", "slack", "missed", "reported", "undefined"}
    assert len(advice["short"].shortfalls) == 2
    assert len(advice["short"].remedies) == 2
    assert {len(change.changes) for change in advice["short"].remedies} == {1, 2}
    assert [limit.cell for limit in advice["limits"].limits] == ["assets.pv.power.max"]


def test_a_shortfall_stands_on_the_first_page_with_its_cheapest_remedy() -> None:
    """Both loads, and the remedy that costs least; a park that is served has no such banner."""
    short = studied("short")
    banner = shortfall_banner(short)
    assert "Not every need is served." in banner
    assert "有需求未能满足。" in banner
    assert short.summary["remedies"][0]["words"]["en"] in unescape(banner)
    assert banner in render(short)
    assert shortfall_banner(studied("limits")) == ""


def test_a_price_that_does_not_exist_is_not_a_zero() -> None:
    """A rule that is only reported shows no figure as its price: rules out 0 CNY, which would say that it costs nothing."""
    rules: list[dict[str, Any]] = studied("rules reported").summary["rules"]
    assert {rule["standing"] for rule in rules} == {"reported"}
    assert all("price_cny_per_point" not in rule for rule in rules)
    assert "price_cny_per_point" not in binding_section(studied("rules reported"))
    assert all(rule["price_cny_per_point"] >= 0.0 for rule in studied("rules kept").summary["rules"])


def test_the_workbook_has_rules_and_shortfalls_as_numbers(tmp_path: Path) -> None:
    """A row a rule and a limit, and a row a need and a cell to change, with the values of the study."""
    for name in ("rules kept", "short", "limits"):
        write_workbook(studied(name), tmp_path / "results.xlsx")
        book = load_workbook(tmp_path / "results.xlsx", read_only=True)
        binding = list(book["Rules and limits 规则代价与限值"].values)[1:]
        advice = studied(name).advice
        prices = [rule.price_cny_per_point for rule in advice.rules]
        prices += [limit.saves_cny_per_unit for limit in advice.limits]
        assert [row[7] for row in binding] == pytest.approx(prices)
        short = list(book["Shortfalls 缺供与补救"].values)[1:]
        changes = [change for remedy in advice.remedies for change in remedy.changes]
        missing = [row[1] for row in short if row[1] is not None]
        assert missing == pytest.approx([each.amount for each in advice.shortfalls])
        assert [(row[6], row[8]) for row in short if row[6]] == [(change.cell, change.then) for change in changes]
