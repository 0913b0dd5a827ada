"""Fuels: emission factors from what is measured, standard coal, and process emissions."""

from __future__ import annotations

from datetime import date

import pytest

from lingtan.findings import InputError
from lingtan.rulebook import (
    CoalEquivalent,
    FuelFactor,
    ProcessFactor,
    coal_tce,
    fuel_emissions_t,
    fuel_tce,
    process_emissions_t,
    shipped,
)
from tests.rooms.rulebook.rulebook_samples import YIBIN, book_of, messages, record

BOOK = shipped()
DAY = date(2025, 7, 1)


def fuel(name: str) -> FuelFactor:
    return BOOK.find(FuelFactor, DAY, place=YIBIN, select={"fuel": name}).one()


def coal(carrier: str) -> CoalEquivalent:
    return BOOK.find(CoalEquivalent, DAY, place=YIBIN, select={"carrier": carrier}).one()


# china-rules.md §7.5: t CO2 per t or per 1,000 Nm3, and t/tce. The facts print 3.171 for fuel oil; their own
# 41.816 × 0.0211 × 0.98 × 44/12 is 3.1705.
@pytest.mark.parametrize(
    ("name", "amount", "tonnes", "per_tce"),
    [
        ("natural_gas", 1000, 2.162, 1.628),
        ("diesel", 1, 3.096, 2.127),
        ("gasoline", 1, 2.925, 1.990),
        ("fuel_oil", 1, 3.170, 2.222),
        ("lpg", 1, 3.101, 1.811),
        ("anthracite", 1, 2.522, 2.768),
        ("bituminous", 1, 1.742, 2.608),
        ("lignite", 1, 1.173, 2.889),
        ("coke_oven_gas", 1000, 0.762, 1.287),
        ("blast_furnace_gas", 1000, 0.848, 7.532),
    ],
)
def test_fuel_factors_are_the_printed_ones(name: str, amount: float, tonnes: float, per_tce: float) -> None:
    """Rules out carbon taken for CO2 (a factor of 44/12), and 10^4 m3 taken for 10^3."""
    assert fuel_emissions_t(fuel(name), amount) == pytest.approx(tonnes, abs=0.0005)
    assert fuel(name).factor_t_per_tce == pytest.approx(per_tce, abs=0.0005)


def test_tonnes_per_coal_are_tonnes_over_coal() -> None:
    gas = fuel("natural_gas")
    assert fuel_emissions_t(gas, 5000) / fuel_tce(gas, 5000) == pytest.approx(gas.factor_t_per_tce, rel=1e-12)
    assert fuel_tce(gas, 1000) == pytest.approx(1.3284, abs=5e-5)  # 38.931 GJ / 29.3076 GJ/tce, by hand


def test_the_gas_share_of_an_otherwise_carbon_free_park() -> None:
    """china-rules.md §1.3: at most 12.3 % of the energy at 0.2 t/tce, 18.4 % at 0.3."""
    per_tce = fuel("natural_gas").factor_t_per_tce
    assert [round(limit / per_tce * 100, 1) for limit in (0.2, 0.3)] == [12.3, 18.4]


@pytest.mark.parametrize(
    ("carrier", "amount", "tce"),
    [
        # GB/T 2589-2020 as in china-rules.md §7.4
        ("raw_coal", 1, 0.7143),
        ("coke", 1, 0.9714),
        ("diesel", 1, 1.4571),
        ("gasoline", 1, 1.4714),
        ("fuel_oil", 1, 1.4286),
        ("lpg", 1, 1.7143),
        ("heat", 1, 0.03412),
    ],
)
def test_standard_coal_is_the_printed_one(carrier: str, amount: float, tce: float) -> None:
    assert coal_tce(coal(carrier), amount) == pytest.approx(tce, rel=1e-12)


def test_a_heat_unit_is_the_same_coal_both_ways() -> None:
    """0.03412 kgce/MJ is 1/29.3076 to the printed digits; rules out MJ taken for GJ."""
    assert coal_tce(coal("heat"), 29.3076) == pytest.approx(1.0, abs=1e-4)


