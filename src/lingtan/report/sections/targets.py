"""The targets of a park: what was asked, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lingtan.park.names import Names, listed
from lingtan.park.size import UNITS
from lingtan.report.markup import Html, html, tag
from lingtan.report.sections.frame import Row, note, table, verdict
from lingtan.report.summary_figure import figure
from lingtan.wording import Text, Words, text_in
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.targets import TARGET_WORDS

LEAST_SHOWN = 1.0
"""A size below one kW, kWh or kg is none."""

LEAST_EXTENT = 1e-3
"""What is done to less than a thousandth is not done."""

if TYPE_CHECKING:
    from lingtan.study.study import Study


def targets(study: Study) -> Html:
    """A line for each target, and the path to less carbon; a park without is told so."""
    return html(_targets(study), _path(study))


def _path(study: Study) -> Html:
    summary = study.summary
    if "abatement" not in summary:
        return html()
    rows: list[Row] = []
    for number, step in enumerate(summary["abatement"]):
        at = ("abatement", str(number))
        rows.append(
            (
                figure(summary, *at, "emissions_t", show=lambda tonnes: f"{tonnes:,.0f} t"),
                figure(summary, *at, "intensity_t_per_tce", show=lambda found: _shown(found, "t/tce")),
                figure(summary, *at, "cost_cny", show=lambda cost: f"{cost:,.0f}"),
                figure(summary, *at, "cny_per_t", show=lambda price: "–" if price is None else f"{price:,.0f}"),
                _sizes(step["sizes"], Names(study.project.case.park)),
            )
        )
    head = (
        TARGET_WORDS["path.emissions"],
        TARGET_WORDS["indicator"],
        TARGET_WORDS["path.cost"],
        TARGET_WORDS["path.price"],
        TARGET_WORDS["path.sizes"],
    )
    told = note(TARGET_WORDS["path.about"])
    return html(table(head, rows, words=0, caption=TARGET_WORDS["path"], widths=(14, 14, 16, 14, 42)), told)


def _sizes(sizes: Mapping[str, float], names: Names) -> Text:
    """What is built, in a list; a store by its content alone."""
    parts = []
    for size, value in sizes.items():
        owner, _, quantity = size.partition(".")
        stores = f"{owner}.energy_kwh" in sizes
        least = LEAST_EXTENT if UNITS.get(quantity) == "1" else LEAST_SHOWN
        if owner in names.park.assets and value >= least and not (stores and quantity == "power_kw"):
            unit, asset = UNITS.get(quantity, ""), names.asset(owner)
            amount = f"{100.0 * value:,.0f} %" if unit == "1" else f"{value:,.0f} {unit}"
            parts.append(Words(f"{text_in(asset, 'en')} {amount}", f"{text_in(asset, 'zh')} {amount}"))
    return listed(parts)


def _targets(study: Study) -> Html:
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
