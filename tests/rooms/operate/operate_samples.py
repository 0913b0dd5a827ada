"""A small park alive: a year of hours, a works, sun, a line and a battery; and its twin in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.control import Cycle
from lingtan.operate.clocks import VirtualClock
from lingtan.operate.planning import Planner
from lingtan.operate.practice import Practice, Told
from lingtan.operate.store import Order, OrderKind, TelemetryWriter
from lingtan.twin import FaultOrder, TwinPlant
from tests.small_parks import HOURS, battery, pv, retail, small_case

START_MS = 1_772_505_000_000
"""2026-03-03 10:30:00 in Shanghai: the studied year is 2025."""

LEASE_S = 10

FAIL_SAFE_KW = {"battery": 0.0, "pv": 0.0}
"""A battery rests; a plant gives its share of what may be exported, and nothing may."""

Meanwhile = Literal["falls back", "stays safe", "goes on"]
FAULTS: dict[str, tuple[set[str], Meanwhile]] = {
    "socket_drop": ({"operate.device-lost"}, "falls back"),
    "id_shift": ({"operate.device-lost"}, "stays safe"),
    "frozen": ({"control.stale"}, "stays safe"),
    "noisy": ({"control.not-obeyed", "control.out-of-range", "control.balance-open", "control.noisy"}, "stays safe"),
    "out_of_range": ({"control.out-of-range"}, "stays safe"),
    "slow": (
        {"operate.device-lost", "operate.not-written"},
        "stays safe",
    ),  # lost at its reads or its writes, as it falls
    "refuse_write": ({"operate.not-written"}, "falls back"),
    "duplicate_frame": (set(), "goes on"),
    "clock_jump": ({"operate.device-clock"}, "goes on"),
    "tripped": ({"control.tripped"}, "falls back"),
}
"""What may tell of each fault of a battery, and what it does meanwhile: fall back to 0 kW within the lease (where nothing can be
written), stay within all limits (where what is written still arrives), or go on as if nothing were."""


@cache
def live_case() -> Case:
    """Works of 400 to 600 kW by the hour of the day, sun of 400 kW by day, a line of 100 kW, a battery of 200 kW and 400 kWh."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    hour = grid.hour.astype(np.float64)
    need = 500.0 + 100.0 * np.sin((hour - 9.0) / 24.0 * 2.0 * np.pi)
    sun = np.maximum(0.0, np.sin((hour - 6.0) / 12.0 * np.pi))
    line = {"family": "firm_line", "source": "hydro", "power": 100.0, "price": 0.3, "legal_basis": "assumed: a test"}
    assets = {"pv": pv(400.0), "battery": battery(200.0, 400.0), "line": line}
    records = [retail(factors=True, demand_price=35.0), HOURS]
    return small_case(need, assets, series={"sun": sun.tolist()}, grid=grid, records=records)


class Virtual:
    """A practice with everything that a test wants to look at."""

    def __init__(
        self,
        store: TelemetryWriter,
        *,
        plans: bool = True,
        start_ms: int = START_MS,
        case: Case | None = None,
        told: Told | None = None,
    ) -> None:
        case = case or live_case()
        self.clock = VirtualClock(start_ms)
        self.plant = TwinPlant(case, self.clock.now_ms)
        self.plant.advance()
        self.store = store
        self.faults: Sequence[FaultOrder] = ()
        self.practice = Practice(
            case, self.plant, self.clock, store, planner=Planner(case) if plans else None, told=told
        )

    @property
    def now_ms(self) -> int:
        return self.clock.now_ms()

    def run(self, seconds: int, look: Callable[[int, Cycle], None] = lambda _, __: None) -> None:
        self.practice.run(seconds, look, move=lambda: self.plant.advance(self.faults))

    def order(self, kind: OrderKind, asset: str | None = None, **body: object) -> None:
        self.practice.order([Order(self.now_ms, "operator", kind, asset, body, None)])

    def hold(self, power_kw: float) -> None:
        """Ask the battery for one power exactly."""
        self.order("proposal", "battery", low_kw=power_kw, high_kw=power_kw, wish_kw=power_kw)

    def codes(self, since_ms: int = 0) -> list[str]:
        return [event.code for event in reversed(self.store.events(limit=10_000)) if event.at_ms > since_ms]


@contextmanager
def virtual(
    folder: Path,
    *,
    plans: bool = True,
    start_ms: int = START_MS,
    case: Case | None = None,
    told: Told | None = None,
) -> Iterator[Virtual]:
    """`told` are the orders of a run before, as its file would keep them."""
    with TelemetryWriter(folder / "telemetry.sqlite") as store:
        yield Virtual(store, plans=plans, start_ms=start_ms, case=case, told=told)


def strays(cycle: Cycle) -> list[str]:
    """Decisions outside their envelope, and revert values that are neither the fail-safe nor the nearest to it inside."""
    found: list[str] = []
    for name, each in cycle.decisions.items():
        if not each.low_kw <= each.set_point_kw <= each.high_kw:
            found.append(f"{name} is told {each.set_point_kw} in {each.low_kw} … {each.high_kw}")
        safe = FAIL_SAFE_KW[name]
        if each.revert_kw not in (safe, min(max(safe, each.low_kw), each.high_kw)):
            found.append(f"{name} reverts to {each.revert_kw} in {each.low_kw} … {each.high_kw}")
    return found


def wrongs(measured: dict[str, float]) -> list[str]:
    """What the true plant must never do: beyond ratings, connection, an empty or full battery."""
    limits = {
        "battery.power_kw": (-200.0, 200.0),
        "battery.soc": (0.0, 1.0),
        "pv.power_kw": (0.0, 400.0),
        "grid.power_kw": (0.0, 1000.0),  # no export; 1 MVA at power factor 1
    }
    return [
        f"{name} {measured[name]:.3f}"
        for name, (low, high) in limits.items()
        if not low - 1e-6 <= measured[name] <= high + 1e-6
    ]
