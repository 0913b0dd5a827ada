"""How a command ends: exit status, findings on standard error, nothing half-written."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import typer

from lingtan.findings import Finding, InputError, Severity
from lingtan.wording import Lang

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
    """Findings on standard error, one a line; warnings and notes say so."""
    lang = language()
    words = {Severity.WARNING: {"en": "warning: ", "zh": "警告:"}, Severity.NOTE: {"en": "note: ", "zh": "提示:"}}
    for found in findings:
        mark = words.get(found.severity, {}).get(lang, "")
        print(mark + found.text(lang), file=sys.stderr)


def ends_well(command: Callable[P, Any]) -> Callable[P, None]:
    """Run a command so that it ends with the promised exit status and never with a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            status = command(*args, **kwargs)
        except InputError as error:
            tell(error.findings)
            raise typer.Exit(Exit.INPUT) from None
        except (KeyboardInterrupt, Interrupted):
            print("interrupted" if language() == "en" else "已中断", file=sys.stderr)
            raise typer.Exit(Exit.INTERRUPTED) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(Exit.DONE) from None
        except typer.Exit:
            raise
        except Exception as error:
            _tell_other(error)
        else:
            raise typer.Exit(Exit.DONE if status is None else status)

    return run


def _interrupt(*_: object) -> None:
    raise Interrupted


def _tell_other(error: Exception) -> None:
    """A refused certificate and a fault of ours; only `LINGTAN_DEBUG` shows the traceback."""
    if os.environ.get("LINGTAN_DEBUG"):
        raise error
    if type(error).__name__ == "NotCertifiedError":
        print(f"not certified: {error}", file=sys.stderr)
        raise typer.Exit(Exit.NOT_CERTIFIED)
    hint = "LINGTAN_DEBUG=1 shows where" if language() == "en" else "设置 LINGTAN_DEBUG=1 可查看出错位置"
    print(f"lingtan: {type(error).__name__}: {error} ({hint})", file=sys.stderr)
    raise typer.Exit(Exit.FAULT)


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write into; its files move into `out` together, once all of them are there.

    Raises `InputError` where `out` cannot be written. An interruption leaves `out` as it was.
    """
    try:
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(20, os.strerror(20))
        out.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".partial", dir=out.parent))
    except OSError as error:
        raise _unwritable(out, error) from None
    try:
        yield stage
        out.mkdir(exist_ok=True)
        for file in sorted(stage.iterdir()):
            file.replace(out / file.name)
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _unwritable(out: Path, error: OSError) -> InputError:
    return InputError([Finding("cli.unwritable", str(out), got=error.strerror or type(error).__name__)])


@contextlib.contextmanager
def progress(text: str) -> Iterator[None]:
    """A spinner on a terminal, nothing when piped."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield
