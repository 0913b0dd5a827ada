"""The run folder: where its files stand, and the few facts that every process of a run starts from."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lingtan.forecast.expected import EXPECTED_FILE
from lingtan.operate.store.orders import OrdersWriter
from lingtan.operate.store.plans import PlansWriter
from lingtan.operate.store.private import make_private_folder, private, tighten
from lingtan.operate.store.telemetry import TelemetryWriter
from lingtan.operate.store.weather import WeatherWriter

KEEP_DAYS = 400
"""A year and a month: the year that is settled is there when its last month is."""


@dataclass(frozen=True)
class RunFacts:
    """`run.json`: what a run was started with.

    `sizes` are those of a study's `summary.json` (`{asset: {power_kw, energy_kwh, …}}`), empty where the park file fixes
    every size.
    """

    park: str
    packs: tuple[str, ...]
    sizes: Mapping[str, Mapping[str, float]]
    created_ms: int
    twin: bool
    host: str
    port: int
    mode: str
    elected: Mapping[str, str] = field(default_factory=dict)
    """The alternatives that the study took, such as the basis of the basic charge; others are weighed at each plan."""
    keep_days: int = KEEP_DAYS
    """How long samples, decisions and plans are kept."""
    weather: tuple[str, ...] = ()
    """Where forecasts of the weather come from: folders and addresses, none of which holds a key."""
    schema: int = 1


@dataclass(frozen=True)
class RunFolder:
    """Paths of a run folder, and its `run.json`."""

    path: Path

    @property
    def facts_file(self) -> Path:
        """What the run was started with."""
        return self.path / "run.json"

    @property
    def park(self) -> Path:
        """The park with the sizes of the run, frozen: what control and replay read."""
        return self.path / "park.json"

    @property
    def notes(self) -> Path:
        """What the supervisor saw of the processes, for control's log."""
        return self.path / "notes.json"

    @property
    def weather(self) -> Path:
        """Written by the weather process."""
        return self.path / "weather.sqlite"

    @property
    def weather_notes(self) -> Path:
        """What the weather process saw of its sources, for control's log."""
        return self.path / "weather-notes.json"

    def alive(self, name: str) -> Path:
        """Touched by a process as its sign of life: by control after each complete tick that was on time."""
        return self.path / f"{name}.alive"

    @property
    def lock(self) -> Path:
        """Held by whoever serves the run, from the first write to the end."""
        return self.path / "serve.lock"

    @property
    def processes(self) -> Path:
        """Who runs, as the supervisor sees it."""
        return self.path / "processes.json"

    @property
    def wiring(self) -> Path:
        """Which device stands where: `{asset: {template, host, port, unit}}`."""
        return self.path / "wiring.json"

    @property
    def templates(self) -> Path:
        """The templates that the park brings along, as they were at the last start."""
        return self.path / "templates.json"

    @property
    def telemetry(self) -> Path:
        """Written by control."""
        return self.path / "telemetry.sqlite"

    @property
    def plans(self) -> Path:
        """Written by the planner."""
        return self.path / "plans.sqlite"

    @property
    def orders(self) -> Path:
        """Written by the web."""
        return self.path / "orders.sqlite"

    @property
    def secret(self) -> Path:
        """The first-run secret of the web, mode 0600."""
        return self.path / "secret"

    @property
    def faults(self) -> Path:
        """Faults that the twin plays."""
        return self.path / "faults.json"

    @property
    def forecast(self) -> Path:
        """Folder of what `lingtan forecast` made for this run: `tested` of a backtest, `ahead` of a day ahead."""
        return self.path / "forecast"

    @property
    def expected(self) -> Path:
        """What is expected of the day ahead, read by the planner."""
        return self.forecast / "ahead" / EXPECTED_FILE

    @property
    def log(self) -> Path:
        """Folder of what the processes print."""
        return self.path / "log"

    def strangers(self) -> list[str]:
        """What lies in the folder and is not of a run: nothing of ours may go in beside it."""
        if not self.path.is_dir():
            return []
        return sorted(each.name for each in self.path.iterdir() if not _is_ours(each.name))

    def make(self) -> None:
        """Make the folder, for its owner only; one that holds a run already is taken away from everybody else."""
        make_private_folder(self.path)
        if self.facts_file.exists() and not self.strangers():
            tighten(self.path)

    def create(self, facts: RunFacts) -> None:
        """Make the folder with its facts and its empty databases, so that every reader finds its tables."""
        self.make()
        make_private_folder(self.log)
        write_json_atomically(self.facts_file, asdict(facts))
        for make in (
            lambda: TelemetryWriter(self.telemetry),
            lambda: PlansWriter(self.plans),
            lambda: OrdersWriter(self.orders),
            lambda: WeatherWriter(self.weather),
        ):
            with contextlib.closing(make()):
                pass

    def facts(self) -> RunFacts:
        """What the run was started with. Raises OSError or ValueError where there is no such run."""
        data = json.loads(self.facts_file.read_text("utf-8"))
        return RunFacts(**{**data, "packs": tuple(data["packs"]), "weather": tuple(data.get("weather", ()))})


_OURS = re.compile(
    r"(run|park|notes|weather-notes|processes|wiring|templates|faults|twin)\.json|(telemetry|plans|orders|weather)\.sqlite(-wal|-shm|-journal)?"
    r"|[a-z]+\.(alive|lock)|secret(\.argon2)?|log|forecast|\..*\.part"
)


def _is_ours(name: str) -> bool:
    """Whether a file of this name belongs to a run.

    >>> [_is_ours(name) for name in ("run.json", "orders.sqlite-wal", "web.alive", "secret.argon2", "notes.txt")]
    [True, True, True, True, False]
    """
    return _OURS.fullmatch(name) is not None


def write_json_atomically(path: Path, value: Any) -> None:
    """Replace a JSON file in one step: a reader sees the old one or the new one. Only its owner can read it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with open(part, "w", encoding="utf-8", opener=private) as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    part.replace(path)
