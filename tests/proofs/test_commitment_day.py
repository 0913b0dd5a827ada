"""A park whose boiler must be started, from its file to its accounts: planned as a day and as a year."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.account.starts import with_starts
from lingtan.case import Case
from lingtan.optimize import Start, plan
from lingtan.optimize.effort import DAY
from lingtan.optimize.start import Was
from lingtan.park import Park
from lingtan.terms import Readings, evaluate
from tests.proofs.energy_parks import costs_at, energy_case

NEAR = 1e-4
BUSES = {"hot": {"carrier": "heat", "temperature": 85.0}, "pipe": {"carrier": "gas", "heating_value": 10.0}}
RULES = {"minimum_load": 0.5, "start_cost": 0.5, "minimum_down": 3.0}


def day(need: list[float], **rules: Any) -> Case:
    """Heat from a boiler of 100 kW at 0.2 CNY/kWh (3 m3 at 2 CNY give 30 kWh) or from electricity at 0.5."""
    boiler = {"family": "boiler", "fuel_bus": "pipe", "bus": "hot", "power": 100.0, "efficiency": 1.0}
    assets: dict[str, Any] = {
        "need": {"family": "demand", "bus": "hot", "profile": "heat"},
        "boiler": {**boiler, "commitment": {**RULES, **rules}},
        "kettle": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 200.0, "efficiency": 1.0},
        "gas": {"family": "supply", "bus": "pipe", "price": 2.0},
    }
    return energy_case(assets, BUSES, steps=len(need), series={"heat": ("kW", need)})


def test_a_day_is_planned_on_or_off_and_a_year_in_parts() -> None:
    """80, 20, 20, 80 kW, the boiler off before. It makes 50 at least where 20 are needed, and heat cannot be thrown away; a start
    costs 50 and saves 24 in an hour: all is bought for 100. In parts, 40 kW of it run throughout: 20 for the start, 36 saved."""
    case = day([80.0, 20.0, 20.0, 80.0])
    whole = plan(case, costs_at(case, 0.5), start=Start({}), form="committed")
    assert whole.objective_cny == pytest.approx(100.0, rel=NEAR)
    assert whole.relaxed == ()
    assert whole.solution.search is not None
    assert whole.solution.search.effort == DAY
    part = plan(case, costs_at(case, 0.5), start=Start({}))
    assert part.relaxed == ("boiler",)
    assert part.objective_cny == pytest.approx(84.0, rel=NEAR)
    assert part.solution.search is None


def test_what_the_past_was_decides_the_first_hour() -> None:
    """On before, it need not be started: 80 + 80 kWh at 0.2. Off for an hour of three, it may not start before the third."""
    case = day([80.0, 80.0, 80.0])
    on = plan(case, costs_at(case, 0.5), start=Start({}, was={"boiler": Was(5.0, 80.0)}), form="committed")
    assert on.objective_cny == pytest.approx(48.0, rel=NEAR)
    assert on.table["boiler.on"] == pytest.approx([1.0, 1.0, 1.0])
    case = day([80.0, 80.0, 80.0], start_cost=0.0)
    off = plan(case, costs_at(case, 0.5), start=Start({}, was={"boiler": Was(-1.0, 0.0)}), form="committed")
    assert off.table["boiler.on"] == pytest.approx([0.0, 0.0, 1.0])
    assert off.objective_cny == pytest.approx(40.0 + 40.0 + 16.0, rel=NEAR)


def test_starts_are_billed_as_they_were_weighed() -> None:
    """Two hours save 60 CNY, a start costs 30: two starts. The account of the flows comes to the objective, to the last start."""
    case = day([100.0, 100.0, 0.0, 0.0, 0.0, 100.0, 100.0], start_cost=0.3)
    costs = costs_at(case, 0.5)
    made = plan(case, costs, start=Start({}), form="committed")
    assert made.table["boiler.start_kw"] == pytest.approx([100.0, 0, 0, 0, 0, 100.0, 0], abs=1e-3)
    assert made.objective_cny == pytest.approx(2 * 30.0 + 400 * 0.2, rel=NEAR)
    readings = Readings(made.table.columns, 1.0, made.sizes)
    assert evaluate(costs.all_terms(), readings).amount == pytest.approx(made.objective_cny, rel=1e-6)


def test_a_meter_tells_starts_by_what_comes_out() -> None:
    """Two rises from nothing; what runs in the first step may have run before. Told starts are not touched."""
    case = day([0.0] * 5)
    heat = {"boiler.heat_kw": np.array([60.0, 0.0, 70.0, 80.0, 0.0])}
    told = with_starts(case.park, heat, {"boiler.power_kw": 100.0})
    assert told["boiler.start_kw"].tolist() == [0.0, 0.0, 100.0, 0.0, 0.0]
    known = {**heat, "boiler.start_kw": np.ones(5)}
    assert with_starts(case.park, known, {})["boiler.start_kw"].tolist() == [1.0] * 5


def test_a_park_written_down_plans_the_same_day() -> None:
    outage = {"start": "2025-03-03T01:00", "end": "2025-03-03T02:00"}
    case = day([80.0, 80.0, 80.0], start_cost=0.0, minimum_down=1.0, maintenance=[outage])
    first = plan(case, costs_at(case, 0.5), start=Start({}), form="committed")
    assert first.table["boiler.heat_kw"] == pytest.approx([80.0, 0.0, 80.0], abs=1e-3)
    again = case.with_park(Park.model_validate(case.park.dump()))
    assert plan(again, costs_at(again, 0.5), start=Start({}), form="committed").objective_cny == first.objective_cny
