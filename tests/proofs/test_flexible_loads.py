"""Loads that give way, solved by hand: moved within windows, cut for hours, shed by steps; what is agreed to is no shortfall."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from lingtan.carbon.tracing import trace
from lingtan.park import SheddableLoad
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import NEAR, committed_plan, energy_case, planned
from tests.proofs.test_hydrogen import told


def shiftable(**more: Any) -> dict[str, Any]:
    return {"family": "shiftable_load", "profile": "need", "share": 0.5, "window": 2.0, "cost": 0.01, **more}


def interruptible(**more: Any) -> dict[str, Any]:
    return {"family": "interruptible_load", "profile": "need", "price": 0.4, "hours_per_day": 1.0, **more}


def case_of(asset: dict[str, Any], need: list[float], **parts: Any) -> Any:
    return energy_case({"mills": asset}, steps=len(need), series={"need": ("kW", need)}, **parts)


class TestShiftable:
    def test_it_moves_to_the_cheap_hour_within_its_window(self):
        """Windows of two hours: half of 100 moves from the dear hour to the cheap one beside it, never into the cheapest hour
        of the other window. Over all four hours 150 would go to the third."""
        result = planned(case_of(shiftable(), [100.0] * 4), [1.0, 0.5, 0.1, 0.6])
        assert result.table["mills.load_kw"] == pytest.approx([50.0, 150.0, 150.0, 50.0], rel=1e-4)
        assert result.table["load_kw"] == pytest.approx(result.table["mills.load_kw"])
        assert result.objective_cny == pytest.approx(50 + 75 + 15 + 30 + 2 * 50 * 0.01, rel=1e-4)

    def test_its_limit_holds(self):
        """120 kW at once: 20 move, not 50."""
        result = planned(case_of(shiftable(limit=120.0), [100.0, 100.0]), [1.0, 0.5])
        assert result.table["mills.load_kw"] == pytest.approx([80.0, 120.0], rel=1e-4)

    def test_moving_costs_more_than_it_saves(self):
        """A difference of 0.1 against a cost of 0.2: it stays. Paid on both sides it would stay up to 0.4, paid nowhere it
        would move."""
        stays = planned(case_of(shiftable(cost=0.2), [100.0, 100.0]), [0.6, 0.5])
        assert stays.table["mills.raised_kw"] == pytest.approx([0.0, 0.0], abs=1e-3)
        moves = planned(case_of(shiftable(cost=0.2), [100.0, 100.0]), [0.8, 0.5])
        assert moves.table["mills.raised_kw"] == pytest.approx([0.0, 50.0], abs=1e-3)

    def test_a_load_that_may_not_move_is_a_load(self):
        """A share of nothing: the cost of a fixed load."""
        result = planned(case_of(shiftable(share=0.0), [100.0, 30.0]), [1.0, 0.5])
        assert result.objective_cny == pytest.approx(115.0, rel=NEAR)

    def test_what_it_cannot_get_is_short(self):
        """The connection gives 80: of 200 kWh 40 are short, however they are moved. Counted as a voluntary cut they would be
        free."""
        connections = {"grid": {"bus": "main", "capacity": 80.0, "power_factor": 1.0}}
        result = planned(case_of(shiftable(), [100.0, 100.0], connections=connections))
        assert result.table["shortfall_kw"].sum() == pytest.approx(40.0, rel=1e-4)
        assert result.penalty_cny == pytest.approx(40 * 50.0, rel=1e-4)


class TestInterruptible:
    def test_the_dearest_hours_are_cut(self):
        """One hour a day at 0.4: the one at 2 CNY, though that at 1 would pay as well. Without the limit both would go."""
        result = committed_plan(case_of(interruptible(), [100.0] * 3), [1.0, 2.0, 0.3])
        assert result.table["mills.load_kw"] == pytest.approx([100.0, 0.0, 100.0], abs=1e-3)
        assert result.cost_cny == pytest.approx(130.0 + 40.0, rel=NEAR)

    def test_a_shallow_cut_counts_a_whole_hour(self):
        """The connection asks for 50 less in two hours and one hour may be cut: 50 are short. Counted by depth, two halves of
        an hour would do, which is the bound that a plan of a year finds."""
        connections = {"grid": {"bus": "main", "capacity": 50.0, "power_factor": 1.0}}
        case = case_of(interruptible(), [100.0, 100.0], connections=connections)
        whole = committed_plan(case)
        assert whole.relaxed == ()
        assert whole.table["shortfall_kw"].sum() == pytest.approx(50.0, abs=1e-3)
        assert planned(case).table["shortfall_kw"].sum() == pytest.approx(0.0, abs=1e-3)

    def test_cuts_are_counted(self):
        """Two dear hours with a cheap one between: one cut of three hours, or of one; two cuts would save more."""
        asset = interruptible(hours_per_day=2.0, cuts_per_day=1)
        result = committed_plan(case_of(asset, [100.0] * 4), [0.1, 2.0, 0.1, 2.0])
        assert result.table["mills.interrupted_kw"].sum() == pytest.approx(100.0, abs=1e-2)
        twice = committed_plan(case_of(interruptible(hours_per_day=2.0), [100.0] * 4), [0.1, 2.0, 0.1, 2.0])
        assert twice.table["mills.interrupted_kw"].sum() == pytest.approx(200.0, abs=1e-2)

    def test_a_cut_that_is_paid_is_no_shortfall(self):
        """100 kWh cut: no shortfall, no penalty, and the load is what was taken."""
        result = planned(case_of(interruptible(), [100.0, 100.0]), [2.0, 0.3])
        assert result.table["shortfall_kw"] == pytest.approx([0.0, 0.0], abs=1e-6)
        assert result.penalty_cny == pytest.approx(0.0, abs=1e-6)
        assert result.table["load_kw"] == pytest.approx([0.0, 100.0], abs=1e-3)

    def test_the_hours_of_a_year_are_cut_to_the_horizon(self):
        """876 hours a year are a tenth: 0.2 h of two hours. As hours of the horizon they would not bind."""
        result = planned(case_of(interruptible(yearly_hours=876.0), [100.0, 100.0]), [2.0, 2.0])
        assert result.table["mills.interrupted_kw"].sum() == pytest.approx(20.0, rel=1e-3)


class TestSheddable:
    def test_steps_go_where_energy_is_dearer(self):
        """At 0.5 nothing goes, at 1 the tenth worth 0.9, at 3 the fifth worth 2 as well."""
        steps = [{"share": 0.2, "price": 2.0}, {"share": 0.1, "price": 0.9}]
        asset = {"family": "sheddable_load", "profile": "need", "steps": steps}
        result = planned(case_of(asset, [100.0] * 3), [0.5, 1.0, 3.0])
        assert result.table["mills.load_kw"] == pytest.approx([100.0, 90.0, 70.0], rel=1e-4)
        assert result.objective_cny == pytest.approx(50 + 90 + 9 + 210 + 40 + 9, rel=1e-4)

    def test_more_than_the_load_is_refused(self):
        steps = [{"share": 0.7, "price": 2.0}, {"share": 0.4, "price": 0.9}]
        with pytest.raises(ValidationError) as error:
            SheddableLoad.model_validate({"family": "sheddable_load", "bus": "main", "profile": "need", "steps": steps})
        assert told(error) == (
            "park.shares-above-one: .steps: the parts of the load are more than the load; expected ≤ 1, got 1.1. Lower the shares."
        )


def test_their_use_is_traced_and_what_they_give_up_is_not() -> None:
    """50 kW served of each of two mills in the trace of their members; traced by profile it would be 100 each."""
    half = {"share": 0.5, "price": 0.0}
    assets = {
        "mills": {"family": "sheddable_load", "profile": "need", "steps": [half], "member": "east"},
        "kilns": {**shiftable(share=0.0), "member": "west"},
    }
    members = {name: {"name": {"en": name, "zh": name}} for name in ("east", "west")}
    case = energy_case(assets, steps=2, series={"need": ("kW", [100.0, 100.0])}, members=members)
    found = trace(case.park, planned(case).table)
    assert found.load_kwh == pytest.approx({"east": 100.0, "west": 200.0}, rel=1e-4)


def test_the_plant_does_what_was_planned() -> None:
    """What the plan takes, given as set-points, comes back as its flows; more than was agreed to is not given up."""
    steps = [{"share": 0.2, "price": 2.0}, {"share": 0.1, "price": 0.9}]
    assets = {
        "mills": shiftable(),
        "kilns": interruptible(),
        "offices": {"family": "sheddable_load", "profile": "need", "steps": steps},
    }
    need = [100.0, 80.0, 60.0, 100.0]
    case = energy_case(assets, steps=4, series={"need": ("kW", need)})
    table = planned(case, [1.0, 0.5, 3.0, 0.6]).table
    plant = plant_of(case.park)
    orders = {name: table[f"{name}.load_kw"] for name in assets}
    ambient = AmbientSeries({name: np.array(need) for name in assets}, {})
    _, points = run(plant, initial_state(plant), orders, ambient, 3600.0)
    flows = flows_of(case.park, points)
    for name in ("load_kw", "mills.raised_kw", "mills.lowered_kw", "kilns.interrupted_kw", "offices.shed_2_kw"):
        assert flows[name] == pytest.approx(table[name], abs=1e-3), name
    _, points = run(plant, initial_state(plant), {"mills": np.zeros(4), "offices": np.zeros(4)}, ambient, 3600.0)
    assert points["mills.power_kw"] == pytest.approx(-0.5 * np.array(need))
    assert points["offices.power_kw"] == pytest.approx(-0.7 * np.array(need))
    assert points["kilns.power_kw"] == pytest.approx(-np.array(need))
