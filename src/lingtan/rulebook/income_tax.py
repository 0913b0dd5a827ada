"""Corporate income tax: the rate of a scheme, or a holiday (years exempt, then years at half the rate)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Digits, Mismatch, Record, digits_differ
from lingtan.units import MoneyCny, ShareOfOne
from lingtan.wording import Words
from lingtan.wording.rule_kinds import TaxScheme
from lingtan.wording.rulebook import RULEBOOK_WORDS

YearCount = Annotated[int, Field(strict=True, ge=1, le=50)]


class TaxExample(Fact):
    """Taxable profits by year from the first income on, and the tax on them."""

    profits: Annotated[tuple[MoneyCny, ...], Field(min_length=1)]
    """Taxable profit of each year [CNY]."""
    rate: ShareOfOne | None = None
    """Rate that a holiday is taken from; none for a record that has its own [1]."""
    tax: MoneyCny
    """Tax of all years [CNY]."""
    digits: Digits = 2
    """Digits of the tax that are meant."""


class CorporateIncomeTax(Record):
    """A rate, or a holiday on top of one. A holiday's validity is the window of a project's first income."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.income_tax"]

    kind: Literal["income_tax"]
    scheme: TaxScheme
    """Whom it is for."""
    rate: ShareOfOne | None = None
    """Share of taxable profit [1]; none for a holiday."""
    halved_from: Literal["own", "standard"] = "own"
    """Which rate the half years of a holiday halve: the scheme's own, or the standard one."""
    exempt_years: YearCount | None = None
    """Years without tax, from the year of the first income on; none for a rate [year]."""
    half_years: YearCount | None = None
    """Years at half the rate after them; none for a rate [year]."""
    examples: tuple[TaxExample, ...] = ()
    """Profits with their tax."""

    @model_validator(mode="after")
    def _rate_or_holiday(self) -> Self:
        holiday = (self.exempt_years is None, self.half_years is None)
        if holiday != ((True, True) if self.rate is not None else (False, False)):
            raise InputError([Finding("rulebook.rate-or-holiday", self.id)])
        return self

    def mismatches(self) -> Iterator[Mismatch]:
        """The profits that the record taxes otherwise."""
        for number, example in enumerate(self.examples):
            rate = example.rate if self.rate is None else self.rate
            got = 0.0 if rate is None else sum(_taxes(self, example.profits, rate))
            if digits_differ(example.tax, got, example.digits):
                yield Mismatch(number, "tax", f"{say_number(example.tax)} CNY", f"{say_number(got)} CNY")


def paid_share_of_rate(holiday: CorporateIncomeTax, year: int) -> float:
    """What of the rate is paid in a year, counted from 1 for the year of the first income [1].

    A record without a holiday takes all of it.
    """
    exempt, half = holiday.exempt_years, holiday.half_years
    if exempt is None or half is None:
        return 1.0
    return 0.0 if year <= exempt else 0.5 if year <= exempt + half else 1.0


def _taxes(record: CorporateIncomeTax, profits_cny: Sequence[float], rate: float) -> list[float]:
    return [profit * rate * paid_share_of_rate(record, year) for year, profit in enumerate(profits_cny, 1)]
