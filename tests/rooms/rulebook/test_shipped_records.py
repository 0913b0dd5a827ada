"""The records that come with the package say what the documents print."""

from __future__ import annotations

from datetime import date

import pytest

from lingtan.rulebook import (
    CoreIndicator,
    EmissionFactor,
    EnergyConversion,
    Period,
    RetailPrice,
    emissions_t,
    energy_tce,
    prices_by_period,
    shipped,
    threshold_t_per_tce,
)
from tests.rooms.rulebook.rulebook_samples import YIBIN

BOOK = shipped()
PRICES = "cn.sichuan.retail.2026-08"


def retail(suffix: str) -> RetailPrice:
    record = BOOK.get(f"{PRICES}.{suffix}")
    assert isinstance(record, RetailPrice)
    return record


def test_every_record_loads_with_an_example() -> None:
    """Rules out that a failing record is left out silently.

    Counted in the facts: 9 prices, 2 hours; factors of annex 4 (5), of 2023 (4 + 7 + 30), 2022 (3 + 6), 2021 (3), of
    products (4); 12 years; 10 fuels; 8 coals; 5 certificates, 7 allowances, 1 reduction.
    """
    kinds: dict[str, int] = {}
    for record in BOOK.records:
        kinds[type(record).__name__] = kinds.get(type(record).__name__, 0) + 1
        assert record.example_count > 0
        assert list(record.mismatches()) == []
    assert kinds == {
        "RetailPrice": 9,
        "TimeOfUse": 2,
        "EmissionFactor": 5 + 4 + 7 + 30 + 3 + 6 + 3 + 4,
        "EnergyConversion": 2,
        "CoreIndicator": 1,
        "CorporateIncomeTax": 4,
        "GuidingIndicator": 5,
        "Calendar": 12,
        "CoalEquivalent": 8,
        "ContractedDemand": 1,
        "DirectSupplyCharge": 2,
        "FuelFactor": 10,
        "FullLoadHours": 5,
        "HydroSeasons": 1,
        "InterestSubsidy": 3,
        "LegacyFactor": 1,
        "LoadFactorDiscount": 1,
        "PowerFactorAdjustment": 1,
        "PriceObservation": 5 + 7 + 1,
        "SupplyShares": 2,
        "ZeroCarbonFactory": 1,
    }


# Sichuan, August 2026, as printed (china-rules.md §3.2): flat, peak, valley, super peak; demand, capacity price.
PRINTED = {
    "single-part.below-1kv": ((0.6237, 0.9431, 0.3044), None, None),
    "single-part.1-10kv": ((0.5973, 0.9009, 0.2938), None, None),
    "single-part.35kv": ((0.5666, 0.8518, 0.2815), None, None),
    "single-part.110kv": ((0.4800, 0.7132, 0.2469), None, None),
    "single-part.220kv": ((0.4608, 0.6825, 0.2392), None, None),
    "two-part.1-10kv": ((0.5065, 0.7556, 0.2575, 0.8884), 35, 22),
    "two-part.35kv": ((0.4799, 0.7130, 0.2468, 0.8374), 30, 19),
    "two-part.110kv": ((0.4318, 0.6361, 0.2276, 0.7450), 27, 17),
    "two-part.220kv": ((0.4140, 0.6076, 0.2205, 0.7108), 24, 15),
}


@pytest.mark.parametrize("suffix", PRINTED)
def test_sichuan_prices_are_the_printed_ones(suffix: str) -> None:
    """Rules out a floating system charge or fund, and a super peak of 1.2 × flat instead of 1.2 × peak."""
    record = retail(suffix)
    printed, demand, capacity = PRINTED[suffix]
    periods = (Period.FLAT, Period.PEAK, Period.VALLEY, Period.SUPER_PEAK)[: len(printed)]
    computed = prices_by_period(record)
    assert {period: round(computed[period], 4) for period in periods} == dict(zip(periods, printed, strict=True))
    assert set(computed) == set(periods)
    assert (record.demand_price, record.capacity_price) == (demand, capacity)


def test_sichuan_flat_price_to_the_last_digit() -> None:
    # 0.260434 + 0.015566 + 0.0466 float, 0.044275 + 0.04716875 do not (added by hand)
    prices = prices_by_period(retail("two-part.220kv"))
    assert prices[Period.FLAT] == pytest.approx(0.41404375, abs=1e-12)
    assert prices[Period.SUPER_PEAK] == pytest.approx(0.3226 * 1.92 + 0.09144375, abs=1e-12)


def test_all_31_printed_prices_are_examples() -> None:
    examples = [example for suffix in PRINTED for example in retail(suffix).examples]
    assert sum(len(list(example.printed())) for example in examples) == 31


def test_a_voltage_has_one_class() -> None:
    """Rules out a gap or an overlap between the printed classes, such as at 10 or 110 kV."""
    for kv, suffix in {0.4: "below-1kv", 1: "1-10kv", 10: "1-10kv", 35: "35kv", 110: "110kv", 500: "220kv"}.items():
        fits = [
            name
            for name in PRINTED
            if name.startswith("single")
            and (low := retail(name).customer) is not None
            and (low.voltage_from is None or low.voltage_from <= kv)
            and (low.voltage_below is None or kv < low.voltage_below)
        ]
        assert fits == [f"single-part.{suffix}"]


