"""The report that people read: rendering only, from plain result objects, into one self-contained HTML page.

`render(study)` gives the page, `write_report(study, path)` writes it, `write_workbook(study, path)` writes the accounts as an
Excel workbook, `pdf` puts the page's content on paper, and `draw` writes the report as its file is named. Inside: `sections/`
(one section a file), `charts/` (arrays in, SVG out), `numbers` (formats by language), `markup` (escaping),
`style.css` and `switch.js` (the language button). Every figure of the summary carries its key and raw
value, so page and `summary.json` can be compared key by key.
"""

from __future__ import annotations

from lingtan.report.by_name import draw
from lingtan.report.page import render, write_report
from lingtan.report.workbook import write_workbook

__all__ = ["draw", "render", "write_report", "write_workbook"]
