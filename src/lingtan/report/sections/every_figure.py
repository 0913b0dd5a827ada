"""Every figure of the summary under its key, to the last digit: what a reader may quote and a program may compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingtan.report.markup import Html, tag
from lingtan.report.sections.frame import section
from lingtan.report.summary_figure import leaves, raw
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def every_figure_section(study: Study) -> Html:
    """The summary as a list, but for the texts of the assumptions, which stand above."""
    rows = [
        tag("div", tag("dt", ".".join(path)), tag("dd", raw(value), data_key=".".join(path), data_value=raw(value)))
        for path, value in leaves(study.summary)
        if path[0] != "assumptions"
    ]
    return section("figures", REPORT_WORDS["figures.lead"], tag("dl", *rows, class_="keys"))
