"""Fleets of electric vehicles, solved by hand: ten of 50 kWh and 7 kW without losses, that need 20 kWh a trip and leave full."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.account.energy import energy_of
from lingtan.advise.remedies import remedies
from lingtan.advise.shortfall import shortfalls
from lingtan.carbon.tracing import trace
from lingtan.case import Case
from lingtan.case.check import check
from lingtan.optimize import costs_of, plan
from lingtan.optimize.explain import explain
from lingtan.optimize.lay_out import lay_out
from lingtan.optimize.layout import Layout
from lingtan.park import EvFleet
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import costs_at, energy_case, planned
from tests.proofs.refused import refusal
from tests.small_parks import pv

DAY = [0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
"""They come after the first hour and leave after the fifth."""
PRICES = [0.05, 0.5, 0.1, 3.0, 0.6, 0.05]


def fleet(**more: Any) -> dict[str, Any]:
    size = {
        "vehicles": 10,
        "battery": 50.0,
        "vehicle_power": 7.0,
        "power": 70.0,
        "trip": 20.0,
        "leaves_with": 1.0,
        "reserve": 0.0,
    }
    ideal = {"charge_efficiency": 1.0, "discharge_efficiency": 1.0, "wear_cost": 0.01}
    return {"family": "ev_fleet", "plugged": "parked", **size, **ideal, **more}


def case_of(asset: dict[str, Any], parked: list[float] = DAY, **parts: Any) -> Case:
    works = {"family": "load", "profile": "need"}
    series = {"parked": ("1", parked), "need": ("kW", [100.0] * len(parked))}
    return energy_case({"fleet": asset, "works": works}, steps=len(parked), series=series, **parts)


class TestCharging:
    def test_it_charges_in_the_cheap_hours_before_it_leaves(self) -> None:
        """200 kWh in the four hours that it is there: 70 at 0.1, 70 at 0.5, 60 at 0.6, nothing at 3. On arrival it would be 70 at
        0.5, 70 at 0.1 and 60 at 3; without bounds all of it at 0.05, when nobody is there."""
        case = case_of(fleet())
        result = planned(case, PRICES)
        assert result.table["fleet.charge_kw"] == pytest.approx([0.0, 70.0, 70.0, 0.0, 60.0, 0.0], abs=1e-2)
        assert result.table["fleet.soc"] == pytest.approx([0.6, 0.74, 0.88, 0.88, 0.6, 0.6], abs=1e-4)
        assert result.objective_cny == pytest.approx(100 * sum(PRICES) + 35 + 7 + 36, rel=1e-5)
        assert case.need("fleet") == pytest.approx([0.0, 70.0, 70.0, 60.0, 0.0, 0.0])

    def test_it_gives_back_in_the_dear_hour(self) -> None:
        """At 3 it gives back the 10 kWh that 70 kW can still charge at 0.6 afterwards: 10·(3 − 0.6 − 0.01) are saved. With all of
        its power it would leave with 60 kWh less."""
        still, giving = planned(case_of(fleet()), PRICES), planned(case_of(fleet(v2g=1.0)), PRICES)
        assert giving.table["fleet.discharge_kw"] == pytest.approx([0.0, 0.0, 0.0, 10.0, 0.0, 0.0], abs=1e-2)
        assert still.objective_cny - giving.objective_cny == pytest.approx(10 * (3.0 - 0.6 - 0.01), rel=1e-3)

    def test_it_gives_no_more_than_its_share(self) -> None:
        """A share of 0.1 is 7 kW."""
        result = planned(case_of(fleet(v2g=0.1)), PRICES)
        assert result.table["fleet.discharge_kw"].max() == pytest.approx(7.0, rel=1e-3)

    def test_those_who_leave_first_are_full_first(self) -> None:
        """Half leave after the third hour, half after the fourth, with 100 kWh each half; 0.1 in the fourth hour, 1 before. The
        first half must be full by then: 100 kWh at 1 and 100 at 0.1. By the total alone only 60 would be bought at 1, for the five
        that are left could take 140, and those who leave would take what the others brought."""
        parked = [0.0, 1.0, 1.0, 0.5, 0.0, 0.0]
        case = case_of(fleet(vehicle_power=28.0, power=280.0), parked)
        result = planned(case, [1.0, 1.0, 1.0, 0.1, 1.0, 1.0])
        assert result.table["fleet.charge_kw"][:3].sum() == pytest.approx(100.0, abs=1e-2)
        assert result.table["fleet.driving_kw"] == pytest.approx([0.0, 0.0, 100.0, 100.0, 0.0, 0.0])

    def test_the_reserve_stays_in_those_that_are_plugged_in(self) -> None:
        """They come with 30 of 50 kWh; 0.5 stay in each, so 5 kWh each can be given at once, 50 of all. To nothing it would be 200,
        all that the charge points can."""
        result = planned(
            case_of(fleet(v2g=1.0, reserve=0.5, vehicle_power=20.0, power=200.0)), [0.05, 3.0, 0.1, 0.1, 0.1, 0.05]
        )
        assert result.table["fleet.discharge_kw"][1] == pytest.approx(50.0, abs=1e-2)

    def test_the_charge_points_that_are_needed_are_built(self) -> None:
        """Where a kilowatt costs more than any hour saves: 200 kWh in four hours are 50 kW."""
        result = planned(case_of(fleet(power={"min": 0.0, "max": 70.0}, capex=1e6)), PRICES)
        assert result.sizes["fleet.power_kw"] == pytest.approx(50.0, rel=1e-4)

    def test_a_clock_says_the_same_as_a_series(self) -> None:
        """From 1 to 5 o'clock, the hours of the series; with half hours on either end only whole steps count."""
        by_clock = case_of(fleet(plugged=None, arrives=0.5, leaves=5.5))
        assert by_clock.plugged("fleet").tolist() == DAY
        assert planned(by_clock, PRICES).objective_cny == pytest.approx(planned(case_of(fleet()), PRICES).objective_cny)
        overnight = case_of(fleet(plugged=None, arrives=4.0, leaves=2.0))
        assert overnight.plugged("fleet").tolist() == [1.0, 1.0, 0.0, 0.0, 1.0, 1.0]

    def test_periods_that_do_not_follow_each_other_are_circles(self) -> None:
        """Present all of the first period, half of the second: nobody leaves between two periods. As one circle five would."""
        layout = Layout(4, 1.0, period_steps=2)
        lay_out(case_of(fleet(), [1.0, 1.0, 0.5, 0.5]), layout=layout)
        assert layout.flows["fleet.driving_kw"].constant.tolist() == [0.0] * 4