def factor(**select: object) -> EmissionFactor:
    return BOOK.find(EmissionFactor, date(2025, 7, 1), place=YIBIN, select=select).one()


@pytest.mark.parametrize(
    ("select", "tonnes"),
    [
        ({"view": "park_annex4", "energy": "unbacked"}, 832_500),
        ({"view": "park_annex4", "energy": "direct_non_fossil"}, 0),
        ({"view": "park_annex4", "energy": "green_trade"}, 0),
        ({"view": "market", "energy": "fossil"}, 827_300),
        ({"view": "market", "energy": "unbacked"}, 609_600),
        ({"view": "location", "scope": "national"}, 530_600),
        ({"view": "location", "region": "Southwest"}, 247_200),
        ({"view": "location", "factor_year": 2023}, 156_400),
        ({"view": "product", "energy": "any"}, 620_500),
        ({"view": "product", "energy": "hydro"}, 14_300),
    ],
)
def test_the_tonnes_of_one_terawatt_hour(select: dict[str, object], tonnes: float) -> None:
    """The answers of china-rules.md §9; rules out Sichuan's 0.1564 in the park view, and any other mix of views."""
    assert emissions_t(factor(**select), 1e9) == pytest.approx(tonnes, rel=1e-12)


@pytest.mark.parametrize(
    ("year", "select", "tonnes"),
    [
        # china-rules.md §7.2
        (2021, {"view": "location", "scope": "national"}, 556_800),
        (2021, {"view": "market", "energy": "unbacked"}, 594_200),
        (2021, {"view": "market", "energy": "fossil"}, 842_600),
        (2022, {"view": "location", "scope": "national"}, 536_600),
        (2022, {"view": "market", "energy": "unbacked"}, 585_600),
        (2022, {"view": "market", "energy": "fossil"}, 832_500),
        (2022, {"view": "location", "scope": "provincial"}, 140_400),
        (2023, {"view": "location", "scope": "provincial"}, 156_400),
        (2026, {"view": "location", "scope": "provincial"}, 156_400),
    ],
)
def test_a_year_of_history_has_its_own_factor(year: int, select: dict[str, object], tonnes: float) -> None:
    """Rules out that the newest factor rewrites the three years an application reports; the last one serves on."""
    found = BOOK.find(EmissionFactor, date(year, 7, 1), place=YIBIN, select={**select, "carrier": "electricity"})
    assert emissions_t(found.one(), 1e9) == pytest.approx(tonnes, rel=1e-12)


def test_every_province_lies_in_one_regional_grid() -> None:
    """31 provinces; Inner Mongolia lies in two grids and is named in none. Rules out a province counted twice."""
    regional = [record for record in BOOK.records if isinstance(record, EmissionFactor) and record.scope == "regional"]
    named = [province for record in regional for province in record.provinces]
    assert (len(regional), len(named), len(set(named))) == (7, 30, 30)
    own = {
        record.place.province
        for record in BOOK.records
        if isinstance(record, EmissionFactor) and record.scope == "provincial" and record.place is not None
    }
    assert set(named) ^ own == {"Tibet", "Inner Mongolia"}


def test_fossil_heat_is_counted_per_gigajoule() -> None:
    # annex 4: 0.11 tCO2/GJ; 1 GJ = 1000/3.6 kWh
    heat = factor(view="park_annex4", carrier="heat", energy="fossil")
    assert emissions_t(heat, 1000 / 3.6) == pytest.approx(0.11, rel=1e-12)


@pytest.mark.parametrize(
    ("tce", "threshold"), [(0, None), (199_999.9, None), (200_000, 0.2), (999_999, 0.2), (1_000_000, 0.3), (5e6, 0.3)]
)
def test_no_threshold_below_200_000_tce(tce: float, threshold: float | None) -> None:
    """Annex 3 gives none for small parks; rules out a default of 0.2."""
    indicator = BOOK.find(CoreIndicator, date(2025, 7, 1), place=YIBIN).one()
    assert threshold_t_per_tce(indicator, tce) == threshold
    assert indicator.direct_supply_share == 0.5


@pytest.mark.parametrize(("mode", "tce"), [("equal_value", 360_000), ("calorific", 147_480)])
def test_conversion_to_standard_coal_is_a_choice(mode: str, tce: float) -> None:
    """1.2 TWh: 0.30 kgce/kWh against 0.1229; rules out that one stands for the other."""
    conversion = BOOK.find(EnergyConversion, date(2025, 7, 1), place=YIBIN, select={"mode": mode}).one()
    assert energy_tce(conversion, 1.2e9) == pytest.approx(tce, rel=1e-12)


def test_only_records_from_the_official_text_are_verified() -> None:
    """Rules out that a press or secondary figure is printed as checked."""
    assert {record.id for record in BOOK.records if record.verified != (record.confidence == "official")} == set()
    assert BOOK.get("cn.standard-coal.equal-value").confidence == "memory"
