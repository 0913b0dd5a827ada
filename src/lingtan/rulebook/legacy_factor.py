"""Figures in circulation: factors that claims were computed with and that no document in force prints.

They explain claims and never enter an account: they are a kind of their own, so no look-up for a factor can find them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from lingtan.findings import say_number
from lingtan.rulebook.emission_factor import EmissionExample
from lingtan.rulebook.record import Mismatch, Record, digits_differ
from lingtan.units import Quantity
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS


class LegacyFactor(Record):
    """An old or unfounded number of tonnes per kilowatt-hour."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.legacy_factor"]

    kind: Literal["legacy_factor"]
    factor: Annotated[float, Quantity("t/kWh", ge=0)]
    """The figure [t/kWh]."""
    examples: tuple[EmissionExample, ...] = ()
    """Energies with their tonnes."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The examples whose tonnes the figure does not give."""
        for number, example in enumerate(self.examples):
            got = example.energy * self.factor
            if digits_differ(example.emissions, got, example.digits):
                yield Mismatch(number, "emissions", f"{say_number(example.emissions)} t", f"{say_number(got)} t")
