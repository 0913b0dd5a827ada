"""From a study to report.pdf: first the Chinese part, then the English one, each with its own summary page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lingtan.findings import Finding, InputError, Severity
from lingtan.report.markup import html
from lingtan.report.page import SECTIONS
from lingtan.report.pdf.fonts import chinese_font, families, pdf_findings
from lingtan.report.pdf.tree import in_language, read
from lingtan.report.sections.first_page import first_page
from lingtan.wording import Lang
from lingtan.wording.pdf import PDF_WORDS
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

PARTS: tuple[Lang, ...] = ("zh", "en")
"""The parts of the file in their order."""

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Creation date in the file: fixed, so that the same study gives the same bytes."""


def write_pdf(study: Study, path: Path, languages: Sequence[Lang] = PARTS) -> None:
    """Write the report as PDF. Raises `InputError` as `render_pdf` does."""
    path.write_bytes(render_pdf(study, languages))


def render_pdf(study: Study, languages: Sequence[Lang] = PARTS) -> bytes:
    """The report of a study as PDF, one part a language, in the order given.

    Raises `InputError` where Typst or a font with Chinese characters is absent, or where a character of the park's own
    texts is in no font of this machine: a report never shows an empty box for a character.
    """
    missing = pdf_findings()
    font = chinese_font(families()) if not missing else None
    if font is None:
        raise InputError(missing)
    return compiled(pdf_data(study, languages, font))


def pdf_data(study: Study, languages: Sequence[Lang], font: str) -> dict[str, Any]:
    """What the template is given: plain data, texts as texts."""
    tree = read(html(first_page(study), *(write(study) for write in SECTIONS.values())))
    title = study.project.case.park.title.words
    return {
        "font": font,
        "title": title.in_language(languages[0]),
        "parts": [
            {
                "lang": lang,
                "title": title.in_language(lang),
                "colophon": REPORT_WORDS["colophon"].in_language(lang),
                "page": PDF_WORDS["page"].in_language(lang),
                "contents": PDF_WORDS["contents"].in_language(lang),
                "body": in_language(tree, lang, font),
            }
            for lang in languages
        ],
    }


def compiled(data: Mapping[str, Any]) -> bytes:
    """The template with its data as a PDF; nothing is read from disk but the machine's fonts.

    PDF/A-2a is for archives, PDF/UA-1 for readers that speak. Both forbid a character that no font has, so that the compiler
    refuses it.
    """
    import typst

    template = files("lingtan.report.pdf").joinpath("report.typ").read_bytes()
    told = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    try:
        return typst.compile(template, sys_inputs=told, pdf_standards=["a-2a", "ua-1"], timestamp=MADE)
    except typst.TypstError as error:
        raise _refused(error) from None


def _refused(error: Exception) -> Exception:
    """A character that no font has is the user's to change; anything else is a fault of ours."""
    said = str(getattr(error, "message", error))
    if "could not be displayed" not in said:
        return error
    text = said.partition("the text `")[2].partition("`")[0]
    return InputError([Finding("report.no-glyph", "report.pdf", got=text, severity=Severity.WARNING)])
