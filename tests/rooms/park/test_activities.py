"""Activities and green purchases in a park file: their forms, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.park import Park
from lingtan.park.activities import FuelAmount, GreenPurchase
from lingtan.park.check import check
from lingtan.sheet import Sheet, judge
from tests.small_parks import park_of

WORDS = {"en": "A member.", "zh": "企业。"}
LOAD = {"family": "load", "profile": "need"}
BASE: dict[str, Any] = {
    "members": {"mill": {"name": WORDS}, "shop": {"name": WORDS}},
    "series": {"need": {"constant": 1, "unit": "kW"}},
}
STEAM = {"kind": "heat", "source": "fossil", "quantity": "5 TJ"}


def park_with(*activities: dict[str, Any], purchases: tuple[dict[str, Any], ...] = ()) -> Park:
    return park_of({"works": LOAD}, activities=activities, green_purchases=purchases, **BASE)


def refused(*activities: dict[str, Any], **parts: Any) -> list[str]:
    """What is said of a file with these activities."""
    data = {**park_with().dump(), "activities": list(activities), **parts}
    park, findings = judge(Park, data, Sheet("", data))
    assert park is None
    return [found.text() for found in findings]


def remarked(*activities: dict[str, Any], purchases: tuple[dict[str, Any], ...] = ()) -> list[tuple[Any, str]]:
    return [(path, found.text()) for path, found in check(park_with(*activities, purchases=purchases))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1200 t", 1200.0, "t"),
        ("1.2 kt", 1200.0, "t"),
        ("3 万m3", 30_000.0, "m3"),
        ("0.5 亿Nm3", 5e7, "m3"),
        ("0 t", 0.0, "t"),
    ],
)
def test_an_amount_says_what_it_counts(text: str, value: float, unit: str) -> None:
    read = FuelAmount.read(text)
    assert (read.value, read.unit) == (pytest.approx(value), unit)
    assert FuelAmount.read(str(read)) == read


def test_a_dumped_park_reads_the_same() -> None:
    """Sizes are fixed by dumping and reading again: amounts with units must come through."""
    park = park_with(
        {"kind": "fuel_use", "member": "mill", "fuel": "natural_gas", "quantity": "0.1 万m3"},
        {**STEAM, "direction": "sold", "member": "mill", "partner": "shop"},
        {"kind": "process", "product": "lime", "quantity": 10, "factor": 0.75, "factor_source": "a report"},
        {"kind": "recovered_heat", "quantity": "1 GJ"},
        {"kind": "bunker", "fuel": "diesel", "quantity": "5 t"},
        purchases=({"kind": "gec", "quantity": "1 GWh", "vintage": 2024},),
    )
    assert Park.model_validate(park.dump()) == park


def test_every_fault_of_a_list_is_said_in_one_pass() -> None:
    assert refused(
        {"kind": "fuel_use", "fuel": "natural_gass", "quantity": "3"},
        {"kind": "fuel_use", "fuel": "diesel", "quantity": "-5 t"},
        {"kind": "fuel_use", "fuel": "diesel", "quantity": "5 MWh"},
        {"kind": "process", "product": "lime", "quantity": 1, "factor": 0.7},
        {**STEAM, "direction": "sold", "partner": "shop"},
        {**STEAM, "direction": "sold", "member": "shop", "partner": "shop"},
        {**STEAM, "direction": "bought", "quantity": -1},
    ) == [
        "park.no-such-fuel: activities[1].fuel: no fuel has this name; expected natural_gas, got natural_gass. "
        "Write the name that rule records use; raw coal is told apart by its kind.",
        "park.amount-without-unit: activities[1].quantity: nothing says what this amount counts; "
        "expected t | m3, got 3. Write it with its unit, such as `1200 t` or `3 万m3`.",
        "units.out-of-range: activities[2].quantity: the value is out of range; expected ≥ 0 t, got -5 t. "
        "Correct the value or its unit.",
        "units.wrong-dimension: activities[3].quantity: this unit measures something else; expected t, got 5 MWh. "
        "Give the value in t, or as a plain number.",
        "park.factor-without-source: activities[4].factor_source: a factor of one's own and its source go together. "
        "Add the one that is absent, or drop both and use a record.",
        "park.transfer-one-sided: activities[5].partner: heat passes between two members, each named; got shop. "
        "Name the one as `member`, the other as `partner`.",
        "park.transfer-one-sided: activities[6].partner: heat passes between two members, each named; got shop. "
        "Name the one as `member`, the other as `partner`.",
        "units.out-of-range: activities[7].quantity: the value is out of range; expected ≥ 0 GJ, got -1. "
        "Correct the value or its unit.",
    ]


def test_a_fuel_nobody_knows_gets_the_whole_list() -> None:
    [said] = refused({"kind": "fuel_use", "fuel": "xx", "quantity": "5 t"})
    assert "expected natural_gas, diesel, gasoline, fuel_oil, lpg, anthracite, " in said


def test_members_must_exist() -> None:
    bought = {"kind": "gec", "member": "shops", "quantity": 1, "vintage": 2025}
    assert remarked(
        {**STEAM, "direction": "sold", "member": "mil", "partner": "nobody"},
        purchases=(bought,),
    ) == [
        (
            ("activities", 0, "member"),
            "park.no-such-member: activities[1].member: no member has this name; expected mill, got mil. "
            "Correct the name or add the member.",
        ),
        (
            ("activities", 0, "partner"),
            "park.no-such-member: activities[1].partner: no member has this name; expected mill, shop, got nobody. "
            "Correct the name or add the member.",
        ),
        (
            ("green_purchases", 0, "member"),
            "park.no-such-member: green_purchases[1].member: no member has this name; expected shop, got shops. "
            "Correct the name or add the member.",
        ),
    ]


def test_heat_between_members_is_entered_once() -> None:
    """Two deliveries the same way are two entries; the buyer's mirror image of one would count it twice."""
    sold = {**STEAM, "direction": "sold", "member": "mill", "partner": "shop"}
    mirrored = {**STEAM, "direction": "bought", "member": "shop", "partner": "mill"}
    returned = {**STEAM, "direction": "sold", "member": "shop", "partner": "mill"}
    assert remarked(sold, sold, returned) == []
    assert remarked(sold, mirrored) == [
        (
            ("activities", 1),
            "park.transfer-twice: activities[2]: this heat between two members is entered from both sides; "
            "got activities[1]: mill → shop. Keep one entry: it stands in the accounts of both.",
        )
    ]


def test_later_generation_covers_nothing() -> None:
    assert remarked(purchases=({"kind": "gec", "quantity": 1, "vintage": 2026},)) == [
        (
            ("green_purchases", 0, "vintage"),
            "park.vintage-after-year: green_purchases[1].vintage: electricity generated after the studied year covers "
            "nothing in it; expected ≤ 2025, got 2026. Choose a vintage up to that year.",
        )
    ]


def test_a_certificate_stands_for_a_thousand_kilowatt_hours() -> None:
    bought = GreenPurchase.model_validate({"kind": "gec", "quantity": "2 GWh", "vintage": 2025})
    assert bought.energy_kwh == pytest.approx(2_000_000.0)
