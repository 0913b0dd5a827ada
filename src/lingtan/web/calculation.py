"""One calculation as a process: a case on standard input, status and answer on standard output.

The arguments are the name of the calculator and the process that started this one. It ends with that process; it and the solvers
it starts take no more memory than a calculation may, and step back behind control, which must look at the devices every second.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Mapping
from typing import Any

from lingtan.findings import Finding, InputError, say_number
from lingtan.optimize import NotCertifiedError
from lingtan.park import Search
from lingtan.sheet import Sheet, judge
from lingtan.study.calc import calculate
from lingtan.study.tied import tie_to
from lingtan.web.answers import findings_json

MOST_BYTES = 2 << 30
"""Address space of each process of a calculation [B]: a year of quarter-hours takes 0.9 GB to solve."""
NICENESS = 10
MOST_SEARCH_S = 15.0
"""Longest search for whole numbers [s]: a calculation has a minute for all its searches, of which two run at once."""


def answer(name: str, case: bytes) -> dict[str, Any]:
    """Status and body of the answer to a case.

    >>> [round(root, 12) for root in answer("irr", b'{"flows": [-100, 150]}')["body"]["roots"]]
    [0.5]
    """
    try:
        data = json.loads(case)
    except (ValueError, RecursionError) as error:
        return {"status": 400, "body": findings_json([Finding("web.not-json", name, got=str(error))])}
    try:
        return {"status": 200, "body": calculate(name, searched_briefly(data))}
    except InputError as error:
        return {"status": 422, "body": findings_json(error.findings)}
    except NotCertifiedError as error:
        return {"status": 422, "body": findings_json([Finding("web.not-certified", name, got=str(error))])}


def searched_briefly(case: object) -> object:
    """A case whose park, if it has one, is searched no longer than there is time for an answer.

    Raises `InputError` where it asks for more. What is wrong with the park otherwise is left to whoever reads it.
    """
    park = case.get("park") if isinstance(case, Mapping) else None
    said = park.get("search", {}) if isinstance(park, Mapping) else None
    if not isinstance(case, Mapping) or not isinstance(park, Mapping) or not isinstance(said, Mapping):
        return case
    search, _ = judge(Search, said, Sheet("standard input", said))
    if search is None:
        return case
    if search.time_limit is None:
        return {**case, "park": {**park, "search": {**said, "time_limit": MOST_SEARCH_S / 3600.0}}}
    asked_s = 3600.0 * search.time_limit
    if asked_s > MOST_SEARCH_S * (1.0 + 1e-9):
        asked = (f"≤ {say_number(MOST_SEARCH_S)} s", f"{say_number(asked_s)} s")
        raise InputError([Finding("web.long-search", "park.search.time_limit", *asked)])
    return case


def main() -> None:
    """Answer standard input."""
    tie_to(int(sys.argv[2]))
    step_back()
    said = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(said, ensure_ascii=False, allow_nan=False))


def step_back() -> None:
    """Let this process and those it starts take less than they might, of memory and of the processor."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    os.nice(NICENESS)


if __name__ == "__main__":
    main()
