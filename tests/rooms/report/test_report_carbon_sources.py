"""The carbon section of a park that burns and buys more than electricity."""

from __future__ import annotations

import re
import sys
from functools import cache
from unittest.mock import patch

import pytest

from lingtan.case.read import case_of
from lingtan.optimize import decide
from lingtan.report import render, write_report
from lingtan.sheet import Sheet
from lingtan.study import Study, study
from tests.rooms.report.report_samples import by_rule, park_data, without_prices

DIESEL_T = 10_000 * 42.652 * 0.0202 * 0.98 * 44 / 12


@cache
def page() -> tuple[Study, str]:
    data = park_data()
    data["activities"] = [{"kind": "fuel_use", "member": "mill", "fuel": "diesel", "quantity": "10 kt"}]
    with patch.object(sys.modules[decide.__module__], "plan", by_rule), without_prices():
        made = study(case_of(Sheet("park.yaml", data)), write_report)
    return made, render(made)


def cells(caption: str) -> list[list[str]]:
    """The rows of the table with a caption, as text in both languages."""
    [content] = [part for part in re.findall(r"<table>(.*?)</table>", page()[1], re.DOTALL) if caption in part]
    rows = re.findall(r"<tr>(.*?)</tr>", content, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows
    ]


def test_each_source_has_its_row_and_the_total_is_theirs() -> None:
    """Rules out a total under the table of electricity that its rows do not add up to."""
    made, _ = page()
    carbon = made.project.accounts.carbon
    assert carbon.by_category["fuel"] == pytest.approx(DIESEL_T)
    _, *rows, total = cells("Emissions by source")
    assert [row[0].lower() for row in rows] == [
        "fuel burnt化石能源用作燃料",
        "electricity, net of what was sent out电力净受入",
    ]
    assert len(total) == 2
    electricity = cells("Emissions by kind of electricity")[-1]
    assert electricity[-1] != total[-1]


def test_the_range_of_the_indicator_is_printed() -> None:
    """The conversion is known to a range only; printing one figure would promise more."""
    assert "Indicator over the range of the conversion" in page()[1]
    assert "折标系数范围内的指标" in page()[1]


def test_each_member_is_held_against_the_factory_criteria() -> None:
    """Both members use more than 5 GWh; their shares on paper are those of the account."""
    made, text = page()
    account = made.project.accounts.annex4
    _, *rows = cells("Members as zero-carbon factories")
    assert [row[1].startswith("entry入门要求") for row in rows] == [
        account.factories[member].grade == "entry" for member in ("mill", "shop")
    ]
    assert [row[2] for row in rows] == ["met达到", "met达到"]
    assert "cn.zero-carbon-factory.2026" in text


def test_the_cash_flow_names_its_reference() -> None:
    """Savings without their reference say nothing: the assets it does not have stand beside them, in both languages."""
    assert "Reference: the park without PV, direct line hydro, battery, which costs" in page()[1]
    assert "基准方案：不含光伏、直供专线 hydro、储能的园区" in page()[1]
