"""Every figure of the summary under its key, to the last digit: what a reader may quote and a program may compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingtan.report.markup import Html, key, tag
from lingtan.report.sections.frame import section
from lingtan.report.summary_figure import Path, leaves, raw
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def every_figure_section(study: Study) -> Html:
    """The summary as a list, but for the texts of the assumptions, which stand above."""
    rows = [_row(path, value) for path, value in leaves(study.summary) if path[0] != "assumptions"]
    return section("figures", REPORT_WORDS["figures.lead"], tag("dl", *rows, class_="keys"))


def _row(path: Path, value: object) -> Html:
    """A key with its value; a sentence stands in the part of its language alone."""
    lang = path[-1] if path[-2:-1] == ("words",) else None
    name = ".".join(path)
    cells = tag("dt", key(name)), tag("dd", raw(value), data_key=name, data_value=raw(value))
    return tag("div", *cells, class_=lang)
