"""Verbs on the park file: start one, find its mistakes, describe and update its form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from lingtan.cli.outcome import Exit, ends_well, language, show_json, tell
from lingtan.wording.cli import CLI_WORDS

ParkPath = Annotated[Path, typer.Argument(metavar="PARK", help="Park file or its folder · 园区文件或其文件夹")]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="DIR", help="Pack laid over the shipped rules; may be repeated · 叠加的规则包，可重复"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output · 以 JSON 输出")]


@ends_well
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to write into · 目标文件夹")] = Path("park"),
    template: Annotated[str, typer.Option(help="Template to copy · 使用的模板")] = "starter",
    as_json: AsJson = False,
) -> None:
    """Start a park from a template · 从模板新建园区"""
    from lingtan.cli.templates import copy_template

    written = copy_template(template, folder)
    if as_json:
        print(json.dumps([str(file) for file in written], ensure_ascii=False))
    else:
        print(CLI_WORDS["init.done"].in_language(language(), folder=folder, count=len(written)))


@ends_well
def check(park: ParkPath, rules: Rules = None, as_json: AsJson = False) -> Exit:
    """Find all mistakes of a park in one pass · 一次找出园区文件的全部问题"""
    from lingtan.case import check_park
    from lingtan.findings import errors_in

    findings = check_park(park, tuple(rules or ()))
    if as_json:
        show_json([found.as_json() for found in findings])
    else:
        tell(findings)
    if errors_in(findings):
        return Exit.INPUT
    if not as_json:
        key = "check.warned" if findings else "check.good"
        print(CLI_WORDS[key].in_language(language(), file=park, count=len(findings)))
    return Exit.DONE


@ends_well
def schema() -> None:
    """The JSON Schema of a park file · 园区文件的 JSON Schema，供编辑器用"""
    from lingtan.case.schema import park_schema

    show_json(park_schema())


@ends_well
def migrate(park: ParkPath, as_json: AsJson = False) -> None:
    """Bring an older park file to the present form · 将旧格式园区文件升级到当前格式"""
    from lingtan.cli.upgrade import upgrade
    from lingtan.park.migrate import SCHEMA

    file, backup = upgrade(park)
    if as_json:
        print(json.dumps({"file": str(file), "schema": SCHEMA, "backup": backup and str(backup)}))
    elif backup is None:
        print(CLI_WORDS["migrate.same"].in_language(language(), file=file))
    else:
        print(CLI_WORDS["migrate.done"].in_language(language(), file=file, schema=SCHEMA, backup=backup))


@ends_well
def templates(as_json: AsJson = False) -> None:
    """List the parks to start from · 列出可用的园区模板"""
    from lingtan.cli.templates import template_folders

    folders = template_folders()
    if as_json:
        show_json({name: str(folder) for name, folder in folders.items()})
    else:
        for name, folder in folders.items():
            print(f"{name}\t{folder}")
