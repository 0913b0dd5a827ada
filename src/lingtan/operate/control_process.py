"""`python -m lingtan.operate.control_process RUN`: reads devices, decides once a second, writes leases and records.

The only process that writes to devices, and the one writer of `telemetry.sqlite`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from lingtan.control import Mode
from lingtan.findings import InputError, Severity
from lingtan.operate.asking import AskedFiles
from lingtan.operate.clocks import SystemClock
from lingtan.operate.drivers import USUAL_PACE, Pace
from lingtan.operate.ending import Ending, only_one
from lingtan.operate.field import ThreadedField
from lingtan.operate.installed import Installed, read_templates_of
from lingtan.operate.operation import Operation
from lingtan.operate.recording import say
from lingtan.operate.store import EventRow, RunFolder, TelemetryWriter
from lingtan.operate.tidying import Tidy
from lingtan.operate.watchdog import Watchdog, beat
from lingtan.operate.wiring import devices_of, read_wiring
from lingtan.park import Park

TICK_MS = 1000
LEAD_MS = 250
"""So long before a tick the devices are asked."""

LOOK_AROUND_TICKS = 2
MOST_CLOCK_DRIFT_MS = 500
LATEST_TIDY_MS = 300
"""Later after a tick nothing is tidied up any more: the next one is near."""

OPEN_AGAIN_S = 5.0


class Control:
    """The process: a loop around `Operation.tick`."""

    def __init__(self, run: RunFolder, clock: SystemClock, pace: Pace = USUAL_PACE) -> None:
        self._run, self._clock, self._pace = run, clock, pace
        self._templates = read_templates_of(run.templates)
        self._wiring = read_wiring(run.wiring)
        self._asked = AskedFiles(run.orders, run.plans)
        self._store = TelemetryWriter(run.telemetry)
        self._watchdog = Watchdog(run.alive("control"))
        field = ThreadedField(devices_of(self._wiring, self._templates, pace), clock.now_ms)
        kinds = {name: wire.template for name, wire in self._wiring.items()}
        own = {kind: each for kind, each in self._templates.items() if kind in kinds.values()}
        installed = Installed(read_sized_park(run), kinds, own)
        self.operation = Operation(installed, field, self._store, self._asked, Mode(run.facts().mode))
        self._tidy = Tidy(self._store, run.facts().keep_days)

    def serve(self, should_end: Callable[[], bool]) -> None:
        """Tick until asked to end; then give every lease back."""
        self.operation.start(self._clock.now_ms())
        due_ms, count = self._next(self._clock.now_ms()), 0
        while not should_end():
            self._clock.wait_until(due_ms - LEAD_MS)
            self.operation.field.ask()
            self._clock.wait_until(due_ms)
            report = self.operation.tick(self._clock.now_ms(), due_ms)
            if report.complete and report.on_time:
                self._watchdog.feed()
            count += 1
            if count % LOOK_AROUND_TICKS == 0:
                self._look_at_wiring()
                self.operation.take_notes(self._run.notes, "notes_taken")
                self.operation.take_notes(self._run.weather_notes, "weather_notes_taken")
            self._follow_clock()
            if self._clock.now_ms() < due_ms + LATEST_TIDY_MS:
                self._tidy.look(due_ms)
            due_ms = max(due_ms + TICK_MS, self._next(self._clock.now_ms()))
        self.operation.release(self._clock.now_ms())

    def close(self) -> None:
        """Let go of devices and files."""
        self.operation.field.close()
        self._asked.close()
        self._store.close()

    def _next(self, now_ms: int) -> int:
        """The next tick for which devices can still be asked: ticks stand at whole seconds, so missed ones are left out."""
        return ((now_ms + LEAD_MS) // TICK_MS + 1) * TICK_MS

    def _follow_clock(self) -> None:
        """Take over the system's time; a jump is noted, and readings look old or new for a moment, which is safe."""
        moved_ms = self._clock.follow()
        if abs(moved_ms) > MOST_CLOCK_DRIFT_MS:
            detail = {"moved_s": round(moved_ms / 1000.0, 1)}
            now_ms = self._clock.now_ms()
            self.operation.note(EventRow(now_ms, "operate.clock-moved", "control", str(Severity.WARNING), detail))

    def _look_at_wiring(self) -> None:
        """A twin that was started anew may answer at other ports."""
        try:
            found = read_wiring(self._run.wiring)
        except InputError:
            return
        if found != self._wiring:
            self._wiring = found
            before = self.operation.field
            self.operation.field = ThreadedField(devices_of(found, self._templates, self._pace), self._clock.now_ms)
            before.close()


def read_sized_park(run: RunFolder) -> Park:
    """The park of a run with its sizes, as `prepared_run` froze it."""
    return Park.model_validate(json.loads(run.park.read_text("utf-8")))


def _opened(run: RunFolder, ending: Ending) -> Control | None:
    """Control, as soon as its files can be opened; None where it is asked to end before.

    On a full disk a start that failed again and again would tell devices now and then. Here it waits: leases have run out, every
    device is at its own fall-back, and the supervisor hears that somebody is there.
    """
    while True:
        try:
            return Control(run, SystemClock())
        except sqlite3.OperationalError as error:
            say(f"the record cannot be opened: {error}; waiting, nothing is written to devices")
            beat(run.alive("control"))
        if ending.wait(OPEN_AGAIN_S):
            return None


def main() -> None:
    """The process's own entry point."""
    ending, run = Ending(), RunFolder(Path(sys.argv[1]))
    with only_one(run.path / "control.lock"):
        control = _opened(run, ending)
        if control is None:
            return
        try:
            control.serve(lambda: ending.asked)
        finally:
            control.close()


if __name__ == "__main__":
    main()
