"""All devices of a park, read and told side by side: a slow or silent one keeps nobody waiting.

`ThreadedField` has a thread for each device, so that the cycle only looks at what has arrived. `InlineField` does the same in
the caller's thread, for devices in memory and virtual time.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from lingtan.operate.device import Device, Lease
from lingtan.operate.drivers import Fault, Written
from lingtan.operate.recording import say, what_of

NowMs = Callable[[], int]


@dataclass(frozen=True)
class Told:
    """The last thing that a device was told, and what it said."""

    lease: Lease
    at_ms: int
    outcome: Written | Fault


@dataclass(frozen=True)
class Snapshot:
    """What is known of a device: its last good reading and when it came, the last fault since, what it was told.

    `moved_ms` is when a counter that must move was last seen to: a device that answers and stands still shows the past, and its
    values are as old as that. `clock_off_ms` is how far its clock is from ours.
    """

    values: Mapping[str, float | None] = field(default_factory=dict)
    taken_ms: int | None = None
    moved_ms: int | None = None
    clock_off_ms: float | None = None
    fault: Fault | None = None
    told: Told | None = None


class Field(Protocol):
    """The devices of a park."""

    @property
    def devices(self) -> Mapping[str, Device]:
        """By asset or connection."""

    def ask(self) -> None:
        """Begin to read all devices."""

    def tell(self, leases: Mapping[str, Lease]) -> None:
        """Begin to tell devices."""

    def snapshots(self) -> Mapping[str, Snapshot]:
        """What is known now."""

    def settle(self, timeout_s: float) -> None:
        """Wait until everything begun is done, or for so long."""

    def close(self) -> None:
        """Let go of all devices."""


class InlineField:
    """Devices that answer at once."""

    def __init__(self, devices: Iterable[Device], now_ms: NowMs) -> None:
        self.devices: Mapping[str, Device] = {device.asset: device for device in devices}
        self._now_ms = now_ms
        self._known = dict.fromkeys(self.devices, Snapshot())

    def ask(self) -> None:
        """Read all devices."""
        for name, device in self.devices.items():
            self._known[name] = read(device, self._known[name], self._now_ms)

    def tell(self, leases: Mapping[str, Lease]) -> None:
        """Tell devices."""
        for name, lease in leases.items():
            told = Told(lease, self._now_ms(), self.devices[name].tell(lease))
            self._known[name] = replace(self._known[name], told=told)

    def snapshots(self) -> Mapping[str, Snapshot]:
        """What is known now."""
        return dict(self._known)

    def settle(self, timeout_s: float) -> None:
        """Everything is done already."""

    def close(self) -> None:
        """Let go of all devices."""
        for device in self.devices.values():
            device.driver.close()


class ThreadedField:
    """A thread for each device."""

    def __init__(self, devices: Iterable[Device], now_ms: NowMs) -> None:
        self.devices: Mapping[str, Device] = {device.asset: device for device in devices}
        self._workers = {name: _Worker(device, now_ms) for name, device in self.devices.items()}

    def ask(self) -> None:
        """Begin to read all devices; one that still reads is left at it."""
        for worker in self._workers.values():
            worker.order(None)

    def tell(self, leases: Mapping[str, Lease]) -> None:
        """Begin to tell devices; what had not been told yet is overtaken."""
        for name, lease in leases.items():
            self._workers[name].order(lease)

    def snapshots(self) -> Mapping[str, Snapshot]:
        """What is known now."""
        return {name: worker.known for name, worker in self._workers.items()}

    def settle(self, timeout_s: float) -> None:
        """Wait until every device has nothing left to do, or for so long in all."""
        for worker in self._workers.values():
            worker.idle.wait(timeout_s)

    def close(self) -> None:
        """End the threads and let go of the devices."""
        for worker in self._workers.values():
            worker.stop()
        for worker in self._workers.values():
            worker.join()


class _Worker(threading.Thread):
    """Reads and tells one device, in the order in which it was asked."""

    def __init__(self, device: Device, now_ms: NowMs) -> None:
        super().__init__(name=f"device {device.asset}", daemon=True)
        self.known = Snapshot()
        self.idle = threading.Event()
        self.idle.set()
        self._device, self._now_ms = device, now_ms
        self._wake = threading.Condition()
        self._lease: Lease | None = None
        self._is_asked = self._is_over = False
        self.start()

    def order(self, lease: Lease | None) -> None:
        """Ask for a reading, or tell a lease."""
        with self._wake:
            if lease is None:
                self._is_asked = True
            else:
                self._lease = lease
            self.idle.clear()
            self._wake.notify()

    def stop(self) -> None:
        """Finish what is being done, and nothing more."""
        with self._wake:
            self._is_over = True
            self._wake.notify()

    def run(self) -> None:
        """The life of the thread."""
        try:
            while self._goes_on():
                pass
        finally:
            self._device.driver.close()

    def _goes_on(self) -> bool:
        """One piece of work. What nobody foresaw is a fault of this device, told like any other, and not the end of the thread."""
        try:
            return self._work()
        except Exception as error:
            say("".join(traceback.format_exception(error)))
            self.known = replace(self.known, fault=Fault("unforeseen", what_of(error)))
            return True

    def _work(self) -> bool:
        with self._wake:
            while not (self._is_asked or self._lease or self._is_over):
                self.idle.set()
                self._wake.wait()
            if self._is_over:
                self.idle.set()
                return False
            lease, self._lease = self._lease, None
            is_asked, self._is_asked = self._is_asked and lease is None, self._is_asked and lease is not None
        if lease is not None:
            self.known = replace(self.known, told=Told(lease, self._now_ms(), self._device.tell(lease)))
        elif is_asked:
            self.known = read(self._device, self.known, self._now_ms)
        return True


def read(device: Device, known: Snapshot, now_ms: NowMs) -> Snapshot:
    """A reading laid over what was known; where there is none the last one stays, and grows old."""
    poll = device.poll()
    if poll.fault is not None:
        return replace(known, fault=poll.fault)
    taken_ms = now_ms()
    moving = [name for name, register in device.template.points.items() if register.moves]
    stands = (
        known.moved_ms is not None
        and moving
        and all(poll.values.get(name) == known.values.get(name) for name in moving)
    )
    clock_s = poll.values.get("clock_s")
    return replace(
        known,
        values=poll.values,
        taken_ms=taken_ms,
        moved_ms=known.moved_ms if stands else taken_ms,
        clock_off_ms=None if clock_s is None else 1000.0 * clock_s - taken_ms,
        fault=None,
    )
