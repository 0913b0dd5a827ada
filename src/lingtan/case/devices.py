"""Whether the devices that a park names are of kinds that exist, and fit what they stand for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from lingtan.devices import Template
from lingtan.findings import Finding
from lingtan.park import Park


def check_devices(park: Park, templates: Mapping[str, Template]) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """Findings with the path in the park file that each is about."""
    for name, device in park.devices.items():
        path, who = ("devices", name, "template"), f"devices.{name}.template"
        template = templates.get(device.template)
        if template is None:
            near = difflib.get_close_matches(device.template, templates, n=1, cutoff=0.5)
            yield (
                path,
                Finding("case.no-such-template", who, near[0] if near else ", ".join(templates), device.template),
            )
            continue
        family = park.assets[name].family if name in park.assets else "connection"
        if template.family != family:
            fitting = ", ".join(key for key, each in templates.items() if each.family == family)
            yield path, Finding("case.template-of-another-family", who, fitting, device.template)
