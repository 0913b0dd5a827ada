"""The hydrogen chain, solved by hand: compressors, tanks and fuel cells, and green hydrogen sold instead of electricity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from lingtan.optimize import plan
from lingtan.park import Compressor, FuelCell
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import NEAR, committed_plan, costs_at, energy_case, planned
from tests.proofs.test_hydrogen import GAS_H2, HOT, NEED, electrolyzer, told
from tests.small_parks import bought, pv


def tank(mass: Any = 100.0, **more: Any) -> dict[str, Any]:
    return {"family": "hydrogen_tank", "bus": "h2", "mass": mass, "wear_cost": 1e-4, **more}


def fuel_cell(power: Any = 200.0, **more: Any) -> dict[str, Any]:
    stated = {} if "part_load" in more else {"efficiency": 0.5}
    return {"family": "fuel_cell", "fuel_bus": "h2", "bus": "main", "power": power, **stated, **more}


class TestTank:
    def test_cheap_hours_fill_it_within_its_rate(self):
        """10 kg in a dear hour: 6 come from the tank, that is what its rate lets out, 4 are made dear. Without the rate 10
        would."""
        assets = {"plant": electrolyzer(), "users": NEED, "tank": tank(discharge_limit=6.0)}
        case = energy_case(assets, GAS_H2, steps=2, series={"need": ("kg/h", [0.0, 10.0])})
        result = planned(case, [0.1, 1.0])
        assert result.table["tank.discharge_kg_per_h"] == pytest.approx([0.0, 6.0], abs=1e-4)
        assert result.table["plant.hydrogen_kg_per_h"] == pytest.approx([6.0, 4.0], abs=1e-4)
        assert result.table["tank.soc"] == pytest.approx(
            [0.06 + result.table["tank.soc"][1], result.table["tank.soc"][1]]
        )
        assert result.objective_cny == pytest.approx(6 * 50 * 0.1 + 4 * 50 * 1.0, rel=1e-4)

    def test_its_size_is_what_it_must_hold(self):
        """12 kg of a night at 5 kg/h: room for the 10 kg of two hours, not for all three."""
        assets = {"plant": electrolyzer(250.0), "users": NEED, "tank": tank({"min": 0, "max": 100}, capex=500.0)}
        case = energy_case(assets, GAS_H2, steps=3, series={"need": ("kg/h", [0.0, 0.0, 15.0])})
        assert planned(case, 0.1).sizes["tank.mass_kg"] == pytest.approx(10.0, rel=1e-4)

    def test_what_boils_off_is_made_again(self):
        """19 % a day are 1 % an hour or so: 10 kg wanted a day later are 10 / 0.81 made now. Lost per step it would be far more."""
        assets = {"plant": electrolyzer(), "users": NEED, "tank": tank(loss_per_day=0.19)}
        need = np.zeros(48)
        need[24] = 10.0
        prices = np.full(48, 1.0)
        prices[0] = 0.1
        result = planned(
            energy_case(assets, GAS_H2, steps=48, series={"need": ("kg/h", need.tolist())}), prices.tolist()
        )
        assert result.table["plant.hydrogen_kg_per_h"][0] == pytest.approx(10 / 0.81, rel=1e-4)


class TestCompressor:
    def test_lifting_takes_electricity_and_leaks(self):
        """9 kg at high pressure are 10 at low: 500 kWh to make, 30 to lift. Lifting what arrives instead of what goes in would
        be 27."""
        buses = GAS_H2 | {"high": {"carrier": "hydrogen"}}
        lifting = {"family": "compressor", "input": "main", "source_bus": "h2", "bus": "high", "power": 100.0}
        assets = {
            "plant": electrolyzer(),
            "press": {**lifting, "specific_energy": 3.0, "loss": 0.1},
            "cars": {**NEED, "bus": "high"},
        }
        result = planned(energy_case(assets, buses, series={"need": ("kg/h", [9.0])}))
        assert result.table["press.consumption_kw"] == pytest.approx([30.0], rel=NEAR)
        assert result.table["press.hydrogen_in_kg_per_h"] == pytest.approx([10.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(265.0, rel=NEAR)

    def test_one_bus_is_refused(self):
        with pytest.raises(ValidationError) as error:
            Compressor.model_validate(
                {
                    "family": "compressor",
                    "input": "main",
                    "source_bus": "h2",
                    "bus": "h2",
                    "power": 1.0,
                    "specific_energy": 3.0,
                }
            )
        assert told(error) == "park.same-bus: .source_bus: both sides are one bus; got h2. Name two buses."


class TestFuelCell:
    def test_hydrogen_by_its_heating_value(self):
        """100 kWh at 50 % are 200 kWh, 6.0006 kg at 5 CNY: 30.003, cheaper than 100 from the grid at 0.5. It counts as
        generation."""
        assets = {
            "works": {"family": "load", "profile": "works"},
            "cell": fuel_cell(),
            "trailer": {"family": "supply", "bus": "h2", "price": "5 CNY/kg"},
        }
        result = planned(energy_case(assets, GAS_H2, series={"works": ("kW", [100.0])}))
        assert result.table["cell.hydrogen_in_kg_per_h"] == pytest.approx([200 / 33.33], rel=NEAR)
        assert result.table["generation_kw"] == pytest.approx([100.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(5 * 200 / 33.33, rel=NEAR)

    def test_its_heat_is_a_share_of_the_hydrogen(self):
        """A third of 200 kWh, not of the 100 that it gives."""
        assets = {
            "works": {"family": "load", "profile": "works"},
            "cell": fuel_cell(heat_bus="hot", heat_share=0.3),
            "trailer": {"family": "supply", "bus": "h2", "price": "5 CNY/kg"},
            "town": {"family": "sale", "bus": "hot", "price": "0.1 CNY/kWh"},
        }
        result = planned(energy_case(assets, GAS_H2 | HOT, series={"works": ("kW", [100.0])}))
        assert result.table["town.sold_kw"] == pytest.approx([60.0], rel=NEAR)

    def test_part_load_saves_hydrogen(self):
        """At half load 60 %: 100 kW of 200 take 100 / 0.6. At the efficiency of full load they would take 200."""
        curve = {"points": [{"load": 0.5, "efficiency": 0.6}, {"load": 1.0, "efficiency": 0.5}]}
        assets = {
            "works": {"family": "load", "profile": "works"},
            "cell": fuel_cell(part_load=curve),
            "trailer": {"family": "supply", "bus": "h2", "price": "5 CNY/kg"},
        }
        table = committed_plan(energy_case(assets, GAS_H2, series={"works": ("kW", [100.0])}), 9.0).table
        assert table["cell.hydrogen_in_kg_per_h"] == pytest.approx([100 / 0.6 / 33.33], rel=NEAR)

    def test_it_cannot_stand_by(self):
        rules = {"minimum_load": 0.2, "standby_power": 0.1}
        with pytest.raises(ValidationError) as error:
            FuelCell.model_validate(fuel_cell(commitment=rules))
        assert told(error) == (
            "park.no-standby: .commitment.standby_power: this plant takes no electricity that it could stand by on. "
            "Drop 'standby_power'."
        )


class TestGreenToGreen:
    SUN = (1.0, 1.0, 0.0, 0.0)

    def test_hydrogen_of_the_sun_beats_its_export(self):
        """1000 kWh of two sunny hours: sent out at 0.3 they earn 300, as 20 kg of hydrogen at 28 they earn 560. The town takes
        5 kg an hour at any time, so half of it waits in the tank for the night: 20 kg are sold, in all four hours. Without the
        tank 10 would be, and 500 kWh sent out: 430."""
        assets = {
            "roof": pv(500.0),
            "plant": electrolyzer(),
            "tank": tank(),
            "town": {"family": "sale", "bus": "h2", "price": "28 CNY/kg", "limit": "5 kg/h"},
        }
        connections = {"grid": {"bus": "main", "capacity": 1000.0, "power_factor": 1.0, "export_limit": 1000.0}}
        series = {"sun": ("1", self.SUN)}
        case = energy_case(assets, GAS_H2, steps=4, series=series, connections=connections)
        result = planned(case, 2.0, (bought(case, -0.3, "grid.export_kw"),))
        assert result.table["town.sold_kg_per_h"] == pytest.approx([5.0] * 4, rel=1e-4)
        assert result.table["plant.consumption_kw"].sum() == pytest.approx(1000.0, rel=1e-4)
        assert result.table["export_kw"] == pytest.approx([0.0] * 4, abs=1e-3)
        assert result.objective_cny == pytest.approx(-560.0, rel=1e-4)
        bare = {name: asset for name, asset in assets.items() if name != "tank"}
        without = energy_case(bare, GAS_H2, steps=4, series=series, connections=connections)
        assert planned(without, 2.0, (bought(without, -0.3, "grid.export_kw"),)).objective_cny == pytest.approx(
            -430.0, rel=1e-4
        )


def test_the_plant_does_what_was_planned() -> None:
    """Electrolyzer, compressor, tank and fuel cell played back: the flows of the plan, within limits."""
    buses = GAS_H2 | {"high": {"carrier": "hydrogen"}}
    lifting = {"family": "compressor", "input": "main", "source_bus": "h2", "bus": "high", "power": 100.0}
    assets = {
        "works": {"family": "load", "profile": "works"},
        "plant": electrolyzer(),
        "press": {**lifting, "specific_energy": 3.0, "loss": 0.1},
        "tank": {**tank(loss_per_day=0.1), "bus": "high"},
        "cell": {**fuel_cell(), "fuel_bus": "high"},
    }
    works = [50.0, 50.0, 150.0, 150.0]
    case = energy_case(assets, buses, steps=4, series={"works": ("kW", works)})
    prices = [0.1, 0.1, 2.0, 2.0]
    table = plan(case, costs_at(case, prices)).table  # PIQP alone stops short of this one; HiGHS takes it
    assert table["cell.generation_kw"].sum() == pytest.approx(300.0, rel=1e-4)
    orders = {
        "plant": table["plant.consumption_kw"],
        "press": table["press.consumption_kw"],
        "cell": table["cell.generation_kw"],
        "tank": table["tank.discharge_kg_per_h"] - table["tank.charge_kg_per_h"],
    }
    built = plant_of(case.park)
    state = initial_state(built, {"tank": float(table["tank.soc"][-1])})
    _, points = run(built, state, orders, AmbientSeries({"works": np.array(works)}, {}), 3600.0)
    flows = flows_of(case.park, points)
    for name in ("load_kw", "generation_kw", "tank.charge_kg_per_h", "tank.discharge_kg_per_h", "import_kw"):
        assert flows[name] == pytest.approx(table[name], abs=1e-3), name
    assert points["tank.soc"] == pytest.approx(table["tank.soc"], abs=1e-6)
    assert np.abs(points["high.unbalanced_kg_per_h"]).max() < 1e-4
