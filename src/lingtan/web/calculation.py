"""One calculation as a process: a case on standard input, status and answer on standard output.

The arguments are the name of the calculator and the process that started this one. It ends with that process; it and the solvers
it starts take no more memory than a calculation may, and step back behind control, which must look at the devices every second.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

from lingtan.findings import Finding, InputError
from lingtan.study.calc import calculate
from lingtan.study.tied import tie_to
from lingtan.web.answers import findings_json

MOST_BYTES = 2 << 30
"""Address space of each process of a calculation [B]: a year of quarter-hours takes 0.9 GB to solve."""
NICENESS = 10


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
        return {"status": 200, "body": calculate(name, data)}
    except InputError as error:
        return {"status": 422, "body": findings_json(error.findings)}


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
