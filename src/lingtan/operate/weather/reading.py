"""Bytes of JSON or CSV to vintages; whatever is wrong is a finding, and nothing of a file with an error is taken."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from lingtan.clock import zone_of
from lingtan.findings import Finding, InputError, say_number
from lingtan.operate.store import Vintage
from lingtan.resource.weather import QUANTITIES

MOST_BYTES = 1 << 20
"""A year of hours of three quantities is half of it."""

MOST_STEPS, MOST_VINTAGES = 20_000, 200
LONGEST_STEP_MINUTES = 360

Ranges = Mapping[str, tuple[float, float]]
ALL: Ranges = {str(name): ends for name, ends in QUANTITIES.items()}


@dataclass(frozen=True)
class Limits:
    """How much is read at once, and which columns beside the quantities of weather, with their ranges."""

    most_bytes: int = MOST_BYTES
    most_vintages: int = MOST_VINTAGES
    also: Ranges = field(default_factory=dict)

    @property
    def ranges(self) -> Ranges:
        """All columns that may stand there, and within what."""
        return {**ALL, **self.also}


INTAKE = Limits()
WHOLE_HISTORY = Limits(most_bytes=200 << 20, most_vintages=40_000)
"""Of a user's own file that models learn from: some years of issues every hour."""

FORM = "issued_at, start, step_minutes, values"
COLUMNS = ", ".join(QUANTITIES)


def read_vintages(
    raw: bytes, source: str, kind: str, *, zone: str, now_ms: int, limits: Limits = INTAKE
) -> tuple[Vintage, ...]:
    """The vintages of a file or an answer; `kind` is `json` or `csv`, naive stamps are in the zone.

    Raises `InputError`: `operate.weather-too-big`, `operate.weather-broken`, `operate.weather-columns`, `operate.weather-steps`,
    `operate.weather-range`, `operate.weather-future`.
    """
    if len(raw) > limits.most_bytes:
        raise _refusal("too-big", source, f"≤ {limits.most_bytes} B", f"{len(raw)} B")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal("broken", source, "UTF-8", f"byte {error.start}") from None
    found = _of_json(text, source) if kind == "json" else _of_csv(text, source)
    if not 0 < len(found) <= limits.most_vintages:
        raise _refusal("steps", source, f"1 … {limits.most_vintages}", str(len(found)))
    return tuple(_vintage(each, source, zone, now_ms, limits.ranges) for each in found)


