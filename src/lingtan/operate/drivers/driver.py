"""What every driver can do, and the closed set of ways in which it can go wrong. A driver never raises for a device's sake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

FaultKind = Literal["no-connection", "waiting", "timeout", "id-mismatch", "broken-frame", "refused", "unforeseen"]
"""`waiting` is the pause after a failed connection; `refused` an answer of the device that says no; `unforeseen` one of ours."""


@dataclass(frozen=True)
class Words:
    """What was read."""

    values: tuple[int, ...]


@dataclass(frozen=True)
class Written:
    """The device said that it took what was written."""


@dataclass(frozen=True)
class Fault:
    """Why there is no answer that may be used."""

    kind: FaultKind
    text: str


@dataclass(frozen=True)
class Health:
    """How a driver fares: requests answered and not, sockets dropped, the last fault."""

    connected: bool
    answered: int
    failed: int
    dropped: int
    stray: int
    """Bytes that nobody had asked for, thrown away before a request (a frame that came twice)."""
    last_fault: Fault | None


class Driver(Protocol):
    """One device behind one protocol. Used by one thread."""

    def connect(self) -> Fault | None:
        """Open what has to be open; None where it is."""

    def read(self, address: int, count: int) -> Words | Fault:
        """Consecutive words from an address on."""

    def write(self, address: int, words: Sequence[int]) -> Written | Fault:
        """Consecutive words to an address."""

    def health(self) -> Health:
        """How it fares so far."""

    def close(self) -> None:
        """Let go of the device; it may be connected again."""
