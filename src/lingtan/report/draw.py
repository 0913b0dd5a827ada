"""What `Study.report(path)` draws with: PDF where the name of the file asks for it, else the HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lingtan.report.page import write_report
from lingtan.report.pdf import write_pdf

if TYPE_CHECKING:
    from lingtan.study.study import Study


def draw(study: Study, path: Path) -> None:
    """Write the report: `report.pdf` as PDF, anything else as HTML. Raises `InputError` as `write_pdf` does."""
    if path.suffix.lower() == ".pdf":
        write_pdf(study, path)
    else:
        write_report(study, path)
