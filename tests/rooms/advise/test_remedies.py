"""Remedies: the cell to change, the value that is enough, the price; each proven by planning again."""

from __future__ import annotations

import pytest

from lingtan.advise import remedies
from lingtan.optimize import costs_of, plan
from tests.small_parks import battery, pv, small_case

NEED = [600.0, 600.0, 900.0, 600.0]


def test_an_import_limit_below_the_load_names_the_limit_and_the_missing_power() -> None:
    """900 kW are needed and 700 may be drawn: the remedy is 900 kW of import. Doubling everything would say more."""
    case = small_case(NEED, connection={"import_limit": 700.0})
    found = remedies(case, plan(case, costs_of(case)))
    assert [(one.cell, one.unit, one.now) for one in found] == [("connections.grid.import_limit", "kW", 700.0)]
    assert found[0].then == pytest.approx(900.0, rel=1e-6)
    # the 200 kWh that were cut are bought at 0.5 CNY/kWh, and nothing else changes
    assert found[0].cost_cny == pytest.approx(100.0, rel=1e-6)


def test_a_capacity_below_the_load_is_raised_to_the_peak() -> None:
    case = small_case(NEED, connection={"capacity": 700.0})
    found = remedies(case, plan(case, costs_of(case)))
    assert [one.cell for one in found] == ["connections.grid.capacity"]
    assert found[0].then == pytest.approx(900.0, rel=1e-6)


def test_a_dark_plant_is_no_remedy_and_the_cheapest_comes_first() -> None:
    """The sun does not shine in the short hour: more PV mends nothing and must not be offered. A larger battery does."""
    assets = {"pv": pv(100.0), "store": battery(50.0, 50.0, capex_energy=1000.0)}
    case = small_case(NEED, assets, series={"sun": [1.0, 1.0, 0.0, 1.0]}, connection={"import_limit": 700.0})
    found = remedies(case, plan(case, costs_of(case)))
    cells = [one.cell for one in found]
    assert "assets.pv.power" not in cells
    assert cells[0] == "connections.grid.import_limit"
    assert [one.cost_cny for one in found] == sorted(one.cost_cny for one in found)


def test_where_nothing_is_short_a_remedy_costs_nothing() -> None:
    """Asked about a plan that serves all, no remedy may claim to save or cost money by itself."""
    case = small_case(NEED)
    assert all(abs(one.cost_cny) < 1e-3 for one in remedies(case, plan(case, costs_of(case))))
