"""Settling a table of flows: the bill, the running cost, carbon and green shares of two days that are worked by hand.

Two April days of constant power, from which each figure follows: load 100 kW, PV 60 kW of which 10 are exported and 5 thrown
away, import 55 kW. In kWh of 48 hours: load 4,800, import 2,640, offered 2,880, exported 480, curtailed 240. Prices: 0.50,
export 0.30, basic charge 22 CNY/kVA or 35 CNY/kW.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from lingtan.account import Accounts, settle
from lingtan.account.settle import fixed_sizes
from lingtan.series import Table
from tests.small_parks import HOURS, battery, book_with, hours_grid, park_of, pv, retail

GRID = hours_grid(48, start="2025-04-01T00:00")
LIST = retail(0.5, capacity_price=22.0, demand_price=35.0)
FLOWS = {
    "works.load_kw": 100.0,
    "works.shortfall_kw": 0.0,
    "grid.import_kw": 55.0,
    "grid.export_kw": 10.0,
    "roof.generation_kw": 55.0,
    "roof.curtailed_kw": 5.0,
}


def settled(flows: dict[str, float] | None = None, assets: dict[str, Any] | None = None, **how: Any) -> Accounts:
    roof = {"roof": pv(60.0, variable_cost=0.05)}
    park = park_of(
        {"works": {"family": "load", "profile": "need"}, **roof, **(assets or {})},
        {"capacity": 80.0, "export_limit": 20.0, "export_price": 0.3},
    )
    columns = {name: np.full(GRID.steps, value) for name, value in {**FLOWS, **(flows or {})}.items()}
    return settle(park, Table(GRID, columns), book_with(LIST, HOURS), **how)


def test_the_bill_by_hand():
    """1,320 for energy, −144 for export, and 1,760 for 80 kVA, which is less than 1,925 for 55 kW."""
    bill = settled().bill
    assert bill.by_component() == {
        "purchase": Decimal("1320.00"),
        "basic_charge": Decimal("1760.00"),
        "export": Decimal("-144.00"),
    }
    assert bill.elected == (("grid.basis", "capacity"),)
    assert bill.total_cny == Decimal("2936.00")
    assert bill.rounding_cny == pytest.approx(0.0, abs=1e-9)


def test_an_elected_basis_is_settled_though_it_costs_more():
    bill = settled(elected={"grid.basis": "demand"}).bill
    assert bill.by_component()["basic_charge"] == Decimal("1925.00")


def test_running_cost_is_not_on_the_bill():
    """2,640 kWh of PV at 0.05."""
    assert settled().operation.by_component() == {"variable_operation": Decimal("132.00")}


def test_green_shares_by_hand():
    """Self-use 2,160 of 2,880 offered; 2,160 of a load of 4,800; exported 480 of 2,880. Direct supply 2,640 less 480 of 4,800
    used. Shares of what was delivered instead of offered would be 0.818 and 0.182."""
    green = settled().green
    assert green.self_use_of_generation == pytest.approx(0.75)
    assert green.self_use_of_load == pytest.approx(0.45)
    assert green.export_share == pytest.approx(1 / 6)
    assert green.direct_share == pytest.approx(0.45)
    assert green.direct_clause_met is False


def test_a_cut_load_was_not_met_by_own_generation():
    """Half of the load is cut and the rest imported: nothing was self-used. Load less import would claim a half."""
    cut = {"works.shortfall_kw": 50.0, "grid.import_kw": 50.0, "grid.export_kw": 0.0, "roof.generation_kw": 0.0}
    green = settled({**cut, "roof.curtailed_kw": 60.0}).green
    assert green.self_use_of_load == pytest.approx(0.0)
    assert green.direct_share == pytest.approx(0.0)


def test_what_a_store_loses_fills_no_share():
    """5 kW go into a store and 4 come out: of 55 kW delivered and 10 exported the load drew 44, from 60 offered and for a load of
    100. Delivered less exported would be 45. What was used, fed in, thrown away and lost is all that was offered."""
    flows = {"store.charge_kw": 5.0, "store.discharge_kw": 4.0, "grid.import_kw": 56.0}
    green = settled(flows, {"store": battery(5.0, 5.0)}).green
    assert green.self_use_of_generation == pytest.approx(44.0 / 60.0)
    assert green.self_use_of_load == pytest.approx(0.44)
    assert green.self_use_of_generation + green.export_share + (5.0 + 1.0) / 60.0 == pytest.approx(1.0)


def test_a_store_that_only_loses_uses_nothing_itself():
    """All is imported and the store loses a kilowatt: self-use is none, not less than none; without plants there is no share."""
    flows = {"store.charge_kw": 5.0, "store.discharge_kw": 4.0, "grid.import_kw": 101.0, "grid.export_kw": 0.0}
    dark = {"roof.generation_kw": 0.0, "roof.curtailed_kw": 0.0}
    green = settled({**flows, **dark}, {"store": battery(5.0, 5.0)}).green
    assert (green.self_use_of_generation, green.self_use_of_load, green.export_share) == (None, 0.0, None)


def test_losses_are_used_electricity():
    """A store takes 5 kW and gives 4: 1 kW more is used, so 48 kWh more coal, and import covers it."""
    flows = {"store.charge_kw": 5.0, "store.discharge_kw": 4.0, "grid.import_kw": 56.0}
    lossy = settled(flows, {"store": battery(5.0, 5.0)})
    plain = settled()
    assert lossy.energy.used_kwh == plain.energy.used_kwh + 48.0
    assert lossy.carbon.energy_tce == pytest.approx(plain.carbon.energy_tce + 48.0 * 0.3 / 1_000.0)
    assert lossy.operation.by_component()["wear"] == Decimal("0.19")


def test_a_free_size_must_be_told():
    """The basic charge of a transformer that is not decided is not zero."""
    park = park_of(
        {"works": {"family": "load", "profile": "need"}, "roof": pv(60.0)},
        {"capacity": {"min": 0, "max": 80}},
    )
    columns = {name: np.full(GRID.steps, value) for name, value in FLOWS.items()}
    table, book = Table(GRID, columns), book_with(LIST, HOURS)
    with pytest.raises(KeyError, match=r"grid\.capacity_kva"):
        settle(park, table, book)
    told = settle(park, table, book, sizes={"grid.capacity_kva": 80.0})
    assert told.bill.by_component()["basic_charge"] == Decimal("1760.00")


def test_sizes_that_the_file_fixes():
    open_store = battery({"min": 0, "max": 9}, 20.0)
    park = park_of(
        {"works": {"family": "load", "profile": "need"}, "roof": pv(60.0), "store": open_store}, {"capacity": 80.0}
    )
    assert fixed_sizes(park) == {"grid.capacity_kva": 80.0, "roof.power_kw": 60.0, "store.energy_kwh": 20.0}


def test_what_was_looked_up_is_named():
    """Price list and the records of annex 4; a list without time-of-use asks for no hours."""
    used = {use.record.id for found in settled().founds for use in found.uses}
    assert "test.retail" in used
    assert "cn.park-annex4.unbacked" in used
    assert "test.hours" not in used
