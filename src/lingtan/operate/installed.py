"""What control is made for: a park with its sizes, and the kind of each device. Kept with every start, so that a replay has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lingtan.control import ControlSite, site_of
from lingtan.devices import Template, all_templates
from lingtan.operate.imaging import site_with_templates
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.park import Park


@dataclass(frozen=True)
class Installed:
    """A park whose sizes are fixed, the id of each device's template by asset or connection, and templates by id that count before
    the shipped ones: those of the park's own, and whatever else a replay is to read as it was."""

    park: Park
    kinds: Mapping[str, str]
    own: Mapping[str, Template] = field(default_factory=dict)

    def site(self) -> ControlSite:
        """What control knows of it. Raises `KeyError` for a template that neither this version nor the park has."""
        known = all_templates(self.own)
        return site_with_templates(site_of(self.park), {name: known[kind] for name, kind in self.kinds.items()})

    def as_json(self) -> dict[str, Any]:
        """Plain data; `installed_from_json` gives an equal one."""
        return {"park": self.park.dump(), "templates": dict(self.kinds), "own": templates_as_json(self.own)}


def installed_from_json(data: Mapping[str, Any]) -> Installed:
    """What `as_json` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    own = templates_from_json(data.get("own", {}))
    return Installed(Park.model_validate(data["park"]), dict(data["templates"]), own)


def templates_as_json(templates: Mapping[str, Template]) -> dict[str, Any]:
    """Templates as plain data, by id."""
    return {name: each.model_dump(mode="json", by_alias=True) for name, each in templates.items()}


def templates_from_json(data: Mapping[str, Any]) -> dict[str, Template]:
    """What `templates_as_json` wrote."""
    return {name: Template.model_validate(each) for name, each in data.items()}


def write_templates(path: Path, templates: Mapping[str, Template]) -> None:
    """Keep the templates that a park brings along in its run folder."""
    write_json_atomically(path, templates_as_json(templates))


def read_templates_of(path: Path) -> Mapping[str, Template]:
    """All templates of a run: the shipped ones, and those that `write_templates` kept."""
    return all_templates(templates_from_json(json.loads(path.read_text("utf-8"))) if path.exists() else {})
