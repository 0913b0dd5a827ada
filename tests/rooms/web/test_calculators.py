"""Calculations in processes of their own: what is stopped leaves nothing running, and what may be asked for has its limits."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from lingtan.findings import Finding
from lingtan.frozen import thawed
from lingtan.park.read import read_sheet
from lingtan.web import calculators
from lingtan.web.answers import RefusalError
from lingtan.web.calculation import MOST_BYTES, NICENESS
from lingtan.web.calculators import Desk
from tests.processes import processes_of_session, wait_until
from tests.small_parks import SHIPPED_PARKS

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def searched_park() -> dict:
    """The starter park with a battery of whole modules: solvers are started for it."""
    park = thawed(read_sheet(SHIPPED_PARKS["starter"])[0].data)
    park["assets"]["battery"]["energy"]["module"] = "1 MWh"
    return park


async def started(desk: Desk, case: object) -> tuple[asyncio.Task, asyncio.subprocess.Process]:
    """A calculation that has begun, and its process."""
    begun: asyncio.Queue = asyncio.Queue()
    start = asyncio.create_subprocess_exec

    async def watched(*command: str, **more: object) -> asyncio.subprocess.Process:
        process = await start(*command, **more)
        await begun.put(process)
        return process

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "create_subprocess_exec", watched)
        task = asyncio.create_task(desk.answer("sizing", json.dumps(case).encode()))
        return task, await begun.get()


def command_of(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text()


@linux
def test_a_calculation_that_is_stopped_leaves_no_solver_running() -> None:
    """Rules out solvers that search on for hours beside the control of a park, and two more with each request."""

    async def stopped() -> None:
        task, process = await started(Desk(), {"park": searched_park()})

        def solving() -> bool:
            return any("solver_process" in command_of(each) for each in processes_of_session(process.pid))

        await asyncio.to_thread(wait_until, solving, 30.0)
        solver = next(each for each in processes_of_session(process.pid) if "solver_process" in command_of(each))
        assert f"Max address space         {MOST_BYTES}" in Path(f"/proc/{solver}/limits").read_text()
        assert Path(f"/proc/{solver}/stat").read_text().rpartition(")")[2].split()[16] == str(NICENESS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(wait_until, lambda: not processes_of_session(process.pid))

    asyncio.run(stopped())


SLOW = """#!/bin/sh
sleep 60 &
sleep 60
"""
"""A calculation that starts another process and takes its time."""


@linux
def test_a_calculation_that_takes_too_long_ends_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.write_text(SLOW)
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))
    monkeypatch.setattr(calculators, "WITHIN_S", 0.5)

    async def stopped() -> tuple[Finding, ...]:
        task, process = await started(Desk(), {})
        with pytest.raises(RefusalError) as refused:
            await task
        await asyncio.to_thread(wait_until, lambda: not processes_of_session(process.pid))
        return refused.value.findings

    assert asyncio.run(stopped()) == (Finding("web.too-long", "sizing", "≤ 0.5 s"),)
