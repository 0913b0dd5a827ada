"""What does not load, and what is said about it."""

from __future__ import annotations

import pytest

from lingtan.rulebook import RetailPrice, parse_records
from lingtan.sheet import compose
from tests.rooms.rulebook.rulebook_samples import entry, hours, messages, parse, price

COMPONENTS = (
    "[{name: purchase, price: 0.3226, floats_with_tou: true}, {name: other, price: 0.09144375, floats_with_tou: false}]"
)
FACTORS = "{peak: 1.6, valley: 0.4}"


def test_an_example_off_by_the_last_printed_digit_does_not_load() -> None:
    """Sichuan two-part 220 kV prints 0.4140; rules out a tolerance that swallows 0.4141."""
    right = price("a", components=COMPONENTS, factors=FACTORS, examples="[{digits: 4, flat: 0.4140, peak: 0.6076}]")
    assert messages(right) == []
    pack, findings = parse(right.replace("0.4140", "0.4141"))
    assert pack.records == ()
    assert [found.text() for found in findings] == [
        "pack.yaml:10: rulebook.example-fails: a.examples[1].flat: the record does not reproduce its own example and "
        "does not load; expected 0.4141 CNY/kWh, got 0.41404375 CNY/kWh. Compare both with the document."
    ]
    assert findings[0].text("zh") == (
        "pack.yaml:10: rulebook.example-fails: a.examples[1].flat：记录无法复现自身的算例，不予加载；"
        "应为 0.4141 CNY/kWh，实为 0.41404375 CNY/kWh。请将两者与原文件核对。"
    )


@pytest.mark.parametrize(
    ("example", "what"), [("{super_peak: 0}", "super_peak"), ("{component: line_loss, flat: 0}", "flat")]
)
def test_an_example_of_a_price_that_the_list_lacks_fails(example: str, what: str) -> None:
    """Rules out that a missing factor or component counts as a price of zero."""
    assert messages(price("a", factors=FACTORS, examples=f"[{example}]")) == [
        f"pack.yaml:10: rulebook.example-fails: a.examples[1].{what}: the record does not reproduce its own example "
        "and does not load; expected 0 CNY/kWh, got –. Compare both with the document."
    ]


def test_a_record_without_examples_does_not_load() -> None:
    pack, findings = parse(price("a", examples=None))
    assert pack.records == ()
    assert [found.text() for found in findings] == [
        "pack.yaml:1: rulebook.no-examples: a: a record without a worked example does not load. "
        "Add one under `examples:`, with figures that the document prints."
    ]


def test_all_findings_of_a_file_come_in_one_pass_and_the_rest_loads() -> None:
    text = (
        price("good")
        + price("typo", confidense="official")
        + price("bare", document=None)
        + entry(id="odd", kind="retail_prize")
        + entry(id="kindless")
        + "- just a text\n"
        + price("good")
    )
    pack, findings = parse(text)
    assert [record.id for record in pack.records] == ["good"]
    assert [found.text() for found in findings] == [
        "pack.yaml:21: sheet.unknown-key: typo.confidense: this key is not known here; got confidense. "
        "Did you mean 'confidence'?",
        "pack.yaml:22: sheet.missing-key: bare.document: this key is required and absent. Add it.",
        "pack.yaml:32: sheet.not-one-of: odd.kind: this value is not one of the known ones; expected assumption, "
        "calendar, coal_equivalent, contracted_demand, core_indicator, direct_supply_charge, emission_factor, energy_conversion, "
        "fuel_factor, full_load_hours, guiding_indicator, hydro_seasons, income_tax, interest_subsidy, legacy_factor, "
        "load_factor_discount, power_factor_adjustment, price_observation, process_factor, retail_price, "
        "supply_shares, time_of_use, zero_carbon_factory, got retail_prize. Choose one of the values named.",
        "pack.yaml:33: sheet.missing-key: kindless.kind: this key is required and absent. Add it.",
        "pack.yaml:34: sheet.wrong-kind: [6]: this value is of the wrong kind; expected a mapping. "
        "Write it as expected.",
        "pack.yaml:35: rulebook.id-twice: good.id: this id stands twice. Give each record its own id.",
    ]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"valid_from": "20250101"},
            "pack.yaml:3: sheet.wrong-kind: a.valid_from: this value is of the wrong kind; "
            "expected a date such as 2025-01-31, got 20250101. Write it as expected.",
        ),
        (
            {"capacity_price": "17 CNY/kW/month"},
            "pack.yaml:11: units.wrong-dimension: a.capacity_price: this unit measures something else; expected "
            "CNY/kVA/month, got 17 CNY/kW/month. Give the value in CNY/kVA/month, or as a plain number.",
        ),
        (
            {"customer": "{voltage_from: 110, voltage_below: 35}"},
            "pack.yaml:11: rulebook.empty-voltage-band: customer.voltage_from: no voltage lies in this band; expected "
            "< 35 kV, got 110 kV. The band runs from `voltage_from` up to, but not including, `voltage_below`.",
        ),
        (
            {"components": "[{name: other, price: 1, floats_with_tou: true}, {name: other, price: 1, "
             "floats_with_tou: true}]"},
            "pack.yaml:9: rulebook.component-twice: a.components: a component stands twice; got other. "
            "Add the two up, or name one of them `other`.",
        ),
        (
            {"examples": "[{digits: 3}]"},
            "pack.yaml:10: rulebook.example-without-price: a.examples[1]: this example states no price. "
            "Add at least one, such as `flat:`.",
        ),
        (
            {"place": "{country: China}"},
            "pack.yaml:11: sheet.wrong-kind: a.place.country: this value is of the wrong kind; "
            "expected two capital letters such as CN, got China. Write it as expected.",
        ),
    ],
)  # fmt: skip
def test_what_is_said_about_a_wrong_value(keys: dict[str, str], message: str) -> None:
    """Rules out a date read from a number (20250101 is a day of 1970 to pydantic) and a unit taken for another."""
    assert messages(price("a", **keys)) == [message]


