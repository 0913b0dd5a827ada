"""One study, stage by stage, as `lingtan study` runs it: python -m benchmarks.ours.study PARK FOLDER."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

from lingtan.findings import InputError
from lingtan.optimize import Solution
from lingtan.optimize.program import Model


def main(park: str, folder: str) -> None:
    """Print the seconds of each stage as one line of JSON; importing counts to the stage that needs it first."""
    marks = [perf_counter()]
    from lingtan.case import read_case

    case = read_case(park)
    marks.append(perf_counter())
    from lingtan.report import draw, write_workbook
    from lingtan.study import study, write_study

    solving = timed_solving()
    result = study(case, draw)
    marks.append(perf_counter())
    out = Path(folder)
    write_study(result, out)
    for name in ("report.html", "report.pdf"):
        with suppress(InputError):  # a PDF where the program that sets it is installed
            result.report(out / name)
    write_workbook(result, out / "results.xlsx")
    marks.append(perf_counter())
    read_s, study_s, report_s = (later - earlier for earlier, later in pairwise(marks))
    solve_s = sum(solving)
    stages = {"read_s": read_s, "solve_s": solve_s, "account_s": study_s - solve_s, "report_s": report_s}
    asked_s = result.project.plan.solve_s + result.reference.plan.solve_s
    print(json.dumps({**stages, "each solved_s": asked_s}))


def timed_solving() -> list[float]:
    """The wall time of each round of solving from now on, as a list that grows."""
    room: Any = sys.modules["lingtan.study.study"]
    solve_all, spent = room.solve_side_by_side, []

    def timed(models: Sequence[Model]) -> list[Solution]:
        started = perf_counter()
        answers: list[Solution] = solve_all(models)
        spent.append(perf_counter() - started)
        return answers

    room.solve_side_by_side = timed
    return spent


if __name__ == "__main__":
    main(*sys.argv[1:])
