"""A line without sockets: a bank as a driver in virtual time meets it, silent where a wire would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lingtan.twin.bank import MemoryBank
from lingtan.twin.faults import FaultKind, FaultOrder

PATIENCE_S = 0.5
"""How long a driver waits; an answer that comes later is none."""


class MemoryLine:
    """Reads and writes a bank as over a wire.

    A dropped socket and a shifted transaction id raise `ConnectionError`, a late answer `TimeoutError`: in each case a write
    that arrived was still done, as on a real wire. A frame that comes twice is thrown away by any driver that counts.
    """

    def __init__(self, bank: MemoryBank) -> None:
        self._bank = bank
        self.faults: Mapping[FaultKind, FaultOrder] = {}

    def read(self, address: int, count: int) -> tuple[int, ...]:
        """Consecutive words."""
        self._reach()
        words = self._bank.read(address, count)
        self._answer()
        return words

    def write(self, address: int, words: Sequence[int]) -> None:
        """Consecutive words."""
        self._reach()
        self._bank.write(address, words)
        self._answer()

    def _reach(self) -> None:
        if "socket_drop" in self.faults:
            raise ConnectionResetError("the socket was dropped")

    def _answer(self) -> None:
        if "id_shift" in self.faults:
            raise ConnectionError("the answer bears the number of another question")
        if "slow" in self.faults and self.faults["slow"].delay_s > PATIENCE_S:
            raise TimeoutError("the answer came too late")
