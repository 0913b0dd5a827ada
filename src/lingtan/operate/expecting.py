"""What the planner makes of the park's own forecasts: the newest day that `lingtan forecast` put into the run folder.

It stands in for what the planner would expect by itself, step by step, where a day reaches. Only what was known by the gate of the
plan counts. A file that cannot be read is told, and plans go on without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingtan.case import Case, studied_instant
from lingtan.fact import first_fault
from lingtan.findings import Finding
from lingtan.forecast.expected import Expected, ExpectedDay
from lingtan.operate.weather.joined import starts_ms
from lingtan.park import Load, Pv, Wind
from lingtan.series import Series

MOST_BYTES = 4_000_000
"""A thousand targets in quarter-hours are less."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Read:
    """What a file holds: days by target, or what is wrong with it; neither where there is none."""

    days: Mapping[str, ExpectedDay] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class ExpectedFile:
    """The file of a park in its run folder; read again only where it changed.

    A twin lives through the studied year, so a day of that stands for its date.
    """

    def __init__(self, path: Path, park: str, *, is_twin: bool) -> None:
        self._path, self._park, self.is_twin = path, park, is_twin
        self._stamp: tuple[int, int, int] | None = None
        self._kept = Read()

    def read(self) -> Read:
        """What there is now."""
        try:
            state = self._path.stat()
            stamp = (state.st_ino, state.st_mtime_ns, state.st_size)
            if stamp != self._stamp:
                self._kept, self._stamp = self._judged(), stamp
        except OSError:  # none was made, or it is being moved in
            self._kept, self._stamp = Read(), None
        return self._kept

    def _judged(self) -> Read:
        with self._path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        try:
            if len(raw) > MOST_BYTES:
                raise ValueError(f"> {MOST_BYTES} B")
            found = Expected.model_validate_json(raw)
        except ValueError as error:
            return Read(
                findings=(Finding("forecast.no-view", self._path.name, got=first_fault(error), file=str(self._path)),)
            )
        if found.park != self._park:
            other = Finding("forecast.other-view", self._path.parent.name, self._park, found.park, file=str(self._path))
            return Read(findings=(other,))
        return Read(found.targets)


@dataclass(frozen=True)
class Followed:
    """Forecasts by asset, and what is told of the days in them: targets, and the oldest moment one of them was made from."""

    series: Mapping[str, Series]
    told: Mapping[str, Any]


def followed(case: Case, file: ExpectedFile, own: Mapping[str, Series], gate_ms: int) -> Followed:
    """What is expected by the planner itself (`own`), with the days of the park's forecasts laid over it.

    A sum of several assets keeps their shares; targets of fewer assets are laid over those of more. No plant gives more than its
    power. What does not reach into the plan, was not known by its gate, or is of no such assets is left out, and named.
    """
    read, expected, used = file.read(), dict(own), []
    by_breadth = sorted(read.days.items(), key=lambda each: -len(each[1].assets))
    for name, day in by_breadth:
        laid = _laid(case, day, expected, gate_ms, is_twin=file.is_twin)
        if laid is not None:
            expected |= laid
            used.append(name)
    told: dict[str, Any] = {"targets": used}
    if left := [name for name in read.days if name not in used]:
        told["left_out"] = left
    if used:
        told["known_ms"] = min(read.days[name].known_ms for name in used)
    if read.findings:
        told["findings"] = [found.as_json() for found in read.findings]
    return Followed(expected, told)


def _laid(
    case: Case, day: ExpectedDay, expected: Mapping[str, Series], gate_ms: int, *, is_twin: bool
) -> dict[str, Series] | None:
    """The assets of a day where it reaches into the window; None where it does not, or says nothing that may be known."""
    assets = [case.park.assets.get(name) for name in day.assets]
    of_kind = Load if day.kind == "load" else Pv | Wind
    if not all(name in expected for name in day.assets) or not all(isinstance(each, of_kind) for each in assets):
        return None
    series = [expected[name] for name in day.assets]
    most_kw = sum(each.power.min if isinstance(each, Pv | Wind) else np.inf for each in assets)
    scale = most_kw if day.unit == "1" else 1.0
    stamps, now_ms = starts_ms(series[0].grid), gate_ms
    if is_twin and not ((stamps >= day.start_ms) & (stamps < day.end_ms)).any():
        stamps, now_ms = _studied_ms(case, stamps), int(_studied_ms(case, np.array([gate_ms]))[0])
    reached = (stamps >= day.start_ms) & (stamps < day.end_ms)
    if day.known_ms > now_ms or not reached.any():
        return None
    at = (stamps[reached] - day.start_ms) // (day.step_minutes * 60_000)
    total = np.maximum(_in_quarters(day)[at] if day.step_minutes < 15 else np.array(day.values)[at], 0.0) * scale
    total = np.minimum(total, most_kw)
    before = np.stack([each.values[reached] for each in series])
    whole = before.sum(axis=0)
    share = np.divide(before, whole, out=np.full_like(before, 1.0 / len(series)), where=whole > 0.0)
    return {each.name: _with(each, reached, row) for each, row in zip(series, share * total, strict=True)}


def _with(series: Series, reached: NDArray[np.bool_], values: Array) -> Series:
    laid = series.values.copy()
    laid[reached] = values
    return replace(series, values=laid)


def _in_quarters(day: ExpectedDay) -> Array:
    """Values of short steps, each the mean over the quarter-hour that begins with it (of what is left at the end)."""
    values = np.array(day.values)
    return np.array([values[at : at + max(15 // day.step_minutes, 1)].mean() for at in range(values.size)])


def _studied_ms(case: Case, stamps_ms: NDArray[np.int64]) -> NDArray[np.int64]:
    instants = np.array([studied_instant(case.grid, int(at_ms)) for at_ms in stamps_ms], dtype="M8[ms]")
    return instants.astype(np.int64)
