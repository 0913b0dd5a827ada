"""The pure calculators: JSON in, JSON out."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from lingtan.cli.outcome import ends_well, show_json
from lingtan.findings import Finding, InputError

MAX_BYTES = 64_000_000
STDIN = "standard input"


@ends_well
def calc(
    name: Annotated[str, typer.Argument(metavar="NAME", help="backtest · bill · cash_flow · inventory · irr · sizing")],
    schema: Annotated[bool, typer.Option("--schema", help="Print the form of the input · 输出输入格式")] = False,
) -> None:
    """A calculator: JSON in, JSON out · 计算器：输入 JSON，输出 JSON"""
    from lingtan.study.calc import CALCULATORS, calculate

    if name not in CALCULATORS:
        raise InputError([Finding("cli.no-such-calculator", "calc", ", ".join(CALCULATORS), name)])
    if schema:
        show_json(CALCULATORS[name].case.model_json_schema())
        return
    show_json(calculate(name, _read_case(name)))


def _read_case(name: str) -> object:
    """What stands on standard input, as plain data."""
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise InputError([Finding("cli.input-too-large", name, f"≤ {MAX_BYTES} B", f"> {MAX_BYTES} B", STDIN, 1)])
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        raise InputError([Finding("cli.not-json", name, got=error.msg, file=STDIN, line=error.lineno)]) from None
    except (ValueError, RecursionError) as error:  # no text, a number of thousands of digits, brackets in brackets
        raise InputError([Finding("cli.not-json", name, got=str(error), file=STDIN, line=1)]) from None
