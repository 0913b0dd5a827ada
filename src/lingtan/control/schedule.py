"""A schedule: the part of a plan that was verified, in whole watts and watt-hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lingtan.frozen import DeepFrozen
from lingtan.seal import Json, digest


@dataclass(frozen=True)
class Schedule(DeepFrozen):
    """Power [W] and content at the end of each step [Wh] by asset, for steps of `step_s` seconds from `start_ms` (UTC) on.

    Connections have their power in `power_w` too (importing > 0). `demand_limit_w` is the import [W] by connection that the
    plan reckons with as the peak of the month, if it does. `digest` seals all of it.
    """

    step_s: int
    issued_ms: int
    start_ms: int
    power_w: Mapping[str, tuple[int, ...]]
    content_wh: Mapping[str, tuple[int, ...]]
    digest: str
    demand_limit_w: Mapping[str, int] = field(default_factory=dict)

    @property
    def steps(self) -> int:
        """Number of steps."""
        return min((len(row) for row in self.power_w.values()), default=0)

    @property
    def ends_ms(self) -> int:
        """When it has nothing more to say (UTC)."""
        return self.start_ms + self.steps * self.step_s * 1000

    def step_at(self, now_ms: int) -> int | None:
        """The step that holds an instant; None before the first and after the last."""
        return (now_ms - self.start_ms) // (self.step_s * 1000) if self.start_ms <= now_ms < self.ends_ms else None


def sealed(schedule: Schedule) -> str:
    """The digest that a schedule must carry."""
    return digest({key: value for key, value in schedule_as_json(schedule).items() if key != "digest"})


def schedule_as_json(schedule: Schedule) -> dict[str, Json]:
    """A schedule as plain data; `schedule_from_json` gives an equal one."""
    return {
        "step_s": schedule.step_s,
        "issued_ms": schedule.issued_ms,
        "start_ms": schedule.start_ms,
        "power_w": {name: list(row) for name, row in schedule.power_w.items()},
        "content_wh": {name: list(row) for name, row in schedule.content_wh.items()},
        "digest": schedule.digest,
        "demand_limit_w": dict(schedule.demand_limit_w),
    }


def schedule_from_json(data: Mapping[str, object]) -> Schedule:
    """The schedule that `schedule_as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return Schedule(
        step_s=_whole(data["step_s"]),
        issued_ms=_whole(data["issued_ms"]),
        start_ms=_whole(data["start_ms"]),
        power_w=_rows(data["power_w"]),
        content_wh=_rows(data["content_wh"]),
        digest=str(data["digest"]),
        demand_limit_w={name: _whole(value) for name, value in _mapping(data["demand_limit_w"]).items()},
    )


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {value!r}")
    return value


def _rows(value: object) -> dict[str, tuple[int, ...]]:
    rows = {}
    for name, row in _mapping(value).items():
        if not isinstance(row, list | tuple):
            raise TypeError(f"expected a list, got {row!r}")
        rows[name] = tuple(map(_whole, row))
    return rows


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected a whole number, got {value!r}")
    return value
