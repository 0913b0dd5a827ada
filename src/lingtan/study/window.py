"""A window of a case with sizes that are given: what a dispatch decides on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lingtan.case import Case
from lingtan.findings import Finding, InputError
from lingtan.park import Park
from lingtan.study.summary import sizes_by_asset

FIELDS = {"power_kw": "power", "energy_kwh": "energy", "capacity_kva": "capacity"}
"""Which field of the park file a size belongs to."""

MAX_BYTES = 16_000_000


def window_of(case: Case, start: str, hours: float, sizes: Mapping[str, Mapping[str, float]]) -> Case:
    """The case from a moment on the park's clock for some hours, with all sizes fixed.

    Raises `InputError` when the window leaves the period or a size is still free.
    """
    fixed = with_sizes(case.park, sizes)
    grid = case.grid
    steps = round(hours / grid.step_hours)
    try:
        moment = datetime.fromisoformat(start)
        first = grid.index(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(grid.zone)))
    except ValueError:
        first = -1
    if first < 0 or steps < 1 or first + steps > grid.steps:
        expected = f"{grid.local[0]} … {grid.local[-1]}".replace("T", " ")
        raise InputError([Finding("cli.outside-period", "start", expected, f"{start} + {hours:g} h")])
    return case.with_park(fixed).window(first, steps)


def with_sizes(park: Park, sizes: Mapping[str, Mapping[str, float]]) -> Park:
    """The park with given sizes in place of its ranges; a range that is left is a finding."""
    data = park.dump()
    findings = []
    for section, things in (("assets", park.assets), ("connections", park.connections)):
        for name, thing in things.items():
            for quantity, field in FIELDS.items():
                size = getattr(thing, field, None)
                given = sizes.get(name, {}).get(quantity)
                if size is None or not hasattr(size, "free"):
                    continue
                if given is not None:
                    data[section][name][field] = given
                elif size.free:
                    findings.append(Finding("cli.free-size", f"{section}.{name}.{field}"))
    if findings:
        raise InputError(findings)
    return Park.model_validate(data)


def flat_sizes(sizes: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """`{"battery": {"power_kw": 5.0}}` as `{"battery.power_kw": 5.0}`, the names that terms use."""
    return {f"{asset}.{quantity}": value for asset, given in sizes.items() for quantity, value in given.items()}


def read_sizes(path: Path | None) -> dict[str, dict[str, float]]:
    """The sizes in a summary.json; none given is none."""
    if path is None:
        return {}
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
        data: Any = json.loads(raw)
        flat = {
            f"{asset}.{quantity}": float(value)
            for asset, sizes in data["sizes"].items()
            for quantity, value in sizes.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([Finding("cli.not-a-summary", str(path), got=type(error).__name__)]) from None
    return sizes_by_asset(flat)
