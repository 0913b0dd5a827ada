"""Calculations in processes of their own: what is stopped leaves nothing running, and what may be asked for has its limits."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from lingtan.findings import Finding
from lingtan.frozen import thawed
from lingtan.optimize import NotCertifiedError
from lingtan.park.read import read_sheet
from lingtan.web import calculation, calculators
from lingtan.web.answers import RefusalError
from lingtan.web.calculation import MOST_BYTES, NICENESS, answer, searched_briefly
from lingtan.web.calculators import Desk
from tests.processes import processes_of_session, wait_until
from tests.small_parks import SHIPPED_PARKS

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def searched_park() -> dict:
    """The starter park in quarter-hours, with a battery of whole modules: too large for solvers not to be started for it."""
    park = thawed(read_sheet(SHIPPED_PARKS["starter"])[0].data)
    park["assets"]["battery"]["energy"]["module"] = "1 MWh"
    park["period"]["step"] = "15 min"
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


def test_a_posted_park_is_searched_no_longer_than_there_is_time() -> None:
    """Rules out 24 hours of search behind a request that is given a minute, and a default of five minutes."""
    brief = {"time_limit": 15.0 / 3600.0}
    assert searched_briefly({"park": {"name": "it"}}) == {"park": {"name": "it", "search": brief}}
    assert searched_briefly({"park": {"search": {"gap": "1 %"}}}) == {"park": {"search": {"gap": "1 %", **brief}}}
    for kept in ({"flows": [-1, 2]}, [1], {"park": {"search": {"time_limit": "15 s"}}}, {"park": {"search": 1}}):
        assert searched_briefly(kept) is kept
    refused = answer("sizing", b'{"park": {"search": {"time_limit": "10 min"}}}')
    assert refused["status"] == 422
    assert [each["en"] for each in refused["body"]["findings"]] == [
        "web.long-search: park.search.time_limit: the park asks for a longer search than a calculation has time for; "
        "expected ≤ 15 s, got 600 s. Shorten it, drop it, or use `lingtan calc`."
    ]


def test_a_case_without_a_certified_answer_is_answered_by_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def uncertified(*_: object) -> object:
        raise NotCertifiedError([("highs", None)])

    monkeypatch.setattr(calculation, "calculate", uncertified)
    said = answer("sizing", b"{}")
    assert said["status"] == 422
    assert [each["en"] for each in said["body"]["findings"]] == [
        "web.not-certified: sizing: no answer could be certified as the best; got no solver could certify an answer "
        "(highs: no answer). Leave fewer whole numbers to find, or use `lingtan calc`, which may search for longer."
    ]


@pytest.mark.parametrize(("last", "got"), [("exit 3", "exit 3"), ("kill -9 $$", "signal 9")])
def test_a_calculation_that_crashes_is_answered_by_a_finding(
    last: str, got: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules out a bare 500 without a word, as for a solver that the memory limit ends."""
    crash = tmp_path / "crash"
    crash.write_text(f"#!/bin/sh\n{last}\n")
    crash.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(crash))
    with pytest.raises(RefusalError) as refused:
        asyncio.run(Desk().answer("sizing", b"{}"))
    assert (refused.value.status, refused.value.findings) == (
        500,
        (Finding("web.calculation-failed", "sizing", got=got),),
    )
