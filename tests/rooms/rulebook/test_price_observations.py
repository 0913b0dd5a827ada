"""Observed prices: what was known on a day, vintage by vintage."""

from __future__ import annotations

from datetime import date

import pytest

from lingtan.findings import InputError
from lingtan.rulebook import EmissionFactor, latest, shipped
from tests.rooms.rulebook.rulebook_samples import messages, record

RECORDS = shipped().records


@pytest.mark.parametrize(
    ("as_of", "price"),
    [
        # china-rules.md §7.1; the mean of 2024 is known when the year is over
        (date(2021, 7, 16), 48.00),
        (date(2021, 12, 30), 48.00),
        (date(2021, 12, 31), 54.22),
        (date(2022, 12, 31), 57.46),
        (date(2024, 12, 30), 74.01),
        (date(2024, 12, 31), 95.96),
        (date(2026, 1, 12), 95.96),
        (date(2026, 1, 13), 78.31),
    ],
)
def test_an_allowance_costs_what_was_last_seen(as_of: date, price: float) -> None:
    """Rules out look-ahead: a mean is not known inside its own span, and no later price counts."""
    assert latest(RECORDS, "cea", as_of).price == price


def test_a_range_stays_a_range() -> None:
    """80.50–83.20 in the week to 2026-03-06; rules out that its middle is quoted as a price."""
    week = latest(RECORDS, "cea", date(2026, 9, 1))
    assert (week.price, week.low, week.high, week.seen_on) == (None, 80.5, 83.2, date(2026, 3, 6))
    reduction = latest(RECORDS, "ccer", date(2026, 9, 1))
    assert (reduction.price, reduction.low, reduction.high) == (None, 60, 80)


@pytest.mark.parametrize(
    ("as_of", "vintage", "price"),
    [
        (date(2025, 6, 30), None, 3.40),
        (date(2025, 8, 30), None, 4.61),
        (date(2025, 8, 31), None, 5.66),
        (date(2026, 9, 1), None, 5.66),
        (date(2026, 1, 31), 2024, 1.25),
        (date(2026, 1, 31), 2025, 5.51),
    ],
)
def test_a_certificate_has_a_vintage(as_of: date, vintage: int | None, price: float) -> None:
    """4.4 times between two vintages in one month; rules out a price without one."""
    assert latest(RECORDS, "gec", as_of, vintage=vintage).price == price


def test_another_vintage_never_stands_in() -> None:
    with pytest.raises(InputError) as caught:
        latest(RECORDS, "gec", date(2026, 9, 1), vintage=2026)
    assert str(caught.value) == (
        "rulebook.no-observation: gec 2026: no price had been observed by this day; got 2026-09-01. "
        "Add one in a pack, or state a price of your own."
    )


def test_the_price_of_a_tonne_by_certificates() -> None:
    """china-rules.md §6: 5.51 CNY/MWh over 0.8325 kg/kWh is 6.6 CNY per tonne."""
    certificate = latest(RECORDS, "gec", date(2026, 9, 1), vintage=2025)
    unbacked = shipped().get("cn.park-annex4.unbacked")
    assert isinstance(unbacked, EmissionFactor)
    assert certificate.price is not None
    assert round(certificate.price / (unbacked.factor * 1000), 1) == 6.6


PRICE = {"traded": "gec", "per": "MWh", "valid_to": "2025-01-31"}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"valid_to": None, "price": "5 CNY/MWh"},
            "pack.yaml:1: rulebook.observation-without-end: a.valid_to: an observed price needs the last day of what was "
            "observed. Add `valid_to`; for one day's price it is the same as `valid_from`.",
        ),
        (
            {},
            "pack.yaml:1: rulebook.neither-figure-nor-range: a.price: the record gives neither a figure nor a range. "
            "State a figure, or both ends of a range.",
        ),
        (
            {"low": "6", "high": "5"},
            "pack.yaml:12: rulebook.range-reversed: a.low: the range runs backward; got 6 … 5. "
            "Write the lower figure first.",
        ),
        (
            {"price": "5 CNY/t"},
            "pack.yaml:12: units.wrong-dimension: a.price: this unit measures something else; expected CNY/MWh, "
            "got 5 CNY/t. Give the value in CNY/MWh, or as a plain number.",
        ),
        (
            {"price": "0.0051 CNY/kWh"},
            "pack.yaml:13: rulebook.example-fails: a.examples[1].amount: the record does not reproduce its own example "
            "and does not load; expected 5000 CNY, got 5100 CNY. Compare both with the document.",
        ),
        (
            {"low": "4", "high": "6"},
            "pack.yaml:14: rulebook.example-fails: a.examples[1].amount: the record does not reproduce its own example "
            "and does not load; expected 5000 CNY, got –. Compare both with the document.",
        ),
    ],
)
def test_what_does_not_load(keys: dict[str, str | None], message: str) -> None:
    rule = {**PRICE, **keys, "examples": "[{quantity: 1000, amount: 5000 CNY}]"}
    assert messages(record("a", "price_observation", **rule)) == [message]


def test_an_observation_is_no_rule_for_other_days() -> None:
    """Rules out that an assumption turns a price of January into one of the year: `latest` says what was known."""
    assert latest(RECORDS, "cea", date(2026, 1, 13)).extendable is False