def test_why_it_gives_back_is_told() -> None:
    """In the dear hour a kilowatt-hour given brings 3, less 0.01 of wear and the 2.99 that it is worth in the batteries: it is just
    worth it, for the cheap hour after it is full. There a kilowatt-hour taken costs 0.6, and its power holds it at 70."""
    case = case_of(fleet(v2g=1.0))
    costs = costs_at(case, PRICES)
    told = explain(case, costs, plan(case, costs))
    [giving] = [each for each in told.at(3, "fleet").activities if each.name == "fleet.discharge_kw"]
    assert {part.kind: part.cny_per_unit for part in giving.parts if abs(part.cny_per_unit) > 1e-4} == pytest.approx(
        {"bus": 3.0, "stored": -2.99, "term": -0.01}, abs=1e-3
    )
    [taking] = [each for each in told.at(4, "fleet").activities if each.name == "fleet.charge_kw"]
    assert taking.worth_cny == pytest.approx(2.99 - 0.6, abs=1e-3)
    assert taking.reduced_cny == pytest.approx(0.6 - 2.99, abs=1e-3)


def changes_of(asset: dict[str, Any], need: list[float] | None = None) -> list[dict[str, tuple[float, float]]]:
    """What would mend a fleet that is short: of each remedy the cells, from what to what."""
    works = {"family": "load", "profile": "need"}
    series = {"parked": ("1", DAY), "need": ("kW", need or [100.0] * 6)}
    case = energy_case({"fleet": asset, "works": works}, steps=6, series=series)
    short = plan(case, costs_of(case))
    found = remedies(case, short, shortfalls(case, short))
    return [{change.cell: (change.now, change.then) for change in each.changes} for each in found]


