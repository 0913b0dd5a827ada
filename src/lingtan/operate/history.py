"""The past that a plan may know: what was recorded up to its gate, and before the record begins what the studied year had then."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from lingtan.case import Case, studied_instant
from lingtan.clock import TimeGrid
from lingtan.operate.store import TelemetryReader
from lingtan.park import FirmLine, Load, Pv, Wind
from lingtan.series import Quality, Series

STEP_MINUTES = 15
STEP_MS = STEP_MINUTES * 60_000
DAYS = 2
"""How far back a naive forecast looks."""

Array = NDArray[np.float64]


def known_at(
    case: Case, telemetry: TelemetryReader, gate_ms: int, days: int = DAYS, only: Container[str] | None = None
) -> dict[str, Series]:
    """By asset: need of each load and what each generator could give [kW], in the finished quarter-hours before the gate.

    Nothing later than the gate is asked for. Quarter-hours that were not recorded have the values of the studied year at that
    time (`Quality.ASSUMED`), so the first day of a run plans with a likely yesterday and not with one value for all hours.
    `days` is how far back it goes, `only` the assets that are asked for.
    """
    grid = grid_before(gate_ms, case.grid.zone, days)
    from_ms = gate_ms - gate_ms % STEP_MS - grid.steps * STEP_MS
    steps = studied_steps(case.grid, grid)
    known = {}
    for name, point, sign, prior in _quantities(case):
        if only is not None and name not in only:
            continue
        recorded = telemetry.means(point, from_ms, gate_ms - gate_ms % STEP_MS, STEP_MS)
        values, quality = prior[steps].copy(), np.full(grid.steps, Quality.ASSUMED, dtype=np.uint8)
        for at_ms, mean in recorded.items():
            step = (at_ms - from_ms) // STEP_MS
            values[step], quality[step] = max(sign * mean, 0.0), Quality.MEASURED
        known[name] = Series(name, values, "kW", grid, quality)
    return known


def grid_before(gate_ms: int, zone: str, days: int = DAYS) -> TimeGrid:
    """The quarter-hours of the last days that are over at a gate."""
    steps = days * 24 * 60 // STEP_MINUTES
    end = np.datetime64(gate_ms - gate_ms % STEP_MS, "ms").astype("M8[m]")
    return TimeGrid(end - np.timedelta64(steps * STEP_MINUTES, "m"), STEP_MINUTES, steps, zone)


def studied_steps(studied: TimeGrid, real: TimeGrid) -> NDArray[np.int64]:
    """The step of the studied year in which each step of a real grid begins."""
    starts_ms = real.utc.astype("M8[ms]").astype(np.int64)
    instants = np.array([studied_instant(studied, int(at_ms)) for at_ms in starts_ms])
    return ((instants - studied.start) // np.timedelta64(studied.step_minutes, "m")).astype(np.int64) % studied.steps


def _quantities(case: Case) -> Iterator[tuple[str, str, float, Array]]:
    """Asset, its point, the sign of the point, and the values of the studied year [kW]."""
    for name, asset in case.park.assets.items():
        match asset:
            case Load():
                yield name, f"{name}.power_kw", -1.0, case.need_kw(name)
            case Pv() | Wind() | FirmLine():
                yield name, f"{name}.available_kw", 1.0, asset.power.min * case.available_pu(name)
            case _:
                continue


def demand_peaks(
    telemetry: TelemetryReader, connections: Mapping[str, object], grid: TimeGrid, gate_ms: int
) -> dict[str, float]:
    """The highest demand of each connection in the running month of the park's clock, up to the gate [kW]."""
    month = TimeGrid(np.datetime64(gate_ms, "ms").astype("M8[m]"), 1, 1, grid.zone)
    local = month.local[0]
    since = (local - local.astype("M8[M]").astype("M8[m]")) // np.timedelta64(1, "m")
    from_ms = gate_ms - int(since) * 60_000 - gate_ms % 60_000
    found = {name: telemetry.greatest(f"{name}.demand_kw", from_ms, gate_ms) for name in connections}
    return {name: max(value, 0.0) for name, value in found.items() if value is not None}
