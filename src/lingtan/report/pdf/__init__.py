"""report.pdf: the report on A4 paper, made by Typst from the very content of the HTML page.

`tree` reads the sections' markup as a tree and picks a language; `report.typ` is the style sheet of paper; `fonts` finds a
font with Chinese characters; `write` puts the three together. Texts reach Typst as data, so nothing that a user types can be
its markup.
"""

from __future__ import annotations

from lingtan.report.pdf.fonts import pdf_findings
from lingtan.report.pdf.write import render_pdf, write_pdf

__all__ = ["pdf_findings", "render_pdf", "write_pdf"]
