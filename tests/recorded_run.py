"""A small recorded run: the starter park with fixed sizes, some hours of telemetry, plans, decisions and events, all made up.

Every power of a moment sums to zero but for a known gap, so that a test can say what the energy flow has to show.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lingtan.operate.store import (
    Batch,
    DecisionRow,
    EventRow,
    PlanRow,
    PlanStep,
    PlansWriter,
    Point,
    RunFacts,
    RunFolder,
    Sample,
    TelemetryWriter,
)
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.park import Park, read_park
from tests.small_parks import SHIPPED_PARKS

SIZES = {"battery": {"power_kw": 2000.0, "energy_kwh": 4000.0}, "pv": {"power_kw": 6000.0}}
UNITS = {
    "power_kw": "kW",
    "available_kw": "kW",
    "demand_kw": "kW",
    "soc": "1",
    "import_kwh": "kWh",
    "export_kwh": "kWh",
}
QUARTER_MS, HOUR_MS = 900_000, 3_600_000
GAP_KW = 35.0
"""What nobody can explain, at every moment."""
TICK_TIMES = {"at_ms": 0, "took_ms": 3.2, "p99_ms": 18.6, "late": 2, "missed": 1}
"""What control tells of its last hour."""
STALE, STALE_AFTER_S = 2, 5.0
NOBODY: Mapping[str, float] = {}
SECRET = "open-sesame-of-this-test"


def powers(at_ms: int) -> dict[str, float]:
    """All points of a moment: a smooth day in Shanghai, reproducible from the time alone."""
    hour = ((at_ms / HOUR_MS) + 8) % 24
    wave = math.sin(at_ms / 47_000) + 0.6 * math.sin(at_ms / 13_000)
    sun = max(0.0, math.sin((hour - 6) / 12 * math.pi)) if 6 < hour < 18 else 0.0
    works = -(6200 + 1500 * math.sin((hour - 8) / 24 * 2 * math.pi) + 60 * wave)
    pv = 6000 * 0.82 * sun * (0.93 + 0.03 * wave)
    battery = planned_battery(at_ms) + 18 * wave
    grid = -(works + pv + battery) + GAP_KW
    soc = 0.55 + 0.3 * math.sin((hour - 2) / 24 * 4 * math.pi)
    return {
        "works.power_kw": works,
        "pv.power_kw": pv,
        "pv.available_kw": pv,
        "battery.power_kw": battery,
        "battery.soc": soc,
        "grid.power_kw": grid,
        "grid.demand_kw": grid - 12,
        "grid.import_kwh": 1_204_000 + at_ms % (30 * 24 * HOUR_MS) / HOUR_MS * 5000,
        "grid.export_kwh": 0.0,
    }


def planned_battery(at_ms: int) -> float:
    """The plan of the battery: discharge in dear hours, charge in cheap ones."""
    price = price_of(at_ms)
    return 1250.0 if price > 0.7 else -900.0 if price < 0.4 else 0.0


def price_of(at_ms: int) -> float:
    """Peak 10 to 12 and 17 to 22, valley 23 to 7 of the Shanghai clock, the rest flat [CNY/kWh]."""
    hour = ((at_ms / HOUR_MS) + 8) % 24
    if 10 <= hour < 12 or 17 <= hour < 22:
        return 0.888
    return 0.252 if hour >= 23 or hour < 7 else 0.57


@dataclass(frozen=True)
class Recorder:
    """Writes the made-up run, moment by moment."""

    telemetry: TelemetryWriter

    def tick(
        self,
        at_ms: int,
        *,
        stopped: bool = False,
        mode: str = "auto",
        silent_s: Mapping[str, float] = NOBODY,
    ) -> None:
        """One second of control; `silent_s` are the devices that do not answer, and for how long."""
        values = powers(at_ms)
        if stopped:
            values["grid.power_kw"] += values["battery.power_kw"]
            values["battery.power_kw"] = 0.0
        ages = {name: silent_s.get(name.partition(".")[0], 0.4) for name in values}
        quality = {name: STALE if ages[name] > STALE_AFTER_S else 0 for name in values}
        self.telemetry.write(
            Batch(
                samples={name: Sample(at_ms, value, quality[name]) for name, value in values.items()},
                decisions=decisions(at_ms, stopped),
                state={"now": now_of(at_ms, values, ages, stopped, mode), "tick": TICK_TIMES},
            )
        )

    def say(self, *events: EventRow) -> None:
        """Events."""
        self.telemetry.write(Batch(events=events))


def now_of(at_ms: int, values: dict[str, float], ages: dict[str, float], stopped: bool, mode: str) -> dict[str, Any]:
    """What control writes down for the web once a second."""
    ends_ms = at_ms - at_ms % QUARTER_MS + QUARTER_MS
    shown = ("set_point_kw", "low_kw", "high_kw", "author", "reason", "revert_kw", "lease_s", "written")
    return {
        "at_ms": at_ms,
        "mode": mode,
        "phase": "running",
        "tick_ms": 3.2,
        "points": {
            name: {
                "value": value,
                "unit": unit_of(name),
                "quality": STALE if ages[name] > STALE_AFTER_S else 0,
                "age_s": ages[name],
            }
            for name, value in values.items()
        },
        "decisions": {row.asset: {key: getattr(row, key) for key in shown} for row in decisions(at_ms, stopped)},
        "demand": {
            "connection": "grid",
            "window_kw": values["grid.demand_kw"],
            "limit_kw": None,
            "allowed_kw": None,
            "forecast_kw": values["grid.power_kw"] + 40,
            "ends_ms": ends_ms,
        },
        "stops": {"battery": "operator"} if stopped else {},
    }


def unit_of(name: str) -> str:
    """The unit of a point."""
    return UNITS[name.partition(".")[2]]


def decisions(at_ms: int, stopped: bool) -> list[DecisionRow]:
    """What control decides for battery and PV."""
    author, reason = ("guard", "stop") if stopped else ("plan", "plan")
    power = 0.0 if stopped else planned_battery(at_ms)
    battery = DecisionRow(at_ms, "battery", power, -2000.0, 2000.0, author, reason, 0.0, 15.0, True)
    pv = DecisionRow(at_ms, "pv", 6000.0, 0.0, 6000.0, "local", "all-there-is", 0.0, 15.0, True)
    return [battery, pv]


def make_run(home: Path, now_ms: int, *, hours: float = 2.0, port: int = 0, step_ms: int = 10_000) -> RunFolder:
    """A run folder that was written until `now_ms`, with the secret `SECRET`."""
    folder = RunFolder(home)
    folder.create(RunFacts(str(SHIPPED_PARKS["starter"]), (), SIZES, now_ms, True, "127.0.0.1", port, "auto"))
    write_json_atomically(folder.park, sized_park().dump())
    folder.secret.write_text(SECRET + "\n", "utf-8")
    begin = now_ms - round(hours * HOUR_MS)
    with TelemetryWriter(folder.telemetry) as telemetry:
        telemetry.know(Point(name, unit_of(name), name.partition(".")[0]) for name in powers(0))
        recorder = Recorder(telemetry)
        for at_ms in range(begin, now_ms + 1, step_ms):
            recorder.tick(at_ms)
        recorder.say(EventRow(begin, "control.warming-up", "park", "note", {"points": "grid.power_kw"}))
        recorder.say(EventRow(begin + 3000, "control.running", "park", "note", {}))
        recorder.say(EventRow(now_ms - 300_000, "control.stale", "grid.demand_kw", "warning", {"age_s": 7.0}))
        recorder.say(EventRow(now_ms - 280_000, "control.ended", "grid.demand_kw", "note", {"code": "control.stale"}))
    with PlansWriter(folder.plans) as plans:
        for issued_ms in range(begin - begin % QUARTER_MS, now_ms, QUARTER_MS):
            plans.issue(*plan_of(issued_ms))
        plans.keep_state([("alive_ms", now_ms - 20_000)])
    return folder


def sized_park() -> Park:
    """The starter park with the sizes of the run."""
    data = read_park(SHIPPED_PARKS["starter"]).dump()
    data["assets"]["battery"] |= {"power": SIZES["battery"]["power_kw"], "energy": SIZES["battery"]["energy_kwh"]}
    data["assets"]["pv"]["power"] = SIZES["pv"]["power_kw"]
    return Park.model_validate(data)


def plan_of(issued_ms: int) -> tuple[PlanRow, list[PlanStep], dict[int, float]]:
    """A plan of the next 24 hours in quarters."""
    moments = [issued_ms + n * QUARTER_MS for n in range(96)]
    row = PlanRow(issued_ms, issued_ms, issued_ms, 900, True, "", {"status": "certified"}, f"{issued_ms:x}")
    return row, [step for at_ms in moments for step in _steps(at_ms)], {at_ms: price_of(at_ms) for at_ms in moments}


def _steps(at_ms: int) -> Iterator[PlanStep]:
    middle, end = powers(at_ms + QUARTER_MS // 2), powers(at_ms + QUARTER_MS)
    for asset in ("works", "pv", "battery", "grid"):
        power_w = round(1000 * (planned_battery(at_ms) if asset == "battery" else middle[f"{asset}.power_kw"]))
        content_wh = round(4_000_000 * end["battery.soc"]) if asset == "battery" else None
        yield PlanStep(asset, at_ms, power_w, content_wh)
