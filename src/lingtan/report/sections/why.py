"""Why the plan does what it does: three intervals that teach most, each asset in them, and the price of each rule of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingtan.park.names import Names, capital
from lingtan.report.markup import Html, html, joined, tag
from lingtan.report.numbers import significant
from lingtan.report.sections.frame import Row, list_of, note, section, table
from lingtan.report.summary_figure import figure, sentence
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def why_section(study: Study) -> Html:
    """The intervals in their order, then the rules that are bounds of the plan."""
    told = study.summary["why"]
    if not told["moments"]:
        none = figure(study.summary, "why", "moments", show=lambda _: REPORT_WORDS["why.none"])
        return section("why", html(none, _rules(study)))
    moments = [_moment(study, str(number)) for number in range(len(told["moments"]))]
    return section("why", REPORT_WORDS["why.lead"], *moments, _rules(study), note(REPORT_WORDS["why.read"]))


def _rules(study: Study) -> Html:
    """Each rule that bounds the plan with its price, and the sentence that says how to read it."""
    summary = study.summary
    if not summary["why"]["rules"]:
        return note(figure(summary, "why", "rules", show=lambda _: REPORT_WORDS["why.rules.none"]))
    lines = []
    for number in range(len(summary["why"]["rules"])):
        at = ("why", "rules", str(number))
        price = html(figure(summary, *at, "price", show=significant), " ", figure(summary, *at, "unit", show=str))
        rule = tag("code", figure(summary, *at, "rule", show=str))
        lines.append(html(rule, " ", price, " · ", sentence(summary, *at, "words")))
    return html(tag("h3", REPORT_WORDS["why.rules"]), list_of(lines))


def _moment(study: Study, number: str) -> Html:
    """One interval: when and why it was chosen, the value at each bus, and a line for each asset."""
    summary, names, at = study.summary, Names(study.project.case.park), ("why", "moments", number)
    moment = summary["why"]["moments"][int(number)]
    kind = figure(summary, *at, "moment", show=lambda name: REPORT_WORDS[f"why.moment.{name}"])
    buses = [
        html(
            tag("code", bus),
            " ",
            figure(summary, *at, "buses", bus, "value", show=significant),
            " ",
            figure(summary, *at, "buses", bus, "unit", show=str),
        )
        for bus, price in moment["buses"].items()
        if price["value"] is not None  # nobody could give a unit more
    ]
    rows: list[Row] = [
        (
            figure(summary, *at, "assets", str(row), "asset", show=lambda name: capital(names.owner(name))),
            sentence(summary, *at, "assets", str(row), "words"),
        )
        for row in range(len(moment["assets"]))
    ]
    head = (REPORT_WORDS["why.asset"], REPORT_WORDS["why.reason"])
    return html(
        tag("h3", kind, " · ", figure(summary, *at, "at", show=str)),
        tag("p", REPORT_WORDS["why.buses"], " ", joined(buses, Html(" · "))),
        table(head, rows, words=2, widths=(20, 80)),
    )