def test_natural_gas_has_a_range_and_needs_a_figure() -> None:
    """The standard prints 1.10–1.33; rules out that one end is taken without a word."""
    gas = coal("natural_gas")
    with pytest.raises(InputError) as caught:
        coal_tce(gas, 1000)
    assert str(caught.value) == (
        "rulebook.only-a-range: cn.coal-equivalent.natural-gas: the record gives a range and no figure; "
        "expected 0.0011 … 0.00133 tce/m3. State the figure that was measured or supplied."
    )
    assert coal_tce(gas, 1000, measured=0.00121) == pytest.approx(1.21, rel=1e-12)


FUEL = {
    "fuel": "diesel",
    "per": "t",
    "calorific_value": "42.652 GJ/t",
    "carbon_content": "20.2 t/TJ",
    "oxidation": "98 %",
}


def test_a_fuel_recomputes_both_figures() -> None:
    # 42.652 × 0.0202 × 0.98 × 44/12 and 0.0202 × 0.98 × 44/12 × 29.3076, by hand
    assert messages(record("a", "fuel_factor", **FUEL, examples="[{amount: 1, emissions: 3.1, per_coal: 2.1}]")) == [
        "pack.yaml:14: rulebook.example-fails: a.examples[1].emissions: the record does not reproduce its own example "
        "and does not load; expected 3.1 t, got 3.095909637 t. Compare both with the document.",
        "pack.yaml:14: rulebook.example-fails: a.examples[1].per_coal: the record does not reproduce its own example "
        "and does not load; expected 2.1 t/tce, got 2.127301915 t/tce. Compare both with the document.",
    ]


def test_a_value_has_the_unit_of_its_amount() -> None:
    """Rules out a calorific value per tonne read as one per cubic meter."""
    wrong = {**FUEL, "per": "m3", "examples": "[{amount: 1, emissions: 1}]"}
    assert messages(record("a", "fuel_factor", **wrong)) == [
        "pack.yaml:11: units.wrong-dimension: a.calorific_value: this unit measures something else; "
        "expected GJ/m3, got 42.652 GJ/t. Give the value in GJ/m3, or as a plain number."
    ]
    per = {**FUEL, "per": "barrel", "examples": "[{amount: 1, emissions: 1}]"}
    assert [text.partition(";")[0] for text in messages(record("a", "fuel_factor", **per))] == [
        "pack.yaml:10: sheet.not-one-of: a.per: this value is not one of the known ones"
    ]


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        (
            {"low": "1 tce/t"},
            "1: rulebook.neither-figure-nor-range: a.coal: the record gives neither a figure nor a range. "
            "State a figure, or both ends of a range.",
        ),
        (
            {"low": "2 tce/t", "high": "1 tce/t"},
            "12: rulebook.range-reversed: a.low: the range runs backward; got 2 … 1. Write the lower figure first.",
        ),
    ],
)
def test_coal_is_a_figure_or_a_range(figures: dict[str, str], message: str) -> None:
    rule = {"carrier": "coke", "per": "t", "examples": "[{amount: 1, coal: 1}]", **figures}
    assert messages(record("a", "coal_equivalent", **rule)) == [f"pack.yaml:{message}"]


def test_coal_recomputes_its_example() -> None:
    rule = {"carrier": "coke", "per": "t", "coal": "0.9714 kgce/kg", "examples": "[{amount: 1000, coal: 971}]"}
    assert messages(record("a", "coal_equivalent", **rule)) == [
        "pack.yaml:12: rulebook.example-fails: a.examples[1].coal: the record does not reproduce its own example "
        "and does not load; expected 971 tce, got 971.4 tce. Compare both with the document."
    ]


PROCESS = {"product": "clinker", "factor": "0.535 t/t", "basis": "verification"}  # an invented figure


def test_a_process_factor_comes_from_the_park() -> None:
    """Annex 4 prints none, so none is shipped; rules out an invented default."""
    assert [one for one in BOOK.records if isinstance(one, ProcessFactor)] == []
    text = record("a", "process_factor", **PROCESS, examples="[{output: 1 kt, emissions: 535 t}]")
    clinker = book_of(text).get("a")
    assert isinstance(clinker, ProcessFactor)
    assert process_emissions_t(clinker, 200) == pytest.approx(107.0, rel=1e-12)
    assert messages(text.replace("535 t}", "536 t}")) == [
        "pack.yaml:12: rulebook.example-fails: a.examples[1].emissions: the record does not reproduce its own example "
        "and does not load; expected 536 t, got 535 t. Compare both with the document."
    ]