def _of_json(text: str, source: str) -> list[Mapping[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refusal("broken", source, "JSON", " ".join(str(error).split())[:120]) from None
    found = data if isinstance(data, list) else [data]
    if not all(isinstance(each, dict) for each in found):
        raise _refusal("columns", source, FORM)
    return found


def _of_csv(text: str, source: str) -> list[Mapping[str, Any]]:
    """Rows of `issued_at`, `start` and quantities, grouped by issue; a last line without its end was cut off."""
    if not text.endswith(("\n", "\r")):
        raise _refusal("broken", source, "\\n", text[-40:])
    rows = list(csv.reader(io.StringIO(text)))
    head = [name.strip() for name in rows[0]] if rows else []
    if not {"issued_at", "start"} <= set(head) or len(set(head)) < len(head):
        raise _refusal("columns", source, f"issued_at, start, {COLUMNS}", ", ".join(head)[:120])
    issues: dict[str, list[dict[str, str]]] = {}
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(head):
            raise _refusal("broken", source, str(len(head)), str(len(row)), line)
        cells = {name: cell.strip() for name, cell in zip(head, row, strict=True)}
        issues.setdefault(cells["issued_at"], []).append(cells)
    return [_as_issue(issued, each) for issued, each in issues.items()]


def _as_issue(issued: str, rows: Sequence[Mapping[str, str]]) -> Mapping[str, Any]:
    values = {name: [row[name] or None for row in rows] for name in rows[0] if name not in {"issued_at", "start"}}
    return {"issued_at": issued, "start": [row["start"] for row in rows], "values": values}


def _vintage(found: Mapping[str, Any], source: str, zone: str, now_ms: int, ranges: Ranges) -> Vintage:
    if unknown := sorted(set(found) - {"issued_at", "start", "step_minutes", "values"}):
        raise _refusal("columns", source, FORM, ", ".join(unknown)[:120])
    issued_ms = _moment_ms(found.get("issued_at"), "issued_at", source, zone)
    if issued_ms > now_ms:
        raise _refusal("future", source, got=str(found["issued_at"]))
    given = found.get("values")
    if not isinstance(given, dict) or not given or not set(given) <= set(ranges):
        got = ", ".join(sorted(set(given) - set(ranges))) if isinstance(given, dict) else ""
        raise _refusal("columns", source, COLUMNS, got[:120])
    values = {name: _numbers(row, f"{source}: {name}", ranges[name]) for name, row in given.items()}
    lengths = {len(row) for row in values.values()}
    start_ms, step_ms, steps = _steps(found, source, zone, max(lengths))
    if lengths != {steps} or not 0 < steps <= MOST_STEPS:
        raise _refusal("steps", source, f"1 … {MOST_STEPS}", ", ".join(map(str, sorted(lengths))))
    if start_ms + steps * step_ms <= issued_ms:
        raise _refusal("steps", source, "> issued_at", str(found["start"])[:40])
    return Vintage(source, issued_ms, now_ms, start_ms, step_ms, values)


def _steps(found: Mapping[str, Any], source: str, zone: str, count: int) -> tuple[int, int, int]:
    """Start, step [ms] and number of steps: one start and `step_minutes` (JSON), or the start of every step (CSV)."""
    given = found.get("start")
    if isinstance(given, list):
        starts = [_moment_ms(each, "start", source, zone) for each in given]
        gaps = {after - before for before, after in pairwise(starts)}
        if len(gaps) != 1:
            raise _refusal("steps", source, "one step", ", ".join(str(gap // 60_000) for gap in sorted(gaps))[:80])
        start_ms, step_ms, count = starts[0], gaps.pop(), len(starts)
    else:
        start_ms, minutes = _moment_ms(given, "start", source, zone), found.get("step_minutes")
        step_ms = minutes * 60_000 if isinstance(minutes, int) and not isinstance(minutes, bool) else 0
    if not 60_000 <= step_ms <= LONGEST_STEP_MINUTES * 60_000 or step_ms % 60_000:
        raise _refusal("steps", source, f"1 … {LONGEST_STEP_MINUTES} min", f"{step_ms / 60_000:g} min")
    return start_ms, step_ms, count


def _moment_ms(given: Any, name: str, source: str, zone: str) -> int:
    try:
        moment = datetime.fromisoformat(given)
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone_of(zone))
        at_ms = round(aware.timestamp() * 1000)
    except (TypeError, ValueError, OverflowError):
        raise _refusal("broken", f"{source}: {name}", "2026-03-03T08:00:00+08:00", str(given)[:40]) from None
    return at_ms


def _numbers(row: Any, who: str, ends: tuple[float, float]) -> tuple[float | None, ...]:
    if not isinstance(row, list):
        raise _refusal("columns", who, "[…]", type(row).__name__)
    return tuple(_number(each, who, *ends) for each in row)


def _number(given: Any, who: str, low: float, high: float) -> float | None:
    """A number within what has been measured on Earth; None is kept: missing is not zero."""
    if given is None:
        return None
    try:
        value = math.nan if isinstance(given, bool) else float(given)
    except (TypeError, ValueError, OverflowError):
        value = math.nan
    if not low <= value <= high:
        raise _refusal("range", who, f"{say_number(low)} … {say_number(high)}", str(given)[:40])
    return value


def _refusal(kind: str, who: str, expected: str = "", got: str = "", line: int = 0) -> InputError:
    return InputError([Finding(f"operate.weather-{kind}", who, expected, got, file=who if line else "", line=line)])
