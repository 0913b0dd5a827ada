"""The form of the report by the name of its file: PDF for `.pdf`, else the HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lingtan.report.page import write_report
from lingtan.report.pdf import write_pdf

if TYPE_CHECKING:
    from lingtan.study.study import Study


def draw(study: Study, path: Path) -> None:
    """Write the report, as `Study.report(path)` does. Raises `InputError` where a PDF is asked for and cannot be made."""
    if path.suffix.lower() == ".pdf":
        write_pdf(study, path)
    else:
        write_report(study, path)
