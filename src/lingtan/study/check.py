"""All findings of a park in one pass: the file, its series, its rules, and whether the rules cover the studied period."""

from __future__ import annotations

import os

from lingtan.carbon import annex4_rules
from lingtan.case import gather
from lingtan.findings import Finding, InputError
from lingtan.optimize import costs_of
from lingtan.park.read import park_file


def check_park(path: str | os.PathLike[str]) -> list[Finding]:
    """Every finding of a park file (or the `park.yaml` of a folder); empty when there is none."""
    case, findings = gather(path)
    if case is None:
        return findings
    file = str(park_file(path))
    for ask in (lambda: costs_of(case), lambda: annex4_rules(case.park, case.rulebook, case.grid)):
        try:
            ask()
        except InputError as error:
            findings += [found.at(file) for found in error.findings if found not in findings]
    return findings
