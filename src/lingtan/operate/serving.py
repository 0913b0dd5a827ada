"""Serve a park: prepare the run folder, start its processes, keep them alive, and end them so that no device is left told."""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lingtan.case import Case, with_sizes
from lingtan.control import not_live, site_of
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.operate.ending import only_one
from lingtan.operate.installed import write_templates
from lingtan.operate.store import RunFacts, RunFolder
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.operate.supervisor import Supervisor, log_tail
from lingtan.operate.wiring import wiring_of, write_wiring
from lingtan.park import Park
from lingtan.wording.operate import OPERATE_WORDS

CONTROL, PLANNER = "lingtan.operate.control_process", "lingtan.operate.planner_process"
TWIN, WEB, WEATHER = "lingtan.twin", "lingtan.web", "lingtan.operate.weather_process"
READY_S = 90.0
"""How long the twin and the pages may take to listen: a twin reads the series of a whole year first."""


class HeldRun(RunFolder):
    """A run folder that nobody else can serve as long as it is held."""


@contextlib.contextmanager
def prepared_run(case: Case, path: Path, facts: RunFacts) -> Iterator[HeldRun]:
    """The run folder of a park with all sizes fixed, held from the first write to the end of the block.

    A run that is there already is gone on with, under the new facts. Raises `InputError` where a size is open, a park without twin
    does not say where its devices are, the run is being served, or the folder holds something else, a run of another park or of the
    other kind: what a twin was told is nothing to go on with at real devices. A start that is refused leaves everything as it was.
    """
    # before sizes are asked for
    raise_errors(case.placed(found, *found.who.split(".")) for found in not_live(case.park))
    park = with_sizes(case, facts.sizes)
    site_of(park)  # refuses what control cannot run
    wiring = None if facts.twin else wiring_of(park)
    run, is_new = HeldRun(path), not path.exists()
    if strangers := run.strangers():
        raise InputError([Finding("operate.other-folder", str(path), got=", ".join(strangers[:5]))])
    with contextlib.ExitStack() as held:
        try:
            run.make()
            held.enter_context(only_one(run.lock))
            _refuse_other(run, park, facts)
            run.create(facts)
            write_json_atomically(run.park, park.dump())
            write_templates(run.templates, case.templates)
            if wiring is not None:
                write_wiring(run.wiring, wiring)
        except (OSError, sqlite3.Error) as error:
            if is_new:
                shutil.rmtree(path, ignore_errors=True)
            raise InputError([Finding("cli.unwritable", str(path), got=_reason(error))]) from None
        yield run


def _reason(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)


def _refuse_other(run: RunFolder, park: Park, facts: RunFacts) -> None:
    """Before anything is written: the run that the folder holds, if any, is one of this park and kind."""
    try:
        had_twin = run.facts().twin
        name = json.loads(run.park.read_text("utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        return  # there is none, or a start that was cut off left nothing to go on with
    who = str(run.path)
    if name != park.name:
        raise InputError([Finding("operate.other-park", who, park.name, name)])
    if had_twin != facts.twin:
        kinds = {True: OPERATE_WORDS["twin"], False: OPERATE_WORDS["real"]}
        raise InputError([Finding("operate.other-kind", who, kinds[facts.twin], kinds[had_twin])])


def modules_of(facts: RunFacts, *, web: bool = True) -> tuple[tuple[str, str], ...]:
    """The processes of a run in the order of their start."""
    twin = (("twin", TWIN),) if facts.twin else ()
    weather = (("weather", WEATHER),) if facts.weather else ()
    return (*twin, ("control", CONTROL), ("planner", PLANNER), *weather, *((("web", WEB),) if web else ()))


def serve(
    run: HeldRun,
    wait: Callable[[float], bool],
    *,
    web: bool = True,
    waiting: Callable[[str], None] = lambda _: None,
    ready: Callable[[RunFacts], None] = lambda _: None,
) -> None:
    """Serve a prepared run until `wait` says that somebody asked to end. `waiting` is told which process is waited for, `ready` is
    called once everything listens.
    """
    facts = run.facts()
    supervisor = Supervisor(run, modules_of(facts, web=web))
    try:
        for name, _ in supervisor.modules:
            began_ns = time.time_ns()
            supervisor.start(name)
            if name == "twin":
                waiting(name)
                _await(supervisor, name, wait, lambda since=began_ns: _is_younger(run.wiring, since))  # type: ignore[misc]
        if web:
            waiting("web")
            _await(supervisor, "web", wait, lambda: listens(facts.host, facts.port))
        if not wait(0.0):
            ready(facts)
            supervisor.serve(wait)
    finally:
        supervisor.end()


def _await(supervisor: Supervisor, name: str, wait: Callable[[float], bool], is_ready: Callable[[], bool]) -> None:
    """Wait until a process is ready. Raises `InputError` with the end of its log where it ends instead."""
    process = next(each for each in supervisor.processes if each.name == name)
    until = time.monotonic() + READY_S
    while not is_ready():
        if not process.is_alive or time.monotonic() > until:
            log = supervisor.run.log / f"{name}.log"
            raise InputError([Finding("operate.process-ended", name, got=log_tail(log), file=str(log))])
        if wait(0.1):
            return


def _is_younger(path: Path, since_ns: int) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime_ns >= since_ns
    return False


def listens(host: str, port: int) -> bool:
    """Whether somebody answers at an address."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=0.5):
        return True
    return False


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one above it that nobody has; any free one after a hundred.

    Raises `InputError` where this machine has no such address.
    """
    for port in (*range(wanted, min(wanted + 100, 65536)), 0):
        if (bound := _bound(host, port)) is not None:
            return bound
    raise InputError([Finding("cli.unwritable", f"{host}:{wanted}")])


def refuse_address(host: str, port: int | None) -> None:
    """Raise `InputError` where this machine has no such address, or somebody has the port that was asked for there."""
    taken = _bound(host, port or 0) is None or (port is not None and listens(host, port))
    if taken:
        raise InputError([Finding("operate.port-taken", "--port", got=f"{host}:{port}")])


def _bound(host: str, port: int) -> int | None:
    """The port at which this machine could listen (0: any); None where somebody has it, or it takes more rights than we have."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
            return int(tried.getsockname()[1])
    except (OSError, UnicodeError) as error:  # a name that nobody can look up; a text that cannot even be one
        if isinstance(error, OSError) and error.errno in {errno.EADDRINUSE, errno.EACCES}:
            return None
        raise InputError([Finding("operate.no-such-address", "--host", "127.0.0.1", host)]) from None


def elected_beside(summary: Path) -> dict[str, str]:
    """The alternatives that a study took, from the `run.json` beside its summary; none where there is no such file."""
    try:
        elected = json.loads(summary.with_name("run.json").read_text("utf-8"))["elected"]
        return {str(group): str(name) for group, name in elected.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
