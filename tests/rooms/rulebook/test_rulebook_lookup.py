"""Which record a day gets, and what is said when none or several do."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.rulebook import Customer, Period, Place, RetailPrice, Rulebook, prices_by_period, shipped
from tests.rooms.rulebook.rulebook_samples import BIG_INDUSTRY, YIBIN, book_of, parse, price

JANUARY = TimeGrid.of_span(datetime(2025, 1, 1), datetime(2025, 2, 1), "Asia/Shanghai", 60)


def ids(book: Rulebook, place: Place = YIBIN, customer: Customer | None = BIG_INDUSTRY) -> list[str]:
    return [use.record.id for use in book.find(RetailPrice, JANUARY, place=place, customer=customer).uses]


def said(book: Rulebook, **keys: object) -> list[str]:
    asked = {"place": YIBIN, "customer": BIG_INDUSTRY, **keys}
    return [found.text() for found in book.find(RetailPrice, JANUARY, **asked).findings]  # type: ignore[arg-type]


def test_the_last_day_of_validity_counts() -> None:
    """`valid_to` is inclusive, as documents print it; rules out that the 31st has no price."""
    book = book_of(price("a", valid_to="2025-01-31"))
    assert said(book) == []
    assert book.find(RetailPrice, date(2025, 2, 1), place=YIBIN).uses == ()


def test_records_that_follow_each_other_share_the_span() -> None:
    """The change is at local midnight; rules out a price that changes at 08:00 because days were counted in UTC."""
    dear = "[{name: purchase, price: 0.7, floats_with_tou: true}]"
    book = book_of(
        price("a", valid_to="2025-01-15")
        + price("b", valid_from="2025-01-16", components=dear, examples="[{flat: 0.7}]")
    )
    found = book.find(RetailPrice, JANUARY, place=YIBIN)
    flat = found.spread(lambda record: prices_by_period(record)[Period.FLAT])
    assert np.flatnonzero(np.diff(flat)).tolist() == [15 * 24 - 1]
    assert (flat[0], flat[-1]) == (0.5, 0.7)
    with pytest.raises(InputError, match=r"^rulebook\.changes-midway: retail_price: several records share the period"):
        found.one()


def test_the_more_special_record_wins() -> None:
    """Inline, then prefecture before province before country before everywhere, then conditions on the customer."""
    everywhere, country = price("everywhere"), price("country", place="{country: CN}")
    province = price("province", place="{country: CN, province: sichuan}")
    prefecture = price("prefecture", place="{country: CN, province: Sichuan, prefecture: Yibin}")
    customer = price("customer", place="{country: CN}", customer="{category: two_part}")
    assert ids(book_of(everywhere + country)) == ["country"]
    assert ids(book_of(country + customer)) == ["customer"]
    assert ids(book_of(customer + province)) == ["province"]
    assert ids(book_of(everywhere + country + province + prefecture)) == ["prefecture"]
    assert ids(book_of(province + prefecture), Place("CN", "Sichuan", "Chengdu")) == ["province"]
    own, _ = parse(price("own"))
    assert ids(book_of(prefecture).overlay(own, inline=True)) == ["own"]


def test_a_place_or_customer_that_differs_does_not_fit() -> None:
    others = (
        price("abroad", place="{country: DE}")
        + price("yunnan", place="{country: CN, province: Yunnan}")
        + price("excluded", place="{country: CN, province: Sichuan, exclude_prefectures: [yibin]}")
        + price("low", customer="{voltage_below: 220}")
        + price("market", customer="{purchase: market}")
    )
    assert ids(book_of(others)) == []


def test_two_records_of_the_same_standing_are_refused() -> None:
    """Rules out that the order of files decides which price is billed."""
    book = book_of(price("a") + price("b", valid_to="2025-01-20") + price("c", place="{country: DE}"))
    assert said(book) == [
        "rulebook.two-records: retail_price (Yibin, two_part, 220 kV, grid_proxy): several records hold at once and "
        "none is more special; got a, b (2025-01-01 … 2025-01-20; 20 d). End one with `valid_to`, replace it under its "
        "own id, or name the one you mean."
    ]
    found = book.find(RetailPrice, JANUARY, place=YIBIN)
    assert (found.owner[: 20 * 24] == -1).all()
    assert (found.owner[20 * 24 :] == 0).all()
    assert said(book, named="a") == []


def test_days_without_a_record_name_the_nearest_and_how_to_ask_for_it() -> None:
    book = book_of(price("old", valid_from="2023-01-01", valid_to="2023-12-31") + price("new", valid_from="2025-01-11"))
    assert said(book) == [
        "rulebook.no-record: retail_price (Yibin, two_part, 220 kV, grid_proxy): no record covers these days; got "
        "2025-01-01 … 2025-01-10; 10 d. Add a record for them, or ask under `rules:` for the nearest one "
        "(2025-01-11 …) beyond its validity: `{id: …, kind: assumption, of: new, mode: repeat, reason: …}`."
    ]
    with pytest.raises(
        InputError,
        match=r"^rulebook\.no-record: retail_price \(Yibin\): no record covers these days; got 2025-01-01 … 2025-01-10",
    ):
        book.find(RetailPrice, JANUARY, place=YIBIN).spread(lambda record: prices_by_period(record)[Period.FLAT])


def test_a_place_without_any_record_is_said_to_have_none() -> None:
    book = book_of(price("sichuan", place="{country: CN, province: Sichuan}"))
    assert said(book, place=Place("CN", "Yunnan")) == [
        "rulebook.no-record-here: retail_price (Yunnan, two_part, 220 kV, grid_proxy): no record is made for this "
        "place and customer; got 2025-01-01 … 2025-01-31; 31 d. Add one under `rules:` or in a pack; the nearest is "
        "sichuan (2025-01-01 …), usable by name."
    ]
    assert said(Rulebook()) == [
        "rulebook.no-record-of-kind: retail_price (Yibin, two_part, 220 kV, grid_proxy): there is no record of this "
        "kind; got 2025-01-01 … 2025-01-31; 31 d. Add one under `rules:` or in a pack."
    ]


def test_a_record_that_hangs_on_something_unknown_is_not_guessed() -> None:
    """Without a prefecture it is open whether Sichuan's super peak holds; without a customer, which class."""
    excluding = price("a", place="{country: CN, province: Sichuan, exclude_prefectures: [Aba]}") + price("b")
    assert said(book_of(excluding), place=Place("CN", "Sichuan"), customer=None) == [
        "rulebook.place-or-customer-unknown: retail_price (Sichuan): whether these records hold depends on a "
        "prefecture or a customer that is not given; got a (2025-01-01 … 2025-01-31; 31 d). "
        "State the prefecture and the customer."
    ]
    found = shipped().find(RetailPrice, date(2026, 8, 1), place=YIBIN)
    assert [finding.code for finding in found.findings] == ["rulebook.place-or-customer-unknown"]
    later = shipped().find(RetailPrice, date(2027, 8, 1), place=YIBIN)
    assert [finding.code for finding in later.findings] == ["rulebook.place-or-customer-unknown"]


