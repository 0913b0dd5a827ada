"""A year of quarter-hours on one page: small enough to send, drawn fast enough not to be waited for."""

from __future__ import annotations

from time import process_time

from lingtan.report import render
from tests.rooms.report.report_samples import sample_study

LARGEST_BYTES = 2_500_000
LONGEST_S = 2.0


def test_a_year_of_quarter_hours_stays_small_and_fast() -> None:
    """Rules out a mark for each of the 35,040 steps: a carpet of rectangles alone would take some three megabytes."""
    study = sample_study("15 min")
    assert study.project.plan.table.grid.steps == 35_040
    started = process_time()
    page = render(study)
    assert process_time() - started < LONGEST_S
    assert len(page.encode("utf-8")) < LARGEST_BYTES
