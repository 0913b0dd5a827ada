"""Verbs on rules: list the records, show one in full, add a file of records to one's own pack."""

from __future__ import annotations

import io
import os
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lingtan.cli.outcome import ends_well, language, show_json, staged, tell
from lingtan.cli.park_verbs import AsJson, Rules
from lingtan.findings import Finding, InputError, errors_in, raise_errors
from lingtan.wording.rules import RULES_WORDS

if TYPE_CHECKING:
    from lingtan.rulebook import Assumption, Place, Record, Rulebook

PACK_FOLDER = Path("rules")
PACK_VARIABLE = "LINGTAN_RULES"

rules = typer.Typer(
    help="The dated rules: list, show, add · 规则记录：列出、查看、添加", no_args_is_help=True, rich_markup_mode=None
)


@rules.command("list")
@ends_well
def list_rules(
    kind: Annotated[str | None, typer.Option(help="Kind of record, such as retail_price · 记录类别")] = None,
    place: Annotated[str | None, typer.Option(help="Where they hold: Sichuan, Sichuan/Yibin · 适用地点")] = None,
    day: Annotated[str | None, typer.Option(help="When they hold: 2025-07-01 · 生效日期")] = None,
    known: Annotated[str | None, typer.Option(help="As written down by this day · 截至该日已录入的版本")] = None,
    packs: Rules = None,
    as_json: AsJson = False,
) -> None:
    """List the records, in the order of their ids · 按编号列出记录"""
    from lingtan.rulebook import Place

    _check_kind(kind)
    where = None if place is None else Place.parse(place, who="--place")
    when = None if day is None else day_of(day, "--day")
    book = _book(packs, None if known is None else day_of(known, "--known"))
    entries: list[Record | Assumption] = [*book.records, *book.assumptions]
    held = (entry for entry in entries if _holds(entry, where, when))
    rows = sorted((row for row in map(_row, held) if kind in (None, row["kind"])), key=lambda row: row["id"])
    if as_json:
        show_json(rows)
        return
    for row in rows:
        print(
            "\t".join(
                (row["id"], row["kind"], f"{row['valid_from'] or ''} … {row['valid_to'] or ''}", row["confidence"])
            )
        )
    print(RULES_WORDS["list.count"].in_language(language(), count=len(rows)))


@rules.command("show")
@ends_well
def show_rule(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the record · 记录编号")],
    packs: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Show a record in full: citation, figures, worked examples · 查看记录全文：出处、数值与算例"""
    from lingtan.rulebook import as_data, citation, citation_line

    book = _book(packs)
    assumed = next((assumption for assumption in book.assumptions if assumption.id == record_id), None)
    if assumed is not None:
        _print_entry(as_data(assumed), as_json=as_json)
        return
    record = book.get(record_id)
    line = citation_line(record)
    if as_json:
        shown = {"citation": citation(record), "line": line._asdict(), "record": as_data(record)}
        show_json(shown)
        return
    print(f"{line.en}\n{line.zh}")
    print(RULES_WORDS["show.examples"].en.format(count=record.example_count), end=" · ")
    print(RULES_WORDS["show.examples"].zh.format(count=record.example_count))
    _print_entry(as_data(record), as_json=False)


@rules.command("add")
@ends_well
def add_rules(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of records · 规则记录文件")],
    pack: Annotated[
        Path | None, typer.Option("--pack", help="Folder to add to; LINGTAN_RULES, else ./rules · 目标规则包文件夹")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of a file of its name · 替换同名文件")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a file of records with all findings, and copy it into the own pack · 检查规则文件并复制到自己的规则包"""
    folder = pack if pack is not None else Path(os.environ.get(PACK_VARIABLE) or PACK_FOLDER)
    ids, findings = _check_addition(file, folder, replace=replace)
    raise_errors(findings)
    tell(findings)
    with staged(folder) as stage:
        shutil.copyfile(file, stage / file.name)
    if as_json:
        added = {"file": str(folder / file.name), "ids": ids, "findings": [found.as_json() for found in findings]}
        show_json(added)
    else:
        values = {"file": folder / file.name, "count": len(ids), "folder": folder}
        print(RULES_WORDS["add.done"].in_language(language(), **values))


def day_of(text: str, who: str) -> date:
    """A day as people type it; `rules.not-a-day` for anything but `2025-07-01`."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise InputError([Finding("rules.not-a-day", who, "2025-07-01", text)]) from None
    return found


def _check_addition(file: Path, folder: Path, *, replace: bool) -> tuple[list[str], list[Finding]]:
    """The ids that a file would add to a pack folder, and everything that is wrong with it or with adding it."""
    from lingtan.rulebook import check_stale, read_pack, shipped

    if file.is_dir() or file.suffix not in {".yaml", ".yml"}:
        return [], [Finding("rules.not-a-pack-file", str(file))]
    pack, findings = read_pack(file)
    if not pack.ids and not errors_in(findings):
        return [], [Finding("rulebook.empty-pack", str(file))]
    findings += check_stale(shipped(), pack)
    target = folder / file.name
    if target.exists() and not replace and not (target.samefile(file) or target.read_bytes() == file.read_bytes()):
        findings.append(Finding("rules.file-exists", str(target)))
    for other in sorted(folder.iterdir()) if folder.is_dir() else ():
        if other.name != file.name and other.suffix in {".yaml", ".yml"}:
            twice = set(pack.ids) & set(read_pack(other)[0].ids)
            findings += [Finding("rulebook.id-twice", one, file=str(other)) for one in sorted(twice)]
    return list(pack.ids), findings


def _book(packs: Rules, known_by: date | None = None) -> Rulebook:
    """The shipped records with packs over them. Raises `InputError`; warnings go to standard error."""
    from lingtan.rulebook import read_rulebook

    book, findings = read_rulebook(packs or (), known_by)
    raise_errors(findings)
    tell(findings)
    return book


def _check_kind(kind: str | None) -> None:
    from lingtan.rulebook import KINDS

    if kind is not None and kind not in KINDS:
        raise InputError([Finding("rules.not-a-kind", "--kind", ", ".join(KINDS), kind)])


def _holds(entry: Record | Assumption, place: Place | None, day: date | None) -> bool:
    """Whether an entry may hold at a place and on a day; one that depends on a prefecture not given may."""
    import numpy as np

    from lingtan.rulebook import Assumption, Fit

    reach = None if isinstance(entry, Assumption) else entry.place
    here = place is None or reach is None or reach.fit(place) is not Fit.NO
    return here and (day is None or bool(entry.covers(np.array([day], "M8[D]"))[0]))


def _row(entry: Record | Assumption) -> dict[str, Any]:
    """One entry of the list."""
    from lingtan.rulebook import Assumption, kind_name

    plain = entry.model_dump(mode="json", include={"id", "place", "valid_from", "valid_to", "recorded_at", "document"})
    if isinstance(entry, Assumption):
        return {**plain, "kind": "assumption", "confidence": str(entry.confidence), "verified": False}
    return {**plain, "kind": kind_name(type(entry)), "confidence": str(entry.confidence), "verified": entry.verified}


def _print_entry(data: dict[str, Any], *, as_json: bool) -> None:
    """An entry as JSON, or as the YAML that a pack would hold."""
    if as_json:
        show_json({"assumption": data})
        return
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 120
    text = io.StringIO()
    yaml.dump([data], text)
    print(text.getvalue(), end="")
