"""One calculation as a process: a case on standard input, status and answer on standard output."""

from __future__ import annotations

import json
import sys
from typing import Any

from lingtan.findings import Finding, InputError
from lingtan.study.calc import calculate
from lingtan.web.answers import findings_json


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
    said = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(said, ensure_ascii=False, allow_nan=False))


if __name__ == "__main__":
    main()
