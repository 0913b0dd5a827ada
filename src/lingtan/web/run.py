"""An open run: its facts, its park as control obeys it (sizes fixed at the start), and its three files, as the web reads them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lingtan.findings import Finding, InputError
from lingtan.operate.store import OrdersWriter, PlansReader, RunFacts, RunFolder, TelemetryReader
from lingtan.park import Park
from lingtan.web.answering import limits_s


@dataclass(frozen=True)
class OpenRun:
    """A run whose files are open: telemetry and plans to read, orders to write."""

    folder: RunFolder
    facts: RunFacts
    park: Park
    telemetry: TelemetryReader
    plans: PlansReader
    orders: OrdersWriter
    limits_s: Mapping[str, float]
    """How old a reading of each device may get [s]."""


@contextlib.contextmanager
def open_run(path: Path) -> Iterator[OpenRun]:
    """Open the folder of a run; all its files are closed at the end. Raises `InputError` where it is none."""
    folder = RunFolder(path)
    try:
        facts, park = folder.facts(), Park.model_validate(json.loads(folder.park.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        raise InputError([Finding("web.no-run", str(path), "run.json", file=str(path))]) from None
    with contextlib.ExitStack() as files:
        yield OpenRun(
            folder,
            facts,
            park,
            files.enter_context(TelemetryReader(folder.telemetry)),
            files.enter_context(PlansReader(folder.plans)),
            files.enter_context(OrdersWriter(folder.orders)),
            limits_s(folder, park),
        )
