"""Needs of heat and hydrogen that cannot be met: told in their own unit, and mended where the park is too small for them."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.advise import Remedy, Shortfall, advise, remedies, shortfall_findings, shortfalls
from lingtan.advise.upstream import upstream_of
from lingtan.case import Case
from lingtan.optimize import costs_of, plan
from tests.proofs.energy_parks import energy_case
from tests.small_parks import pv

BUSES = {"hot": {"carrier": "heat", "temperature": 85.0}, "pipe": {"carrier": "gas", "heating_value": 10.0}}


def heated(power: float, limit: float | None = None) -> Case:
    """100 kW and 60 kW of heat from a boiler that burns a tenth of a cubic meter a kilowatt-hour."""
    assets = {
        "works": {"family": "load", "profile": "need"},
        "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
        "boiler": {
            "family": "boiler",
            "fuel_bus": "pipe",
            "bus": "hot",
            "power": power,
            "efficiency": 1.0,
            "capex": 100.0,
        },
        "gas": {"family": "supply", "bus": "pipe", "price": 3.0, **({} if limit is None else {"limit": limit})},
    }
    return energy_case(assets, BUSES, steps=2, series={"need": ("kW", [10.0, 10.0]), "heat": ("kW", [100.0, 60.0])})


def mended(case: Case) -> tuple[tuple[Shortfall, ...], tuple[Remedy, ...]]:
    decided = plan(case, costs_of(case))
    short = shortfalls(case, decided)
    return short, remedies(case, decided, short)


def test_a_boiler_too_small_is_raised_to_the_need() -> None:
    """80 kW against 100: 20 kWh lack in one hour, and 20 kW more burn 2 m3, 6 CNY. Silence would end a cold park with status 0."""
    (short,), (remedy,) = mended(heated(80.0))
    assert (short.load, short.unit, short.rate_unit, short.hours) == ("heating", "kWh", "kW", 1.0)
    assert (short.amount, short.most) == (pytest.approx(20.0, rel=1e-5), pytest.approx(20.0, rel=1e-5))
    assert {change.cell: (change.now, change.then) for change in remedy.changes} == {
        "assets.boiler.power": (80.0, 100.0)
    }
    assert remedy.cost_cny == pytest.approx(6.0, abs=0.1)  # and 20 kW more for two hours of the year


def test_what_feeds_the_boiler_is_looked_at_too() -> None:
    """8 m3/h carry 80 kW: the boiler is large enough, its pipe is not. Looking at the hot bus alone finds no remedy."""
    (short,), (remedy,) = mended(heated(150.0, limit=8.0))
    assert short.amount == pytest.approx(20.0, rel=1e-5)
    assert {change.cell: (change.now, change.then) for change in remedy.changes} == {"assets.gas.limit": (8.0, 10.0)}


def test_hydrogen_lacks_kilograms() -> None:
    """Rules out a shortfall of hydrogen in kilowatt-hours, and one below a watt's worth that is told."""
    assets = {
        "fueling": {"family": "demand", "bus": "h2", "profile": "fuel"},
        "trucks": {"family": "supply", "bus": "h2", "price": 30.0, "limit": 4.0},
    }
    case = energy_case(assets, {"h2": {"carrier": "hydrogen"}}, series={"fuel": ("kg/h", [5.0])})
    decided = plan(case, costs_of(case))
    advice = advise(case, costs_of(case), decided)
    (line, _) = [found.text("en") for found in shortfall_findings(case, advice)]
    assert line == (
        "advise.shortfall-mendable: assets.fueling: this need cannot be met: 1 kg are missing in 1 h, at most 1 kg/h, first at "
        "2025-03-03 00:00. The cheapest remedy is assets.trucks.limit from 4 kg/h to 5 kg/h: the studied period then costs 30.00 "
        "CNY more."
    )


def test_upstream_goes_through_every_chain_and_stops() -> None:
    """Heat hangs on gas, not on electricity that nothing turns into it."""
    assert upstream_of(heated(80.0).park, "hot") == {"hot", "pipe"}


