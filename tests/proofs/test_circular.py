"""Doing with less, solved by hand: renovations and recycling lines."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.park.check import check
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import NEAR, energy_case, planned

MILL = {"family": "load", "profile": "need"}
YEARLY = 0.06 / (1 - 1.06**-25)
"""What a yuan of capital costs a year at 6 % over 25 years [1]."""
HOURS = 8760
PLAIN = {"finance": {"discount_rate": 0.06, "horizon": 25, "residual": 0.0}}


def drives(**more: Any) -> dict[str, Any]:
    return {"family": "renovation", "of": "mill", "saving": 0.2, "capex": 0.0, **more}


def case_of(renovation: dict[str, Any], need: list[float]) -> Any:
    return energy_case({"mill": MILL, "drives": renovation}, steps=len(need), series={"need": ("kW", need)}, **PLAIN)


class TestRenovation:
    def test_it_is_done_where_it_pays(self):
        """20 kWh saved at 0.5 are 10 CNY in an hour. A capital cost of 5 in that hour is spent, one of 15 is not."""
        for cost, extent in ((5.0, 1.0), (15.0, 0.0)):
            result = planned(case_of(drives(capex=cost * HOURS / YEARLY), [100.0]))
            assert result.sizes["drives.extent_pu"] == pytest.approx(extent, abs=1e-5)
            assert result.objective_cny == pytest.approx(50.0 - extent * (10.0 - cost), rel=1e-4)
            assert result.table["drives.saved_kw"] == pytest.approx([20.0 * extent], abs=1e-3)
            assert result.table["load_kw"] == pytest.approx([100.0 - 20.0 * extent], rel=1e-4)

    def test_a_part_of_it_costs_a_part(self):
        """A connection of 90 kW: half of the renovation, at any cost below a shortfall's, brings 100 down to 90."""
        connections = {"grid": {"bus": "main", "capacity": 90.0, "power_factor": 1.0}}
        case = energy_case(
            {"mill": MILL, "drives": drives(capex=20.0 * HOURS / YEARLY)},
            series={"need": ("kW", [100.0])},
            connections=connections,
            **PLAIN,
        )
        result = planned(case)
        assert result.sizes["drives.extent_pu"] == pytest.approx(0.5, rel=1e-4)
        assert result.objective_cny == pytest.approx(45.0 + 10.0, rel=1e-4)

    def test_heat_can_be_saved_too(self):
        """A fifth of 100 kW of heat: the boiler makes 80. The flow of the demand is what is left of it."""
        assets = {
            "baths": {"family": "demand", "bus": "hot", "profile": "need"},
            "boiler": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 200.0, "efficiency": 1.0},
            "walls": drives(of="baths", extent=1.0),
        }
        result = planned(energy_case(assets, {"hot": {"carrier": "heat"}}, series={"need": ("kW", [100.0])}))
        assert result.table["boiler.heat_kw"] == pytest.approx([80.0], rel=NEAR)
        assert result.table["baths.demand_kw"] == pytest.approx([80.0], rel=NEAR)
        assert result.table["walls.saved_kw"] == pytest.approx([20.0], rel=NEAR)

    def test_the_plant_needs_less(self):
        """60 % of a fifth: 88 of 100 kW, as planned."""
        case = case_of(drives(extent=0.6), [100.0, 50.0])
        table = planned(case).table
        plant = plant_of(case.park)
        _, points = run(plant, initial_state(plant), {}, AmbientSeries({"mill": np.array([100.0, 50.0])}, {}), 3600.0)
        flows = flows_of(case.park, points)
        for name in ("load_kw", "drives.saved_kw", "import_kw"):
            assert flows[name] == pytest.approx(table[name], abs=1e-4), name
        assert flows["load_kw"] == pytest.approx([88.0, 44.0])

    def test_what_cannot_be_renovated_is_told(self):
        """A name that leads nowhere, a store, and three that together save more than there is."""
        series = {"need": {"constant": 1, "unit": "kW"}}
        assets = {
            "mill": MILL,
            "lost": drives(of="mil"),
            "wrong": drives(of="lost"),
            "half": drives(saving=0.6),
            "most": drives(saving=0.6),
        }
        park = energy_case(assets, series={"need": ("kW", [1.0])}).park.model_copy(update={"series": series})
        assert [(found.code, found.who, found.expected, found.got) for _, found in check(park)] == [
            ("park.no-such-load", "assets.lost.of", "mill", "mil"),
            ("park.no-such-load", "assets.wrong.of", "mill", "lost"),
            ("park.saves-more-than-all", "assets.mill", "≤ 1", "1.2"),
        ]


SLAG = {"slag": {"carrier": "material"}, "powder": {"carrier": "material"}}


class TestRecycling:
    def test_slag_becomes_a_product(self):
        """8 of 10 t/h at 50 kWh/t are 400 kW: 7.2 t at 60 CNY; 2 t go to the landfill at 40. Electricity per ton of product would
        take 8.9 t."""
        assets = {
            "works": {"family": "byproduct", "bus": "slag", "profile": "slag", "cost": "40 CNY/t"},
            "line": {
                "family": "recycling_line",
                "input": "main",
                "source_bus": "slag",
                "bus": "powder",
                "power": 400.0,
                "specific_energy": 50.0,
                "product_share": 0.9,
            },
            "town": {"family": "sale", "bus": "powder", "price": "60 CNY/t"},
        }
        result = planned(energy_case(assets, SLAG, series={"slag": ("t/h", [10.0])}))
        assert result.table["line.material_in_t_per_h"] == pytest.approx([8.0], rel=NEAR)
        assert result.table["town.sold_t_per_h"] == pytest.approx([7.2], rel=NEAR)
        assert result.table["load_kw"] == pytest.approx([400.0], rel=NEAR)
        assert result.objective_cny == pytest.approx(200.0 - 432.0 + 80.0, rel=NEAR)

    def test_a_saving_needs_no_bus(self):
        """30 CNY saved a ton against 25 of electricity and 2 of wear: it pays 3 a ton; at a saving of 26 it stands."""
        for saving, taken in ((30.0, 8.0), (26.0, 0.0)):
            line = {"family": "recycling_line", "input": "main", "source_bus": "slag", "power": 400.0, "bus": None}
            assets = {
                "works": {"family": "byproduct", "bus": "slag", "profile": "slag", "cost": 0.0},
                "line": {**line, "specific_energy": 50.0, "saving": saving, "variable_cost": 2.0},
            }
            result = planned(energy_case(assets, SLAG, series={"slag": ("t/h", [10.0])}))
            assert result.table["line.material_in_t_per_h"] == pytest.approx([taken], abs=1e-4)
