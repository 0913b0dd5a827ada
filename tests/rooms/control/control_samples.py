"""A small site for tests of control: a factory, a PV plant, a battery, and a meter at 950 kW."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lingtan.control import (
    ControlSettings,
    ControlSite,
    Cycle,
    Image,
    Mode,
    Priority,
    Proposal,
    Quality,
    Reading,
    Schedule,
    boot,
    cycle,
    memory_from_json,
    site_of,
)
from lingtan.park import Park
from tests import small_parks

NOON = 1_795_406_400_000
"""2026-11-23 04:00 UTC, noon in Shanghai; a quarter-hour begins."""


def control_park(battery: Mapping[str, Any] | None = None, connection: Mapping[str, Any] | None = None) -> Park:
    """Battery 500 kW / 1 MWh at 0.95 each way, PV 400 kW, no export, import up to 950 kW."""
    cells = {"charge_efficiency": 0.95, "discharge_efficiency": 0.95, **(battery or {})}
    assets = {
        "battery": {**small_parks.battery(500.0, 1000.0), **cells},
        "pv": small_parks.pv(400.0),
        "factory": {"family": "load", "profile": "need"},
    }
    return small_parks.park_of(assets, {"power_factor": 0.95, **(connection or {})})


def control_site(connection: Mapping[str, Any] | None = None, **settings: Any) -> ControlSite:
    """Its battery may move by all it has in a tick; the ramp that control has by itself is tested in test_ramp.py."""
    return site_of(control_park(connection=connection), ControlSettings(**{"ramp_share_per_s": 10.0, **settings}))


def image_of(now_ms: int, values: Mapping[str, float | None], age_s: float = 0.2) -> Image:
    """Good readings of these points, in the unit of their name."""
    return Image(
        now_ms,
        {
            point: Reading(value, "1" if point.endswith((".soc", ".state")) else "kW", Quality.GOOD, age_s)
            for point, value in values.items()
        },
    )


@dataclass
class Bench:
    """A plant that obeys at once, and control in a loop with it: one `tick` is one second.

    `lost` names points that are not read, `stuck` the power of an asset that does not obey; `said` collects events as
    `second code who`.
    """

    site: ControlSite
    need_kw: float = 500.0
    sun_kw: float = 100.0
    content_kwh: float = 500.0
    now_ms: int = NOON
    mode: Mode = Mode.AUTO
    lost: set[str] = field(default_factory=set)
    forced: dict[str, float] = field(default_factory=dict)
    stuck: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.memory = boot(self.site, self.now_ms, self.mode)
        self.battery_kw, self.limit_kw = 0.0, 400.0
        self.begun_ms = self.now_ms

    @property
    def pv_kw(self) -> float:
        return self.stuck.get("pv", min(self.sun_kw, self.limit_kw))

    @property
    def grid_kw(self) -> float:
        return self.need_kw - self.pv_kw - self.battery_kw

    def values(self) -> dict[str, float | None]:
        known = {
            "battery.power_kw": self.battery_kw,
            "battery.soc": self.content_kwh / 1000.0,
            "pv.power_kw": self.pv_kw,
            "pv.available_kw": self.sun_kw,
            "factory.power_kw": -self.need_kw,
            "grid.power_kw": self.grid_kw,
            **self.forced,
        }
        return {point: value for point, value in known.items() if point not in self.lost}

    def tick(self, proposals: Sequence[Proposal] = (), schedule: Schedule | None = None, ticks: int = 1) -> Cycle:
        for _ in range(ticks):
            done = cycle(self.site, self.memory, image_of(self.now_ms, self.values()), proposals, schedule, self.now_ms)
            second = (self.now_ms - self.begun_ms) // 1000
            self.said += [f"{second} {event.code} {event.who}" for event in done.events]
            self.memory = memory_from_json(json.loads(json.dumps(done.memory.as_json())))
            if done.writes:
                self.battery_kw = self.stuck.get("battery", done.decisions["battery"].set_point_kw)
                self.limit_kw = done.decisions["pv"].set_point_kw
            drawn = self.battery_kw / 0.95 if self.battery_kw > 0.0 else self.battery_kw * 0.95
            self.content_kwh -= drawn / 3600.0
            self.now_ms += 1000
        return done

    def wish(self, asset: str, kw: float, priority: Priority = Priority.OPERATOR, for_s: float = 3600.0) -> Proposal:
        """Exactly one value."""
        return Proposal(asset, kw, kw, kw, priority, self.now_ms + round(1000 * for_s), "ann", "by hand")
