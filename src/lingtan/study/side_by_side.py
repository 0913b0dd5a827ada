"""Large programs, solved by processes beside this one: at most two at once, and this one free to be interrupted.

The ways of electing a choice are programs of their own. Two processes share them, because a year of quarter-hours takes 0.9 GB to
solve. A solver in this process would hold it until the answer is found: an interruption would wait for half a minute. To start one
takes seconds, though, and most days with a plant or two are searched in a tenth of one: these are tried here first. Whatever
happens to a process, this one solves what did not come back (searching once more for whole numbers that were not found). A solver
gives the same answer to the same program in any process, so the plan does not depend on who solved.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest

from lingtan.optimize import Solution, solve_in_turn
from lingtan.optimize.program import Model
from lingtan.optimize.solve import solve_briefly

LEAST_COLUMNS = 200_000
"""Smaller programs are solved sooner than a process has started, which takes a second."""
BRIEF_S = 2.0
"""How long a search for whole numbers may hold this process; it has then answered, or goes to a process and begins again."""
BRIEF_COLUMNS = 20_000
"""A larger program with whole numbers is not searched in so short a time."""
MOST_PROCESSES = 2

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Process = subprocess.Popen[bytes]


def solve_side_by_side(models: Sequence[Model]) -> list[Solution]:
    """The certified answer of each program, in their order. Raises `NotCertifiedError` when one has none."""
    if not any(_is_long(model) for model in models):
        return solve_in_turn(models)
    brief = _briefly(models)
    return brief + _by_processes(models[len(brief) :])


def _briefly(models: Sequence[Model]) -> list[Solution]:
    """The answers of the first programs, up to one that takes longer."""
    answers: list[Solution] = []
    for model in models:
        if not model.integer.any() or model.cost.size > min(BRIEF_COLUMNS, LEAST_COLUMNS):
            break
        answer = solve_briefly(model, BRIEF_S)
        if answer is None:
            break
        answers.append(answer)
    return answers


def _by_processes(models: Sequence[Model]) -> list[Solution]:
    """The answers of programs that may take long, if there are any."""
    if not models:
        return []
    count = min(len(models), len(os.sched_getaffinity(0)), MOST_PROCESSES)
    shares = [models[first::count] for first in range(count)]
    with _beside(count) as processes:
        begun = [_begin(process, share) for process, share in zip(processes, shares, strict=True)]
        solved = [
            (_answers(process, len(share)) if began else None) or solve_in_turn(share)
            for process, began, share in zip(processes, begun, shares, strict=True)
        ]
    return [each for turn in zip_longest(*solved) for each in turn if each is not None]


def _is_long(model: Model) -> bool:
    """Whether solving may take much longer than starting a process: a search for whole numbers may take all its time."""
    return model.cost.size >= LEAST_COLUMNS or bool(model.integer.any())


@contextmanager
def _beside(count: int) -> Iterator[list[Process | None]]:
    """Processes that solve programs, ended in any case; None for one that cannot start."""
    processes: list[Process | None] = []
    try:
        processes.extend(_start() for _ in range(count))
        yield processes
    finally:
        for process in processes:
            _stop(process)


def _start() -> Process | None:
    command = [sys.executable, "-m", "lingtan.study.solver_process", str(os.getpid())]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=nothing)
    except OSError:
        return None


def _begin(process: Process | None, models: Sequence[Model]) -> bool:
    """Hand the programs over; false where nobody took them."""
    if process is None:
        return False
    assert process.stdin is not None
    try:
        with process.stdin as there:
            pickle.dump(list(models), there, protocol=pickle.HIGHEST_PROTOCOL)
    except OSError:
        return False
    return True


def _answers(process: Process | None, count: int) -> list[Solution] | None:
    """What the process answered to all its programs; None where it failed on one, for whatever reason."""
    if process is None:
        return None
    assert process.stdout is not None
    raw = process.stdout.read()
    if process.wait() != 0 or not raw:
        return None
    answers: list[Solution] = pickle.loads(raw)
    return answers if len(answers) == count else None


def _stop(process: Process | None) -> None:
    """End a process and take its pipes down; nothing for one that has ended."""
    if process is None:
        return
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # what was still to be said to it is of no use now
    process.wait()
