"""The verb that brings a park alive: prepare a run, start its processes, and stay until interrupted."""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lingtan.cli.outcome import Exit, ends_well, language, tell
from lingtan.cli.park_verbs import AsJson, ParkPath, Rules
from lingtan.cli.study_verbs import Sizes, read_park_case
from lingtan.findings import Finding, InputError, Severity
from lingtan.wording.operate import OPERATE_WORDS

if TYPE_CHECKING:
    from lingtan.operate.serving import HeldRun
    from lingtan.operate.store import RunFacts, RunFolder

HOST, PORT = "127.0.0.1", 8400


@ends_well
def serve(  # noqa: PLR0913, PLR0917  a verb has an argument for each of its options
    park: ParkPath,
    twin: Annotated[bool, typer.Option("--twin", help="Practice on a twin · 接入孪生体")] = False,
    run: Annotated[Path | None, typer.Option("--run", metavar="DIR", help="Run folder · 运行文件夹")] = None,
    sizes: Sizes = None,
    host: Annotated[str, typer.Option(help="Address of the pages · 页面地址")] = HOST,
    port: Annotated[int | None, typer.Option(help="Port of the pages · 页面端口", min=1, max=65535)] = None,
    weather: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR|URL", help="Weather forecasts, may be repeated · 气象预报来源，可多次"),
    ] = None,
    keep_days: Annotated[
        int, typer.Option(help="Keep telemetry so long, in days · 遥测保留天数", min=3, max=36_500)
    ] = 400,
    rules: Rules = None,
    as_json: AsJson = False,
) -> Exit:
    """Run a park in real time, until interrupted · 实时运行园区，直到中断"""
    folder = usual_folder(park, twin=twin) if run is None else run
    with prepared(
        park, folder, rules, sizes=sizes, twin=twin, address=(host, port), keep_days=keep_days, weather=weather or ()
    ) as held:
        return stay(held, as_json=as_json)


def usual_folder(park: Path, *, twin: bool) -> Path:
    """Where a run is kept unless somebody says otherwise: a practice never where the real devices have theirs."""
    name = read_name(park)
    return Path("runs") / (f"{name}-twin" if twin else name)


def read_name(park: Path) -> str:
    """The name of a park, which its runs are kept under."""
    from lingtan.park import read_park

    return read_park(park).name


@contextmanager
def prepared(  # noqa: PLR0913  what a run is started with
    park: Path,
    folder: Path,
    rules: Rules,
    *,
    sizes: Path | None,
    twin: bool,
    address: tuple[str, int | None] = (HOST, None),
    keep_days: int = 400,
    weather: Sequence[str] = (),
) -> Iterator[HeldRun]:
    """The run folder of a park, ready to be served and held. A twin is driven from the start, real devices only on an order."""
    _need("pymodbus", "argon2", "fastapi", "uvicorn")
    from lingtan.operate.ending import refuse_held
    from lingtan.operate.loopback import is_loopback
    from lingtan.operate.serving import elected_beside, free_port, prepared_run, refuse_address
    from lingtan.operate.store import RunFacts, RunFolder
    from lingtan.operate.weather.configured import weather_sources
    from lingtan.study.window import read_sizes

    host, port = address
    refuse_address(host, port)
    if not is_loopback(host):
        tell([Finding("operate.open-host", "--host", HOST, host, severity=Severity.WARNING)])
    sources = weather_sources(weather)
    refuse_held(RunFolder(folder).lock)  # before the work of reading; it is taken, and looked at again, after
    case = read_park_case(park, rules)
    facts = RunFacts(
        park=str(park.resolve()),
        packs=tuple(str(pack.resolve()) for pack in rules or ()),
        sizes=read_sizes(sizes),
        created_ms=time.time_ns() // 1_000_000,
        twin=twin,
        host=host,
        port=free_port(host, PORT) if port is None else port,
        mode="auto" if twin else "shadow",
        elected={} if sizes is None else elected_beside(sizes),
        keep_days=keep_days,
        weather=sources,
    )
    with prepared_run(case, folder, facts) as run:
        yield run


def stay(run: HeldRun, *, as_json: bool) -> Exit:
    """Serve a prepared run until interrupted."""
    from lingtan.operate.ending import Ending
    from lingtan.operate.serving import serve as serve_run

    def told(facts: RunFacts) -> None:
        for line in _lines(run, facts, as_json=as_json):
            print(line, flush=True)

    def waiting(name: str) -> None:
        if not as_json:
            print(_word(f"wait.{name}"), flush=True)

    serve_run(run, Ending().wait, waiting=waiting, ready=told)
    if not as_json:
        print(_word("ended"), flush=True)
    return Exit.INTERRUPTED


def _lines(run: RunFolder, facts: RunFacts, *, as_json: bool) -> list[str]:
    url = f"http://{f'[{facts.host}]' if ':' in facts.host else facts.host}:{facts.port}/"
    if as_json:
        return [json.dumps({"url": url, "run": str(run.path), "secret": str(run.secret)}, ensure_ascii=False)]
    lang = language()
    return [
        OPERATE_WORDS["serving"].in_language(lang, park=read_name(Path(facts.park)), url=url),
        OPERATE_WORDS["secret"].in_language(lang, file=run.secret),
        OPERATE_WORDS["run"].in_language(lang, folder=run.path),
        _word("stop"),
    ]


def _need(*libraries: str) -> None:
    missing = [name for name in libraries if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError([Finding("operate.no-extra", name) for name in missing])


def _word(key: str) -> str:
    return OPERATE_WORDS[key].in_language(language())