def test_a_record_named_in_full_is_taken_with_a_warning() -> None:
    """Naming overrides place and customer, never validity."""
    book = shipped()
    name = "cn.sichuan.retail.2026-08.two-part.110kv"
    found = book.find(RetailPrice, date(2026, 8, 15), place=YIBIN, customer=BIG_INDUSTRY, named=name)
    assert found.one().id == name
    assert [finding.text() for finding in found.findings] == [
        f"rulebook.made-for-others: retail_price {name}: the record named was made for another place or customer; "
        f"got {name}. It is used as asked for; make sure that it is meant."
    ]
    early = book.find(RetailPrice, date(2026, 7, 31), place=YIBIN, customer=BIG_INDUSTRY, named=name)
    assert [finding.code for finding in early.findings] == ["rulebook.no-record"]


def test_a_family_is_named_by_its_id_up_to_a_dot() -> None:
    found = shipped().find(
        RetailPrice, date(2026, 8, 15), place=YIBIN, customer=BIG_INDUSTRY, named="cn.sichuan.retail.2026-08"
    )
    assert found.one().id == "cn.sichuan.retail.2026-08.two-part.220kv"
    assert found.findings == ()


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    message = "rulebook.unknown-id: {}: there is no record of this id. Did you mean '{}'?"
    wrong = "cn.sichuan.retail.2026-08.two-part.22kv"
    right = "cn.sichuan.retail.2026-08.two-part.220kv"
    assert said(shipped(), named=wrong) == [message.format(wrong, right)]
    with pytest.raises(InputError) as refused:
        shipped().get("cn.calendar.2205")
    assert str(refused.value) == message.format("cn.calendar.2205", "cn.calendar.2025")


def test_a_pack_replaces_a_record_of_the_same_id() -> None:
    first, second = price("a", document="first"), price("a", document="second")
    pack, _ = parse(second)
    book = book_of(first).overlay(pack)
    assert [record.document for record in book.records] == ["second"]
    inline = book_of(first, inline=True)
    assert inline.inline == {"a"}
    assert inline.overlay(pack).inline == frozenset()  # what a pack brings is not inline
