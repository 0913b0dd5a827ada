"""Fuels and heat that are flows count as if a park file had stated them, each once."""

from __future__ import annotations

import pytest

from lingtan.carbon import CarbonAccount, carbon_account
from tests.proofs.energy_parks import energy_case, planned

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}
NATURAL_GAS_T_PER_M3 = 2.162e-3
"""china-rules.md §7.5: 389.31 GJ per 10⁴ m3, 15.3 tC/TJ, 99 %: 2.162 t per 10³ m3."""
COKE_OVEN_GAS_T_PER_M3 = 0.762e-3
"""The same table: 0.762 t per 10³ m3."""


def account(assets: dict[str, object], buses: dict[str, object], **parts: object) -> CarbonAccount:
    case = energy_case(assets, {**HOT, **buses}, series={"need": ("kW", [90.0]), "arising": ("m3/h", [50.0])}, **parts)
    table = planned(case).table
    return carbon_account(case.park, table, case.rulebook, float(table["load_kw"].sum()), 0.0)


def heating() -> dict[str, object]:
    return {
        "heat_need": {"family": "demand", "bus": "hot", "profile": "need", "member": "dye_works"},
        "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 200.0, "efficiency": 0.9},
    }


MEMBERS = {"dye_works": {"name": {"en": "Dye works", "zh": "染厂"}}}


def test_bought_gas_counts_by_its_flow_for_the_member_that_buys_it() -> None:
    """90 kWh at 90 % and 10 kWh/m3 are 10 m3. Rules out tonnes of an energy, and those of the park instead of the member's."""
    assets = heating() | {
        "gas": {"family": "supply", "bus": "pipe", "price": 3.0, "fuel": "natural_gas", "member": "dye_works"}
    }
    found = account(assets, {"pipe": {"carrier": "gas", "heating_value": 10.0}}, members=MEMBERS)
    [line] = [line for line in found.inventory.others if line.category == "fuel"]
    assert (line.member, line.what, line.unit) == ("dye_works", "natural_gas", "m3")
    assert line.quantity == pytest.approx(10.0, rel=1e-5)
    assert found.inventory.emissions_t == pytest.approx(10.0 * NATURAL_GAS_T_PER_M3, rel=1e-3)


def test_a_fuel_that_is_not_named_emits_nothing() -> None:
    """Bought hydrogen of a green source, say: what nobody names a fuel is not guessed to be one."""
    assets = heating() | {"gas": {"family": "supply", "bus": "pipe", "price": 3.0}}
    assert account(assets, {"pipe": {"carrier": "gas", "heating_value": 10.0}}).inventory.emissions_t == 0.0


def test_a_byproduct_gas_counts_once_burnt_or_flared() -> None:
    """50 m3 arise, 18 are burnt for 90 kW of heat, the rest is flared: 50 count. The burnt part alone would hide the flare."""
    assets = heating() | {
        "gas": {
            "family": "byproduct",
            "bus": "pipe",
            "profile": "arising",
            "cost": 0.0,
            "fuel": "coke_oven_gas",
        }
    }
    found = account(assets, {"pipe": {"carrier": "byproduct_gas", "heating_value": "5 kWh/m3"}})
    assert found.inventory.emissions_t == pytest.approx(50.0 * COKE_OVEN_GAS_T_PER_M3, rel=1e-3)


def test_heat_bought_and_sold_is_a_trade_of_its_source() -> None:
    """Fossil heat of a neighbor counts; with `non_fossil` it would not."""
    base: dict[str, dict[str, object]] = {
        "heat_need": {"family": "demand", "bus": "hot", "profile": "need"},
        "neighbor": {"family": "supply", "bus": "hot", "price": "0.2 CNY/kWh"},
    }
    fossil = account(base, {})
    clean = account(base | {"neighbor": {**base["neighbor"], "heat_source": "non_fossil"}}, {})
    assert clean.inventory.emissions_t == 0.0
    assert fossil.inventory.emissions_t > 0.0
    [line] = [line for line in fossil.inventory.others if line.category == "heat"]
    assert (line.quantity, line.unit) == (pytest.approx(90.0 * 3.6e-3, rel=1e-5), "GJ")
