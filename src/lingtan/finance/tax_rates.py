"""The rate of income tax in each year of operation: a scheme while its record holds, then the standard rate; a holiday on top.

Whether an enterprise is eligible is not known here: a scheme is asked for by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from lingtan.findings import errors_in
from lingtan.place import Place
from lingtan.rulebook import NO_RECORD, CorporateIncomeTax, Rulebook, paid_share_of_rate
from lingtan.wording.rule_kinds import TaxScheme

TaxName = Literal["standard", "western", "high_tech"]


@dataclass(frozen=True)
class TaxAsked:
    """How a project is taxed: by a scheme of the records or at a rate of its own, with or without the holiday of listed public
    infrastructure (three years exempt, three at half the rate)."""

    scheme: TaxName | None
    rate: float | None = None
    holiday: bool = False


@dataclass(frozen=True)
class TaxYear:
    """The rate of one year of operation, and the records that set it."""

    year: int
    calendar_year: int
    rate: float
    record: CorporateIncomeTax | None
    """None where the rate is the project's own."""
    holiday: CorporateIncomeTax | None

    @property
    def records(self) -> tuple[CorporateIncomeTax, ...]:
        """The records behind the rate."""
        return tuple(each for each in (self.record, self.holiday) if each is not None)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        names = [each.id for each in self.records]
        return {"year": self.year, "calendar_year": self.calendar_year, "rate": self.rate, "rules": names}


def tax_years(book: Rulebook, place: Place, asked: TaxAsked, first_year: int, horizon_years: int) -> list[TaxYear]:
    """The rate of each year of operation; `first_year` is the calendar year of the first income.

    Raises `InputError` where a place has no record.
    """
    holiday = _record(book, place, first_year, "infrastructure") if asked.holiday else None
    return [_tax_year(book, place, asked, (first_year, year), holiday) for year in range(1, horizon_years + 1)]


def _tax_year(
    book: Rulebook, place: Place, asked: TaxAsked, when: tuple[int, int], holiday: CorporateIncomeTax | None
) -> TaxYear:
    first_year, year = when
    calendar_year = first_year + year - 1
    paid = 1.0 if holiday is None else paid_share_of_rate(holiday, year)
    if asked.rate is not None:
        return TaxYear(year, calendar_year, asked.rate * paid, None, holiday)
    record = _scheme(book, place, calendar_year, asked.scheme or "standard")
    halved = record
    if 0.0 < paid < 1.0 and record.halved_from == "standard":
        halved = _record(book, place, calendar_year, "standard")
    assert halved.rate is not None  # the record of a scheme has a rate
    return TaxYear(year, calendar_year, halved.rate * paid, halved, holiday)


def _scheme(book: Rulebook, place: Place, calendar_year: int, scheme: TaxName) -> CorporateIncomeTax:
    """The record of a scheme while it holds, else the standard one: what the law falls back to."""
    found = book.find(CorporateIncomeTax, date(calendar_year, 12, 31), place=place, select={"scheme": scheme})
    lapsed = any(each.code in NO_RECORD for each in errors_in(found.findings))
    return _record(book, place, calendar_year, "standard") if lapsed and scheme != "standard" else found.one()


def _record(book: Rulebook, place: Place, calendar_year: int, scheme: TaxScheme) -> CorporateIncomeTax:
    day = date(calendar_year, 12, 31)
    return book.find(CorporateIncomeTax, day, place=place, select={"scheme": scheme}).one()
