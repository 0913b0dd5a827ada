"""The sentences of all finding codes, gathered from the rooms' modules."""

from __future__ import annotations

from lingtan.wording.park import PARK_FINDINGS
from lingtan.wording.sentence import Sentence
from lingtan.wording.sheet import SHEET_FINDINGS
from lingtan.wording.words import WORDS_FINDINGS

FINDINGS: dict[str, Sentence] = {
    **PARK_FINDINGS,
    **SHEET_FINDINGS,
    **WORDS_FINDINGS,
}
