"""How a command ends: exit status, findings on standard error, nothing half-written."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TextIO

import typer

from lingtan.findings import Finding, InputError, UncertifiedError
from lingtan.wording import Lang
from lingtan.wording.cli import CLI_WORDS

P = ParamSpec("P")


class Exit(IntEnum):
    """Exit status of every command."""

    DONE = 0
    FAULT = 1
    INPUT = 2
    SHORTFALL = 3
    NOT_CERTIFIED = 4
    INTERRUPTED = 130


class Interrupted(BaseException):
    """Somebody asked the program to stop."""


def language() -> Lang:
    """The language of messages: `LINGTAN_LANG`, else that of the terminal's locale, else English."""
    named = os.environ.get("LINGTAN_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if named.lower().startswith("zh") else "en"


def tell(findings: Iterable[Finding]) -> None:
    """Findings on standard error, one a line."""
    for found in findings:
        say(finding_line(found, language()))


def finding_line(found: Finding, lang: Lang) -> str:
    """A finding as a command prints it: its text, and last what it is where it is no error."""
    mark = CLI_WORDS[f"mark.{found.severity}"].in_language(lang)
    return found.text(lang) + mark


def show_json(data: Any) -> None:
    """What a program reads instead of lines: JSON on standard output, without NaN."""
    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def say(line: str) -> None:
    """A line on standard error; a reader who has gone away changes nothing."""
    try:
        print(line, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _silence(sys.stderr)


def ends_well(command: Callable[P, Any]) -> Callable[P, None]:
    """Run a command so that it ends with the promised exit status and never with a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        status = _status_of(lambda: command(*args, **kwargs))
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _silence(sys.stdout)
        raise typer.Exit(status)

    return run


def _status_of(command: Callable[[], Any]) -> Exit:
    """The exit status of a command; what went wrong is said on standard error."""
    try:
        status: Exit | None = command()
    except InputError as error:
        tell(error.findings)
        return Exit.INPUT
    except (KeyboardInterrupt, Interrupted):
        say(CLI_WORDS["interrupted"].in_language(language()))
        return Exit.INTERRUPTED
    except BrokenPipeError:  # nobody is left to print to, as behind `| head`: an end like any other
        _silence(sys.stdout)
        return Exit.DONE
    except Exception as error:
        return _status_of_other(error)
    return Exit.DONE if status is None else status


def _silence(stream: TextIO) -> None:
    """Send what a stream still holds nowhere, so that its last flush cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def stop_when_asked() -> None:
    """Let a request of the system to stop end the program as Ctrl-C does; for the process's own entry point only."""
    for asks_to_stop in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, asks_to_stop):
            signal.signal(getattr(signal, asks_to_stop), _interrupt)


def _interrupt(*_: object) -> None:
    raise Interrupted


def _status_of_other(error: Exception) -> Exit:
    """A refused certificate and a fault of ours; only `LINGTAN_DEBUG` shows the traceback."""
    if os.environ.get("LINGTAN_DEBUG"):
        raise error
    if isinstance(error, UncertifiedError):
        say(CLI_WORDS["not-certified"].in_language(language(), error=error))
        return Exit.NOT_CERTIFIED
    what = " ".join(str(error).split())
    say(CLI_WORDS["fault"].in_language(language(), kind=type(error).__name__, what=what))
    return Exit.FAULT


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder in `out`, or beside it, to write into; its files move into `out` together, once all of them are there.

    Raises `InputError` where `out` cannot be written. An interruption leaves `out` as it was.
    """
    try:
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from None
    home = out if out.is_dir() else out.parent  # a mounted `out` is another file system than its parent
    stage = home / f".{out.name}.{secrets.token_hex(4)}.partial"
    try:
        stage.mkdir(mode=0o700)  # inside the try: an interruption may come as soon as the folder is there
        yield stage
        out.mkdir(exist_ok=True)
        for file in sorted(stage.iterdir()):
            file.replace(out / file.name)
    except OSError as error:
        raise unwritable(out, error) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def unwritable(out: Path, error: OSError) -> InputError:
    """The finding that says why an output cannot be written, to be raised."""
    reason = os.strerror(errno.ENOTDIR) if isinstance(error, FileExistsError) else error.strerror
    return InputError([Finding("cli.unwritable", str(out), got=reason or "")])


@contextlib.contextmanager
def progress(stage: str) -> Iterator[None]:
    """A spinner on a terminal, nothing when piped."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(CLI_WORDS[f"progress.{stage}"].in_language(language())):
        yield
