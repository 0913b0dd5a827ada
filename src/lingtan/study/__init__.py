"""A park on paper: plan, settle, compare with the reference case, appraise, summarize.

`study(case)` gives a `Study`; `write_study` puts it into files. Calculators stand in `calc`.
"""

from __future__ import annotations

from lingtan.study.assumptions import Assumed
from lingtan.study.study import Side, Study, advice_on, side, study, summary_of_side
from lingtan.study.why import explanation_of, why_summary
from lingtan.study.write import write_study

__all__ = [
    "Assumed",
    "Side",
    "Study",
    "advice_on",
    "explanation_of",
    "side",
    "study",
    "summary_of_side",
    "why_summary",
    "write_study",
]
