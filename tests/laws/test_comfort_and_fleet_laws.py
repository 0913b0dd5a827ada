"""Laws of rooms within a band of temperature and of fleets of vehicles: what they hold and miss, and that freedom costs nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.account.energy import energy_of
from lingtan.case import Case
from lingtan.optimize import Plan, plan
from lingtan.plant.clipped import clipped
from lingtan.plant.ev_fleet import charging_on_arrival
from lingtan.plant.thermostatic_load import missing_kw
from tests.proofs.energy_parks import costs_at, energy_case
from tests.proofs.played import play
from tests.small_parks import battery, pv

STEPS = 12
PRICES = st.lists(st.sampled_from([-0.1, 0.2, 0.5, 1.1, 3.0]), min_size=STEPS, max_size=STEPS)
OUTSIDE = st.lists(st.floats(-20.0, 40.0), min_size=STEPS, max_size=STEPS)
PAID = st.lists(st.sampled_from([0.2, 0.5, 1.1, 3.0]), min_size=STEPS, max_size=STEPS)
PARKED = st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=STEPS, max_size=STEPS)
PLAYED_KW = 0.02
"""What a solver leaves in each step adds up in stores: twelve steps of a watt each, and what of it a full store cannot take."""
SITE = {"zone": "Asia/Shanghai", "temperature": "air"}


def planned(case: Case, price: list[float]) -> Plan:
    return plan(case, costs_at(case, price))


def room_case(outside: list[float], **more: Any) -> Case:
    hull = {"heat_capacity": 12.0, "heat_loss": 3.0, "power": 60.0, "cop": 2.0}
    asset = {"family": "thermostatic_load", "need": "heating", "low": 19.0, "high": 23.0, **hull, **more}
    return energy_case({"room": asset}, steps=STEPS, series={"air": ("°C", outside)}, site=SITE)


def fleet_case(parked: list[float], **more: Any) -> Case:
    size = {"vehicles": 20, "battery": 40.0, "vehicle_power": 9.0, "power": 120.0, "trip": 15.0, "v2g": 1.0}
    assets = {
        "fleet": {"family": "ev_fleet", "plugged": "parked", **size, **more},
        "works": {"family": "load", "profile": "need"},
    }
    series = {"parked": ("1", parked), "need": ("kW", [80.0] * STEPS)}
    return energy_case(assets, steps=STEPS, series=series)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=20),
    st.sampled_from([1e-3, 0.5, 0.99, 1.0]),
    st.floats(-5.0, 0.0),
    st.floats(0.0, 5.0),
)
def test_steps_together_are_steps_one_by_one(added: list[int], factor: float, least: float, most: float) -> None:
    """A circle gone around a step at a time, until it is the same again. Rules out a step that is left out or put twice."""
    content = most
    for _ in range(2500 // len(added) + 1):
        path = []
        for each in added:
            content = min(max(factor * content + each, least), most)
            path.append(content)
    assert clipped(factor, added, least, most) == pytest.approx(path, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(OUTSIDE, PRICES, st.sampled_from(["heating", "cooling"]), st.sampled_from([8.0, 60.0]))
def test_a_room_follows_its_equation_within_its_band(
    outside: list[float], price: list[float], need: str, power: float
) -> None:
    """Each hour it goes a share 1 − exp(−K/C) of the way to where it would end; it never needs what it does not get, and misses
    only what no schedule could give."""
    case = room_case(outside, need=need, power=power)
    found = planned(case, price)
    inside, taken = found.table["room.temperature_c"], found.table["room.load_kw"]
    sign = 1.0 if need == "heating" else -1.0
    aim = np.array(outside) + sign * 2.0 * taken / 3.0
    assert inside == pytest.approx(aim + (np.roll(inside, 1) - aim) * np.exp(-3.0 / 12.0), abs=1e-3)
    assert (sign * inside >= sign * (19.0 if need == "heating" else 23.0) - 1e-3).all()
    warmest = full = 23.0 if need == "heating" else -19.0
    for each in 5 * outside:  # a room that is full, left to the weather, time and again
        full = max(warmest, sign * each + (full - sign * each) * np.exp(-3.0 / 12.0))
    for step, each in enumerate(outside):
        full = max(warmest, sign * each + (full - sign * each) * np.exp(-3.0 / 12.0))
        assert sign * inside[step] <= full + 0.02 * 4.0 + 1e-3
    least = float(missing_kw(case.park.assets["room"], case.room("room")).sum())
    assert found.table["room.shortfall_kw"].sum() == pytest.approx(least, abs=1e-2, rel=1e-4)


@settings(max_examples=12, deadline=None)
@given(OUTSIDE, PRICES, st.floats(0.0, 3.0))
def test_a_wider_band_never_costs_more(outside: list[float], price: list[float], wider: float) -> None:
    """Warmer than before is allowed, not asked for. Rules out an upper end that works as a set-point."""
    narrow, wide = (planned(room_case(outside, high=high), price) for high in (20.0, 20.0 + wider))
    assert wide.objective_cny <= narrow.objective_cny + 1e-4 * (1.0 + abs(narrow.objective_cny))


@settings(max_examples=20, deadline=None)
@given(PARKED, PRICES, st.sampled_from([0.0, 0.5]), st.sampled_from([10.0, 120.0]))
def test_a_fleet_stays_in_its_envelope(parked: list[float], price: list[float], v2g: float, power: float) -> None:
    """What it holds is what it held, with what went in and out; nobody charges who is not there; and it misses what uncontrolled
    charging misses, no less and no more. The park's account closes."""
    case = fleet_case(parked, v2g=v2g, power=power)
    found = planned(case, price)
    table = found.table
    charge, discharge, driven = (table[f"fleet.{flow}_kw"] for flow in ("charge", "discharge", "driven"))
    held = table["fleet.soc"] * 800.0
    assert held == pytest.approx(np.roll(held, 1) + 0.92 * charge - discharge / 0.92 - driven, abs=1e-2)
    most = np.minimum(180.0 * np.array(parked), power)
    assert (charge <= most + 1e-3).all()
    assert (discharge <= v2g * most + 1e-3).all()
    leaving = np.maximum(np.array(parked) - np.roll(parked, -1), 0.0)
    assert table["fleet.driving_kw"] == pytest.approx(300.0 * leaving)
    away = 1.0 - np.array(parked) + leaving
    assert (held >= 20 * 21.0 * away - 1e-2).all()
    assert (held <= 20 * (21.0 * away + 40.0 * (1.0 - away)) + 1e-2).all()
    least = float(charging_on_arrival(case.park.assets["fleet"], case.envelope("fleet"))[1].sum())
    assert table["fleet.shortfall_kw"].sum() == pytest.approx(least, abs=2e-2, rel=1e-4)
    given = table["import_kw"] + table["discharge_kw"] + table["shortfall_kw"]
    assert given == pytest.approx(table["load_kw"] + table["export_kw"] + table["charge_kw"], abs=1e-3)
    account = energy_of(case.park, table)
    given_kwh = account.import_kwh + account.shortfall_kwh
    assert given_kwh == pytest.approx(account.load_kwh + account.export_kwh + account.losses_kwh, abs=1e-2)


