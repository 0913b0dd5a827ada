"""Reading templates from disk: those that come with the package, and folders of one's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from lingtan.devices.template import Template, remarks
from lingtan.findings import Finding, InputError
from lingtan.sheet import MAX_BYTES, compose, judge


@lru_cache(maxsize=1)
def shipped_templates() -> Mapping[str, Template]:
    """The templates that come with the package, by id; `InputError` if one does not load, which is a fault of ours."""
    templates, findings = _read_all(resources.files("lingtan.devices") / "templates")
    if findings:
        raise InputError(findings)
    return templates


def read_templates(folder: str | os.PathLike[str]) -> tuple[dict[str, Template], list[Finding]]:
    """The templates of all `*.yaml` files of a folder (or of one file), laid over the shipped ones, with all findings."""
    path = Path(folder)
    if not path.exists():
        return dict(shipped_templates()), [Finding("devices.no-file", str(folder))]
    templates, findings = _read_all(path)
    return {**shipped_templates(), **templates}, findings


def own_templates(folder: str | os.PathLike[str]) -> tuple[dict[str, Template], list[Finding]]:
    """The templates that a park brings along, in a folder that need not be there; none may take the id of a shipped one."""
    if not Path(folder).is_dir():
        return {}, []
    templates, findings = _read_all(Path(folder))
    taken = [Finding("devices.id-shipped", name, file=str(folder)) for name in templates if name in shipped_templates()]
    return templates, [*findings, *taken]


def all_templates(own: Mapping[str, Template]) -> Mapping[str, Template]:
    """The shipped templates and those that a park brings along."""
    return {**shipped_templates(), **own}


def _read_all(place: Traversable) -> tuple[dict[str, Template], list[Finding]]:
    files = [place] if place.is_file() else [file for file in place.iterdir() if file.name.endswith((".yaml", ".yml"))]
    templates: dict[str, Template] = {}
    findings: list[Finding] = []
    for file in sorted(files, key=lambda file: file.name):
        template, found = _read_file(file)
        findings += found
        if template is None:
            continue
        if template.id in templates:
            findings.append(Finding("devices.id-twice", template.id, file=str(file)))
            continue
        templates[template.id] = template
    return templates, findings


def _read_file(file: Traversable) -> tuple[Template | None, list[Finding]]:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [Finding("devices.unreadable", file.name, got=error.strerror or type(error).__name__)]
    sheet, findings = compose(raw, str(file))
    if sheet.data is None:
        return None, findings
    template, found = judge(Template, sheet.data, sheet)
    noted = () if template is None else (one.at(sheet.file, sheet.line(())) for one in remarks(template))
    return template, [*findings, *found, *noted]
