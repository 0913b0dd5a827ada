"""One tick of a live park: look, decide, tell, keep. The same in real and in virtual time."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lingtan.control import Cycle, Mode, boot, memory_from_json, reboot
from lingtan.findings import Severity
from lingtan.operate.asking import Asked, Listener
from lingtan.operate.device import Lease
from lingtan.operate.drivers import Written
from lingtan.operate.field import Field, Told
from lingtan.operate.following import PlanWatch
from lingtan.operate.imaging import image_of, points_of
from lingtan.operate.inputs import Decided, Inputs, decide
from lingtan.operate.installed import Installed
from lingtan.operate.keeping import (
    MEMORY_EVERY_MS,
    decision_rows,
    event_rows,
    inputs_batch,
    kept,
    now_of,
    samples_of,
)
from lingtan.operate.notes import read_notes
from lingtan.operate.ordering import Desk, desk_from_json
from lingtan.operate.recording import Recorder, say
from lingtan.operate.store import Batch, EventRow, TelemetryWriter
from lingtan.operate.tick_times import TickTimes
from lingtan.operate.watching import Watch

LATE_MS = 250
"""A tick that begins or ends later than that is late, and does not feed the watchdog."""

SAVE_EVERY_MS = 5_000
"""How often memory is saved for a restart."""

FAILED_EVERY_MS = 60_000
"""How often ticks that fail are told."""


NOTEBOOKS = ("notes_taken", "weather_notes_taken")
"""How far the notebooks of supervisor and weather process were taken into the log, by the key in `state`."""


@dataclass(frozen=True)
class TickReport:
    """How a tick went: whether it came to its end, and in time."""

    took_ms: float
    complete: bool
    on_time: bool
    cycle: Cycle | None


class Operation:
    """A live park between its devices and its files. `tick` is called once a second by whoever has the clock."""

    def __init__(self, installed: Installed, field: Field, store: TelemetryWriter, asked: Asked, mode: Mode) -> None:
        self.installed, self.field, self.store = installed, field, store
        self.site = installed.site()
        self.times = TickTimes()
        self.memory, self.desk = boot(self.site, 0, mode), Desk()
        self._listener = Listener(asked)
        self._wanted, self._watch, self._plan_watch = mode, Watch(), PlanWatch()
        self._taken = {key: int(store.state(key) or 0) for key in NOTEBOOKS}
        self._digest = ""
        self._kept_ms: int | None = None
        self._saved_ms: int | None = None
        self._failed_ms: int | None = None
        points = points_of(field.devices.values())
        self._known = [point.name for point in points]
        self._recorder = Recorder(store, points)

    def start(self, now_ms: int) -> None:
        """Begin in the fail-safe, with what was ordered before."""
        found = self.store.state("memory")
        try:
            self.memory = reboot(memory_from_json(found["memory"]), now_ms)
            self.desk = desk_from_json(found["desk"])
        except (KeyError, TypeError, ValueError):  # none, or of an older form: start anew
            self.memory, self.desk = boot(self.site, now_ms, self._wanted), Desk()
        events = [EventRow(now_ms, "operate.started", "control", str(Severity.NOTE), {"mode": str(self.memory.mode)})]
        if self._listener.has_lost(self.desk.last_id):
            self.desk = Desk()
            events.append(EventRow(now_ms, "operate.orders-anew", "orders", str(Severity.WARNING), {}))
        self._recorder.write(Batch(events=events, start=(now_ms, self.installed.as_json())), now_ms)

    def tick(self, now_ms: int, due_ms: int | None = None) -> TickReport:
        """One tick at `now_ms`, which was due at `due_ms`. What raises ends the tick: nothing is told, and the watchdog waits."""
        begun = time.perf_counter()
        waited_ms = 0.0 if due_ms is None else float(now_ms - due_ms)

        def took_ms() -> float:
            return waited_ms + 1000.0 * (time.perf_counter() - begun)

        try:
            decided = self._decide_and_tell(now_ms, took_ms)
        except Exception as error:
            self._note_failure(now_ms, error)
            self.times.add(now_ms, took_ms(), on_time=False)
            return TickReport(took_ms(), complete=False, on_time=False, cycle=None)
        took, on_time = took_ms(), took_ms() <= LATE_MS
        self.times.add(now_ms, took, on_time=on_time)
        return TickReport(took, complete=True, on_time=on_time, cycle=decided.cycle)

    def take_notes(self, path: Path, taken_as: str = "notes_taken") -> None:
        """Take what was noted since in a notebook into the log, each once; also what was noted while control was away."""
        notes = read_notes(path, after=self._taken[taken_as])
        if notes:
            self._taken[taken_as] = notes[-1].number
            events = [each.event() for each in notes]
            # one commit: a kill leaves both or none
            taken = Batch(events=events, state=dict(self._taken))
            self._recorder.write(taken, max(event.at_ms for event in events))

    def note(self, *events: EventRow) -> None:
        """Keep events of our own at once, or as soon as the disk takes them."""
        self._recorder.write(Batch(events=events), max(event.at_ms for event in events))

    def release(self, now_ms: int, timeout_s: float = 2.0) -> None:
        """Give every lease back: each device goes to its fall-back now, and is told nothing more."""
        told = {name: seen.told.lease for name, seen in self.field.snapshots().items() if seen.told is not None}
        given = (
            {name: lease.released() for name, lease in sorted(told.items())} if self.memory.mode is Mode.AUTO else {}
        )
        self.field.tell(given)
        self.field.settle(timeout_s)
        seen = self.field.snapshots()
        released = [name for name, lease in given.items() if _took(seen[name].told, lease)]
        events = [
            EventRow(now_ms, "operate.not-released", name, str(Severity.WARNING), {"lease_s": told[name].lease_s})
            for name in given
            if name not in released
        ]
        detail = {"released": ", ".join(released)}
        events.append(EventRow(now_ms, "operate.stopped", "control", str(Severity.NOTE), detail))
        self._recorder.write(Batch(events=events, state=self._to_go_on_from()), now_ms)

    def _decide_and_tell(self, now_ms: int, took_ms: Callable[[], float]) -> Decided:
        known = self.field.snapshots()
        image = image_of(self.field.devices, known, now_ms)
        heard = self._listener.hear(self.desk.last_id, now_ms)
        inputs = Inputs(image, (), heard.orders, heard.schedule, fresh=self._kept_ms is None)
        before = self._to_keep(now_ms)
        decided = decide(self.site, self.memory, self.desk, inputs)
        if decided.cycle.writes:
            self.field.tell(
                {
                    name: Lease(each.set_point_kw, each.revert_kw, each.lease_s)
                    for name, each in decided.cycle.decisions.items()
                }
            )
        self.memory, self.desk = decided.cycle.memory, decided.desk
        own = [
            *heard.events,
            *self._watch.look(known, now_ms),
            *self._plan_watch.look(heard.schedule, now_ms),
            *self.times.look(now_ms),
        ]
        self._keep(inputs, before, decided, own, took_ms)
        return decided

    def _to_keep(self, now_ms: int) -> dict[str, object] | None:
        """Memory before this tick, where a minute has gone by."""
        if self._kept_ms is not None and now_ms - self._kept_ms < MEMORY_EVERY_MS:
            return None
        self._kept_ms = now_ms
        return kept(self.memory, self.desk)

    def _keep(
        self,
        inputs: Inputs,
        before: dict[str, object] | None,
        decided: Decided,
        own: list[EventRow],
        took_ms: Callable[[], float],
    ) -> None:
        now_ms, cycle = inputs.image.now_ms, decided.cycle
        digest = "" if inputs.schedule is None else inputs.schedule.digest
        took = took_ms()
        batch = inputs_batch(inputs, before, took, on_time=took <= LATE_MS, new=digest not in ("", self._digest))
        is_recorded = self._recorder.write(
            replace(
                batch,
                samples=samples_of(cycle.points, self._known, now_ms),
                decisions=decision_rows(cycle, now_ms),
                events=[*decided.events, *event_rows(cycle.events, now_ms), *own],
                state={
                    "now": now_of(cycle, now_ms, took),
                    "tick": {"at_ms": now_ms, "took_ms": took, **self.times.as_json()},
                    "tick_ms": now_ms,
                    "mode": str(self.memory.mode),
                    **self._memory_to_save(now_ms, has_orders=bool(inputs.orders)),
                },
            ),
            now_ms,
        )
        if not is_recorded:  # the next tick that is recorded begins anew for replay and restart, as after a start
            self._kept_ms = self._saved_ms = None
            self._digest = ""
            return
        self._digest = digest

    def _memory_to_save(self, now_ms: int, *, has_orders: bool) -> dict[str, object]:
        """What a restart goes on from: every few seconds, and whenever an order changed it."""
        if not has_orders and self._saved_ms is not None and now_ms - self._saved_ms < SAVE_EVERY_MS:
            return {}
        self._saved_ms = now_ms
        return self._to_go_on_from()

    def _to_go_on_from(self) -> dict[str, object]:
        return {"memory": kept(self.memory, self.desk), **self._taken}

    def _note_failure(self, now_ms: int, error: Exception) -> None:
        """Tell of a tick that failed; of one failure after the other once a minute."""
        if self._failed_ms is not None and now_ms - self._failed_ms < FAILED_EVERY_MS:
            return
        self._failed_ms = now_ms
        say("".join(traceback.format_exception(error)))
        detail = {"kind": type(error).__name__, "what": " ".join(str(error).split())[:500]}
        try:
            self.note(EventRow(now_ms, "operate.tick-failed", "control", str(Severity.ERROR), detail))
        except Exception as other:
            say("".join(traceback.format_exception(other)))


def _took(told: Told | None, lease: Lease) -> bool:
    """Whether a device said that it took this lease."""
    return told is not None and told.lease == lease and isinstance(told.outcome, Written)
