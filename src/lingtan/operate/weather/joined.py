"""What the planner makes of the weather that was issued and had come in at its gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.forecast.subject import Kind
from lingtan.forecast.weathered import QUANTITY, Ahead, weathered
from lingtan.operate.history import grid_before
from lingtan.operate.history import known_at as recorded_at
from lingtan.operate.store import TelemetryReader, Vintage
from lingtan.operate.weather.vintage import GOOD_FOR_MS, HOUR_MS, Standing, known_at, standing, values_at
from lingtan.park import Load, Pv, Wind
from lingtan.series import Series

LEARN_DAYS = 14
"""How far back it is learned what weather does: long enough for some weather to differ, short enough to be of this season."""

HALF_A_DAY_MS = 12 * HOUR_MS
"""The middle of the leads of a plan: so far ahead the weather was said that is learned from."""

Array = NDArray[np.float64]
Stamps = NDArray[np.int64]


@dataclass(frozen=True)
class Joined:
    """Forecasts by asset, and what is told of the weather in them: how it stands, its issue, its age, which assets it moved."""

    series: Mapping[str, Series]
    told: Mapping[str, Any] = field(default_factory=lambda: {"standing": str(Standing.NONE)})


def joined(
    case: Case, telemetry: TelemetryReader, vintages: Sequence[Vintage], naive: Mapping[str, Series], gate_ms: int
) -> Joined:
    """The naive forecasts of the next day, moved by weather where that was better of late; nothing after the gate is looked at."""
    known = known_at(vintages, gate_ms)
    newest_ms = known[0].issued_ms if known else None
    stands = standing(newest_ms, gate_ms)
    if newest_ms is None or stands is Standing.NONE or not naive:
        return Joined(naive)
    spoken = {quantity for each in known for quantity in each.values}
    kinds = [each for each in _kinds(case) if QUANTITY[each[1]] in spoken]
    past = recorded_at(case, telemetry, gate_ms, LEARN_DAYS, {name for name, *_ in kinds})
    window = next(iter(naive.values())).grid
    stamps = starts_ms(grid_before(gate_ms, case.grid.zone, LEARN_DAYS))
    weather = {quantity: ahead(known, quantity, stamps, starts_ms(window), gate_ms) for quantity in QUANTITY.values()}
    moved = {}
    for name, kind, capacity in kinds:
        found = weathered(past[name], naive[name], kind, weather[QUANTITY[kind]], capacity)
        if found is not None:
            moved[name] = found
    told = {
        "standing": str(stands),
        "source": known[0].source,
        "issued_ms": newest_ms,
        "age_s": (gate_ms - newest_ms) // 1000,
        "moved": sorted(moved),
    }
    return Joined({**naive, **moved}, told)


def ahead(known: Sequence[Vintage], quantity: str, past_ms: Stamps, coming_ms: Stamps, gate_ms: int) -> Ahead:
    """A quantity as it was last said at each step of the past, half a day before it, and as it is said now of what comes."""
    return Ahead(
        said(known, quantity, past_ms, past_ms),
        said(known, quantity, past_ms, past_ms - HALF_A_DAY_MS),
        said(known, quantity, coming_ms, np.full(coming_ms.size, gate_ms)),
    )


def said(vintages: Sequence[Vintage], quantity: str, stamps_ms: Stamps, when_ms: Stamps) -> Array:
    """What was said of each instant (N,) by the newest vintage that was issued, had come and was not too old at a moment (N,)."""
    values = np.full(stamps_ms.size, np.nan)
    for each in sorted(vintages, key=lambda vintage: (vintage.issued_ms, vintage.received_ms)):
        had = (max(each.issued_ms, each.received_ms) <= when_ms) & (when_ms <= each.issued_ms + GOOD_FOR_MS)
        row = values_at(each, quantity, stamps_ms)
        values = np.where(had & np.isfinite(row), row, values)
    return values


def starts_ms(grid: TimeGrid) -> Stamps:
    """The start of each step, UTC milliseconds."""
    return np.asarray(grid.utc.astype("M8[ms]").astype(np.int64))


def _kinds(case: Case) -> list[tuple[str, Kind, float | None]]:
    """What weather may move: asset, kind, and the most that it gives [kW]."""
    found: list[tuple[str, Kind, float | None]] = []
    for name, asset in case.park.assets.items():
        match asset:
            case Load():
                found.append((name, "load", None))
            case Pv():
                found.append((name, "pv", asset.power.min))
            case Wind():
                found.append((name, "wind", asset.power.min))
            case _:
                continue
    return found
