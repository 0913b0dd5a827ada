"""Processes beside this one solve what it would: the same answers in the same order, also where one of them fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from lingtan.optimize import NotCertifiedError, Solution, solve_in_turn
from lingtan.optimize.program import Model, Program
from lingtan.study import side_by_side as room
from tests.processes import has_ended, wait_until


def program(need_kw: float, *, served: bool = True) -> Model:
    """Serve a need from a cheap source of at most 5 kW and a dear one; without the dear one there may be no answer."""
    made = Program()
    rows = made.rows("balance", 2, "kW", lower=need_kw, upper=need_kw)
    for name, price, most in (("cheap", 1.0, 5.0), ("dear", 3.0, np.inf if served else 0.0)):
        columns = made.columns(name, 2, "kW", upper=most)
        made.put(rows, columns, 1.0)
        made.charge(columns, np.full(2, price))
    return made.finish()


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Small programs are worth a process here, and there are two processors; none that was started is left."""
    processes: list[subprocess.Popen[bytes]] = []
    start = room._start

    def watched() -> subprocess.Popen[bytes] | None:
        process = start()
        processes.extend([] if process is None else [process])
        return process

    monkeypatch.setattr(room, "LEAST_COLUMNS", 1)
    monkeypatch.setattr(room.os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(room, "_start", watched)
    yield processes
    assert [process.returncode is None for process in processes] == [False] * len(processes)


def said(solutions: list[Solution]) -> list[tuple[list[float], list[float], str]]:
    return [(each.x.tolist(), each.duals.tolist(), each.solver) for each in solutions]


@pytest.mark.parametrize("count", [2, 5])
def test_the_answers_are_those_of_one_process_in_their_order(count: int, started: list) -> None:
    """Rules out answers in the order they came, one left over from an odd number, and a last digit that differs."""
    models = [program(4.0 + number) for number in range(count)]
    assert said(room.solve_side_by_side(models)) == said(solve_in_turn(models))
    assert [process.returncode for process in started] == [0, 0]


@pytest.mark.parametrize(("python", "begun"), [("/nonexistent/python", 0), ("/bin/false", 2), ("/bin/true", 2)])
def test_a_process_that_fails_costs_time_only(
    python: str, begun: int, started: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot start; it ends badly; it ends well and has said nothing."""
    models = [program(4.0), program(7.0)]
    monkeypatch.setattr(sys, "executable", python)
    assert said(room.solve_side_by_side(models)) == said(solve_in_turn(models))
    assert len(started) == begun


def test_one_large_program_leaves_this_process_free(started: list) -> None:
    """Solved here, it would hold an interruption until the answer is found."""
    assert said(room.solve_side_by_side([program(4.0)])) == said(solve_in_turn([program(4.0)]))
    assert [process.returncode for process in started] == [0]


def test_nothing_and_small_programs_start_nothing(started: list, monkeypatch: pytest.MonkeyPatch) -> None:
    assert room.solve_side_by_side([]) == []
    monkeypatch.setattr(room, "LEAST_COLUMNS", 5)
    assert len(room.solve_side_by_side([program(4.0), program(7.0)])) == 2
    assert started == []


def whole(count: int = 1) -> list[Model]:
    """Lots of 4 kW at 1 CNY for a need of 10 kW: three of them, or two and the rest at 3 CNY each. Whole numbers to search."""
    models = []
    for _ in range(count):
        made = Program()
        rows = made.rows("balance", 1, "kW", lower=10.0, upper=np.inf)
        lots, rest = made.columns("lots", 1, "1", upper=9.0, integer=True), made.columns("rest", 1, "kW")
        for columns, price, each in ((lots, 1.0, 4.0), (rest, 3.0, 1.0)):
            made.put(rows, columns, each)
            made.charge(columns, np.full(1, price))
        models.append(made.finish())
    return models


def test_a_search_that_is_soon_over_starts_nothing(started: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process takes seconds to start, and a day with one plant a fortieth of one to search. Rules out five seconds for it."""
    monkeypatch.setattr(room, "LEAST_COLUMNS", 200_000)
    models = whole(2)
    assert said(room.solve_side_by_side(models)) == said(solve_in_turn(models))
    assert started == []
    assert [each.search.effort for each in room.solve_side_by_side(models) if each.search] == [m.effort for m in models]


def test_a_search_that_is_not_is_left_to_a_process(started: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """No time at all: rules out that this process goes on for as long as the park asks, and an answer of a search cut short."""
    monkeypatch.setattr(room, "LEAST_COLUMNS", 200_000)
    monkeypatch.setattr(room, "BRIEF_S", 0.0)
    models = whole(3)
    assert said(room.solve_side_by_side(models)) == said(solve_in_turn(models))
    assert [process.returncode for process in started] == [0, 0]


def test_a_program_without_an_answer_is_said_by_this_process() -> None:
    with pytest.raises(NotCertifiedError, match="no solver could certify an answer"):
        room.solve_side_by_side([program(4.0), program(7.0, served=False)])


def test_an_interruption_is_heard_while_they_solve(started: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches this process while it waits for the others, and none of them goes on."""

    def interrupted(*_: object) -> list[Solution]:
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "_answers", interrupted)
    with pytest.raises(KeyboardInterrupt):
        room.solve_side_by_side([program(4.0), program(7.0)])
    assert len(started) == 2


HELD = """
import os, subprocess, sys, time
from fcntl import ioctl
from termios import FIONREAD
from lingtan.study.side_by_side import _start
solver = _start()
there = solver.stdin.fileno()
os.write(there, bytes([128]))
while sys.argv[1] == "busy" and int.from_bytes(ioctl(there, FIONREAD, bytes(4)), sys.byteorder):
    time.sleep(0.01)
holder = subprocess.Popen(["sleep", "60"], pass_fds=[there], stdout=subprocess.DEVNULL)
print(solver.pid, holder.pid, flush=True)
time.sleep(60)
"""
"""A study whose solver is busy (it has begun to read a program) or has only been started; a holder keeps the pipe to it open."""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has ended")
@pytest.mark.parametrize("when", ["busy", "started"])
def test_a_solver_does_not_outlive_a_study_that_is_killed(when: str) -> None:
    """Rules out a solver that goes on for as long as a park may be searched, with nobody left to take its answer."""
    with subprocess.Popen([sys.executable, "-c", HELD, when], stdout=subprocess.PIPE) as study:
        assert study.stdout is not None
        solver, holder = (int(number) for number in study.stdout.readline().split())
        study.kill()
    try:
        wait_until(lambda: has_ended(solver))
    finally:
        os.kill(holder, signal.SIGKILL)
