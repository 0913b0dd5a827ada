"""A driver over register banks in memory: the same words as over a socket, for virtual time and tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lingtan.operate.drivers.driver import Fault, FaultKind, Health, Words, Written


class Bank(Protocol):
    """Register banks of one device.

    `read` and `write` raise `ValueError` where the device would refuse, `TimeoutError` where its answer would come too late and
    any other `OSError` where the line would fail.
    """

    def read(self, address: int, count: int) -> Sequence[int]:
        """Consecutive words."""

    def write(self, address: int, words: Sequence[int]) -> None:
        """Consecutive words."""


class MemoryDriver:
    """Reads and writes a bank in memory."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._answered = self._failed = 0
        self._last_fault: Fault | None = None

    def connect(self) -> Fault | None:
        """There is nothing to open."""
        return None

    def read(self, address: int, count: int) -> Words | Fault:
        """Consecutive words from an address on."""
        try:
            words = tuple(self._bank.read(address, count))
        except (ValueError, OSError) as error:
            return self._fault(error)
        self._answered += 1
        return Words(words)

    def write(self, address: int, words: Sequence[int]) -> Written | Fault:
        """Consecutive words to an address."""
        try:
            self._bank.write(address, words)
        except (ValueError, OSError) as error:
            return self._fault(error)
        self._answered += 1
        return Written()

    def health(self) -> Health:
        """How it fares so far."""
        return Health(True, self._answered, self._failed, 0, 0, self._last_fault)

    def close(self) -> None:
        """There is nothing to close."""

    def _fault(self, error: Exception) -> Fault:
        self._failed += 1
        self._last_fault = Fault(_kind(error), str(error))
        return self._last_fault


def _kind(error: Exception) -> FaultKind:
    match error:
        case TimeoutError():
            return "timeout"
        case OSError():
            return "no-connection"
        case _:
            return "refused"
