"""`python -m lingtan.operate.planner_process RUN`: plans the next day every quarter of an hour, and sooner after a failure.

The one writer of `plans.sqlite`. Everything it knows of the park alive it reads from `telemetry.sqlite`, up to its gate.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from lingtan.case import Case, read_case, with_sizes
from lingtan.operate.clocks import SystemClock
from lingtan.operate.ending import Ending, only_one
from lingtan.operate.expecting import ExpectedFile
from lingtan.operate.planning import Issue, Planner, refused
from lingtan.operate.recording import say
from lingtan.operate.store import PlansWriter, RunFolder, TelemetryReader, WeatherReader
from lingtan.operate.tidying import DAY_MS
from lingtan.operate.watchdog import beat

EVERY_MS = 900_000
AFTER_MS = 5_000
"""So long after the quarter-hour begins: its last samples are in then."""

AGAIN_MS = 60_000
"""When a plan failed."""

BEAT_S = 2.0


def read_sized_case(run: RunFolder) -> Case:
    """The case of a run: the park file with its series and rules, and the sizes of the run."""
    facts = run.facts()
    case = read_case(facts.park, tuple(facts.packs))
    return case.with_park(with_sizes(case, facts.sizes))


def serve(run: RunFolder, planner: Planner, clock: SystemClock, wait: Callable[[float], bool]) -> None:
    """Plan again and again until `wait` says that somebody asked to end."""
    due_ms, error, weather = 0, "", None
    with PlansWriter(run.plans) as plans, TelemetryReader(run.telemetry) as telemetry:
        while True:
            clock.follow()
            now_ms = clock.now_ms()
            try:
                if now_ms >= due_ms:
                    issue = _plan(planner, telemetry, now_ms)
                    if issue is not None:
                        plans.issue(issue.row, issue.steps, issue.prices)
                        plans.forget(now_ms - run.facts().keep_days * DAY_MS)
                        error = issue.row.reason
                        weather = issue.row.certificate.get("weather", weather)
                        due_ms = _next(now_ms) if issue.row.accepted else now_ms + AGAIN_MS
                said = {"at_ms": now_ms, "next_ms": due_ms or None, "error": error, "weather": weather}
                plans.keep_state([("planner", said), ("alive_ms", now_ms)])
            except sqlite3.OperationalError as refusal:  # a full disk: control tells that no plan comes
                say(f"no plan can be written: {refusal}")
                due_ms = now_ms + AGAIN_MS
            beat(run.alive("planner"))
            if wait(BEAT_S):
                return


def _plan(planner: Planner, telemetry: TelemetryReader, now_ms: int) -> Issue | None:
    """A plan, or why there is none; None where no state of charge is known yet."""
    try:
        soc = planner.soc(telemetry, now_ms)
        return None if soc is None else planner.plan(telemetry, soc, now_ms)
    except Exception as error:  # a fault of ours is told like a plan that failed; control goes on without
        say("".join(traceback.format_exception(error)))
        return refused(now_ms, f"{type(error).__name__}: {' '.join(str(error).split())}")


def _next(now_ms: int) -> int:
    return (now_ms // EVERY_MS + 1) * EVERY_MS + AFTER_MS


def main() -> None:
    """The process's own entry point."""
    ending, run = Ending(), RunFolder(Path(sys.argv[1]))
    with contextlib.ExitStack() as held:
        held.enter_context(only_one(run.path / "planner.lock"))
        weather = held.enter_context(WeatherReader(run.weather)) if run.facts().weather else None
        case, facts = read_sized_case(run), run.facts()
        expected = ExpectedFile(run.expected, case.park.name, is_twin=facts.twin)
        serve(run, Planner(case, facts.elected, weather, expected), SystemClock(), ending.wait)


if __name__ == "__main__":
    main()