def test_an_id_has_a_form() -> None:
    assert messages(price("Cn.Sichuan")) == [
        "pack.yaml:1: rulebook.bad-id: Cn.Sichuan.id: this is not an id; expected cn.sichuan.retail.2026-08, "
        "got Cn.Sichuan. Use lower-case letters and digits, parted by '.', '-' or '_'."
    ]


VARIANTS = """[
    {id: low, place: {province: Sichuan}, components: [{name: other, price: 0.1, floats_with_tou: false}],
     examples: [{flat: 0.6}]},
    {id: high, document: another, examples: [{flat: 0.5}]}]"""


def test_variants_merge_mappings_continue_lists_and_replace_the_rest() -> None:
    """Rules out that a variant drops the components it shares, or inherits those of the variant before it."""
    pack, findings = parse(price("a", place="{country: CN}", examples=None, variants=VARIANTS))
    assert [found.text() for found in findings] == []
    low, high = pack.records
    assert isinstance(low, RetailPrice)
    assert isinstance(high, RetailPrice)
    assert (low.id, high.id) == ("a.low", "a.high")
    assert ([part.name for part in low.components], len(high.components)) == (["purchase", "other"], 1)
    assert (low.place and low.place.country, low.place and low.place.province) == ("CN", "Sichuan")
    assert (high.place and high.place.province, high.document, low.document) == (None, "another", "a document")


def test_a_finding_in_a_variant_has_the_line_it_came_from() -> None:
    broken = VARIANTS.replace("{flat: 0.5}", "{flat: 0.4}").replace("price: 0.1", "price: much")
    assert messages(price("a", place="{country: CN}", examples=None, variants=broken)) == [
        "pack.yaml:12: units.not-a-quantity: a.low.components[2].price: this is not a number with a unit; expected "
        "CNY/kWh, got much. Write a plain number in CNY/kWh, or a text such as '12.5 CNY/kWh'.",
        "pack.yaml:14: rulebook.example-fails: a.high.examples[1].flat: the record does not reproduce its own example "
        "and does not load; expected 0.4 CNY/kWh, got 0.5 CNY/kWh. Compare both with the document.",
    ]


@pytest.mark.parametrize("variants", ["[{place: {country: CN}}]", "[]", "all"])
def test_a_variant_needs_an_id(variants: str) -> None:
    assert messages(price("a", variants=variants)) == [
        "pack.yaml:11: rulebook.variant-without-id: a.variants[1]: a variant is a mapping with an id of its own. "
        "Add `id:`; it is joined to the id of the record."
    ]


def test_records_of_a_park_file_keep_its_lines() -> None:
    """`at` says where the records stand; rules out lines counted from the section instead of the file."""
    text = "name: x\nrules:\n  - id: a\n    kind: time_of_use\n    seasons: []\n"
    sheet, _ = compose(text.encode(), "park.yaml")
    _, findings = parse_records(sheet.data["rules"], sheet, ("rules",))
    assert findings[-1].text() == (
        "park.yaml:5: sheet.wrong-count: a.seasons: the number of entries is wrong; expected ≥ 1, got 0. "
        "Add or remove some."
    )
    assert {(found.file, found.line) for found in findings} == {("park.yaml", 3), ("park.yaml", 5)}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"seasons": "[{months: [1,2,3], peak: ['10:00-12:00']}]"},
            "pack.yaml:9: rulebook.months-not-once: a.seasons: the months must together be the year, each once; "
            "expected 1 … 12, got 1, 2, 3. Name every month in one place.",
        ),
        (
            {"seasons": "[{months: [1,2,3,4,5,6,7,8,9,10,11,12], peak: ['21:00-23:00'], valley: ['22:00-06:00']}]"},
            "pack.yaml:9: rulebook.hours-overlap: a.seasons[1]: hours of two kinds overlap; "
            "got 21:00-23:00, 22:00-06:00. Let each minute belong to one of them.",
        ),
        (
            {"super_peak": "[{hours: ['11:00-12:00'], months: [7]}]",
             "deep_valley": "[{hours: ['11:30-13:00'], months: [7]}]"},
            "pack.yaml:11: rulebook.hours-overlap: a.super_peak: hours of two kinds overlap; "
            "got 11:00-12:00, 11:30-13:00. Let each minute belong to one of them.",
        ),
        *[
            (
                {"super_peak": f"[{{hours: ['{wrong}'], months: [7]}}]"},
                "pack.yaml:11: rulebook.bad-hours: a.super_peak[1].hours[1]: these are not hours of a day; expected "
                f"22:00-08:00, got {wrong}. Write `10:00-12:00`; `22:00-08:00` runs past midnight.",
            )
            for wrong in ("10-12", "08:00-08:00", "24:00-08:00", "10:00-24:30", "9:00-10:00")
        ],
    ],
)  # fmt: skip
def test_hours_that_do_not_make_a_year_are_refused(keys: dict[str, str], message: str) -> None:
    assert messages(hours("a", **keys)) == [message]
