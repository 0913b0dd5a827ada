"""The targets of a park: what was asked, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lingtan.report.markup import Html, tag
from lingtan.report.sections.frame import Row, table, verdict
from lingtan.report.summary_figure import figure
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.targets import TARGET_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def targets(study: Study) -> Html:
    """A line for each target; a park without is told so."""
    found = study.summary["targets"]
    if not found:
        return tag("p", figure(study.summary, "targets", show=lambda _: TARGET_WORDS["nothing"]), class_="note")
    rows = [_row(study.summary, number, one) for number, one in enumerate(found)]
    head = (TARGET_WORDS["target"], TARGET_WORDS["bound"], REPORT_WORDS["column.value"], REPORT_WORDS["card.verdict"])
    return table(head, rows, caption=TARGET_WORDS["title"])


def _row(summary: Mapping[str, Any], number: int, target: Mapping[str, Any]) -> Row:
    at, unit = ("targets", str(number)), target["unit"]
    sign = "≥" if target["sense"] == "at_least" else "≤"
    return (
        TARGET_WORDS[target["name"]],
        figure(summary, *at, "bound", show=lambda bound: f"{sign} {_shown(bound, unit)}"),
        figure(summary, *at, "value", show=lambda value: _shown(value, unit)),
        figure(summary, *at, "met", show=verdict),
    )


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if unit == "1":
        return f"{100.0 * value:,.1f} %"
    return f"{value:,.0f} {unit}" if unit in {"t", "kWh"} else f"{value:,.3f} {unit}"
