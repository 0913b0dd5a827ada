"""The rows that pass in and out of the store, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Quality = Literal[0, 1, 2, 3]
"""0 good, 1 uncertain, 2 stale, 3 bad."""

OrderKind = Literal["mode", "proposal", "stop", "release"]


@dataclass(frozen=True)
class Point:
    """What is measured: `<asset>.<quantity>` with its unit."""

    name: str
    unit: str
    asset: str


@dataclass(frozen=True)
class Sample:
    """A value at a moment (UTC ms); None where nothing was read."""

    at_ms: int
    value: float | None
    quality: int


@dataclass(frozen=True)
class DecisionRow:
    """What was decided for an asset, and whether it was written to the device."""

    at_ms: int
    asset: str
    set_point_kw: float | None
    low_kw: float | None
    high_kw: float | None
    author: str
    reason: str
    revert_kw: float | None
    lease_s: float | None
    written: bool


@dataclass(frozen=True)
class EventRow:
    """What happened. `id` rises; 0 stands for an event that is not stored yet."""

    at_ms: int
    code: str
    who: str
    severity: str
    detail: Mapping[str, Any]
    id: int = 0


@dataclass(frozen=True)
class Tick:
    """What one cycle was given, so that it can be replayed, and how long it took."""

    at_ms: int
    took_ms: float
    on_time: bool
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class PlanRow:
    """A plan as the planner issued it; a refused one has its reason and no steps."""

    issued_ms: int
    gate_ms: int
    start_ms: int
    step_s: int
    accepted: bool
    reason: str
    certificate: Mapping[str, Any]
    digest: str
    id: int = 0
    schedule: Mapping[str, Any] | None = None
    """The verified schedule as control writes it; None for a refused plan."""


@dataclass(frozen=True)
class PlanStep:
    """Mean power of an asset in a step that begins at `at_ms` [W], and the content of a store at its end [Wh]."""

    asset: str
    at_ms: int
    power_w: int
    content_wh: int | None


@dataclass(frozen=True)
class Order:
    """What somebody asked for; `asset` is None for the mode of the park, `expires_ms` where it stands until released."""

    at_ms: int
    author: str
    kind: OrderKind
    asset: str | None
    body: Mapping[str, Any]
    expires_ms: int | None
    id: int = 0


@dataclass(frozen=True)
class Vintage:
    """A weather forecast as it was issued: means over equal steps from `start_ms` on, by the names of `resource.QUANTITIES`; None
    where nothing was said.

    `received_ms` is when it came in: before that nobody here knew it, whatever its issue time.
    """

    source: str
    issued_ms: int
    received_ms: int
    start_ms: int
    step_ms: int
    values: Mapping[str, Sequence[float | None]]
