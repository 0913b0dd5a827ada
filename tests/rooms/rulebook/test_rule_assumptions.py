"""Rules beyond their validity: only by name, marked, and shaped as asked."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.rulebook import (
    Customer,
    Found,
    Place,
    RetailPrice,
    Rulebook,
    TimeOfUse,
    check_hours,
    citations,
    parse_records,
    period_of,
    price_by_step_cny_per_kwh,
    shipped,
)
from lingtan.sheet import compose
from tests.rooms.rulebook.rulebook_samples import BIG_INDUSTRY, YIBIN, entry, hours, messages, parse, price

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
SEASONS = "{dry: [12, 1, 2, 3, 4], flat: [5, 11], wet: [6, 7, 8, 9, 10]}"
WET_FLAT_DRY = "{purchase: {dry: 1.20, flat: 1.00, wet: 0.85}}"


def assumption(**keys: str | None) -> str:
    given = {"id": "wet-and-dry", "kind": "assumption", "of": "cn.sichuan.retail.2026-08", "mode": "repeat"}
    return entry(**{**given, "reason": "for a test", **keys})


def with_rules(text: str, book: Rulebook | None = None) -> Rulebook:
    pack, findings = parse(text)
    assert not findings, [found.text() for found in findings]
    return (shipped() if book is None else book).overlay(pack, inline=True)


def find(book: Rulebook) -> Found[RetailPrice]:
    return book.find(RetailPrice, YEAR, place=YIBIN, customer=BIG_INDUSTRY)


def purchase_by_month(found: Found[RetailPrice]) -> list[float]:
    price_of_step = found.spread(lambda record: record.component("purchase").price)
    return [float(price_of_step[YEAR.month == month][0]) for month in range(1, 13)]


def test_a_repeated_record_is_used_as_it_is_and_marked() -> None:
    found = find(with_rules(assumption()))
    assert found.findings == ()
    assert [use.record.id for use in found.uses] == ["cn.sichuan.retail.2026-08.two-part.220kv"]
    assert [use.assumption and use.assumption.id for use in found.uses] == ["wet-and-dry"]
    assert purchase_by_month(found) == [0.260434] * 12


def test_a_profile_keeps_the_price_of_the_record_s_own_month() -> None:
    """August is wet: its 0.260434 holds from June to October, and dry months cost 1.20/0.85 of it.

    Rules out factors laid on the wet price itself, which would make August 15 % cheaper than its own price list.
    """
    found = find(with_rules(assumption(mode="profile", months=SEASONS, factors=WET_FLAT_DRY)))
    wet, flat, dry = 0.260434, 0.260434 / 0.85, 0.260434 * 1.20 / 0.85
    assert purchase_by_month(found) == pytest.approx([dry] * 4 + [flat] + [wet] * 5 + [flat, dry], rel=1e-12)
    other = found.spread(lambda record: record.component("transmission").price)
    assert (other == 0.0466).all()
    assert len(found.uses) == 3  # one assumed record a season, not one a month


def test_twelve_weights_do_the_same() -> None:
    weights = "[1.20, 1.20, 1.20, 1.20, 1.00, 0.85, 0.85, 0.85, 0.85, 0.85, 1.00, 1.20]"
    twelve = find(with_rules(assumption(mode="profile", factors=f"{{purchase: {weights}}}")))
    seasons = find(with_rules(assumption(mode="profile", months=SEASONS, factors=WET_FLAT_DRY)))
    assert purchase_by_month(twelve) == purchase_by_month(seasons)


def test_a_record_wins_over_an_assumption() -> None:
    """Rules out that asking for August's list beyond August changes August."""
    grid = TimeGrid.of_span(datetime(2026, 7, 31), datetime(2026, 9, 2), "Asia/Shanghai", 60)
    book = with_rules(assumption(mode="profile", months=SEASONS, factors="{purchase: {dry: 1, flat: 2, wet: 3}}"))
    found = book.find(RetailPrice, grid, place=YIBIN, customer=BIG_INDUSTRY)
    assumed = np.array([found.uses[owner].assumption is not None for owner in found.owner])
    assert np.array_equal(~assumed, grid.month == 8)


def test_an_assumption_has_its_own_span() -> None:
    found = find(with_rules(assumption(valid_from="2025-02-01", valid_to="2025-11-30")))
    assert [finding.values["nearest"] for finding in found.findings] == ["cn.sichuan.retail.2026-08.two-part.220kv"]
    assert np.array_equal(found.owner >= 0, (YEAR.month >= 2) & (YEAR.month <= 11))


def test_an_assumption_extends_time_but_neither_place_nor_customer() -> None:
    """Rules out that Sichuan's price list is used in Yunnan because someone asked for it in another year."""
    book = with_rules(assumption())
    for place, customer in ((Place("CN", "Yunnan"), BIG_INDUSTRY), (YIBIN, Customer("two_part", 220.0, "market"))):
        found = book.find(RetailPrice, date(2025, 5, 1), place=place, customer=customer)
        assert [finding.code for finding in found.findings] == ["rulebook.no-record-here"]


def test_two_assumptions_for_one_day_are_refused() -> None:
    book = with_rules(assumption() + assumption(id="another"))
    assert [finding.text() for finding in find(book).findings] == [
        "rulebook.two-records: retail_price (Yibin, two_part, 220 kV, grid_proxy): several records hold at once and "
        "none is more special; got another → cn.sichuan.retail.2026-08.two-part.220kv, wet-and-dry → "
        "cn.sichuan.retail.2026-08.two-part.220kv (2025-01-01 … 2025-12-31; 365 d). End one with `valid_to`, replace "
        "it under its own id, or name the one you mean."
    ]


