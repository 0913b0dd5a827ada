"""Limits of a park that are raised for a try: cells of the park file, and the park with them raised."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingtan.park import Park

Path = tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """A cell that is a limit: its path, unit, present value, and the most that it may ever be (a roof bounds its modules)."""

    path: Path
    unit: str
    now: float
    most: float = math.inf


@dataclass(frozen=True, eq=False)
class Opened:
    """The park with the limits of one thing raised as far as can help."""

    limits: tuple[Limit, ...]
    park: Park


def limit_of_size(path: Path, unit: str, now: float, *, is_free: bool, most: float = math.inf) -> Limit:
    """The cell that holds the upper end of a size: the size itself where it is fixed, its `max` where it is a range."""
    return Limit((*path, "max") if is_free else path, unit, now, most)


def widened(data: dict[str, Any], values: Mapping[Path, float]) -> Park:
    """The park with some values of its plain data replaced; everything else is shared."""
    for path, value in values.items():
        data = with_value(data, path, value)
    return Park.model_validate(data)


def with_value(data: dict[str, Any], path: Path, value: float) -> dict[str, Any]:
    """Plain data with one value replaced; everything else is shared."""
    head, *rest = path
    return {**data, head: with_value(data[head], tuple(rest), value) if rest else value}
