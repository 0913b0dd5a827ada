"""A hand-worked park with every kind of source, and what annex 4 (发改环资〔2025〕910号) makes of it.

Sichuan, 2025, 8,760 hours of constant power, electricity to standard coal at 0.30 kgce/kWh.

**Electricity.** Loads: mill 60 MW, shop 40 MW. Supply: import 45 MW, PV 30 MW, a hydro line 20 MW, a fossil line 10 MW; 5 MW are
sent out. In GWh: import 394.2, PV 262.8, hydro 175.2, fossil 87.6, sent out 43.8, used 876.
Sent out is a twelfth of what plants deliver (5 of 60 MW): 7.3 of fossil, 36.5 of non-fossil electricity.
Unbacked: 394.2 + 87.6 − 7.3 = 474.5. Bought: 50 GWh of green trade by the mill, 100 GWh of certificates by the park.
    E_elec = (474.5 − 150) GWh · 832.5 t/GWh                                                        = 270,146.25 t
    direct share = (262.8 + 175.2 − 36.5) / 876 = 401.5 / 876 = 11/24, below one half
    traced share of each load: (30 + 20) · 11/12 of 100 MW                                          = 11/24 as well

**Fuels burnt** (calorific value · carbon · oxidation · 44/12, amounts of the year)
    natural gas, mill   3,000 万m3: 0.038931 · 0.0153 · 0.99 · 44/12 · 30,000,000                    =  64,865.66427 t
    diesel, shop           2,000 t: 42.652 · 0.0202 · 0.98 · 44/12 · 2,000                          =   6,191.819274666… t
    coke-oven gas, mill 2,000 万m3: 0.017354 · 0.0121 · 0.99 · 44/12 · 20,000,000                    =  15,244.79484 t
    bunker diesel            500 t: a quarter of the shop's diesel, in the total and listed apart    =   1,547.954818666… t
**Conversion**, all carbon (oxidation 100 %)
    bituminous in         30,000 t: 19.570 · 0.0261 · 44/12 · 30,000                                =  56,185.47 t
    coke-oven gas out   2,000 万m3: 0.017354 · 0.0121 · 44/12 · 20,000,000                           = −15,398.782666… t
**Heat**  bought fossil 200,000 GJ · 0.11 = 22,000 t; bought non-fossil 50,000 GJ: 0; sold, measured at 0.09, 10,000 GJ = −900 t;
    mill to shop 30,000 GJ · 0.11: −3,300 t for the mill, +3,300 t for the shop, nothing for the park.
**Processes**  lime 20,000 t · 0.75 (verification report) = 15,000 t; clinker 10,000 t · 0.52 (a record) = 5,200 t.
**Listed only**  blast-furnace gas recovered, natural gas as feedstock, 40,000 GJ of waste heat.

**Standard coal** (1 tce = 29.3076 GJ; diesel 1.4571 and heat 0.03412 by GB/T 2589; gas, coal and coke-oven gas by calorific value)
    electricity 876 GWh · 300 = 262,800; gas 0.038931/29.3076 · 30,000,000; diesel 2,914.2; bunkers 728.55;
    bituminous 19.570/29.3076 · 30,000; coke-oven gas out and burnt cancel; heat 240,000 GJ · 0.03412 = 8,188.8.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from lingtan.carbon import CarbonAccount, carbon_account
from lingtan.rulebook import Rulebook
from lingtan.series import Table
from tests.small_parks import INVENTED, book_with, park_of, pv

REL = 1e-9
GAS, DIESEL, BURNT_GAS, BUNKER = 64_865.66427, 6_191.819274666667, 15_244.79484, 1_547.9548186666667
COAL_IN, GAS_OUT = 56_185.47, 15_398.782666666667
TCE = {
    "electricity": 262_800.0,
    "fuel": 0.038931 / 29.3076 * 30e6 + 2_914.2 + 0.017354 / 29.3076 * 20e6,
    "bunker": 728.55,
    "conversion": 19.570 / 29.3076 * 30e3 - 0.017354 / 29.3076 * 20e6,
    "heat": 8_188.8,
}

CLINKER = {
    **INVENTED,
    "id": "test.clinker",
    "kind": "process_factor",
    "product": "clinker",
    "factor": 0.52,
    "basis": "mass_balance",
    "examples": [{"output": 1000, "emissions": 520}],
}
ACTIVITIES: list[dict[str, Any]] = [
    {"kind": "fuel_use", "member": "mill", "fuel": "natural_gas", "quantity": "3000 万m3"},
    {"kind": "fuel_use", "member": "shop", "fuel": "diesel", "quantity": "2000 t"},
    {"kind": "fuel_use", "member": "mill", "fuel": "coke_oven_gas", "quantity": "2000 万m3"},
    {"kind": "bunker", "fuel": "diesel", "quantity": "500 t"},
    {"kind": "fuel_use", "member": "mill", "fuel": "bituminous", "use": "conversion_input", "quantity": "30 kt"},
    {
        "kind": "fuel_use",
        "member": "mill",
        "fuel": "coke_oven_gas",
        "use": "conversion_output",
        "quantity": "2000 万m3",
    },
    {"kind": "fuel_use", "member": "mill", "fuel": "blast_furnace_gas", "use": "recovered", "quantity": "1 亿m3"},
    {"kind": "fuel_use", "member": "shop", "fuel": "natural_gas", "use": "feedstock", "quantity": "500 万m3"},
    {"kind": "heat", "member": "shop", "direction": "bought", "source": "fossil", "quantity": "200 TJ"},
    {"kind": "heat", "member": "shop", "direction": "bought", "source": "non_fossil", "quantity": "50 TJ"},
    {
        "kind": "heat",
        "direction": "sold",
        "source": "fossil",
        "quantity": "10 TJ",
        "factor": "0.09 tCO2/GJ",
        "factor_source": "measured by the boiler house",
    },
    {
        "kind": "heat",
        "member": "mill",
        "partner": "shop",
        "direction": "sold",
        "source": "fossil",
        "quantity": "30 TJ",
    },
    {"kind": "recovered_heat", "member": "mill", "quantity": "40 TJ"},
    {
        "kind": "process",
        "member": "shop",
        "product": "lime",
        "quantity": "20 kt",
        "factor": 0.75,
        "factor_source": "verification report",
    },
    {"kind": "process", "member": "mill", "product": "clinker", "quantity": "10 kt"},
]
PURCHASES: list[dict[str, Any]] = [
    {"kind": "green_trade", "member": "mill", "quantity": "50 GWh", "vintage": 2025},
    {"kind": "gec", "quantity": 100_000, "vintage": 2024},
]
FLOWS_MW = {
    "grid.import": 45.0,
    "grid.export": 5.0,
    "roof.generation": 30.0,
    "hydro.generation": 20.0,
    "coal.generation": 10.0,
    "mill.load": 60.0,
    "shop.load": 40.0,
}


def line(source: str) -> dict[str, Any]:
    return {"family": "firm_line", "source": source, "power": 1e5, "price": 0.3, "legal_basis": "a contract"}


def book() -> Rulebook:
    return book_with(CLINKER)


@cache
def account(*, purchases: bool = True) -> CarbonAccount:
    """The account of the park, settled from its flows."""
    words = {"en": "A member.", "zh": "企业。"}
    park = park_of(
        {
            "mill": {"family": "load", "profile": "need", "member": "mill"},
            "shop": {"family": "load", "profile": "need", "member": "shop"},
            "roof": pv(1e5),
            "hydro": line("hydro"),
            "coal": line("fossil"),
        },
        site={"zone": "Asia/Shanghai", "province": "Sichuan", "prefecture": "Yibin"},
        members={"mill": {"name": words}, "shop": {"name": words}},
        activities=ACTIVITIES,
        green_purchases=PURCHASES if purchases else [],
    )
    grid = park.grid()
    table = Table(grid, {f"{name}_kw": np.full(grid.steps, 1e3 * power) for name, power in FLOWS_MW.items()})
    return carbon_account(park, table, book(), used_kwh=876e6, export_kwh=43.8e6)


def test_tonnes_by_category() -> None:
    """Every part of the annex, each to the last digit of the hand calculation."""
    assert account().inventory.by_category == pytest.approx(
        {
            "fuel": GAS + DIESEL + BURNT_GAS,
            "bunker": BUNKER,
            "conversion": COAL_IN - GAS_OUT,
            "process": 20_200.0,
            "electricity": 270_146.25,
            "heat": 21_100.0,
            "recovered": 0.0,
            "feedstock": 0.0,
        },
        rel=REL,
    )


def test_total_energy_and_indicator() -> None:
    carbon = account().inventory
    tonnes = 270_146.25 + GAS + DIESEL + BURNT_GAS + BUNKER + COAL_IN - GAS_OUT + 21_100.0 + 20_200.0
    assert carbon.emissions_t == pytest.approx(tonnes, rel=REL)
    assert carbon.energy_tce == pytest.approx(sum(TCE.values()), rel=REL)
    assert carbon.intensity_t_per_tce == pytest.approx(tonnes / sum(TCE.values()), rel=REL)
    assert (carbon.threshold_t_per_tce, carbon.meets_threshold) == (0.2, False)


def test_energy_by_category() -> None:
    """Rules out feedstock, recovered energy or process output in the energy use."""
    lines = account().inventory.all_lines
    found = {name: sum(line.energy_tce for line in lines if line.category == name) for name in TCE}
    assert found == pytest.approx(TCE, rel=REL)
    assert sum(line.energy_tce for line in lines if line.category not in TCE) == 0.0


def test_what_is_listed_stands_apart() -> None:
    """Bunkers are in the total; recovered energy and feedstock are not, though their coal is shown."""
    carbon = account().inventory
    assert carbon.bunkers_t == pytest.approx(BUNKER, rel=REL)
    assert carbon.aside_tce("recovered") == pytest.approx(0.0033 / 29.3076 * 1e8 + 40_000 * 0.03412, rel=REL)
    assert carbon.aside_tce("feedstock") == pytest.approx(0.038931 / 29.3076 * 5e6, rel=REL)


def test_shares() -> None:
    """Certificates and green trade fill neither the direct share nor the traced one, and the clause is a verdict."""
    with_purchases, without = account(), account(purchases=False)
    for each in (with_purchases, without):
        assert each.inventory.direct_share == pytest.approx(11 / 24, rel=REL)
        assert each.inventory.direct_clause_met is False
        assert each.physical_share == pytest.approx(11 / 24, rel=REL)
    assert without.inventory.emissions_t - with_purchases.inventory.emissions_t == pytest.approx(150 * 832.5, rel=1e-8)


def test_members() -> None:
    """The mill's green trade is its own; the park's certificates go by what is left to cover: 186.52 and 157.68 GWh."""
    by_name = {each.member: each for each in account().members}
    mill_green, shop_green = 50 + 100 * 186.52 / 344.2, 100 * 157.68 / 344.2
    mill_power, shop_power = (0.6 * 474.5 - mill_green) * 832.5, (0.4 * 474.5 - shop_green) * 832.5
    assert by_name["mill"].by_category == pytest.approx(
        {
            "fuel": GAS + BURNT_GAS,
            "conversion": COAL_IN - GAS_OUT,
            "process": 5_200.0,
            "electricity": mill_power,
            "heat": -3_300.0,
            "recovered": 0.0,
        },
        rel=REL,
    )
    assert by_name["shop"].by_category == pytest.approx(
        {"fuel": DIESEL, "process": 15_000.0, "electricity": shop_power, "heat": 25_300.0, "feedstock": 0.0}, rel=REL
    )
    assert by_name[""].by_category == pytest.approx({"bunker": BUNKER, "heat": -900.0}, rel=REL)
    assert [by_name[name].physical_share for name in ("mill", "shop", "")] == [
        pytest.approx(11 / 24, rel=REL),
        pytest.approx(11 / 24, rel=REL),
        None,
    ]


def test_the_park_is_the_sum_of_its_members() -> None:
    """Rules out counting heat that passes from the mill to the shop, or losing what no member owns."""
    whole = account()
    assert sum(each.emissions_t for each in whole.members) == pytest.approx(whole.inventory.emissions_t, rel=REL)
    assert sum(each.energy_tce for each in whole.members) == pytest.approx(whole.inventory.energy_tce, rel=REL)


def test_the_range_of_the_conversion() -> None:
    """0.28 and 0.31 kgce/kWh move electricity alone: 876 GWh · (−20, +10) tce/GWh."""
    whole = account()
    assert whole.range is not None
    low, high = whole.range
    assert (low.energy_tce, high.energy_tce) == pytest.approx(
        (sum(TCE.values()) - 17_520.0, sum(TCE.values()) + 8_760.0), rel=REL
    )
    assert (low.verdict, high.verdict) == ("missed", "missed")


def test_certificates_cannot_close_this_gap() -> None:
    """Only 244.2 GWh of import are left to cover, 203,296.5 t; the rest is burnt inside the park. Rules out certificates
    for more than is bought (448,265)."""
    whole = account()
    above = whole.inventory.emissions_t - 0.2 * sum(TCE.values())
    assert whole.gap is not None
    assert whole.gap.emissions_t == pytest.approx(above, rel=REL)
    assert whole.gap.electricity_kwh == pytest.approx(244.2e6, rel=REL)
    assert whole.gap.certificates == 244_200
    assert whole.gap.coverable_kwh == pytest.approx(244.2e6, rel=REL)
    assert whole.gap.remaining_t == pytest.approx(above - 244.2 * 832.5, rel=REL)
    assert whole.gap.price is not None
    assert whole.gap.price.id == "cn.gec.2026-01.vintage-2025"
    assert whole.gap.cost_cny == pytest.approx((244_200 * 5.51, 244_200 * 5.51))


def test_oxidation_is_whole_in_a_conversion_only() -> None:
    """With 93 % and 99 % the balance would be 37,007.7 t: what is burnt and what is converted use one record two ways."""
    lines = {(each.what, each.use): each for each in account().inventory.others}
    assert lines["bituminous", "conversion_input"].emissions_t == pytest.approx(COAL_IN, rel=REL)
    assert lines["coke_oven_gas", "conversion_output"].emissions_t == pytest.approx(-GAS_OUT, rel=REL)
    assert lines["coke_oven_gas", "fuel"].emissions_t == pytest.approx(0.99 * GAS_OUT, rel=REL)


def test_every_line_names_its_record_or_its_source() -> None:
    for each in account().inventory.all_lines:
        if each.emissions_t != 0:
            assert bool(each.rule) != bool(each.source), each
    assert "test.clinker" in account().inventory.rules
    used = {use.record.id for found in account().founds for use in found.uses}
    assert set(account().inventory.rules) <= used


def test_part_of_the_year_leaves_annual_amounts_out() -> None:
    """A day's flows with a year's coal would be no account of either."""
    park = park_of(
        {"mill": {"family": "load", "profile": "need"}},
        activities=[ACTIVITIES[1] | {"member": None}],
        green_purchases=[PURCHASES[1]],
    )
    day = park.grid().window(0, 24)
    table = Table(day, {name: np.full(24, 1000.0) for name in ("grid.import_kw", "mill.load_kw")})
    flows = table.with_columns({"grid.export_kw": np.zeros(24)})
    found = carbon_account(park, flows, book(), used_kwh=24e3, export_kwh=0.0)
    assert (found.whole_year, found.cover.bought_kwh) == (False, 0.0)
    assert found.inventory.emissions_t == pytest.approx(24e3 * 0.8325e-3, rel=REL)