@settings(max_examples=12, deadline=None)
@given(PARKED, PRICES, st.floats(0.1, 1.0))
def test_giving_back_never_costs_more(parked: list[float], price: list[float], v2g: float) -> None:
    """More of the power may be given back: never dearer than less of it, and never dearer than charging alone."""
    costs = [planned(fleet_case(parked, v2g=share), price).objective_cny for share in (0.0, 0.5 * v2g, v2g)]
    slack = 1e-4 * (1.0 + abs(costs[0]))
    assert costs[2] <= costs[1] + slack
    assert costs[1] <= costs[0] + slack


@settings(max_examples=12, deadline=None)
@given(PARKED, st.lists(st.floats(-20.0, 18.0), min_size=STEPS, max_size=STEPS), PAID, st.sampled_from([60.0, 400.0]))
def test_together_every_bus_balances_and_the_plant_agrees(
    parked: list[float], outside: list[float], price: list[float], import_kw: float
) -> None:
    """A hall by electricity, a flat by a heat pump on a bus of heat, a fleet, sun and a battery. Rules out a flow that one of them
    takes and no total counts, and a plant that behaves unlike its plan."""
    hull = {"need": "heating", "low": 19.0, "high": 23.0, "heat_capacity": 12.0, "heat_loss": 2.0, "power": 100.0}
    size = {"vehicles": 20, "battery": 40.0, "vehicle_power": 9.0, "power": 120.0, "trip": 15.0, "v2g": 0.5}
    assets = {
        "works": {"family": "load", "profile": "need"},
        "fleet": {"family": "ev_fleet", "plugged": "parked", **size},
        "hall": {"family": "thermostatic_load", **hull, "cop": 2.5},
        "flat": {"family": "thermostatic_load", **hull, "bus": "warm"},
        "pump": {"family": "heat_pump", "input": "main", "bus": "warm", "power": 90.0, "cop": 3.0},
        "sun": pv(50.0),
        "store": battery(15.0, 40.0),
    }
    series = {
        "parked": ("1", parked),
        "air": ("°C", outside),
        "need": ("kW", [40.0] * STEPS),
        "sun": ("1", [0.0, 0.5, 1.0] * 4),
    }
    connection = {"import_limit": import_kw, "export_limit": 30.0}
    case = energy_case(
        assets, {"warm": {"carrier": "heat"}}, steps=STEPS, series=series, site=SITE, connection=connection
    )
    found = planned(case, price)
    table = found.table
    given = sum(table[f"{flow}_kw"] for flow in ("import", "generation", "discharge", "shortfall"))
    assert given == pytest.approx(sum(table[f"{flow}_kw"] for flow in ("load", "export", "charge")), abs=1e-3)
    assert table["pump.heat_kw"] == pytest.approx(table["flat.load_kw"] - table["flat.shortfall_kw"], abs=1e-3)
    if found.penalty_cny <= 0.01:
        for name, flow in play(case, found).items():
            assert flow == pytest.approx(table[name], abs=PLAYED_KW, rel=1e-4), name
