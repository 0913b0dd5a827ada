"""Laws of a plan on small parks of many energies drawn at random: heat at levels, cold, gases, transformers, pipes and stores.

What holds for any of them: every bus balances, the plant does what was planned, a looser limit and a new asset never cost more, and
what cannot be supplied shows as shortfall. Two plans of equal worth differ by less than twice what each is certified to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.case import Case
from lingtan.optimize import Costs, Plan, plan
from lingtan.park import Battery, Demand, Link, Load, Stream, ThermalStore
from lingtan.terms import Readings, evaluate
from lingtan.tolerances import BALANCE_KW, GAP_RELATIVE
from tests.proofs.energy_parks import costs_at, energy_case
from tests.proofs.played import check_played
from tests.small_parks import battery, pv

SAME_WORTH = 2 * GAP_RELATIVE
CUT_CNY = 0.01
"""The price of cuts below which nothing is cut: a fifth of a watt-hour."""

BUSES: Mapping[str, Mapping[str, Any]] = {
    "low": {},
    "flue": {"carrier": "heat", "temperature": 250.0},
    "hot": {"carrier": "heat", "temperature": 85.0},
    "warm": {"carrier": "heat", "temperature": 60.0},
    "cold": {"carrier": "cooling", "temperature": 7.0},
    "gas": {"carrier": "gas", "heating_value": 10.0},
    "coke_gas": {"carrier": "byproduct_gas", "heating_value": 5.0},
}
NEEDS: Mapping[str, Mapping[str, Any]] = {
    "works": {"family": "load", "bus": "low", "profile": "load"},
    "hot_need": {"family": "demand", "bus": "hot", "profile": "hot_need"},
    "warm_need": {"family": "demand", "bus": "warm", "profile": "warm_need"},
    "cold_need": {"family": "demand", "bus": "cold", "profile": "cold_need"},
    "transformer": {"family": "transformer", "source_bus": "main", "bus": "low", "capacity": 60.0, "efficiency": 0.97},
}
"""What every park has."""
TANK = {"power": 15.0, "energy": 40.0, "standing_loss_per_day": 0.1, "wear_cost": 0.001}
LOSSY = {"charge_efficiency": 0.95, "discharge_efficiency": 0.93, "standing_loss_per_day": 0.01, "wear_cost": 0.02}
LASTING = {"life": 100, "cycle_life": 1e9}
"""Cells that do not fade: a plan knows of no fading, and full ones would take some watts less in the plant."""
CHP = {"fuel_bus": "gas", "bus": "low", "heat_bus": "hot", "power": 8.0}
MAKERS = frozenset({"store", "chp", "extraction", "orc"})
"""What gives electricity beside the grid and the sun."""
MAY_HAVE: Mapping[str, Mapping[str, Any]] = {
    "kiln": {"family": "waste_heat", "bus": "flue", "profile": "kiln", "cost": 0.01},
    "recovery": {"family": "heat_exchanger", "source_bus": "flue", "bus": "hot", "power": 12.0, "efficiency": 0.9},
    "cascade": {"family": "heat_exchanger", "source_bus": "hot", "bus": "warm", "power": 10.0},
    "pipe": {"family": "pipe", "source_bus": "hot", "bus": "warm", "limit": 8.0, "loss": 0.1, "transport_price": 0.002},
    "gas_supply": {"family": "supply", "bus": "gas", "price": 3.1},
    "boiler": {"family": "boiler", "fuel_bus": "gas", "bus": "hot", "power": 20.0, "efficiency": 0.9},
    "ovens": {"family": "byproduct", "bus": "coke_gas", "profile": "ovens", "cost": 0.05},
    "coke_boiler": {"family": "boiler", "fuel_bus": "coke_gas", "bus": "hot", "power": 15.0, "efficiency": 0.8},
    "electrode": {"family": "electric_boiler", "input": "low", "bus": "hot", "power": 20.0},
    "pump": {
        "family": "heat_pump",
        "input": "low",
        "source_bus": "warm",
        "bus": "hot",
        "power": 10.0,
        "variable_cost": 0.01,
    },
    "chiller": {"family": "compression_chiller", "input": "low", "bus": "cold", "power": 16.0, "cop": 4.0},
    "absorption": {"family": "absorption_chiller", "source_bus": "hot", "bus": "cold", "power": 9.0, "cop": 0.7},
    "chp": {"family": "chp", **CHP, "efficiency": 0.35, "power_to_heat": 0.8},
    "extraction": {"family": "chp", **CHP, "efficiency": 0.4, "power_to_heat": 0.9, "power_loss": 0.15},
    "orc": {"family": "turbine", "source_bus": "flue", "bus": "low", "power": 3.0, "efficiency": 0.12},
    "tank": {"family": "thermal_store", "bus": "hot", **TANK},
    "ice": {"family": "thermal_store", "bus": "cold", **TANK},
    "sun": pv(40.0, bus="low"),
    "store": {**battery(15.0, 40.0, reserve=0.1, charge_share=0.8), **LOSSY, **LASTING, "bus": "low"},
    "cooler": {"family": "vent", "bus": "hot", "cost": 0.03},
    "town": {"family": "sale", "bus": "warm", "price": 0.12, "limit": 6.0},
}
"""What a park may have beside it."""
ENOUGH = frozenset({"gas_supply", "boiler", "electrode", "cascade", "chiller"})
"""What serves every need, so that half of the parks can be played back."""
LOOSENED: tuple[tuple[str, str], ...] = (
    ("transformer", "capacity"),
    ("recovery", "power"),
    ("boiler", "power"),
    ("extraction", "power"),
    ("pipe", "limit"),
    ("absorption", "power"),
    ("tank", "energy"),
    ("sun", "power"),
    ("town", "limit"),
)
"""Limits that a law loosens."""


@dataclass(frozen=True)
class Draw:
    """A park in a few values, so that a failing one prints as what it is."""

    seed: int
    steps: int
    has: frozenset[str]
    import_kw: float
    export_kw: float


draws = st.builds(
    Draw,
    seed=st.integers(0, 10_000),
    steps=st.integers(3, 12),
    has=st.frozensets(st.sampled_from(sorted(MAY_HAVE))).flatmap(lambda has: st.sampled_from([has, has | ENOUGH])),
    import_kw=st.sampled_from([5.0, 25.0, 80.0]),
    export_kw=st.sampled_from([0.0, 10.0]),
)


def case_of(drawn: Draw, changed: Mapping[str, Mapping[str, Any]] | None = None) -> Case:
    """The park of a draw, with some fields of its assets changed."""
    rng, steps = np.random.default_rng(drawn.seed), drawn.steps
    series = {
        name: (unit, top * rng.random(steps))
        for name, unit, top in (
            ("load", "kW", 30.0),
            ("hot_need", "kW", 25.0),
            ("warm_need", "kW", 10.0),
            ("cold_need", "kW", 15.0),
            ("kiln", "kW", 20.0),
            ("ovens", "m3/h", 5.0),
            ("sun", "1", 1.0),
        )
    }
    assets = {**NEEDS, **{name: MAY_HAVE[name] for name in MAY_HAVE if name in drawn.has}}
    for name, fields in (changed or {}).items():
        assets[name] = {**assets[name], **fields}
    connection = {"import_limit": drawn.import_kw, "export_limit": drawn.export_kw}
    return energy_case(assets, BUSES, steps=steps, series=series, connection=connection)


def decided(case: Case, drawn: Draw) -> tuple[Plan, Costs]:
    """The plan at prices of the hour between 0.05 and 1 CNY/kWh."""
    costs = costs_at(case, np.random.default_rng(drawn.seed + 1).uniform(0.05, 1.0, case.grid.steps).tolist())
    return plan(case, costs), costs


def near_cny(case: Case, found: Plan, costs: Costs) -> float:
    """What two plans of equal worth may differ by: a share of all that the terms turn over."""
    readings = Readings(found.table.columns, case.grid.step_hours, found.sizes, found.elected)
    return SAME_WORTH * (1.0 + sum(abs(line.amount) for line in evaluate(costs.all_terms(), readings).lines))


def left_at(case: Case, found: Plan, bus: str) -> np.ndarray:
    """What flows into a bus less what flows out of it, from the names of the flows alone [the unit of its carrier]."""
    park, table, carrier_at = case.park, found.table, case.park.carrier_at()
    left = np.zeros(case.grid.steps)
    for name, connection in park.connections.items():
        if connection.bus == bus:
            left += table[f"{name}.import_kw"] - table[f"{name}.export_kw"]
    for name, asset in park.assets.items():
        match asset:
            case Load(bus=at) | Demand(bus=at) if at == bus:
                need = "load_kw" if isinstance(asset, Load) else asset.flow_at("bus", carrier_at)
                left -= (
                    table[f"{name}.{need}"]
                    - table[f"{name}.{need.replace('load', 'shortfall').replace('demand', 'shortfall')}"]
                )
            case Battery(bus=at) | ThermalStore(bus=at) if at == bus:
                left += table[f"{name}.discharge_kw"] - table[f"{name}.charge_kw"]
            case _ if isinstance(asset, Link):
                arriving, sent = table[f"{name}.forward_kw"], table[f"{name}.forward_kw"] + table[f"{name}.loss_kw"]
                left += arriving * (asset.bus == bus) - sent * (asset.source_bus == bus)
            case Load() | Demand() | Battery() | ThermalStore():
                pass
            case _:
                for port in asset.ports():
                    sign = -1.0 if port.way == "takes" else 1.0
                    left += sign * table[f"{name}.{asset.flow(port, carrier_at[port.bus])}"] * (port.bus == bus)
    return left


def check_physics(case: Case, found: Plan) -> None:
    assert found.solution.certificate.accepted
    for bus in case.park.buses:
        assert np.abs(left_at(case, found, bus)).max() <= 10 * BALANCE_KW, bus
    for name in found.table.names:
        assert found.table[name].min() >= 0.0, name
    for name, asset in case.park.assets.items():
        if isinstance(asset, Stream):
            taken, left = (found.table[f"{name}.{flow}"] for flow in asset.flows(case.park.carrier_at()))
            assert taken + left == pytest.approx(case.arising(name), abs=BALANCE_KW), name
    if found.penalty_cny <= CUT_CNY:  # a plant serves every need, so one that is cut has other flows
        check_played(case, found)


@given(draws)
@settings(max_examples=60)
def test_every_bus_balances_and_the_plant_agrees(drawn):
    """Rules out a bus that somebody forgot, a port with the wrong sign, and a plant that behaves unlike its plan."""
    case = case_of(drawn)
    check_physics(case, decided(case, drawn)[0])


def check_looser(drawn: Draw, which: int) -> None:
    there = [(name, field) for name, field in LOOSENED if name in drawn.has or name in NEEDS]
    name, field = there[which % len(there)]
    tight = case_of(drawn)
    asset = {**NEEDS, **MAY_HAVE}[name]
    loose = case_of(drawn, {name: {field: 1.5 * asset[field]}})
    (before, costs), (after, _) = decided(tight, drawn), decided(loose, drawn)
    assert after.objective_cny <= before.objective_cny + near_cny(tight, before, costs), (name, field)


@given(draws, st.integers(0, 100))
@settings(max_examples=50)
def test_a_looser_limit_never_costs_more(drawn, which):
    """Rules out a limit that works as a minimum, and a size that costs though it is fixed and paid."""
    check_looser(drawn, which)


def check_one_more(drawn: Draw, more: str) -> None:
    without, having = replace(drawn, has=drawn.has - {more}), replace(drawn, has=drawn.has | {more})
    # what arises costs when it is not used, and a reserve what it loses at rest: those two come without
    free = {more: {"cost": 0.0}} if more in ("kiln", "ovens") else {more: {"reserve": 0.0}} if more == "store" else {}
    small, large = case_of(without), case_of(having, free)
    (before, costs), (after, _) = decided(small, drawn), decided(large, drawn)
    assert after.objective_cny <= before.objective_cny + near_cny(small, before, costs), more


@given(draws, st.sampled_from(sorted(MAY_HAVE)))
@settings(max_examples=60)
def test_one_asset_more_never_costs_more(drawn, more):
    """Rules out an asset that runs though nobody asks for it, and standing losses that are paid for nothing."""
    check_one_more(drawn, more)


def check_cut(drawn: Draw, share: float) -> None:
    """With little or nothing from the grid, what cannot come from the park's own plants is reported as not served."""
    cut = replace(drawn, import_kw=drawn.import_kw * share, has=drawn.has - MAKERS)
    case = case_of(cut)
    found, _ = decided(case, cut)
    own = 40.0 * case.available_pu("sun") if "sun" in cut.has else 0.0
    least = case.need("works") - own - 0.97 * cut.import_kw
    short = found.table["works.shortfall_kw"]
    assert (short >= least - 1e-3).all()
    if not (cut.has & {"kiln", "boiler", "coke_boiler"}) and share == 0.0 and "sun" not in cut.has:
        # no fuel, no waste heat, no electricity: nothing can be warm
        for name in ("hot_need", "warm_need"):
            assert found.table[f"{name}.shortfall_kw"] == pytest.approx(case.need(name), abs=1e-3), name


@given(draws, st.sampled_from([0.0, 0.2]))
@settings(max_examples=40)
def test_a_supply_that_is_cut_shows_as_shortfall(drawn, share):
    """Rules out energy from nowhere, and a park that has no answer instead of a diagnosis."""
    check_cut(drawn, share)


@pytest.mark.long
@settings(max_examples=1500)
@given(draws, st.integers(0, 100), st.sampled_from(sorted(MAY_HAVE)), st.sampled_from([0.0, 0.2]))
def test_the_laws_of_energies_hold_for_many_more_parks(drawn, which, more, share):
    """The same laws on more than a thousand parks, six plans of each."""
    case = case_of(drawn)
    check_physics(case, decided(case, drawn)[0])
    check_looser(drawn, which)
    check_one_more(drawn, more)
    check_cut(drawn, share)
