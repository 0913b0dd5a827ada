"""A run in virtual time: the same tick on a plant in memory, as fast as the machine allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lingtan.case import Case
from lingtan.control import Cycle, Mode, Schedule, schedule_from_json
from lingtan.devices import Template
from lingtan.operate.clocks import VirtualClock
from lingtan.operate.device import Device
from lingtan.operate.drivers import Bank, MemoryDriver
from lingtan.operate.field import InlineField
from lingtan.operate.following import clipped
from lingtan.operate.installed import Installed
from lingtan.operate.operation import Operation
from lingtan.operate.planning import Planner
from lingtan.operate.store import Order, TelemetryWriter
from lingtan.operate.store.run_folder import KEEP_DAYS
from lingtan.operate.tidying import Tidy

TICK_MS = 1000
PLAN_EVERY_MS = 900_000


class PlantInMemory(Protocol):
    """A plant behind register banks, such as the twin's; its clock is the one it was made with."""

    @property
    def lines(self) -> Mapping[str, Bank]:
        """The banks, with what is wrong with their lines."""

    @property
    def templates(self) -> Mapping[str, Template]:
        """The template of each bank."""

    def advance(self) -> None:
        """Move the plant to the instant of its clock."""


@dataclass
class Told:
    """Orders and schedules that a practice is given by hand."""

    given: list[Order] = field(default_factory=list)
    plan: Schedule | None = None

    def orders(self, after_id: int) -> list[Order]:
        """Orders that came after one."""
        return [order for order in self.given if order.id > after_id]

    def last_order(self) -> int:
        """Number of the last order."""
        return len(self.given)

    def schedule(self) -> Schedule | None:
        """The schedule in force."""
        return self.plan


class Practice:
    """A park in virtual time. `run` goes on for some seconds; between two runs anything may be ordered or broken."""

    def __init__(
        self,
        case: Case,
        plant: PlantInMemory,
        clock: VirtualClock,
        store: TelemetryWriter,
        *,
        planner: Planner | None = None,
        told: Told | None = None,
    ) -> None:
        self.case, self.plant, self.clock, self.store = case, plant, clock, store
        self.told = Told() if told is None else told
        devices = [Device(name, plant.templates[name], MemoryDriver(line)) for name, line in plant.lines.items()]
        self.field = InlineField(devices, clock.now_ms)
        kinds = {name: template.id for name, template in plant.templates.items()}
        self.operation = Operation(Installed(case.park, kinds, case.templates), self.field, store, self.told, Mode.AUTO)
        self.operation.start(clock.now_ms())
        self._tidy = Tidy(store, KEEP_DAYS)
        self._planner = planner
        self._planned_ms: int | None = None

    def run(
        self,
        seconds: int,
        look: Callable[[int, Cycle], None] = lambda _, __: None,
        move: Callable[[], None] | None = None,
    ) -> None:
        """So many ticks; `look` sees each cycle, `move` moves the plant where it takes more than `advance()`."""
        for _ in range(seconds):
            self.clock.wait_until(self.clock.now_ms() + TICK_MS)
            (move or self.plant.advance)()
            self.field.ask()
            now_ms = self.clock.now_ms()
            report = self.operation.tick(now_ms)
            if report.cycle is None:
                raise RuntimeError("a tick of the practice failed; see the event of code operate.tick-failed")
            look(now_ms, report.cycle)
            self._tidy.look(now_ms)
            self._plan(now_ms)

    def order(self, orders: Iterable[Order]) -> None:
        """Give orders, numbered in the order given."""
        for order in orders:
            numbered = {**vars(order), "id": len(self.told.given) + 1}
            self.told.given.append(Order(**numbered))

    def _plan(self, now_ms: int) -> None:
        """A plan where the planner process would make one: as soon as it can, and then every quarter of an hour."""
        if self._planner is None or (self._planned_ms is not None and now_ms - self._planned_ms < PLAN_EVERY_MS):
            return
        soc = self._planner.soc(self.store, now_ms + 1)
        if soc is None:
            return
        self._planned_ms = now_ms
        issue = self._planner.plan(self.store, soc, now_ms)
        if issue.row.schedule is not None:
            self.told.plan = clipped(schedule_from_json(issue.row.schedule))
