"""Remedies: the cells to change, the values that are enough, the price; each proven by planning again."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.advise import Remedy, Shortfall, applied, remedies, shortfalls
from lingtan.case import Case
from lingtan.optimize import costs_of, plan
from lingtan.optimize.plan import Form
from tests.proofs.energy_parks import energy_case
from tests.small_parks import battery, hours_grid, pv, small_case

NEED = [600.0, 600.0, 900.0, 600.0]
SUN = {"sun": [1.0, 1.0, 0.5, 1.0]}


def found_in(case: Case, form: Form = "relaxed") -> tuple[Remedy, ...]:
    """The remedies of a case as it stands."""
    decided = plan(case, costs_of(case), form=form)
    return remedies(case, decided, shortfalls(case, decided))


def cells_of(remedy: Remedy) -> dict[str, tuple[float, float]]:
    return {change.cell: (change.now, change.then) for change in remedy.changes}


def test_an_import_limit_below_the_load_names_the_limit_and_the_missing_power() -> None:
    """900 kW are needed and 700 may be drawn: the remedy is 900 kW of import. Doubling everything would say more."""
    (only,) = found_in(small_case(NEED, connection={"import_limit": 700.0}))
    assert cells_of(only) == {"connections.grid.import_limit": (700.0, 900.0)}
    # the 200 kWh that were cut are bought at 0.5 CNY/kWh, and nothing else changes
    assert only.cost_cny == pytest.approx(100.0, rel=1e-6)


def test_a_capacity_below_the_load_is_raised_to_the_peak() -> None:
    """In kVA: at a power factor of 0.9, 900 kW take 1,000 kVA."""
    (only,) = found_in(small_case(NEED, connection={"capacity": 700.0, "power_factor": 0.9}))
    assert cells_of(only) == {"connections.grid.capacity": (700.0, 1000.0)}


def test_a_plant_that_is_on_or_off_is_so_in_its_remedy_too() -> None:
    """80 kW of load beside a boiler that runs at 32 kW or not at all: 112 kW. In parts of a boiler 20 kW would serve the heat, and
    nothing be said; or a limit that mends nothing once whoever planned it plans again."""
    boiler = {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 40.0, "efficiency": 1.0}
    assets = {
        "works": {"family": "load", "profile": "need"},
        "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
        "boiler": boiler | {"commitment": {"minimum_load": 0.8, "start_cost": 0.1}},
        "cooler": {"family": "vent", "bus": "hot"},
    }
    series = {"need": ("kW", [80.0]), "heat": ("kW", [20.0])}
    case = energy_case(assets, HOT, series=series, connection={"import_limit": 100.0})
    (only,) = found_in(case, "committed")
    assert cells_of(only) == {"connections.grid.import_limit": (100.0, 112.0)}


HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}


def test_a_limit_that_the_capacity_stops_short_is_raised_with_it() -> None:
    """700 kW agreed on 800 kVA: raising the agreed limit alone serves 800 kW, and 100 kW stay dark."""
    (only,) = found_in(small_case(NEED, connection={"capacity": 800.0, "import_limit": 700.0}))
    assert cells_of(only) == {
        "connections.grid.import_limit": (700.0, 900.0),
        "connections.grid.capacity": (800.0, 900.0),
    }


def test_a_dark_plant_is_no_remedy_and_the_cheapest_comes_first() -> None:
    """The sun does not shine in the short hour: more PV mends nothing and must not be offered. A larger battery does."""
    assets = {"pv": pv(100.0), "store": battery(50.0, 50.0, capex_energy=1000.0)}
    case = small_case(NEED, assets, series={"sun": [1.0, 1.0, 0.0, 1.0]}, connection={"import_limit": 700.0})
    found = found_in(case)
    assert [set(cells_of(one)) for one in found] == [
        {"connections.grid.import_limit"},
        {"assets.store.energy", "assets.store.power"},
    ]


def test_free_energy_is_not_bought_without_end() -> None:
    """PV that costs nothing would be built to any bound; 75 kW short at half sun ask for 150 kW more, and no more."""
    case = small_case(NEED, {"pv": pv({"min": 0.0, "max": 50.0})}, series=SUN, connection={"capacity": 800.0})
    assert cells_of(found_in(case)[0]) == {"assets.pv.power.max": (50.0, 200.0)}


def roofed(area_m2: float, **connection: float) -> Case:
    """PV of 50 kW on roofs that carry 0.1 kW a square meter, and 75 kW short at half sun: 200 kW would be enough."""
    roof = {"area": area_m2, "power_per_area": 0.1}
    assets = {"pv": pv({"min": 0.0, "max": 50.0}, roof=roof)}
    return small_case(NEED, assets, series=SUN, connection={"capacity": 800.0, **connection})


def test_a_plant_is_raised_within_its_roofs() -> None:
    """Rules out a remedy that no roof carries, and planning one at all: twice the need would be 1,800 kW. 2,000.4 m2 carry
    200.04 kW, 1,000 m2 carry 100 kW and mend nothing, 500 m2 are full already."""
    assert cells_of(found_in(roofed(2000.4))[0]) == {"assets.pv.power.max": (50.0, 200.0)}
    for area in (1000.0, 500.0):
        assert [set(cells_of(one)) for one in found_in(roofed(area))] == [{"connections.grid.capacity"}]


def test_a_value_is_not_rounded_up_beyond_the_roofs() -> None:
    """With 799.99 kVA, 200.02 kW are enough: a tenth of a kilowatt up is 200.1, which 2,000.4 m2 do not carry."""
    case = roofed(2000.4, capacity=799.99)
    plant = next(one for one in found_in(case) if "assets.pv.power.max" in cells_of(one))
    assert cells_of(plant) == {"assets.pv.power.max": (50.0, pytest.approx(200.04))}
    assert applied(case.park, plant).assets["pv"].power.max == pytest.approx(200.04)


def test_where_nothing_is_short_nothing_is_proposed() -> None:
    """Asked about a plan that serves all, no remedy may claim to save or cost money."""
    assert found_in(small_case(NEED)) == ()


PARKS: dict[str, dict[str, Any]] = {
    "agreed limit": {"connection": {"import_limit": 700.0}},
    "capacity and limit": {"connection": {"capacity": 800.0, "import_limit": 700.0, "power_factor": 0.95}},
    "free capacity": {"connection": {"capacity": {"min": 500.0, "max": 800.0}}},
    "plants": {
        "assets": {"pv": pv({"min": 0.0, "max": 50.0}, capex=500.0), "fixed": pv(10.0)},
        "series": SUN,
        "connection": {"import_limit": 800.0},
    },
    "battery": {
        "assets": {"store": battery({"min": 0.0, "max": 20.0}, 40.0, capex_energy=900.0)},
        "connection": {"import_limit": 750.0},
    },
}


@pytest.mark.parametrize("name", PARKS)
def test_a_remedy_typed_into_the_file_mends_the_shortfall_at_its_price(name: str) -> None:
    """Applied as a user would, cell by cell, and planned again: rules out a remedy that names only half of what it needs,
    a value rounded down, a price of another plan, and an order that hides the cheapest."""
    parts = dict(PARKS[name])
    case = small_case(NEED, parts.pop("assets", None), **parts)
    before = plan(case, costs_of(case))
    found = remedies(case, before, shortfalls(case, before))
    assert found
    paid_before = before.objective_cny - 50.0 * float(before.table["shortfall_kw"].sum())
    for remedy in found:
        changed = case.with_park(applied(case.park, remedy))
        mended = plan(changed, costs_of(changed))
        assert shortfalls(changed, mended) == ()
        assert mended.objective_cny - paid_before == pytest.approx(remedy.cost_cny, rel=1e-3, abs=0.01)
    assert found[0].cost_cny == min(remedy.cost_cny for remedy in found)


def test_hours_and_depth_of_a_shortfall() -> None:
    """2 kW for 00:15 to 00:45 and 1 kW from 01:15: two spells, 1.25 kWh, at most 2 kW. Dust below a watt is none."""
    grid = hours_grid(6, step_minutes=15)
    case = small_case([10.0, 12.0, 12.0, 10.0, 10.0, 11.0], connection={"import_limit": 10.0}, grid=grid)
    (short,) = shortfalls(case, plan(case, costs_of(case)))
    assert short == Shortfall(
        load="works",
        amount=pytest.approx(1.25),
        unit="kWh",
        hours=0.75,
        most=pytest.approx(2.0),
        rate_unit="kW",
        spells=2,
        first="2025-03-03 00:15",
        last="2025-03-03 01:15",
        clock="00:00–02:00",
        months="2025-03",
    )
