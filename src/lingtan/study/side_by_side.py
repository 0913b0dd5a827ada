"""Programs that do not depend on each other, solved by two processes: this one, and one beside it.

The ways of electing a choice are programs of their own. Every second one goes to a second process; whatever happens to it, this
process solves what did not come back. A solver gives the same answer to the same program in either, so the plan does not
depend on who solved. Two, because a year of quarter-hours takes 0.9 GB to solve.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from itertools import zip_longest

from lingtan.optimize import Solution, solve_in_turn
from lingtan.optimize.program import Model

LEAST_COLUMNS = 200_000
"""Smaller programs are solved sooner than a second process has started, which takes a second."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def solve_side_by_side(models: Sequence[Model]) -> list[Solution]:
    """The certified answer of each program, in their order. Raises `NotCertifiedError` when one has none."""
    mine, others = models[::2], models[1::2]
    worth_it = bool(others) and max(model.cost.size for model in others) >= LEAST_COLUMNS
    if not worth_it or len(os.sched_getaffinity(0)) < 2:
        return solve_in_turn(models)
    process = _start(others)
    try:
        solved = solve_in_turn(mine)
        beside = _answers(process, len(others)) or solve_in_turn(others)
    finally:
        _stop(process)
    return [each for pair in zip_longest(solved, beside) for each in pair if each is not None]


def _start(models: Sequence[Model]) -> subprocess.Popen[bytes] | None:
    """A process that solves programs, with the programs handed over; None where it cannot start or ends at once."""
    command = [sys.executable, "-m", "lingtan.study.solver_process"]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=nothing)
    except OSError:
        return None
    try:
        assert process.stdin is not None
        with process.stdin as there:
            pickle.dump(list(models), there, protocol=pickle.HIGHEST_PROTOCOL)
    except OSError:
        _stop(process)
        return None
    except BaseException:
        _stop(process)
        raise
    return process


def _answers(process: subprocess.Popen[bytes] | None, count: int) -> list[Solution] | None:
    """What the process answered to all its programs; None where it failed on one, for whatever reason."""
    if process is None:
        return None
    assert process.stdout is not None
    raw = process.stdout.read()
    if process.wait() != 0 or not raw:
        return None
    answers: list[Solution] = pickle.loads(raw)
    return answers if len(answers) == count else None


def _stop(process: subprocess.Popen[bytes] | None) -> None:
    """End a process and take its pipes down; nothing for one that has ended."""
    if process is None:
        return
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
    process.wait()
