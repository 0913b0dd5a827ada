"""From a decided tick to the rows that it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from lingtan.control import Cycle, Decision, Event, Memory, Reading, schedule_as_json
from lingtan.operate.inputs import Inputs
from lingtan.operate.ordering import Desk
from lingtan.operate.store import Batch, DecisionRow, EventRow, Sample, Tick

MEMORY_EVERY_MS = 60_000
"""How often memory is kept for replay."""


def event_rows(events: Iterable[Event], now_ms: int) -> list[EventRow]:
    """Events of control as rows."""
    return [EventRow(now_ms, each.code, each.who, str(each.severity), dict(each.detail)) for each in events]


def decision_rows(cycle: Cycle, now_ms: int) -> list[DecisionRow]:
    """Decisions of control as rows."""
    return [_decision_row(each, now_ms, written=cycle.writes) for each in cycle.decisions.values()]


def _decision_row(each: Decision, now_ms: int, *, written: bool) -> DecisionRow:
    return DecisionRow(
        now_ms,
        each.asset,
        each.set_point_kw,
        each.low_kw,
        each.high_kw,
        each.author,
        each.reason,
        each.revert_kw,
        each.lease_s,
        written,
    )


def samples_of(points: Mapping[str, Reading], known: Iterable[str], now_ms: int) -> dict[str, Sample]:
    """The judged readings as samples of the tick; what is stale or bad keeps its value with its quality."""
    return {name: Sample(now_ms, points[name].value, int(points[name].quality)) for name in known if name in points}


def now_of(cycle: Cycle, now_ms: int, took_ms: float) -> dict[str, Any]:
    """What the web shows once a second (decision 0004, `now`), without price, plan and processes."""
    return {
        "at_ms": now_ms,
        "mode": str(cycle.memory.mode),
        "phase": str(cycle.memory.phase),
        "tick_ms": round(took_ms, 3),
        "points": {
            name: {"value": each.value, "unit": each.unit, "quality": int(each.quality), "age_s": round(each.age_s, 3)}
            for name, each in cycle.points.items()
        },
        "decisions": {
            name: {
                "set_point_kw": each.set_point_kw,
                "low_kw": each.low_kw,
                "high_kw": each.high_kw,
                "author": each.author,
                "reason": each.reason,
                "revert_kw": each.revert_kw,
                "lease_s": each.lease_s,
                "written": cycle.writes,
            }
            for name, each in cycle.decisions.items()
        },
        "demand": next(({"connection": name, **asdict(each)} for name, each in cycle.demand.items()), None),
        "stops": dict(cycle.memory.stops),
    }


def kept(memory: Memory, desk: Desk) -> dict[str, Any]:
    """Memory and desk as plain data: what a restart and a replay go on from."""
    return {"memory": memory.as_json(), "desk": desk.as_json()}


def inputs_batch(inputs: Inputs, before: dict[str, Any] | None, took_ms: float, *, on_time: bool, new: bool) -> Batch:
    """What replay needs of a tick; `before` is the memory to keep, if it is time, `new` a schedule not kept yet."""
    now_ms, schedule = inputs.image.now_ms, inputs.schedule
    return Batch(
        tick=Tick(now_ms, took_ms, on_time, inputs.as_json()),
        memory=None if before is None else (now_ms, before),
        schedule=(schedule.digest, schedule_as_json(schedule)) if new and schedule is not None else None,
    )
