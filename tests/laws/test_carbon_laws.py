"""Laws of the carbon account: the park is the sum of its members, tonnes are linear, a trace invents no green electricity."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lingtan.carbon import activity_lines, activity_rules, carbon_account, trace
from lingtan.carbon.lines import emissions_of, energy_of_lines
from lingtan.park import Activity, Park
from lingtan.rulebook import Place
from lingtan.series import Table
from tests.small_parks import battery, hours_grid, park_of, pv, shipped

REL = 1e-9
STEPS = 6
MEMBERS = ("mill", "shop")
OWNERS = st.sampled_from([None, *MEMBERS])
MASSES = st.floats(0.0, 1e6).map(lambda mass: f"{mass!r} t")
VOLUMES = st.floats(0.0, 1e9).map(lambda volume: f"{volume!r} m3")
HEATS = st.floats(0.0, 1e7)
USES = st.sampled_from(["fuel", "conversion_input", "conversion_output", "feedstock", "recovered"])

FUEL_USES = st.fixed_dictionaries(
    {"kind": st.just("fuel_use"), "member": OWNERS, "use": USES},
).flatmap(
    lambda use: st.one_of(
        st.builds(
            lambda fuel, mass: {**use, "fuel": fuel, "quantity": mass},
            st.sampled_from(["diesel", "bituminous"]),
            MASSES,
        ),
        st.builds(
            lambda fuel, volume: {**use, "fuel": fuel, "quantity": volume},
            st.sampled_from(["natural_gas", "blast_furnace_gas"]),
            VOLUMES,
        ),
    )
)
HEAT_TRADES = st.fixed_dictionaries(
    {
        "kind": st.just("heat"),
        "direction": st.sampled_from(["bought", "sold"]),
        "source": st.sampled_from(["fossil", "non_fossil"]),
        "quantity": HEATS,
    }
).flatmap(
    lambda heat: st.sampled_from(
        [{**heat, "member": None}, {**heat, "member": "shop"}, {**heat, "member": "mill", "partner": "shop"}]
    )
)
PROCESSES = st.fixed_dictionaries(
    {
        "kind": st.just("process"),
        "member": OWNERS,
        "product": st.just("lime"),
        "quantity": st.floats(0.0, 1e6),
        "factor": st.floats(0.0, 2.0),
        "factor_source": st.just("verification report"),
    }
)
BUNKERS = st.fixed_dictionaries({"kind": st.just("bunker"), "fuel": st.just("diesel"), "quantity": MASSES})
ACTIVITIES = st.lists(FUEL_USES | HEAT_TRADES | PROCESSES | BUNKERS, max_size=6)
PURCHASES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["gec", "green_trade"]),
            "member": OWNERS,
            "quantity": st.floats(0.0, 1e4),
            "vintage": st.just(2025),
        }
    ),
    max_size=3,
)
SHARES = arrays(np.float64, STEPS, elements=st.floats(0.0, 1.0), fill=st.nothing())
POWERS = arrays(np.float64, STEPS, elements=st.floats(0.0, 1e4).map(lambda power: round(power, 3)), fill=st.nothing())


def park_with(activities: Sequence[dict[str, Any]], purchases: Sequence[dict[str, Any]] = ()) -> Park:
    words = {"en": "A member.", "zh": "企业。"}
    line = {"family": "firm_line", "source": "fossil", "power": 1e6, "price": 0.3, "legal_basis": "a contract"}
    return park_of(
        {
            "mill": {"family": "load", "profile": "need", "member": "mill"},
            "shop": {"family": "load", "profile": "need", "member": "shop"},
            "dorms": {"family": "load", "profile": "need"},
            "roof": pv(1e6),
            "plant": line,
            "cells": battery(1e6, 1e6),
        },
        members={name: {"name": words} for name in MEMBERS},
        activities=activities,
        green_purchases=purchases,
    )


@cache
def bare_park() -> Park:
    return park_with(())


@st.composite
def balanced_flows(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Flows of a few steps that balance: storage takes in the first half and gives out less in the second."""
    taken, roof, plant = draw(POWERS), draw(POWERS), draw(POWERS)
    arriving = taken + roof + plant
    sent = draw(SHARES) * (roof + plant)
    first = np.arange(STEPS) < STEPS // 2
    charge = np.where(first, draw(SHARES) * (arriving - sent), 0.0)
    discharge = np.where(first, 0.0, draw(SHARES) * charge.sum() / STEPS)
    sent = sent + np.where(first, 0.0, draw(SHARES) * discharge)
    load = np.maximum(arriving + discharge - charge - sent, 0.0)
    mill, shop = draw(SHARES) * load, draw(SHARES) * load
    return {
        "grid.import_kw": taken,
        "grid.export_kw": sent,
        "roof.generation_kw": roof,
        "plant.generation_kw": plant,
        "cells.charge_kw": charge,
        "cells.discharge_kw": discharge,
        "mill.load_kw": mill / 2,
        "shop.load_kw": shop / 2,
        "dorms.load_kw": load - mill / 2 - shop / 2,
    }


