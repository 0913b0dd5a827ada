"""The application: its verbs, in the order a user meets them."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from lingtan import __version__
from lingtan.cli import (
    calc_verb,
    carbon_verb,
    claim_verb,
    demo_verb,
    devices_verbs,
    finance_verb,
    forecast_verb,
    park_verbs,
    replay_verb,
    rules_verbs,
    serve_verb,
    study_verbs,
    workbook_verb,
)
from lingtan.cli.outcome import stop_when_asked

app = typer.Typer(
    name="lingtan",
    help="零碳 lingtan: plan, run and account for zero-carbon parks · 零碳园区的规划、运行与核算",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        print(f"lingtan {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version · 输出版本号")
    ] = False,
) -> None:
    """零碳 lingtan: plan, run and account for zero-carbon parks · 零碳园区的规划、运行与核算"""
    del version  # answered before any verb runs


for verb in (
    park_verbs.init,
    park_verbs.check,
    park_verbs.schema,
    park_verbs.migrate,
    park_verbs.templates,
    workbook_verb.workbook,
    study_verbs.study,
    study_verbs.plan,
    study_verbs.dispatch,
    forecast_verb.forecast,
    study_verbs.bill,
    carbon_verb.carbon,
    finance_verb.finance,
    calc_verb.calc,
    claim_verb.claim,
    serve_verb.serve,
    replay_verb.replay,
    demo_verb.demo,
):
    app.command()(verb)
app.add_typer(rules_verbs.rules, name="rules")
app.add_typer(devices_verbs.devices, name="devices")


def main() -> None:
    """Entry point of the `lingtan` command."""
    stop_when_asked()
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the caller closed it
            setattr(sys, name, io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