class TestShort:
    def test_what_cannot_be_charged_is_short_and_told(self) -> None:
        """20 kW of charge points give 80 of 200 kWh: 120 are short when they leave, are told beforehand, and 50 kW mend it."""
        case = case_of(fleet(power=20.0))
        short = plan(case, costs_of(case))
        assert short.table["fleet.shortfall_kw"] == pytest.approx([0.0, 0.0, 0.0, 0.0, 120.0, 0.0], abs=1e-2)
        [finding] = [found for _, found in check(case) if found.code == "case.trip-not-charged"]
        assert (finding.expected, finding.got) == ("≤ 80 kWh", "200 kWh, 2025-03-03 04:00 (×1)")
        changes = [change for each in remedies(case, short, shortfalls(case, short)) for change in each.changes]
        assert [(change.cell, change.now, change.then) for change in changes] == [("assets.fleet.power", 20.0, 50.0)]

    @pytest.mark.parametrize("more", [{}, {"v2g": 1.0}])
    def test_vehicles_that_take_too_little_are_given_more(self, more: dict[str, float]) -> None:
        """2 kW a vehicle for four hours are 80 of 200 kWh, with charge points for 70 kW and a connection for a thousand: 5 kW
        each are enough. Said before: no single limit mends it. The charge points are large enough and must not be named."""
        assert changes_of(fleet(vehicle_power=2.0, **more)) == [{"assets.fleet.vehicle_power": (2.0, 5.0)}]

    def test_where_both_are_too_small_both_are_named_together(self) -> None:
        """Points for 20 kW and 2 kW a vehicle: each alone still leaves with 80 of 200 kWh."""
        both = {"assets.fleet.power": (20.0, 50.0), "assets.fleet.vehicle_power": (2.0, 5.0)}
        assert changes_of(fleet(vehicle_power=2.0, power=20.0)) == [both]

    def test_where_the_bus_has_less_at_times_a_vehicle_takes_more_at_others(self) -> None:
        """Four hours for 200 kWh, and the works leave 30 kW in two of them: 30 + 30 + 70 + 70, so 7 kW a vehicle. Tried at the 5 kW
        that equal hours take, nothing would mend it."""
        assert changes_of(fleet(vehicle_power=2.0), [100.0, 970.0, 970.0, 100.0, 100.0, 100.0]) == [
            {"assets.fleet.vehicle_power": (2.0, pytest.approx(7.0, abs=0.1))}
        ]

    def test_two_needs_that_are_short_of_their_own_power_are_mended_one_by_one(self) -> None:
        """A fleet and a room on one bus, each with too little power: two remedies. Tried for the whole bus neither would do."""
        hull = {"low": 20.0, "high": 24.0, "heat_capacity": 10.0, "heat_loss": 1.0, "outside": 10.0, "power": 8.0}
        works = {"family": "load", "profile": "need"}
        hall = {"family": "thermostatic_load", "need": "heating", **hull}
        series = {"parked": ("1", DAY), "need": ("kW", [100.0] * 6)}
        assets = {"fleet": fleet(power=20.0), "hall": hall, "works": works}
        case = energy_case(assets, steps=6, series=series)
        short = plan(case, costs_of(case))
        changes = [change for each in remedies(case, short, shortfalls(case, short)) for change in each.changes]
        assert sorted(change.cell for change in changes) == ["assets.fleet.power", "assets.hall.power"]
        assert all(change.then > change.now for change in changes)

    def test_a_fleet_that_nobody_charges_is_short_of_all(self) -> None:
        """No supply at all: vehicles go on driving on what they do not have, and the plan says so."""
        result = planned(case_of(fleet(), connection={"capacity": 0.001}))
        assert result.table["fleet.shortfall_kw"].sum() == pytest.approx(200.0, rel=1e-3)


