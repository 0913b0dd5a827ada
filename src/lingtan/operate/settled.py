"""The accounts of an operated span: recorded powers as the flows that every account takes, settled by the study's own function."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lingtan.account import Accounts, settle
from lingtan.case import Case, studied_instant
from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.operate.history import STEP_MINUTES, STEP_MS
from lingtan.operate.store import TelemetryReader
from lingtan.park import Battery, Load
from lingtan.plant import flows_of
from lingtan.series import Table

COVERED = 0.9
"""Share of the ticks of a step that must have been read well for the step to be settled."""

Array = NDArray[np.float64]


def settle_recorded(case: Case, telemetry: TelemetryReader, from_ms: int, until_ms: int) -> Accounts:
    """The accounts of a recorded span, whole quarter-hours, by the prices of the studied year at that date and time of day.

    Raises `InputError` where a step was not recorded well enough: what is missing is not zero.
    """
    table = recorded_flows(case, telemetry, from_ms, until_ms)
    return settle(case.park, table, case.rulebook, daily_maxima=case.daily_maxima)


def recorded_flows(case: Case, telemetry: TelemetryReader, from_ms: int, until_ms: int) -> Table:
    """Every flow of the park in the quarter-hours of a recorded span [kW], stamped in the studied year.

    Directions are told apart tick by tick, before the mean of a step is taken.
    """
    ticks = np.array([at_ms for at_ms, _ in telemetry.tick_times(from_ms, until_ms)], dtype=np.int64)
    steps = (until_ms - from_ms) // STEP_MS
    if from_ms % STEP_MS or until_ms % STEP_MS or steps <= 0 or not ticks.size:
        raise InputError(
            [Finding("operate.not-recorded", "span", f"{STEP_MINUTES} min × n", f"{from_ms} … {until_ms}")]
        )
    points = {name: _values(telemetry, name, ticks, until_ms) for name in _needed(case)}
    for name, _ in case.park.generators():  # a meter of a line knows what came, not what could have
        points.setdefault(f"{name}.available_kw", points[f"{name}.power_kw"])
    at = (ticks - from_ms) // STEP_MS
    _refuse_gaps(points, at, int(steps))
    flows = flows_of(case.park, points)
    grid = TimeGrid(_studied_start(case, from_ms), STEP_MINUTES, int(steps), case.grid.zone)
    return Table(grid, {name: _means(values, at, int(steps)) for name, values in flows.items()})


def _needed(case: Case) -> list[str]:
    names = [f"{name}.power_kw" for name in (*case.park.connections, *case.park.assets)]
    for name, asset in case.park.assets.items():
        if not isinstance(asset, Load | Battery) and asset.family != "firm_line":
            names.append(f"{name}.available_kw")
    return names


def _values(telemetry: TelemetryReader, name: str, ticks: NDArray[np.int64], until_ms: int) -> Array:
    """A point at every tick; NaN where it was not read well."""
    values = np.full(ticks.size, np.nan)
    samples = [
        (each.at_ms, each.value)
        for each in telemetry.samples(name, int(ticks[0]), until_ms)
        if each.value is not None and each.quality <= 1
    ]
    if samples:
        stamps = np.array([at_ms for at_ms, _ in samples], dtype=np.int64)
        where = np.searchsorted(ticks, stamps)
        there = (where < ticks.size) & (ticks[np.minimum(where, ticks.size - 1)] == stamps)
        values[where[there]] = np.array([value for _, value in samples])[there]
    return values


def _refuse_gaps(points: Mapping[str, Array], at: NDArray[np.int64], steps: int) -> None:
    expected = STEP_MS / 1000
    findings = []
    for name, values in points.items():
        read = np.bincount(at[np.isfinite(values)], minlength=steps)
        worst = int(read.argmin())
        if read[worst] < COVERED * expected:
            values_said = {"step": worst + 1}
            findings.append(
                Finding("operate.gap", name, f"≥ {COVERED:.0%}", f"{read[worst] / expected:.0%}", values=values_said)
            )
    if findings:
        raise InputError(findings)


def _means(values: Array, at: NDArray[np.int64], steps: int) -> Array:
    read = np.isfinite(values)
    return np.bincount(at[read], values[read], steps) / np.maximum(np.bincount(at[read], minlength=steps), 1)


def _studied_start(case: Case, from_ms: int) -> np.datetime64:
    start: np.datetime64 = studied_instant(case.grid, from_ms).astype("M8[m]")
    return start
