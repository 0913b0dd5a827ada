"""The guiding indicators of a zero-carbon park (annex 3 of 910): thresholds only; how each is measured is not defined there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.rulebook.record import Mismatch, Record
from lingtan.units import ShareOfOne
from lingtan.wording import Words
from lingtan.wording.rule_kinds import IndicatorName
from lingtan.wording.rulebook import RULEBOOK_WORDS

Grade = Annotated[int, Field(strict=True, ge=1, le=3)]


class IndicatorExample(Fact):
    """What a park reached, and the verdict."""

    share: ShareOfOne | None = None
    """Share that was reached [1]."""
    grade: Grade | None = None
    """Grade of the national standard that was reached; 1 is best."""
    met: bool
    """Whether that is enough."""


class GuidingIndicator(Record):
    """A guiding indicator with its threshold: a least share, or a grade of the national energy-quota standards."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.guiding_indicator"]

    kind: Literal["guiding_indicator"]
    indicator: IndicatorName
    """Which one."""
    least: ShareOfOne | None = None
    """Least share [1]."""
    grade: Grade | None = None
    """Worst grade that is enough; 1 is best."""
    waivable: bool
    """Whether it may be left out with a stated reason."""
    examples: tuple[IndicatorExample, ...] = ()
    """Results with their verdict."""

    @model_validator(mode="after")
    def _one_threshold(self) -> Self:
        if (self.least is None) == (self.grade is None):
            raise InputError([Finding("rulebook.threshold-or-grade", self.id)])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The results that the threshold judges otherwise."""
        for number, example in enumerate(self.examples):
            reached = example.share if self.least is not None else example.grade
            got = None if reached is None else meets_indicator(self, reached)
            if got is not example.met:
                yield Mismatch(number, "met", _verdict(example.met), _verdict(got))


def meets_indicator(indicator: GuidingIndicator, reached: float) -> bool:
    """Whether a share [1], or the grade for an indicator that goes by grade, meets the threshold."""
    if indicator.least is not None:
        return reached >= indicator.least
    assert indicator.grade is not None  # the validator asked for one of the two
    return reached <= indicator.grade


def _verdict(met: bool | None) -> Words | str:
    return "–" if met is None else RULEBOOK_WORDS["met.yes" if met else "met.no"]