@given(ACTIVITIES, PURCHASES, balanced_flows())
def test_the_park_is_the_sum_of_its_members(activities, purchases, flows):
    """Tonnes and standard coal, with heat passed between members, green purchases, losses and loads of nobody."""
    park = park_with(activities, purchases)
    grid = park.grid()
    table = Table(grid, {name: np.resize(values, grid.steps) for name, values in flows.items()})
    sent, taken = table["grid.export_kw"].sum(), table["grid.import_kw"].sum()
    delivered = table["roof.generation_kw"].sum() + table["plant.generation_kw"].sum()
    whole = carbon_account(park, table, shipped(), float(taken + delivered - sent), float(sent))
    turned_over = 1.0 + sum(abs(line.emissions_t) for line in whole.inventory.all_lines)
    converted = 1.0 + sum(abs(line.energy_tce) for line in whole.inventory.all_lines)
    assert abs(sum(each.emissions_t for each in whole.members) - whole.inventory.emissions_t) <= REL * turned_over
    assert abs(sum(each.energy_tce for each in whole.members) - whole.inventory.energy_tce) <= REL * converted


@given(balanced_flows())
def test_a_trace_invents_no_green_electricity(flows):
    """What loads trace to non-fossil plants is never more than these delivered and did not send out."""
    table = Table(hours_grid(STEPS), flows)
    found = trace(bare_park(), table)
    assert np.all((found.direct_pu >= 0) & (found.direct_pu <= 1))
    roof = float(table["roof.generation_kw"].sum())
    sent = float(np.minimum(table["grid.export_kw"], table["roof.generation_kw"] + table["plant.generation_kw"]).sum())
    left = roof - (sent - found.sent_fossil_kwh)
    assert sum(found.direct_kwh.values()) <= left + REL * (1.0 + roof)
    assert found.sent_fossil_kwh <= found.fossil_kwh + REL * (1.0 + found.fossil_kwh)


def counted(activities: Sequence[Activity]) -> np.ndarray:
    """Tonnes and standard coal of some activities."""
    lines = activity_lines(activities, activity_rules(activities, shipped(), Place("CN"), 2025))
    return np.array([emissions_of(lines), energy_of_lines(lines)])


@given(ACTIVITIES, ACTIVITIES)
def test_an_inventory_is_the_sum_of_its_activities(some, others):
    one, other = park_with(some).activities, park_with(others).activities
    assert counted((*one, *other)) == pytest.approx(counted(one) + counted(other), rel=REL, abs=1e-3)


@given(ACTIVITIES, st.floats(0.0, 100.0))
def test_an_inventory_is_proportional_to_its_amounts(some, factor):
    """No step, no threshold, no constant: twice the coal is twice the tonnes."""

    def scaled(quantity: object) -> object:
        if isinstance(quantity, str):
            number, unit = quantity.split(" ")
            return f"{float(number) * factor!r} {unit}"
        return float(str(quantity)) * factor

    more = [{**each, "quantity": scaled(each["quantity"])} for each in some]
    expected = counted(park_with(some).activities) * factor
    assert counted(park_with(more).activities) == pytest.approx(expected, rel=REL, abs=1e-3)
