"""The pure calculators over HTTP, one at a time in a process of its own: a long one neither starves the cockpit nor lives on.

The process has a session of its own, so that the solvers it starts end with it, whatever it is ended for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from typing import Any

from lingtan.findings import Finding
from lingtan.study.calc import CALCULATORS
from lingtan.web.answers import RefusalError

WITHIN_S = 60.0
"""A calculation that takes longer is stopped."""


class Desk:
    """Where calculations are made, one at a time."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)

    async def answer(self, name: str, case: bytes) -> tuple[int, Any]:
        """Status and answer of a calculator to a case; findings with 422."""
        if name not in CALCULATORS:
            raise RefusalError(404, Finding("web.no-such-calculator", "calc", ", ".join(CALCULATORS), name))
        if self._free.locked():
            raise RefusalError(503, Finding("web.busy", name), headers={"retry-after": "5"})
        async with self._free:
            return await _calculated(name, case)


async def _calculated(name: str, case: bytes) -> tuple[int, Any]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "lingtan.web.calculation",
        name,
        str(os.getpid()),
        start_new_session=True,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    try:
        async with asyncio.timeout(WITHIN_S):
            out, _ = await child.communicate(case)
    except TimeoutError:
        raise RefusalError(503, Finding("web.too-long", name, f"≤ {WITHIN_S:g} s")) from None
    finally:
        with contextlib.suppress(ProcessLookupError):  # it has ended, and so has all that it started
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
    if child.returncode != 0:
        raise RefusalError(500, Finding("web.calculation-failed", name, got=_ended(child.returncode)))
    answer = json.loads(out)
    return answer["status"], answer["body"]


def _ended(status: int | None) -> str:
    """How a process ended, as a shell would name it."""
    return f"exit {status}" if status is None or status >= 0 else f"signal {-status}"
