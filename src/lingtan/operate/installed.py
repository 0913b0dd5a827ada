"""What control is made for: a park with its sizes, and the kind of each device. Kept with every start, so that a replay has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingtan.control import ControlSite, site_of
from lingtan.devices import shipped_templates
from lingtan.operate.imaging import site_with_templates
from lingtan.park import Park


@dataclass(frozen=True)
class Installed:
    """A park whose sizes are fixed, and the id of each device's template by asset or connection."""

    park: Park
    templates: Mapping[str, str]

    def site(self) -> ControlSite:
        """What control knows of it. Raises `KeyError` for a template that this version does not have."""
        shipped = shipped_templates()
        return site_with_templates(site_of(self.park), {name: shipped[kind] for name, kind in self.templates.items()})

    def as_json(self) -> dict[str, Any]:
        """Plain data; `installed_from_json` gives an equal one."""
        return {"park": self.park.dump(), "templates": dict(self.templates)}


def installed_from_json(data: Mapping[str, Any]) -> Installed:
    """What `as_json` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return Installed(Park.model_validate(data["park"]), dict(data["templates"]))
