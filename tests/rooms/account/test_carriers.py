"""The account of other carriers: both sides of each bus are equal, and nothing is counted on the wrong one."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.account import carriers_of
from lingtan.optimize import plan
from lingtan.series import Table
from tests.proofs.energy_parks import costs_at, energy_case

BUSES = {"hot": {"carrier": "heat", "temperature": 85.0}, "pipe": {"carrier": "gas", "heating_value": 10.0}}
ASSETS = {
    "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
    "boiler": {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 80.0, "efficiency": 1.0},
    "gas": {"family": "supply", "bus": "pipe", "price": 3.0},
    "chimney": {"family": "vent", "bus": "hot", "cost": 0.1},
    "flue": {"family": "waste_heat", "bus": "hot", "profile": "flue"},
}


def balances():
    series = {"heat": ("kW", [100.0, 20.0]), "flue": ("kW", [10.0, 50.0])}
    case = energy_case(ASSETS, BUSES, steps=2, series=series)
    return case, plan(case, costs_at(case)).table


def test_given_and_taken_are_equal_at_every_bus() -> None:
    """100 kW of need, 10 from the flue, 80 from the boiler: 10 lack. Then 20 of 50 kW of the flue are taken, and 30 never come.
    Counted as given, those 30 would be a loss of the bus; counted as vented, somebody would have paid for a chimney."""
    case, table = balances()
    hot, pipe = carriers_of(case.park, table)
    assert (hot.bus, hot.carrier, hot.unit, pipe.unit) == ("hot", "heat", "kWh", "m3")
    assert hot.given == pytest.approx({"boiler": 80.0, "flue": 30.0}, abs=1e-2)
    assert hot.taken == pytest.approx({"heating": 120.0, "chimney": 0.0}, abs=1e-2)
    assert (hot.shortfall, hot.vented, hot.unused) == pytest.approx((10.0, 0.0, 30.0), abs=1e-2)
    assert sum(hot.given.values()) + hot.shortfall == pytest.approx(hot.total, abs=1e-2)
    assert (pipe.given, pipe.taken) == ({"gas": pytest.approx(8.0, abs=1e-3)}, {"boiler": pytest.approx(8.0, abs=1e-3)})


def test_a_metered_table_without_the_flows_of_a_bus_has_no_balance_of_it() -> None:
    """A bill of metered electricity knows nothing of heat: rules out a balance of zeros."""
    case, table = balances()
    metered = Table(
        table.grid, {name: np.asarray(table[name]) for name in table.names if not name.startswith("boiler")}
    )
    assert carriers_of(case.park, metered) == ()


def test_a_pipe_takes_more_than_it_gives() -> None:
    """40 kW arrive of 50 sent: the far bus gets 40, the near one gives 50, and both close. Either figure at both would leave 10."""
    buses = {"near": {"carrier": "heat", "temperature": 90.0}, "far": {"carrier": "heat", "temperature": 80.0}}
    assets = {
        "heating": {"family": "demand", "bus": "far", "profile": "heat"},
        "kettle": {"family": "electric_boiler", "input": "main", "bus": "near", "power": 90.0, "efficiency": 1.0},
        "pipe": {"family": "pipe", "source_bus": "near", "bus": "far", "loss": 0.2},
    }
    case = energy_case(assets, buses, steps=1, series={"heat": ("kW", [40.0])})
    near, far = carriers_of(case.park, plan(case, costs_at(case)).table)
    assert (near.given, near.taken) == (
        {"kettle": pytest.approx(50.0, abs=1e-2)},
        {"pipe": pytest.approx(50.0, abs=1e-2)},
    )
    assert (far.given, far.taken) == (
        {"pipe": pytest.approx(40.0, abs=1e-2)},
        {"heating": pytest.approx(40.0, abs=1e-2)},
    )


def test_a_steady_flow_of_little_mass_is_counted() -> None:
    """0.9 kg/h of a material in t/h are 7.9 t a year. Rules out a threshold of 0.001 for every unit: a watt in kW, a kilogram in
    t/h; what is below a watt's like (0.00001 kg/h) is what a solver leaves."""
    assets = {
        "mill": {"family": "demand", "bus": "ore", "profile": "mill"},
        "dust": {"family": "demand", "bus": "ore", "profile": "dust"},
        "mine": {"family": "supply", "bus": "ore", "price": 1.0},
    }
    series = {"mill": ("t/h", [0.0009, 0.0009]), "dust": ("t/h", [1e-8, 1e-8])}
    case = energy_case(assets, {"ore": {"carrier": "material"}}, steps=2, series=series)
    table = plan(case, costs_at(case)).table
    columns = {**table.columns, "mill.demand_t_per_h": np.full(2, 0.0009), "mine.supply_t_per_h": np.full(2, 0.0009)}
    (ore,) = carriers_of(case.park, Table(case.grid, columns))
    assert ore.taken == pytest.approx({"mill": 0.0018, "dust": 0.0}, rel=1e-9)
    assert ore.given == pytest.approx({"mine": 0.0018}, rel=1e-9)