def test_what_feeds_a_bus_through_a_way_of_both_directions_is_upstream() -> None:
    """The plants behind a transformer that goes both ways may be what is too small; from its other end as well."""
    both = {"family": "transformer", "source_bus": "main", "bus": "low", "capacity": 9.0, "two_way": True}
    case = energy_case({"works": {"family": "load", "bus": "low", "profile": "need"}, "t": both}, {"low": {}})
    assert upstream_of(case.park, "low") == upstream_of(case.park, "main") == {"main", "low"}


LOW = {"family": "load", "bus": "low", "profile": "need"}
HYDROGEN = {"low": {}, "h2": {"carrier": "hydrogen"}, "far": {"carrier": "hydrogen"}}


def cells(
    assets: dict[str, Any], series: dict[str, tuple[str, list[float]]], **parts: Any
) -> list[tuple[str, float, float]]:
    case = energy_case(assets, HYDROGEN, steps=2, series=series, **parts)
    return [(each.cell, each.now, each.then) for remedy in mended(case)[1] for each in remedy.changes]


def test_electricity_behind_a_transformer_or_a_fuel_cell_is_looked_for_there() -> None:
    """100 kW at the bus `low`, which no connection feeds. Looked for at that bus alone nothing mended it."""
    need = {"need": ("kW", [100.0, 50.0])}
    way = {"family": "transformer", "source_bus": "main", "bus": "low", "power_factor": 1.0, "efficiency": 1.0}
    assert cells({"works": LOW, "way": {**way, "capacity": 60.0}}, need) == [("assets.way.capacity", 60.0, 100.0)]
    near = {"works": LOW, "way": {**way, "capacity": 200.0}}
    assert cells(near, need, connection={"capacity": 60.0}) == [("connections.grid.capacity", 60.0, 100.0)]
    cell = {"family": "fuel_cell", "fuel_bus": "h2", "bus": "low", "power": 60.0, "efficiency": 0.5}
    fed = {"works": LOW, "cell": cell, "gas": {"family": "supply", "bus": "h2", "price": 20.0}}
    assert cells(fed, need) == [("assets.cell.power", 60.0, 100.0)]


def test_a_pipe_and_a_tank_that_give_too_slowly_are_raised() -> None:
    """9 kg/h against 4 of a pipe; 9 against 6 of a purchase and 2 of a tank. The pipe ended the whole advice in an error, and
    the tank's rate was not looked at. A larger purchase is used as it comes, for a tank wears: 9 and not 7."""
    fueling = {"family": "demand", "bus": "h2", "profile": "fuel"}
    pipe = {"family": "pipe", "source_bus": "far", "bus": "h2", "limit": 4.0}
    far = {"family": "supply", "bus": "far", "price": 30.0}
    fuel = {"fuel": ("kg/h", [1.0, 9.0])}
    assert cells({"fueling": fueling, "pipe": pipe, "far": far}, fuel) == [("assets.pipe.limit", 4.0, 9.0)]
    tank = {"family": "hydrogen_tank", "bus": "h2", "mass": 100.0, "charge_limit": 9.0, "discharge_limit": 2.0}
    near = {"family": "supply", "bus": "h2", "price": 30.0, "limit": 6.0}
    found = cells({"fueling": fueling, "tank": tank, "near": near}, fuel)
    assert sorted(found) == [("assets.near.limit", 6.0, 9.0), ("assets.tank.discharge_limit", 2.0, 3.0)]


def test_full_roofs_behind_a_boiler_do_not_end_the_advice() -> None:
    """PV on roofs that are full feeds the boiler that is too small: raised beyond them, the park was refused and nothing said."""
    roofed = {**pv({"min": 0.0, "max": 50.0}), "bus": "main", "roof": {"area": 500.0, "power_per_area": 0.1}}
    boiler = {
        "family": "electric_boiler",
        "input": "main",
        "bus": "hot",
        "power": 50.0,
        "efficiency": 1.0,
        "capex": 1.0,
    }
    assets = {"pv": roofed, "boiler": boiler, "heating": {"family": "demand", "bus": "hot", "profile": "heat"}}
    case = energy_case(assets, BUSES, steps=2, series={"sun": ("1", [1.0, 1.0]), "heat": ("kW", [100.0, 60.0])})
    (remedy,) = mended(case)[1]
    assert [(each.cell, each.then) for each in remedy.changes] == [("assets.boiler.power", 100.0)]
