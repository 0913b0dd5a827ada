"""The report: one page that holds everything it needs, in both languages, for screen, telephone and paper."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from lingtan.report.markup import Html, html, tag
from lingtan.report.sections.bill import bill_section
from lingtan.report.sections.binding import binding_section
from lingtan.report.sections.carbon import carbon_section
from lingtan.report.sections.cash_flow import cash_flow_section
from lingtan.report.sections.certificate import certificate_section
from lingtan.report.sections.energy_flow import energy_section
from lingtan.report.sections.every_figure import every_figure_section
from lingtan.report.sections.first_page import first_page
from lingtan.report.sections.foresight import foresight_section
from lingtan.report.sections.foundations import foundations_section
from lingtan.report.sections.weeks import weeks_section
from lingtan.report.sections.why import why_section
from lingtan.report.sections.year import year_section
from lingtan.wording import Words
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

SECTIONS = {
    "energy": energy_section,
    "year": year_section,
    "weeks": weeks_section,
    "bill": bill_section,
    "carbon": carbon_section,
    "binding": binding_section,
    "why": why_section,
    "cash": cash_flow_section,
    "forecast": foresight_section,
    "certificate": certificate_section,
    "foundations": foundations_section,
    "figures": every_figure_section,
}
"""The sections after the first page, in their order."""


def render(study: Study) -> str:
    """The report of a study as HTML: no script but the language switch, nothing loaded from anywhere."""
    body = html(
        _contents(),
        tag("main", first_page(study), *(write(study) for write in SECTIONS.values()), _colophon()),
    )
    return whole_page(study.project.case.park.title.words, body)


def whole_page(title: Words, body: Html) -> Html:
    """A page around its body: the head with our style and switch, and titles in both languages."""
    return html(
        Html("<!DOCTYPE html>\n"),
        tag(
            "html",
            _head(title.zh),
            tag("body", body),
            lang="zh-Hans",
            data_title_en=title.en,
            data_title_zh=title.zh,
        ),
        "\n",
    )


def write_report(study: Study, path: Path) -> None:
    """Write the report as UTF-8 text."""
    path.write_text(render(study), encoding="utf-8")


def _head(title: str) -> Html:
    """Everything before the body. The policy lets no address be loaded and no script run but ours, by its hash."""
    style, script = (_resource(name) for name in ("style.css", "switch.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="lingtan"),
        tag("title", title),
        tag("style", Html(style)),
        tag("script", Html(script)),
    )


def _contents() -> Html:
    """The way round the page, and the button that changes its language."""
    links = [tag("a", REPORT_WORDS[f"section.{key}"], href=f"#{key}") for key in ("summary", *SECTIONS)]
    return tag("nav", language_button(), tag("div", *links))


def language_button() -> Html:
    """The button that changes the language of a page."""
    return tag(
        "button",
        tag("span", "中文", class_="en", lang="zh-Hans"),
        tag("span", "English", class_="zh", lang="en"),
        id="language",
        type="button",
    )


def _colophon() -> Html:
    return tag("footer", REPORT_WORDS["colophon"])


def _resource(name: str) -> str:
    return files("lingtan.report").joinpath(name).read_text(encoding="utf-8")
