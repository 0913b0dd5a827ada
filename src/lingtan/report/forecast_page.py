"""A forecast or a backtest as a page of its own, in both languages."""

from __future__ import annotations

from pathlib import Path

from lingtan.report.markup import html, tag
from lingtan.report.page import language_button, whole_page
from lingtan.report.sections.forecast import forecast_section
from lingtan.study.park_forecast import ParkForecast
from lingtan.wording.report import REPORT_WORDS


def render_forecast(result: ParkForecast) -> str:
    """The page as HTML; nothing is loaded from anywhere."""
    park = result.case.park
    head = tag(
        "header",
        tag("p", REPORT_WORDS["section.forecast"], class_="kicker"),
        tag("h1", park.title.words),
        tag("p", park.disclosure.words, class_="disclosure"),
        id="summary",
    )
    foot = tag("footer", REPORT_WORDS["colophon"])
    body = html(tag("nav", language_button()), tag("main", head, forecast_section(result), foot))
    return whole_page(park.title.words, body)


def write_forecast_page(result: ParkForecast, path: Path) -> None:
    """Write the page as UTF-8 text."""
    path.write_text(render_forecast(result), encoding="utf-8")
