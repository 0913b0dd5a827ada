"""What a plant remembers across a restart of its process: the content of batteries and the registers of meters.

A twin that came back half full and with registers at zero would be another plant. The last quarter-hour of a meter is not
kept: as after a loss of power, its demand begins anew.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lingtan.plant import BatteryState, MeterState, PlantState


def write_atomically(path: Path, value: object) -> None:
    """Replace a JSON file in one step: a reader sees the old one or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps(value, indent=2, allow_nan=False) + "\n", "utf-8")
    part.replace(path)


def keep(path: Path, state: PlantState) -> None:
    """Write down what has to survive."""
    meters = {n: {"import_kwh": m.import_kwh, "export_kwh": m.export_kwh} for n, m in state.meters.items()}
    write_atomically(path, {"batteries": {n: asdict(b) for n, b in state.batteries.items()}, "meters": meters})


def kept(path: Path, fresh: PlantState) -> PlantState:
    """What was written down, where it is whole and of the same plant; else a fresh state."""
    try:
        data: Any = json.loads(path.read_text("utf-8"))
        batteries = {name: BatteryState(**_numbers(one)) for name, one in data["batteries"].items()}
        read = {name: _numbers(one) for name, one in data["meters"].items()}
        meters = {name: MeterState(one["import_kwh"], one["export_kwh"]) for name, one in read.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return fresh
    same = batteries.keys() == fresh.batteries.keys() and meters.keys() == fresh.meters.keys()
    return PlantState(batteries, meters) if same else fresh


def _numbers(one: Mapping[str, Any]) -> dict[str, float]:
    numbers = {name: float(value) for name, value in one.items()}
    if not all(math.isfinite(value) and value >= 0.0 for value in numbers.values()):
        raise ValueError(f"no state: {one}")
    return numbers
