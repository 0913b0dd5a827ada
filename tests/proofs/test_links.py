"""Transformers and pipes, solved by hand: what is sent arrives less what is lost, and no total counts it twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.account.energy import energy_of
from lingtan.park import Pipe
from lingtan.park.check_buses import check_buses
from lingtan.park.check_levels import check_levels
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import NEAR, energy_case, planned
from tests.proofs.played import check_played
from tests.proofs.refused import refusal
from tests.small_parks import park_of, pv

LOW = {"low": {}}
HEATS = {"house": {"carrier": "heat", "temperature": 90.0}, "east": {"carrier": "heat", "temperature": 85.0}}


def transformer(**more: Any) -> dict[str, Any]:
    return {"family": "transformer", "source_bus": "main", "bus": "low", "capacity": 500.0, "efficiency": 0.8, **more}


def load(bus: str = "low", profile: str = "load") -> dict[str, Any]:
    return {"family": "load", "bus": bus, "profile": profile}


class TestTransformer:
    def test_a_transformer_is_neither_load_nor_generation(self):
        """80 kW at the low side draw 100: load 80, not 180; generation none, though 80 kW come out of something."""
        case = energy_case({"works": load(), "transformer": transformer()}, LOW, series={"load": ("kW", [80.0])})
        result = planned(case)
        assert result.table["import_kw"] == pytest.approx([100.0], rel=NEAR)
        assert result.table["load_kw"] == pytest.approx([80.0], rel=NEAR)
        assert result.table["generation_kw"] == pytest.approx([0.0], abs=1e-6)
        assert result.objective_cny == pytest.approx(50.0, rel=NEAR)
        check_played(case, result)

    def test_losses_are_counted_and_the_account_balances(self):
        """20 kWh of 100 are lost: import = load + losses. Without them the account would not close."""
        case = energy_case({"works": load(), "transformer": transformer()}, LOW, series={"load": ("kW", [80.0])})
        energy = energy_of(case.park, planned(case).table)
        assert energy.losses_kwh == pytest.approx(20.0, rel=NEAR)
        gap = energy.import_kwh + energy.shortfall_kwh - energy.load_kwh - energy.export_kwh - energy.losses_kwh
        assert gap == pytest.approx(0.0, abs=1e-3)

    def test_capacity_and_power_factor_bound_what_arrives(self):
        """50 kVA at 0.9 carry 45 of 80 kW; read as kilowatts they would carry 50."""
        assets = {"works": load(), "transformer": transformer(capacity=50.0, power_factor=0.9)}
        result = planned(energy_case(assets, LOW, series={"load": ("kW", [80.0])}))
        assert result.table["works.shortfall_kw"] == pytest.approx([35.0], rel=NEAR)

    def test_a_capacity_is_built_where_it_pays(self):
        """A free size carries the load and no more: 80 kW at 0.8 are 100 kVA."""
        size = {"min": 0.0, "max": 500.0}
        assets = {"works": load(), "transformer": transformer(capacity=size, power_factor=0.8, capex=300.0)}
        result = planned(energy_case(assets, LOW, series={"load": ("kW", [80.0])}))
        assert result.sizes["transformer.capacity_kva"] == pytest.approx(100.0, rel=1e-4)

    @pytest.mark.parametrize(("two_way", "sent_back"), [(True, 48.0), (False, 0.0)])
    def test_it_goes_back_only_where_it_may(self, two_way, sent_back):
        """60 kW of sun at the low side serve 48 at the high side through a loss of 20 %, or nothing; without loss 60."""
        assets = {"works": load("main"), "sun": pv(60.0, bus="low"), "transformer": transformer(two_way=two_way)}
        case = energy_case(assets, LOW, series={"load": ("kW", [80.0]), "sun": ("1", [1.0])})
        result = planned(case)
        assert result.table["import_kw"] == pytest.approx([80.0 - sent_back], rel=NEAR)
        assert result.table["sun.curtailed_kw"] == pytest.approx([0.0 if two_way else 60.0], abs=1e-3)
        check_played(case, result)

    def test_what_is_over_is_curtailed_and_not_sent_in_a_circle(self):
        """100 kW of sun for a load of 10: 90 are curtailed. Burnt between the two sides, they would count as losses."""
        assets = {"works": load(), "sun": pv(100.0, bus="low"), "transformer": transformer(two_way=True)}
        case = energy_case(assets, LOW, series={"load": ("kW", [10.0]), "sun": ("1", [1.0])})
        result = planned(case)
        assert result.table["sun.curtailed_kw"] == pytest.approx([90.0], abs=1e-2)
        assert result.table["transformer.loss_kw"] == pytest.approx([0.0], abs=1e-2)

    def test_nobody_steers_it(self):
        """Two transformers in a row without a set-point carry what the last bus needs, and its own sun comes first."""
        assets = {
            "upper": transformer(),
            "lower": {**transformer(), "source_bus": "low", "bus": "lowest"},
            "works": load("lowest"),
        }
        case = energy_case(assets, {**LOW, "lowest": {}}, series={"load": ("kW", [64.0])})
        plant = plant_of(case.park)
        _, points = run(plant, initial_state(plant), {}, AmbientSeries({"works": np.array([64.0])}, {}), 3600.0)
        flows = flows_of(case.park, points)
        assert flows["lower.forward_kw"] == pytest.approx([64.0])
        assert flows["upper.forward_kw"] == pytest.approx([80.0])
        assert flows["import_kw"] == pytest.approx([100.0])


class TestPipe:
    def test_a_pipe_loses_its_share_and_ends_at_its_limit(self):
        """30 of 40 kW arrive through a pipe of 30 that loses a quarter: 40 are made for them, 10 are short."""
        assets = {
            "heat_need": {"family": "demand", "bus": "east", "profile": "need"},
            "electrode": {
                "family": "electric_boiler",
                "input": "main",
                "bus": "house",
                "power": 90.0,
                "efficiency": 1.0,
            },
            "pipe": {"family": "pipe", "source_bus": "house", "bus": "east", "limit": "30 kW", "loss": 0.25},
        }
        case = energy_case(assets, HEATS, series={"need": ("kW", [40.0])})
        result = planned(case)
        assert result.table["pipe.forward_kw"] == pytest.approx([30.0], rel=NEAR)
        assert result.table["pipe.loss_kw"] == pytest.approx([10.0], rel=NEAR)
        assert result.table["electrode.heat_kw"] == pytest.approx([40.0], rel=NEAR)
        assert result.table["heat_need.shortfall_kw"] == pytest.approx([10.0], rel=NEAR)

    def test_a_two_way_pipe_goes_where_it_is_cheaper(self):
        """Hydrogen of 20 CNY/kg east, 30 west, 1 for the pipe: the west's need comes through it, back to the bus it starts from."""
        buses = {"west": {"carrier": "hydrogen"}, "east": {"carrier": "hydrogen"}}
        assets = {
            "need": {"family": "demand", "bus": "west", "profile": "need"},
            "dear": {"family": "supply", "bus": "west", "price": "30 CNY/kg"},
            "cheap": {"family": "supply", "bus": "east", "price": "20 CNY/kg"},
            "pipe": {
                "family": "pipe",
                "source_bus": "west",
                "bus": "east",
                "two_way": True,
                "transport_price": "1 CNY/kg",
            },
        }
        case = energy_case(assets, buses, series={"need": ("kg/h", [5.0])})
        result = planned(case)
        assert result.table["pipe.backward_kg_per_h"] == pytest.approx([5.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(5 * 21, rel=NEAR)

    def test_two_ways_need_a_price(self):
        assert refusal(Pipe, {"family": "pipe", "source_bus": "a", "bus": "b", "two_way": True}) == (
            "park.two-way-unpriced: .transport_price: a pipe that goes both ways costs nothing to use, so that sending in a circle "
            "would cost nothing either; expected > 0, got 0. Give a 'transport_price' above zero, or one pipe for each way."
        )

    def test_a_pipe_joins_two_buses_of_one_carrier(self):
        """Heat into a pipe of gas, a pipe back to its own bus: both would balance in the program, and mean nothing."""
        buses = {"main": {}, **HEATS, "gas": {"carrier": "gas", "heating_value": 10.0}}
        pipes = {
            "mixed": {"family": "pipe", "source_bus": "house", "bus": "gas"},
            "round": {"family": "pipe", "source_bus": "house", "bus": "house"},
        }
        assert [remark.finding.text() for remark in check_buses(park_of(pipes, buses=buses))] == [
            "park.wrong-carrier: assets.mixed.bus: this bus carries something else; expected heat, got gas. Name a bus of one of "
            "the carriers expected, or correct the carrier of this one under `buses`.",
            "park.link-to-itself: assets.round.bus: a transformer or a pipe leads back to the bus that it takes from; got house. "
            "Name the other bus.",
        ]

    @pytest.mark.parametrize(
        ("pipe", "told"),
        [
            ({"source_bus": "house", "bus": "east"}, []),
            ({"source_bus": "east", "bus": "house"}, [("≤ 85 °C", "90 °C")]),
            ({"source_bus": "house", "bus": "east", "two_way": True, "transport_price": 0.01}, [("= 90 °C", "85 °C")]),
            ({"source_bus": "cold", "bus": "cool"}, []),
            ({"source_bus": "cool", "bus": "cold"}, [("≥ 12 °C", "7 °C")]),
        ],
    )
    def test_heat_does_not_climb_in_a_pipe(self, pipe, told):
        """Cold warms up on its way, heat cools down, and a pipe of both ways does neither."""
        cold = {"cold": {"carrier": "cooling", "temperature": 7.0}, "cool": {"carrier": "cooling", "temperature": 12.0}}
        park = park_of({"pipe": {"family": "pipe", **pipe}}, buses={"main": {}, **HEATS, **cold})
        found = [remark.finding for remark in check_levels(park)]
        assert [(each.expected, each.got) for each in found] == told
        assert {each.code for each in found} <= {"park.cascade-upside-down"}
