"""What a run leaves on disk: SQLite files in WAL mode, one writer each (decision 0004, *Tables*).

Keys of `state` in telemetry.sqlite, written by control with every tick: `now` (`at_ms`, `mode`, `phase`, `tick_ms`, `points`,
`decisions`, `demand`, `stops`), `mode`, `tick_ms` (when the last tick was), `tick` (`at_ms`, `took_ms`; of the last hour `p99_ms`,
`late`, `missed`), `memory`, `notes_taken` and `weather_notes_taken` (what a restart goes on from). In plans.sqlite, written every
two seconds: `planner` (`at_ms`, `next_ms`, `error`, `weather` of the last plan) and `alive_ms`. In weather.sqlite: `standing`, as
last told.
"""

from __future__ import annotations

from lingtan.operate.store.file import StoreFile
from lingtan.operate.store.orders import OrdersReader, OrdersWriter
from lingtan.operate.store.plans import PlansReader, PlansWriter
from lingtan.operate.store.rows import (
    DecisionRow,
    EventRow,
    Order,
    OrderKind,
    PlanRow,
    PlanStep,
    Point,
    Sample,
    Tick,
    Vintage,
)
from lingtan.operate.store.run_folder import RunFacts, RunFolder
from lingtan.operate.store.telemetry import Batch, TelemetryReader, TelemetryWriter
from lingtan.operate.store.weather import WeatherReader, WeatherWriter

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
    "Vintage",
    "WeatherReader",
    "WeatherWriter",
]
