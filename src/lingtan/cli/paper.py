"""report.pdf beside the other outputs of a study: written where it can be, and said where it cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lingtan.cli.outcome import tell
from lingtan.findings import InputError

if TYPE_CHECKING:
    from lingtan.case import Case
    from lingtan.study import Study


def with_paper_findings(case: Case) -> Case:
    """The case with a warning where no PDF can be written here, so that the study's assumptions say it too."""
    from lingtan.report.pdf import pdf_findings

    found = pdf_findings()
    tell(found)
    return replace(case, findings=(*case.findings, *found))


def write_paper(study: Study, folder: Path) -> None:
    """report.pdf in a folder; without Typst or a font there is none, and the warning was told before the study."""
    from lingtan.report.pdf import pdf_findings, write_pdf

    if pdf_findings():
        return
    try:
        write_pdf(study, folder / "report.pdf")
    except InputError as error:
        tell(error.findings)
