"""What a run leaves on disk: SQLite files in WAL mode, one writer each (decision 0004, *Tables*).

Keys of `state` in telemetry.sqlite, written by control with every tick: `now` (`at_ms`, `mode`, `phase`, `tick_ms`, `points`,
`decisions`, `demand`, `stops`), `mode`, `tick_ms` (when the last tick was), `tick` (`at_ms`, `took_ms`; of the last hour `p99_ms`,
`late`, `missed`), `memory` and `notes_taken` (what a restart goes on from). In plans.sqlite, written every two seconds: `planner`
(`at_ms`, `next_ms`, `error`) and `alive_ms`.
"""

from __future__ import annotations

from lingtan.operate.store.file import StoreFile
from lingtan.operate.store.orders import OrdersReader, OrdersWriter
from lingtan.operate.store.plans import PlansReader, PlansWriter
from lingtan.operate.store.rows import DecisionRow, EventRow, Order, OrderKind, PlanRow, PlanStep, Point, Sample, Tick
from lingtan.operate.store.run_folder import RunFacts, RunFolder
from lingtan.operate.store.telemetry import Batch, TelemetryReader, TelemetryWriter

__all__ = [
    "Batch",
    "DecisionRow",
    "EventRow",
    "Order",
    "OrderKind",
    "OrdersReader",
    "OrdersWriter",
    "PlanRow",
    "PlanStep",
    "PlansReader",
    "PlansWriter",
    "Point",
    "RunFacts",
    "RunFolder",
    "Sample",
    "StoreFile",
    "TelemetryReader",
    "TelemetryWriter",
    "Tick",
]
