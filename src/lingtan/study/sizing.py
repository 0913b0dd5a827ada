"""The sizing calculator: a park as plain data in, sizes, cost and certificate out. No files are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lingtan.case import case_of
from lingtan.fact import Fact
from lingtan.frozen import thawed
from lingtan.sheet import Sheet
from lingtan.study.study import advice_on, side, summary_of_side


class SizingCase(Fact):
    """A park in the form of a park file; its series are constants or monthly means."""

    park: Mapping[str, Any]
    """The park, as its file would say it."""


def sizing(case: SizingCase) -> Mapping[str, Any]:
    """Sizes, cost and certificate of a park. Raises `InputError` with all findings."""
    joined = case_of(Sheet("standard input", thawed(case.park)))
    decided = side(joined)
    advice = advice_on(decided)
    return summary_of_side(decided, advice)
