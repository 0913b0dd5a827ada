"""Checks of what it takes to run a plant: planned outages are spans of time on the park's clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lingtan.findings import InputError
from lingtan.park.assets.commitment import Startable
from lingtan.park.park import Park
from lingtan.park.remark import Remark


def check_commitment(park: Park) -> Iterator[Remark]:
    """Findings on planned outages that are no spans of time."""
    for name, asset in park.assets.items():
        if not isinstance(asset, Startable) or asset.commitment is None:
            continue
        for number, outage in enumerate(asset.commitment.maintenance):
            path = ("assets", name, "commitment", "maintenance", number)
            try:
                outage.span(park.site.zone)
            except InputError as error:
                for found in error.findings:
                    yield Remark(path, replace(found, who=f"assets.{name}.commitment{found.who}"))
