"""The power-factor adjustment (功率因数调整电费): a percentage of the bill by the month's mean power factor.

The power factor counts in whole hundredths. From the standard value each hundredth changes the bill by the percentage of
the step that it lies in, so the adjustment adds up like a staircase and is settled exactly, never interpolated.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Digits, Mismatch, Record, digits_differ
from lingtan.tolerances import WRITTEN_RELATIVE
from lingtan.units import Quantity, ShareOfOne
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS

Change = Annotated[float, Quantity("1")]


class AdjustmentStep(Fact):
    """Hundredths of the power factor that weigh alike."""

    until: ShareOfOne
    """Power factor at which the step ends; it begins where the one before ends [1]."""
    per_hundredth: Change
    """Change of the bill for each hundredth inside the step; a reduction is negative [1]."""


class AdjustmentExample(Fact):
    """A power factor and its adjustment."""

    power_factor: ShareOfOne
    """Mean power factor of the month [1]."""
    adjustment: Change
    """Change of the bill [1]."""
    digits: Digits = 6
    """Digits of the adjustment that are meant."""


class PowerFactorAdjustment(Record):
    """How much the bill changes with the power factor, for customers of one standard value."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.power_factor_adjustment"]

    kind: Literal["power_factor_adjustment"]
    standard: ShareOfOne
    """Power factor at which the bill stays as it is [1]."""
    better: tuple[AdjustmentStep, ...] = ()
    """Steps upward from the standard; above the last one nothing more changes."""
    worse: tuple[AdjustmentStep, ...] = ()
    """Steps downward from the standard; below the last one nothing more changes."""
    examples: tuple[AdjustmentExample, ...] = ()
    """Power factors with their adjustment."""

    @model_validator(mode="after")
    def _steps_lead_away(self) -> Self:
        for name, steps, sign in (("better", self.better, 1), ("worse", self.worse, -1)):
            ends = [hundredths(self.standard), *(hundredths(step.until) for step in steps)]
            if any(sign * (stop - start) <= 0 for start, stop in pairwise(ends)):
                got = ", ".join(say_number(step.until) for step in steps)
                raise InputError([Finding("rulebook.steps-not-in-order", f"{self.id}.{name}", got=got)])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The power factors that the steps adjust otherwise."""
        for number, example in enumerate(self.examples):
            got = adjustment_of(self, example.power_factor)
            if digits_differ(example.adjustment, got, example.digits):
                yield Mismatch(number, "adjustment", say_number(example.adjustment), say_number(got))


def adjustment_of(record: PowerFactorAdjustment, power_factor: float) -> float:
    """Change of the bill at a mean power factor of 0 to 1, which is rounded to hundredths first [1]."""
    reached = hundredths(power_factor)
    standard = hundredths(record.standard)
    steps = record.better if reached > standard else record.worse
    return _climb(standard, abs(reached - standard), steps)


def hundredths(power_factor: float) -> int:
    """A power factor in whole hundredths; a half goes up.

    >>> hundredths(0.895), hundredths(0.8949), hundredths(0.57)
    (90, 89, 57)
    """
    return math.floor(power_factor * 100 + 0.5 + WRITTEN_RELATIVE)


def _climb(start: int, far: int, steps: Sequence[AdjustmentStep]) -> float:
    """The sum over `far` hundredths away from `start`, step by step."""
    change, walked = 0.0, 0
    for step in steps:
        reach = min(far, abs(hundredths(step.until) - start))
        change += (reach - walked) * step.per_hundredth
        walked = reach
    return change