def test_driving_is_a_load_and_the_rest_is_lost() -> None:
    """Charged at 0.8, 250 kWh are taken for 200 of driving: a load of 800 with the works, 50 lost, 850 bought. Counted as a loss
    the park would use nothing for driving; counted at the plug as well, 250 twice."""
    case = case_of(fleet(charge_efficiency=0.8))
    energy = energy_of(case.park, planned(case, PRICES).table)
    found = (energy.load_kwh, energy.losses_kwh, energy.import_kwh, energy.charge_kwh)
    assert found == pytest.approx((800.0, 50.0, 850.0, 250.0), rel=1e-4)
    assert energy.import_kwh + energy.shortfall_kwh == pytest.approx(energy.load_kwh + energy.losses_kwh, rel=1e-9)


def test_driving_is_traced_to_what_was_charged() -> None:
    """Sun in the third hour alone, 200 kW: the works take 100 of it and the fleet 70 of its 200; at night, when it leaves, there
    is none. Traced by the hour of leaving, the fleet would have driven on nothing from the sun."""
    asset, works = fleet(member="east"), {"family": "load", "profile": "need", "member": "west"}
    series = {"parked": ("1", DAY), "need": ("kW", [100.0] * 6), "sun": ("1", [0.0, 0.0, 1.0, 0.0, 0.0, 0.0])}
    members = {name: {"name": {"en": name, "zh": name}} for name in ("east", "west")}
    case = energy_case({"fleet": asset, "works": works, "pv": pv(200.0)}, steps=6, series=series, members=members)
    found = trace(case.park, planned(case, PRICES).table)
    assert found.load_kwh == pytest.approx({"east": 200.0, "west": 600.0}, rel=1e-4)
    assert found.direct_kwh == pytest.approx({"east": 70.0, "west": 100.0}, rel=1e-3)


def test_the_plant_does_what_was_planned() -> None:
    """What the plan charges and gives, as set-points, comes back as its flows; asked nothing, it charges on arrival; asked for
    more than there is, it gives no more than those who leave can spare."""
    case = case_of(fleet(v2g=1.0, charge_efficiency=0.9, discharge_efficiency=0.9, reserve=0.2))
    table = planned(case, PRICES).table
    plant, envelope = plant_of(case.park), case.envelope("fleet")
    around = AmbientSeries(
        {"works": case.need("works"), "fleet": envelope.driving_kw}, {"fleet": case.plugged("fleet")}
    )
    state = initial_state(plant, {"fleet": float(table["fleet.soc"][-1])})
    orders = {"fleet": table["fleet.discharge_kw"] - table["fleet.charge_kw"]}
    _, points = run(plant, state, orders, around, 3600.0)
    flows = flows_of(case.park, points)
    for name in ("charge_kw", "discharge_kw", "driving_kw", "driven_kw", "shortfall_kw"):
        assert flows[f"fleet.{name}"] == pytest.approx(table[f"fleet.{name}"], abs=2e-2), name
    assert points["fleet.soc"] == pytest.approx(table["fleet.soc"], abs=1e-4)
    _, alone = run(plant, state, {}, around, 3600.0)
    assert -alone["fleet.power_kw"] == pytest.approx(case.need("fleet"), abs=1e-2)
    _, giving = run(plant, state, {"fleet": np.full(6, 500.0)}, around, 3600.0)
    assert giving["fleet.power_kw"][1:5] == pytest.approx([70.0, 70.0, 0.9 * 200.0 - 140.0, 0.0], abs=1e-2)
    assert giving["fleet.driven_kw"] == pytest.approx([0.0] * 6, abs=1e-6)


def test_half_said_things_are_refused() -> None:
    fields = {**fleet(arrives=18.0), "bus": "main"}
    assert refusal(EvFleet, fields) == (
        "park.plugged-half-said: .plugged: when vehicles are plugged in is said once: by a series, or by the hours when they come "
        "and leave. Give 'plugged' alone, or both 'arrives' and 'leaves'."
    )
