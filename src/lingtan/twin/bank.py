"""The registers of one device with its own timers: what a lease really is, seen from the device.

The clock is passed in, so the same bank stands behind a socket in real time and behind a driver in virtual time. What it
does by itself: when the revert time of a set-point runs out, or a heartbeat that it saw move stands still for too long, it
falls back to its revert value, whether anybody asks or not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from lingtan.devices import Template, blocks, decode
from lingtan.devices.codec import raw_words, saturated
from lingtan.devices.frame import Refusal
from lingtan.devices.nature import CONTROLLER_HEARTBEAT, REVERT, REVERT_REMAINING, REVERT_TIME
from lingtan.devices.words import unimplemented, words_of

Clock = Callable[[], int]
"""Milliseconds of UTC that only rise."""

_BEATS = 60_000


class Refused(ValueError):  # noqa: N818  it is an answer of the device, not a fault
    """The device does not do what it was asked; a driver sees the code."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(f"exception {refusal.value} ({refusal.name.lower().replace('_', ' ')})")


class MemoryBank:
    """The holding registers of one device.

    `rest_kw` is where set-point and revert value stand at power-up: 0 for a battery, the rating for what is limited.
    """

    def __init__(self, template: Template, clock: Clock, *, rest_kw: float = 0.0) -> None:
        self.template = template
        self.refuses_writes = False
        """While true every write is answered with 'device failure'."""
        self.reverts = 0
        """How often it fell back by itself."""
        self._clock, self._rest_kw = clock, rest_kw
        self._until_ms: float | None = None
        self._beat_ms: int | None = None
        self._beat = 0
        self._words = self._at_power_up()
        registers = ((name, template.registers[name]) for name in template.writable)
        self._writable = {
            address: name for name, one in registers for address in range(one.address, one.address + one.count)
        }

    def read(self, address: int, count: int) -> tuple[int, ...]:
        """Consecutive words. Raises `Refused` where the device has none."""
        now_ms = self._settle()
        if REVERT_REMAINING in self.template.registers:
            left_s = 0.0 if self._until_ms is None else math.ceil((self._until_ms - now_ms) / 1000.0)
            self._put({REVERT_REMAINING: left_s})
        words = tuple(self._words[one] for one in range(address, address + count) if one in self._words)
        if len(words) != count or not words:
            raise Refused(Refusal.ILLEGAL_ADDRESS)
        return words

    def write(self, address: int, words: Sequence[int]) -> None:
        """Consecutive words, all of them or none. Raises `Refused` for what is not there, not writable or means nothing."""
        now_ms = self._settle()
        if self.refuses_writes:
            raise Refused(Refusal.DEVICE_FAILURE)
        told = dict(enumerate(words, address))
        if not told or not told.keys() <= self._writable.keys():
            raise Refused(Refusal.ILLEGAL_ADDRESS)
        after = self._words | told
        values = decode(self.template, after)
        touched = {self._writable[one] for one in told}
        if any(values[name] is None for name in touched):
            raise Refused(Refusal.ILLEGAL_VALUE)
        before, self._words = decode(self.template, self._words), after
        if CONTROLLER_HEARTBEAT in touched and before[CONTROLLER_HEARTBEAT] != values[CONTROLLER_HEARTBEAT]:
            self._beat_ms = now_ms
        if touched & {REVERT_TIME, *self.template.set_points}:
            hold_s = values.get(REVERT_TIME) or 0.0
            self._until_ms = now_ms + 1000.0 * hold_s if hold_s > 0.0 else None

    def order_kw(self) -> float | None:
        """What the device is told now, by its controller or by its own revert; None where it can be told nothing."""
        self._settle()
        name = self.template.set_point
        return None if name is None else decode(self.template, self._words)[name]

    def measure(self, values: Mapping[str, float]) -> None:
        """Show what was measured, of what the template has; the device's own heartbeat moves on."""
        self._beat = self._beat % _BEATS + 1
        shown = {**values, "heartbeat": float(self._beat)}
        self._put({name: value for name, value in shown.items() if name in self.template.points})

    def values(self) -> dict[str, float | None]:
        """Everything that it shows, as a driver would decode it."""
        for block in blocks(self.template):
            self.read(block.address, block.count)
        return decode(self.template, self._words)

    def _settle(self) -> int:
        """Let the device's timers do what is due by now."""
        now_ms = self._clock()
        silent = self.template.heartbeat is not None and self._beat_ms is not None
        if silent and now_ms - (self._beat_ms or 0) >= 1000.0 * self._heartbeat_limit_s:
            self._beat_ms = None
            self._revert()
        if self._until_ms is not None and now_ms >= self._until_ms:
            self._revert()
        return now_ms

    @property
    def _heartbeat_limit_s(self) -> float:
        return math.inf if self.template.heartbeat is None else self.template.heartbeat.limit_s

    def _revert(self) -> None:
        self._until_ms = None
        self.reverts += 1
        value = decode(self.template, self._words).get(REVERT)
        if self.template.set_point is not None:
            self._put({self.template.set_point: self._rest_kw if value is None else value})

    def _put(self, values: Mapping[str, float]) -> None:
        cut = {name: saturated(self.template, name, value, self._words) for name, value in values.items()}
        self._words |= raw_words(self.template, cut, self._words)

    def _at_power_up(self) -> dict[int, int]:
        """Words before anything is measured: nothing where the template can say so, powers of ten of 0, at rest."""
        words = {one: 0 for block in blocks(self.template) for one in range(block.address, block.address + block.count)}
        for register in self.template.points.values():
            nothing = unimplemented(register.kind)
            if self.template.unimplemented == "sunspec" and nothing is not None:
                order = register.order or self.template.order
                words.update(enumerate(words_of(nothing, register.kind, order), register.address))
        resting = [name for name in (*self.template.set_points, REVERT) if name in self.template.registers]
        return words | raw_words(self.template, dict.fromkeys(resting, self._rest_kw), words)
