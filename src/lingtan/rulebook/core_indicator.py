"""The core indicator of a zero-carbon park: CO2 per unit of energy used, with a threshold by the park's size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import AT_LEAST_ONE, Mismatch, Record
from lingtan.units import CoalTce, Quantity, ShareOfOne
from lingtan.wording import Text, Words
from lingtan.wording.rulebook import RULEBOOK_WORDS

TonnesPerTce = Annotated[float, Quantity("t/tce", ge=0)]


class Band(Fact):
    """A range of annual energy use and what a park of that size must reach."""

    energy_from: CoalTce
    """Lowest annual energy use, itself included [tce]."""
    energy_below: CoalTce | None = None
    """Annual energy use at which the next band begins; none for the last [tce]."""
    threshold: TonnesPerTce
    """Most CO2 per unit of energy [t/tce]."""


class ThresholdExample(Fact):
    """A park's annual energy use and the threshold that holds for it."""

    energy: CoalTce
    """Annual energy use [tce]."""
    threshold: TonnesPerTce | None
    """Its threshold; null where the document defines none [t/tce]."""


class CoreIndicator(Record):
    """Thresholds of the core indicator, and the share of electricity that should be supplied directly."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.core_indicator"]

    kind: Literal["core_indicator"]
    bands: Annotated[tuple[Band, ...], AT_LEAST_ONE]
    """Bands in rising order; sizes that no band names have no threshold."""
    direct_supply_share: ShareOfOne
    """Least share of electricity use that should in principle be supplied directly [1]."""
    examples: tuple[ThresholdExample, ...] = ()
    """Sizes with their threshold."""

    @model_validator(mode="after")
    def _rising(self) -> Self:
        ends = [(band.energy_from, band.energy_below) for band in self.bands]
        apart = all(stop is not None and stop <= start for (_, stop), (start, _) in pairwise(ends))
        if not apart or any(stop is not None and stop <= start for start, stop in ends):
            raise InputError([Finding("rulebook.bands-not-rising", f"{self.id}.bands")])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The sizes for which the bands give another threshold."""
        for number, example in enumerate(self.examples):
            got = threshold_t_per_tce(self, example.energy)
            if got != example.threshold:
                yield Mismatch(number, "threshold", _threshold_text(example.threshold), _threshold_text(got))


def threshold_t_per_tce(indicator: CoreIndicator, energy_tce: float) -> float | None:
    """The threshold for an annual energy use; None where the document defines none, which is not a pass [t/tce]."""
    for band in indicator.bands:
        if energy_tce >= band.energy_from and (band.energy_below is None or energy_tce < band.energy_below):
            return band.threshold
    return None


def _threshold_text(threshold: float | None) -> Text:
    return RULEBOOK_WORDS["threshold.undefined"] if threshold is None else f"{say_number(threshold)} t/tce"
