"""A small sized park for the twin, with a clock that a test moves by hand."""

from __future__ import annotations

import numpy as np

from lingtan.case import Case
from lingtan.twin import FaultOrder, TwinPlant
from tests.small_parks import battery, hours_grid, pv, small_case

START_MS = 1_772_505_000_000
"""2026-03-03 10:30:00 in Shanghai: the middle of the eleventh hour of the small park's day."""


class Hand:
    """A clock that stands where it is put."""

    def __init__(self, now_ms: int = START_MS) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def move(self, seconds: float) -> None:
        self.now_ms += round(1000 * seconds)


def twin_case() -> Case:
    """A day of hours: works 500 kW, sun 0.8 of 400 kW, line 100 kW, battery 200 kW and 400 kWh without losses."""
    assets = {
        "pv": pv(400.0),
        "battery": battery(200.0, 400.0),
        "line": {
            "family": "firm_line",
            "source": "hydro",
            "power": 100.0,
            "price": 0.3,
            "legal_basis": "assumed: a test",
        },
    }
    return small_case(np.full(24, 500.0), assets, series={"sun": [0.8] * 24}, grid=hours_grid(24))


def twin_plant(clock: Hand) -> TwinPlant:
    """The plant after its first step."""
    plant = TwinPlant(twin_case(), clock)
    plant.advance()
    return plant


def seconds(plant: TwinPlant, clock: Hand, count: int, *faults: FaultOrder) -> None:
    """Let some seconds pass, one step each."""
    for _ in range(count):
        clock.move(1)
        plant.advance(faults)


def fault(device: str, kind: str, **more: object) -> FaultOrder:
    """A fault from the start on, for an hour."""
    return FaultOrder.model_validate(
        {"device": device, "kind": kind, "from_ms": START_MS, "until_ms": START_MS + 3_600_000, **more}
    )
