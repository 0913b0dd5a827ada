"""A park with its series and its rules: the three sections of a park file joined on the studied grid and checked."""

from __future__ import annotations

from lingtan.case.case import Case
from lingtan.case.read import case_of, check_park, gather, read_case
from lingtan.case.season import studied_instant
from lingtan.case.sizes import check_sizes, with_sizes

__all__ = ["Case", "case_of", "check_park", "check_sizes", "gather", "read_case", "studied_instant", "with_sizes"]
