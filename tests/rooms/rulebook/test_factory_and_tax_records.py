"""Criteria of a zero-carbon factory and rates of income tax."""

from __future__ import annotations

from datetime import date

import pytest

from lingtan.rulebook import (
    CorporateIncomeTax,
    ZeroCarbonFactory,
    factory_grade,
    paid_share_of_rate,
    physical_clause,
    shipped,
)
from tests.rooms.rulebook.rulebook_samples import YIBIN, messages, record

BOOK = shipped()
FACTORY = BOOK.find(ZeroCarbonFactory, date(2027, 1, 1), place=YIBIN).one()


@pytest.mark.parametrize(
    ("intensity", "share", "grade"),
    [
        # china-rules.md §1.4: core ≤ 0.2 t/tce and ≥ 95 %, entry ≤ 1.8 and ≥ 30 %
        (0.2, 0.95, "core"),
        (0.2, 0.94, "entry"),
        (0.21, 1.0, "entry"),
        (1.8, 0.30, "entry"),
        (1.8, 0.29, "below"),
        (1.81, 1.0, "below"),
    ],
)
def test_both_criteria_make_a_grade(intensity: float, share: float, grade: str) -> None:
    """Rules out that one criterion is enough."""
    assert factory_grade(FACTORY, intensity, share) == grade


@pytest.mark.parametrize(
    ("share", "electricity", "clause"),
    [(0.35, 5.1e6, "met"), (0.34, 5.1e6, "missed"), (0.0, 5e6, "not_applicable"), (1.0, 1e6, "not_applicable")],
)
def test_the_physical_share_is_asked_above_5_gwh(share: float, electricity: float, clause: str) -> None:
    assert physical_clause(FACTORY, share, electricity) == clause


def test_three_years_exempt_three_at_half() -> None:
    [holiday] = [each for each in BOOK.records if isinstance(each, CorporateIncomeTax) and each.rate is None]
    assert [paid_share_of_rate(holiday, year) for year in range(1, 9)] == [0, 0, 0, 0.5, 0.5, 0.5, 1, 1]


def test_the_western_rate_ends() -> None:
    """Rules out a rate without an end: the announcement runs to 2030-12-31."""
    select = {"scheme": "western"}
    assert BOOK.find(CorporateIncomeTax, date(2030, 12, 31), place=YIBIN, select=select).one().rate == 0.15
    after = BOOK.find(CorporateIncomeTax, date(2031, 1, 1), place=YIBIN, select=select)
    assert [found.code for found in after.findings] == ["rulebook.no-record"]


@pytest.mark.parametrize(
    ("kind", "keys", "message"),
    [
        (
            "income_tax",
            {"scheme": "standard", "rate": "0.25", "exempt_years": "3", "examples": "[{profits: [1], tax: 0.25}]"},
            "pack.yaml:1: rulebook.rate-or-holiday: a: a tax record has either a rate or a holiday. "
            "State `rate`, or both of `exempt_years` and `half_years`.",
        ),
        (
            "income_tax",
            {"scheme": "standard", "rate": "0.25", "examples": "[{profits: [100], tax: 24}]"},
            "pack.yaml:11: rulebook.example-fails: a.examples[1].tax: the record does not reproduce its own example and "
            "does not load; expected 24 CNY, got 25 CNY. Compare both with the document.",
        ),
        (
            "zero_carbon_factory",
            {
                "grades": "[{grade: entry, most_intensity: 1.8, least_share: 0.3}, "
                "{grade: core, most_intensity: 0.2, least_share: 0.95}]",
                "physical_share": "0.35",
                "physical_above": "5 GWh",
                "examples": "[{intensity: 0, share: 1, physical: 1, electricity: 0, grade: core, clause: not_applicable}]",
            },
            "pack.yaml:9: rulebook.grades-not-falling: a.grades: the grades must stand once each, the strictest first. "
            "Sort them from the strictest to the mildest.",
        ),
    ],
)
def test_records_that_do_not_load(kind: str, keys: dict[str, str], message: str) -> None:
    assert messages(record("a", kind, **keys)) == [message]
