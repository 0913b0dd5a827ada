"""Members as zero-carbon factories, by hand: two members, PV, a year of constant power."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.account import energy_of
from lingtan.carbon import CarbonAccount, carbon_account, factory_rule
from lingtan.clock import TimeGrid
from lingtan.park import flow_names
from lingtan.rulebook import Place
from lingtan.series import Table
from tests.small_parks import park_of, pv, shipped

WORDS = {"en": "A member.", "zh": "企业。"}
YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)


def account(roof_kw: float, grid: TimeGrid = YEAR, **parts: Any) -> CarbonAccount:
    """The mill draws 600 kW, the shop 100 kW, so 5.256 and 0.876 GWh; what the roof does not give comes from the grid."""
    loads = {name: {"family": "load", "profile": "need", "member": name} for name in ("mill", "shop")}
    members = {name: {"name": WORDS} for name in loads}
    park = park_of({**loads, "roof": pv(1e3)}, members=members, **parts)
    names = [name for flows in flow_names(park).values() for name in flows]
    power = {
        "mill.load_kw": 600.0,
        "shop.load_kw": 100.0,
        "roof.generation_kw": roof_kw,
        "grid.import_kw": 700 - roof_kw,
    }
    table = Table(grid, {name: np.full(grid.steps, power.get(name, 0.0)) for name in names})
    energy = energy_of(park, table)
    return carbon_account(park, table, shipped(), energy.used_kwh, energy.export_kwh)


def test_half_direct_is_entry_and_a_small_user_is_not_asked() -> None:
    """Half unbacked: 0.5 · 0.8325 / 0.3 = 1.3875 t/tce, at most 1.8. The shop uses 0.876 GWh, so the clause is not for it."""
    factories = account(350.0).factories
    assert {name: (each.grade, each.clause) for name, each in factories.items()} == {
        "mill": ("entry", "met"),
        "shop": ("entry", "not_applicable"),
    }
    assert factories["mill"].non_fossil_share == pytest.approx(0.5, rel=1e-9)


def test_certificates_make_a_core_factory_that_misses_its_physical_share() -> None:
    """20 % roof and certificates for the rest: no emissions, all non-fossil, and still 20 % of 35 % identified physically.

    Counting certificates as physical would make it met; leaving them out of the share would make it below entry.
    """
    bought = [{"kind": "gec", "quantity": 6000.0, "vintage": 2025, "member": "mill"}]
    found = account(140.0, green_purchases=bought)
    shares = {each.member: each.physical_share for each in found.members}
    assert shares["mill"] == pytest.approx(0.2, rel=1e-9)
    mill, shop = found.factories["mill"], found.factories["shop"]
    assert (mill.grade, mill.clause, mill.non_fossil_share) == ("core", "missed", pytest.approx(1.0, rel=1e-9))
    assert (shop.grade, shop.non_fossil_share) == ("below", pytest.approx(0.2, rel=1e-9))


def test_fuel_lowers_the_share_of_energy_use() -> None:
    """200 t of diesel are 291.06 tce beside 1576.8 tce of electricity, all direct: 84.4 %, so entry, though 95 % of power is.

    A share of electricity alone would be 100 % and core.
    """
    found = account(700.0, activities=[{"kind": "fuel_use", "member": "mill", "fuel": "diesel", "quantity": "200 t"}])
    mill = next(each for each in found.members if each.member == "mill")
    fuel_tce = sum(line.energy_tce for line in mill.lines if line.category == "fuel")
    assert found.factories["mill"].non_fossil_share == pytest.approx(1576.8 / (1576.8 + fuel_tce), rel=1e-9)
    assert found.factories["mill"].grade == "entry"


def test_a_part_of_a_year_is_not_judged() -> None:
    """5 GWh are of a year; a month of the mill would pass as a small user."""
    assert account(350.0, YEAR.window(0, 720)).factories == {}


def test_the_criteria_of_a_place_and_a_year() -> None:
    """A year before the notice is held against the criteria that came later; another country has none."""
    book = shipped()
    for year in (2025, 2026, 2030):
        found = factory_rule(book, Place("CN"), year)
        assert found is not None
        assert found.one().id == "cn.zero-carbon-factory.2026"
    assert factory_rule(book, Place("NO"), 2030) is None
