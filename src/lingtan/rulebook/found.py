"""What a look-up finds: which record holds in which step, and under which assumption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lingtan.findings import Finding, InputError, raise_errors
from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.record import RecordT


@dataclass(frozen=True)
class Use(Generic[RecordT]):
    """One record in use; under an assumption it is used outside its validity, and its figures may be shaped."""

    record: RecordT
    assumption: Assumption | None = None


@dataclass(frozen=True, eq=False)
class Found(Generic[RecordT]):
    """The records that hold over a span of steps.

    `owner` is (T,): the index into `uses` of each step's record, or -1 where none could be named; an error in
    `findings` explains every -1.
    """

    uses: tuple[Use[RecordT], ...]
    owner: NDArray[np.intp]
    findings: tuple[Finding, ...] = ()

    def spread(self, value_of: Callable[[RecordT], ArrayLike]) -> NDArray[Any]:
        """A value of the record of each step, (T,); `value_of` gives a number, or an array over all steps.

        Raises `InputError` with the look-up's findings when a step has no record.
        """
        raise_errors(self.findings)
        pieces = [np.broadcast_to(np.asarray(value_of(use.record)), self.owner.shape) for use in self.uses]
        spread = np.empty(self.owner.shape, np.result_type(*pieces))
        for number, piece in enumerate(pieces):
            mine = self.owner == number
            spread[mine] = piece[mine]
        return spread

    def one(self) -> RecordT:
        """The record, where the same one holds at all times.

        Raises `InputError` with the look-up's findings, or `rulebook.changes-midway` when several records share the span.
        """
        raise_errors(self.findings)
        first, *others = (use.record for use in self.uses)
        if others:
            names = ", ".join(f"{record.id} ({record.validity})" for record in (first, *others))
            raise InputError([Finding("rulebook.changes-midway", str(getattr(first, "kind", first.id)), got=names)])
        return first