def test_what_cannot_be_shaped_is_said() -> None:
    wrong_name = assumption(mode="profile", months=SEASONS, factors="{other: {dry: 1, flat: 1, wet: 1}}")
    assert [finding.text() for finding in find(with_rules(wrong_name)).findings] == [
        "rulebook.no-such-component: wet-and-dry.factors: the price list has no such component; expected "
        "government_funds, line_loss, purchase, system_operation, transmission, got other. "
        "Choose among the components named."
    ]
    two_seasons = price("two", valid_from="2024-05-01", valid_to="2024-06-30", place="{country: CN}")
    shape = assumption(of="two", mode="profile", months=SEASONS, factors=WET_FLAT_DRY)
    assert [finding.text() for finding in find(with_rules(two_seasons + shape, Rulebook())).findings] == [
        "rulebook.profile-without-anchor: wet-and-dry: the record's own months carry different weights, so no month "
        "keeps its price; got two (2024-05-01 … 2024-06-30). "
        "Start from a record of one month, or give its months one weight."
    ]


def test_hours_are_repeated_but_not_shaped() -> None:
    old = hours("old", valid_from="2024-01-01", valid_to="2024-12-31")
    book = with_rules(old + assumption(of="old"), Rulebook())
    found = book.find(TimeOfUse, YEAR, place=YIBIN)
    assert check_hours(found.one(), YEAR) == []
    assert np.bincount(found.spread(lambda record: period_of(record, YEAR))).tolist() == [14 * 365, 2 * 365, 8 * 365]
    shape = assumption(of="old", mode="profile", months=SEASONS, factors=WET_FLAT_DRY)
    found = with_rules(old + shape, Rulebook()).find(TimeOfUse, YEAR, place=YIBIN)
    assert [finding.text() for finding in found.findings] == [
        "rulebook.profile-of-other-kind: wet-and-dry: only a price list can be shaped by month; "
        "expected retail_price, got old. Use `mode: repeat`."
    ]
    assert (found.owner == -1).all()


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"mode": "profile"},
            "pack.yaml:1: rulebook.factors-and-mode: wet-and-dry: a profile needs `factors`, and a repeated record "
            "takes none; got profile. Choose one of the two.",
        ),
        (
            {"factors": "{purchase: [1,1,1,1,1,1,1,1,1,1,1,1]}"},
            "pack.yaml:1: rulebook.factors-and-mode: wet-and-dry: a profile needs `factors`, and a repeated record "
            "takes none; got repeat. Choose one of the two.",
        ),
        (
            {"mode": "profile", "factors": WET_FLAT_DRY},
            "pack.yaml:1: rulebook.seasons-without-months: wet-and-dry: factors by season need the months of the "
            "seasons. Add `months:` with `dry:`, `flat:` and `wet:`.",
        ),
        (
            {"mode": "profile", "factors": WET_FLAT_DRY, "months": "{dry: [1, 2], wet: [2, 3]}"},
            "pack.yaml:7: rulebook.months-not-once: wet-and-dry.months: the months must together be the year, each once; "
            "expected 1 … 12, got 1, 2, 2, 3. Name every month in one place.",
        ),
        (
            {"range": "[0.75, 0.65]"},
            "pack.yaml:1: rulebook.range-reversed: wet-and-dry: the range runs backward; got 0.75 … 0.65. "
            "Write the lower figure first.",
        ),
        (
            {"reason": None},
            "pack.yaml:1: sheet.missing-key: wet-and-dry.reason: this key is required and absent. Add it.",
        ),
    ],
)
def test_an_incomplete_assumption_does_not_load(keys: dict[str, str | None], message: str) -> None:
    assert messages(assumption(**keys)) == [message]


def test_an_assumption_of_a_park_file_needs_no_example_but_is_cited() -> None:
    """Every output marks it: rules out a year priced by one month without a trace."""
    text = (
        "rules:\n  - {id: x, kind: assumption, of: cn.sichuan.retail.2026-08, mode: repeat, reason: why, range: [0, 1]}"
    )
    sheet, _ = compose(text.encode(), "park.yaml")
    pack, findings = parse_records(sheet.data["rules"], sheet, ("rules",))
    assert findings == []
    (cited,) = citations([find(shipped().overlay(pack, inline=True))])
    assert cited["id"] == "cn.sichuan.retail.2026-08.two-part.220kv"
    assert (cited["valid_from"], cited["valid_to"]) == ("2026-08-01", "2026-08-31")
    assert cited["assumption"] == {
        "id": "x",
        "of": "cn.sichuan.retail.2026-08",
        "valid_from": None,
        "valid_to": None,
        "mode": "repeat",
        "factors": {},
        "months": None,
        "range": [0.0, 1.0],
        "reason": {"en": "why", "zh": "why"},
        "confidence": "invented",
    }


def test_assumed_prices_reach_the_steps() -> None:
    # January is dry and 09:00 is flat: (0.260434 · 1.2/0.85 + 0.015566 + 0.0466) + 0.044275 + 0.04716875
    book = with_rules(assumption(mode="profile", months=SEASONS, factors=WET_FLAT_DRY))
    codes = np.zeros(YEAR.steps, np.int8)
    prices = find(book).spread(lambda record: price_by_step_cny_per_kwh(record, codes))
    assert prices[9] == pytest.approx(0.260434 * 1.2 / 0.85 + 0.062166 + 0.09144375, rel=1e-12)
