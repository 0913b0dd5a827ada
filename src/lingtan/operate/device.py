"""A device of the park: its template's registers through a driver, read as quantities, told with a lease."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lingtan.devices import Template, blocks, decode, encode
from lingtan.devices.nature import CONTROLLER_HEARTBEAT, REVERT, REVERT_TIME
from lingtan.findings import InputError
from lingtan.operate.drivers import Driver, Fault, Written

RELEASE_S = 1.0
"""Lease that a release leaves: the device falls back to its revert value, which it is at already, one second later."""

_HEARTBEATS = 60_000


@dataclass(frozen=True)
class Lease:
    """What a device is told: a value, how long it holds, and what it falls back to by itself."""

    set_point_kw: float
    revert_kw: float
    lease_s: float

    def released(self) -> Lease:
        """The fall-back as the set-point, for a second: what a clean shutdown leaves."""
        return Lease(self.revert_kw, self.revert_kw, RELEASE_S)


@dataclass(frozen=True)
class Poll:
    """What was read of a device, or why it was not."""

    values: Mapping[str, float | None]
    fault: Fault | None = None


class Device:
    """One asset or connection behind one driver. Used by one thread."""

    def __init__(self, asset: str, template: Template, driver: Driver) -> None:
        self.asset, self.template, self.driver = asset, template, driver
        self._blocks = blocks(template)
        self._words: dict[int, int] = {}
        self._beat = 0

    @property
    def set_point(self) -> str | None:
        """The quantity that the device can be told, if any."""
        return self.template.set_point

    def poll(self) -> Poll:
        """Every quantity of the template; a block that fails leaves the whole reading without values."""
        words: dict[int, int] = {}
        for block in self._blocks:
            answer = self.driver.read(block.address, block.count)
            if isinstance(answer, Fault):
                return Poll({}, answer)
            words |= block.by_address(answer.values)
        self._words = words
        return Poll(decode(self.template, words))

    def tell(self, lease: Lease) -> Written | Fault:
        """Write a set-point with its fall-back and its time, and move the heartbeat."""
        if self.set_point is None:
            return Fault("refused", "this device cannot be told anything")
        values = {self.set_point: lease.set_point_kw}
        if self.template.lease is not None:
            values |= {REVERT: lease.revert_kw, REVERT_TIME: lease.lease_s}
        if self.template.heartbeat is not None:
            self._beat = self._beat % _HEARTBEATS + 1
            values[CONTROLLER_HEARTBEAT] = float(self._beat)
        try:
            writes = encode(self.template, values, self._words)
        except InputError as error:  # a value that no register can hold is refused here, before the device sees it
            return Fault("refused", error.findings[0].text())
        for write in writes:
            outcome = self.driver.write(write.address, write.words)
            if isinstance(outcome, Fault):
                return outcome
        return Written()
