"""A plan of production, solved by hand: tons by deadlines, made when energy is cheap, within rate and stock."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from lingtan.advise import remedies, shortfalls
from lingtan.case import Case
from lingtan.optimize import costs_of, plan
from lingtan.park import ProcessLoad
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import NEAR, committed_plan, energy_case, planned
from tests.proofs.test_hydrogen import told


def line(**more: Any) -> dict[str, Any]:
    plan = {"tons": 10.0, "window": 2.0, "specific_energy": 50.0, "power": 400.0}
    return {"family": "process_load", "input": "main", **plan, **more}


def case_of(asset: dict[str, Any], steps: int, **parts: Any) -> Any:
    return energy_case({"line": asset}, steps=steps, **parts)


class TestPlan:
    def test_it_runs_when_energy_is_cheap(self):
        """10 t by the end of each two hours, 8 t/h at most: 8 in the cheap hour and 2 in the other. Without the rate all 10
        would be made in the cheap one, without the deadlines all 20 in the cheapest hours of four."""
        result = planned(case_of(line(), 4), [1.0, 0.5, 0.1, 0.6])
        assert result.table["line.product_t_per_h"] == pytest.approx([2.0, 8.0, 8.0, 2.0], rel=1e-4)
        assert result.table["load_kw"] == pytest.approx([100.0, 400.0, 400.0, 100.0], rel=1e-4)
        assert result.objective_cny == pytest.approx(100 + 200 + 40 + 60, rel=NEAR)

    def test_a_stock_carries_product_over_a_deadline(self):
        """A stock of 6 t: 16 t in the cheap window, 6 of them for the dear one, where 4 are made. A stock without a limit would
        carry all 10."""
        result = planned(case_of(line(stock=6.0), 4), [0.1, 0.1, 1.0, 0.9])
        assert result.table["line.product_t_per_h"] == pytest.approx([8.0, 8.0, 0.0, 4.0], abs=1e-3)

    def test_what_misses_its_deadline_is_told(self):
        """100 kW make 4 t in two hours: 6 are missed, at their price. An infeasible program would have no answer."""
        result = planned(case_of(line(power=100.0), 2))
        assert result.table["line.shortfall_t_per_h"] == pytest.approx([0.0, 6.0], abs=1e-4)
        assert result.penalty_cny == pytest.approx(6 * 50_000.0, rel=1e-4)

    def test_a_part_of_a_window_is_due_in_proportion(self):
        """Three hours of windows of two: 10 t and 5 t. Due in full the last hour would need 10."""
        assert planned(case_of(line(), 3)).table["line.product_t_per_h"].sum() == pytest.approx(15.0, rel=1e-4)

    def test_steam_and_material_by_the_ton(self):
        """10 t take 1000 kWh of heat and 12 t of ore: forgotten, they would be free."""
        buses = {"hot": {"carrier": "heat"}, "ore": {"carrier": "material"}}
        assets = {
            "line": line(heat_bus="hot", heat_per_ton=100.0, source_bus="ore", material_per_ton=1.2),
            "steam": {"family": "supply", "bus": "hot", "price": 0.1},
            "mine": {"family": "supply", "bus": "ore", "price": "20 CNY/t"},
        }
        result = planned(energy_case(assets, buses, steps=2))
        assert result.objective_cny == pytest.approx(250.0 + 100.0 + 240.0, rel=1e-4)

    def test_it_runs_at_its_least_load_or_not_at_all(self):
        """At least half of 8 t/h: 2 t in the dear hour are not to be had, so 4 and 6. Without the least load 2 and 8."""
        rules = {"minimum_load": 0.5}
        result = committed_plan(case_of(line(commitment=rules), 2), [1.0, 0.5])
        assert result.table["line.product_t_per_h"] == pytest.approx([4.0, 6.0], abs=1e-3)


def advice_of(case: Case) -> tuple[list[str], list[dict[str, tuple[float, float]]]]:
    """What is said to be short, and of each remedy the cells, from what to what."""
    short = plan(case, costs_of(case))
    found = shortfalls(case, short)
    said = [f"{each.load} {each.amount:.0f} {each.unit}" for each in found]
    mending = remedies(case, short, found)
    return said, [{change.cell: (change.now, change.then) for change in each.changes} for each in mending]


class TestShort:
    """Tons that miss their deadline were a penalty in the cost that nobody told: its ports count electricity."""

    def test_a_rate_too_small_is_told_in_tons_and_raised(self) -> None:
        """100 kW make 4 of 10 t in two hours: 250 kW make all."""
        assert advice_of(case_of(line(power=100.0), 2)) == (["line 6 t"], [{"assets.line.power": (100.0, 250.0)}])

    def test_a_connection_too_small_for_it_is_raised_by_what_all_of_its_window_lacks(self) -> None:
        """200 of 350 kW: the line, dearer to miss, gets 200 kW, makes 8 of 10 t each two hours, and the works stand in the dark.
        Looked at in the last step alone, where a ton is missed, the connection would be raised by 100 kW and serve neither."""
        works = {"family": "load", "bus": "main", "profile": "need"}
        case = energy_case(
            {"line": line(), "works": works},
            steps=4,
            series={"need": ("kW", [100.0] * 4)},
            connection={"capacity": 200.0},
        )
        said, changes = advice_of(case)
        assert said == ["line 4 t", "works 400 kWh"]
        assert changes == [{"connections.grid.capacity": (200.0, 350.0)}]

    @pytest.mark.parametrize(("limit", "cell"), [({"limit": 100.0}, "steam"), ({"limit": "1 t/h"}, "mine")])
    def test_heat_or_material_that_is_short_is_raised(self, limit: dict[str, Any], cell: str) -> None:
        """1 t/h of ore, or 100 kW of heat at 100 kWh/t, are 2 of 10 t: 5 times as much. The line's own power is large enough."""
        buses = {"hot": {"carrier": "heat"}, "ore": {"carrier": "material"}}
        assets: dict[str, Any] = {
            "line": line(heat_bus="hot", heat_per_ton=100.0, source_bus="ore", material_per_ton=1.0),
            "steam": {"family": "supply", "bus": "hot", "price": 0.1},
            "mine": {"family": "supply", "bus": "ore", "price": "20 CNY/t"},
        }
        assets[cell] |= limit
        said, changes = advice_of(energy_case(assets, buses, steps=2))
        now = 100.0 if cell == "steam" else 1.0
        assert (said, changes) == (["line 8 t"], [{f"assets.{cell}.limit": (now, 5.0 * now)}])


def test_the_plant_does_what_was_planned() -> None:
    """The power of the plan, given as set-points, makes its product."""
    case = case_of(line(), 4)
    table = planned(case, [1.0, 0.5, 0.1, 0.6]).table
    plant = plant_of(case.park)
    ambient = AmbientSeries({"none": np.zeros(4)}, {})
    _, points = run(plant, initial_state(plant), {"line": table["line.consumption_kw"]}, ambient, 3600.0)
    flows = flows_of(case.park, points)
    for name in ("line.product_t_per_h", "load_kw", "import_kw"):
        assert flows[name] == pytest.approx(table[name], abs=1e-4), name


def test_half_an_input_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        ProcessLoad.model_validate(line(heat_per_ton=10.0))
    assert told(error) == (
        "park.input-half-said: .heat_per_ton: what a ton takes needs a figure and a bus to take it from. Give both, or neither."
    )
