"""Ten faults on each kind of device, in virtual time: the park stays within its limits, ends safe within the lease, and recovers.

Nobody orders anything and there is no plan: the battery covers what works need beyond line and sun, so that the connection carries
just the 5 kW of control's margin above an export of nothing. Any error of judgment exports, which is outside the envelope.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from lingtan.control import Cycle, Decision
from lingtan.twin import FaultOrder
from tests.rooms.operate.operate_samples import FAULTS, LEASE_S, strays, virtual, wrongs

BEFORE_S, FAULT_S, AFTER_S = 15, 16, 60
DEVICES = ("battery", "pv", "grid", "works")
KINDS = tuple(FAULTS)
UNSEEN = {"socket_drop", "id_shift", "frozen", "slow"}
"""What takes a device out of sight: it is held, and let go to its fail-safe when its lease is over."""
UNNOTICED = {"duplicate_frame", "clock_jump"}
"""What must change nothing at all."""
SILENT = {("works", "tripped")}
"""Works that need nothing are no fault of a device: their meter says so."""
NOTICED = {
    "socket_drop": {"operate.device-lost"},
    "id_shift": {"operate.device-lost"},
    "frozen": {"control.stale"},
    "noisy": {"control.noisy", "control.not-obeyed", "control.out-of-range", "control.balance-open"},
    "out_of_range": {"control.out-of-range"},
    "slow": {"operate.device-lost"},
    "refuse_write": {"operate.not-written"},
    "clock_jump": {"operate.device-clock"},
    "tripped": {"control.tripped"},
}
CASES = [
    (device, kind)
    for device in DEVICES
    for kind in KINDS
    if not (kind == "refuse_write" and device not in ("battery", "pv")) and (device, kind) != ("grid", "tripped")
]


@dataclass
class Course:
    """What happened, a row a second from the moment of the fault on."""

    decisions: list[dict[str, Decision]] = field(default_factory=list)
    strays: list[list[str]] = field(default_factory=list)
    true: list[dict[str, float]] = field(default_factory=list)
    demand_kw: list[float] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    def outside(self, first: int = 0) -> list[str]:
        """Where a true power left its limits, or a decision its envelope."""
        found = [
            f"{second} s: {wrong}" for second, true in enumerate(self.true) for wrong in wrongs(true) if second >= first
        ]
        return found + [f"{second} s: {each}" for second, wrong in enumerate(self.strays) for each in wrong]


def course(*faults: dict[str, object]) -> Course:
    """A run with some faults (device, kind and what else there is to say), all in the same seconds."""
    seen = Course()
    with tempfile.TemporaryDirectory() as folder, virtual(Path(folder), plans=False) as park:
        park.run(BEFORE_S)
        begun_ms = park.now_ms
        span = {"from_ms": begun_ms, "until_ms": begun_ms + 1000 * FAULT_S}
        park.faults = [FaultOrder.model_validate({**fault, **span}) for fault in faults]

        def look(_: int, cycle: Cycle) -> None:
            seen.decisions.append(dict(cycle.decisions))
            seen.strays.append(strays(cycle))
            seen.true.append(dict(park.plant.measured))
            seen.demand_kw.append(cycle.demand["grid"].window_kw)

        park.run(FAULT_S + AFTER_S, look)
        seen.codes = set(park.codes(begun_ms))
    return seen


@cache
def undisturbed() -> Course:
    return course()


def test_the_undisturbed_park_stands_at_its_limit() -> None:
    """Rules out a table of faults in a park where nothing is at stake."""
    calm = undisturbed()
    assert calm.outside() == []
    assert {round(true["grid.power_kw"]) for true in calm.true} == {5}
    assert all(true["battery.power_kw"] > 50.0 < true["pv.power_kw"] for true in calm.true)


@pytest.mark.parametrize(("device", "kind"), CASES, ids=[f"{device}-{kind}" for device, kind in CASES])
def test_a_fault_of_any_device_ends_safe_within_the_lease_and_recovers(device: str, kind: str) -> None:
    seen, calm = course({"device": device, "kind": kind}), undisturbed()
    # The second in which works stop is nobody's to prevent; from the next on the park is back within its limits.
    assert seen.outside(first=1 if (device, kind) == ("works", "tripped") else 0) == []
    told = seen.codes & set().union(*NOTICED.values())
    wanted = set() if (device, kind) in SILENT else NOTICED.get(kind, set())
    assert bool(told & wanted) is bool(wanted)
    if kind in UNNOTICED:
        assert seen.decisions == calm.decisions
    if device in ("battery", "pv") and kind in UNSEEN | {"refuse_write", "tripped"}:
        late = [true[f"{device}.power_kw"] for true in seen.true[LEASE_S + 2 : FAULT_S]]
        assert late == [0.0] * len(late)
        assert late
    for name in ("battery", "pv", "grid"):
        assert seen.true[-1][f"{name}.power_kw"] == pytest.approx(calm.true[-1][f"{name}.power_kw"], abs=0.2), (
            "not recovered"
        )


@pytest.mark.parametrize("jump_s", [-(10**8), -86_400, 1, 3600, 10**8])
def test_no_jump_of_device_clocks_moves_anything(jump_s: int) -> None:
    """All devices at once, years ahead or back: ages, leases and demand go by our own clock, so every decision is the same."""
    seen, calm = course(*({"device": each, "kind": "clock_jump", "jump_s": jump_s} for each in DEVICES)), undisturbed()
    assert seen.decisions == calm.decisions
    assert seen.true == calm.true
    assert seen.demand_kw == calm.demand_kw
    assert ("operate.device-clock" in seen.codes) is (abs(jump_s) > 30)
