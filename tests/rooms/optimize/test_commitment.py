"""Commitment on cases that are solved by hand: each names the answer that a mistake would give.

A plant of 10 kW on the bus `main` beside a grid connection that buys at a price and takes what is too much for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike
from pydantic import ValidationError

from lingtan.finance.starting import start_terms
from lingtan.findings import InputError
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize.assets.commitment import Plant, committed
from lingtan.optimize.assets.converter import Converter, lower_converter
from lingtan.optimize.assets.part_load import is_convex, part_load
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.lower import lower
from lingtan.optimize.solve import Solution, solve
from lingtan.optimize.start import OFF_FOR_LONG, Was
from lingtan.park.assets.commitment import Commitment
from lingtan.park.assets.part_load import LoadPoint, PartLoad
from lingtan.terms import Size, Sum
from tests.small_parks import hours_grid

NEAR = 3e-5


def told(error: pytest.ExceptionInfo[ValidationError]) -> str:
    """What a model refuses, without what pydantic says about it."""
    return error.value.errors()[0]["msg"].removeprefix("Value error, ")


@dataclass(frozen=True, eq=False)
class Found:
    """What a small park came to."""

    cost: float
    flows: Mapping[str, np.ndarray]
    on: np.ndarray
    solution: Solution
    layout: Layout


@dataclass(frozen=True)
class Around:
    """What else there is: what the plant costs to run and to have, its past, and how the program is written."""

    plant_price: float = 1.0
    size: tuple[float, float] = (10.0, 10.0)
    capital: float = 0.0
    step_hours: float = 1.0
    was: Was | None = OFF_FOR_LONG
    relaxed: bool = False
    curve: PartLoad | None = None


def operated(need: ArrayLike, price: ArrayLike, commitment: Commitment, **more: Any) -> Found:
    """Serve a need from the grid at a price or from the plant; with a curve the plant pays for its input instead."""
    around, need_kw = Around(**more), np.asarray(need, dtype=float)
    steps = need_kw.size
    grid = hours_grid(steps, step_minutes=int(60 * around.step_hours))
    layout = Layout(steps, around.step_hours, is_committed=not around.relaxed)
    layout.bus("main")
    for name, sign in (("grid", 1.0), ("dump", -1.0)):
        much = layout.size(f"{name}.power_kw", 1e3, 1e3, "kW")
        layout.publish(name, Affine.of(lower_converter(Converter(name, {"main": sign}), much, layout)))
    layout.inject("main", Affine.known(-need_kw))
    power = layout.size("plant.power_kw", *around.size, "kW")
    output = lower_converter(Converter("plant", {"main": 1.0}), power, layout)
    found = committed(Plant("plant", power, commitment, commitment.outages(grid), was=around.was), output, layout)
    paid = Affine.of(output)
    if around.curve is not None:
        paid = part_load("plant", output, power, around.curve, found.running_kw, layout)
    layout.publish("plant", Affine.of(output))
    layout.publish("paid", paid)
    layout.inject("main", found.standby_kw * -1.0)
    whole = Grouping.whole(steps, "")
    terms = [
        Sum("bought", Flow.of("grid"), np.broadcast_to(np.asarray(price, float), (steps,)), whole),
        Sum("fuel", Flow.of("paid"), np.full(steps, around.plant_price), whole),
        *start_terms("plant", commitment, grid),
        *([Size("capital", "plant.power_kw", around.capital)] if around.capital else []),
    ]
    lower(terms, layout)
    solution = solve(layout.program.finish())
    on = layout.states["plant.on"][0].read(solution.x) / around.size[1] if "plant.on" in layout.states else np.zeros(0)
    return Found(solution.certificate.objective_cny, layout.read_flows(solution.x), on, solution, layout)


class TestLeastLoad:
    def test_a_need_below_it_is_bought(self):
        """2 kW at 3 a kWh cost 6; the plant at its least, 5 kW, costs 5 and throws 3 away, so it runs. At 2 they cost 4: it
        does not. A least load forgotten would serve 2 kW for 2."""
        half = Commitment(minimum_load=0.5)
        runs = operated([2.0], 3.0, half)
        assert (runs.cost, runs.flows["plant"][0], runs.flows["dump"][0]) == pytest.approx((5.0, 5.0, 3.0), abs=NEAR)
        stays = operated([2.0], 2.0, half)
        assert (stays.cost, stays.flows["plant"][0]) == pytest.approx((4.0, 0.0), abs=NEAR)

    def test_relaxed_a_part_of_the_plant_runs_and_it_is_said(self):
        """4 kW of it at half load are 2 kW: 2 CNY, a bound below 4. The layout names the plant."""
        found = operated([2.0], 2.0, Commitment(minimum_load=0.5), relaxed=True)
        assert found.cost == pytest.approx(2.0, abs=NEAR)
        assert found.layout.relaxed == ["plant"]
        assert found.solution.search is None
        assert operated([2.0], 2.0, Commitment(minimum_load=0.5)).layout.relaxed == []

    def test_of_a_size_to_decide_it_is_a_share(self):
        """A size up to 10 kW at 1 CNY/kW: 4 kW of it for a need of 4, 4 + 4. Half of the largest size would be 5."""
        found = operated([4.0], 9.0, Commitment(minimum_load=0.5), size=(0.0, 10.0), capital=1.0)
        assert found.cost == pytest.approx(8.0, abs=1e-4)
        assert found.layout.relaxed == ["plant"]


class TestStarts:
    def test_a_start_is_paid_once_and_staying_on_is_free(self):
        """Three hours of 10 kW at 3: 90 bought, or 30 and a start of 20. Counted every hour it would be 90, forgotten 30."""
        found = operated([10.0] * 3, 3.0, Commitment(start_cost=2.0))
        assert found.cost == pytest.approx(50.0, abs=NEAR)
        assert found.flows["plant.start_kw"] == pytest.approx([10.0, 0.0, 0.0], abs=NEAR)

    def test_a_start_costs_the_same_in_any_step(self):
        """Twelve quarter-hours: the same 50. Priced as energy it would be 35."""
        found = operated([10.0] * 12, 3.0, Commitment(start_cost=2.0), step_hours=0.25)
        assert found.cost == pytest.approx(50.0, abs=NEAR)

    def test_two_blocks_are_two_starts_unless_idling_is_cheaper(self):
        """10 kW, nothing, 10 kW: two starts cost 20 + 40; at a least load of a tenth, idling for an hour costs 1: 21 + 20 = 41."""
        need = [10.0, 0.0, 10.0]
        assert operated(need, 9.0, Commitment(start_cost=2.0, minimum_load=0.1)).cost == pytest.approx(41.0, abs=NEAR)
        assert operated(need, 9.0, Commitment(start_cost=0.2, minimum_load=0.5)).cost == pytest.approx(24.0, abs=NEAR)

    def test_a_plant_that_was_on_is_not_started(self):
        found = operated([10.0], 3.0, Commitment(start_cost=9.0), was=Was(1.0, 10.0))
        assert found.cost == pytest.approx(10.0, abs=NEAR)

    def test_over_a_circle_the_last_hour_comes_before_the_first(self):
        """On all day: no start at all. A day that begins cold would pay 20."""
        found = operated([10.0] * 3, 3.0, Commitment(start_cost=2.0), was=None)
        assert found.cost == pytest.approx(30.0, abs=NEAR)


class TestTimes:
    def test_once_started_it_stays_on(self):
        """An hour at 9, then cheap hours at 0.5: three hours up burn 10 + 5 + 5. With an hour up, 10, and 15 bought."""
        need, price = [10.0, 10.0, 10.0, 10.0], [9.0, 0.5, 0.5, 0.5]
        found = operated(need, price, Commitment(minimum_load=0.5, minimum_up=3.0))
        assert found.on == pytest.approx([1.0, 1.0, 1.0, 0.0], abs=NEAR)
        assert found.cost == pytest.approx(10.0 + 2 * (5.0 + 2.5) + 5.0, abs=NEAR)
        assert operated(need, price, Commitment(minimum_load=0.5)).cost == pytest.approx(25.0, abs=NEAR)

    def test_once_stopped_it_stays_off(self):
        """Dear, cheap, dear, dear: off for the cheap hour means off for two, and a dear hour bought (90); it idles for 5."""
        need, price = [10.0, 0.0, 10.0, 10.0], [9.0, 0.0, 9.0, 9.0]
        found = operated(need, price, Commitment(minimum_load=0.5, minimum_down=2.0))
        assert found.on == pytest.approx([1.0, 1.0, 1.0, 1.0], abs=NEAR)
        assert found.cost == pytest.approx(35.0, abs=NEAR)
        assert operated(need, price, Commitment(minimum_load=0.5)).cost == pytest.approx(30.0, abs=NEAR)

    @pytest.mark.parametrize(("hours_off", "first"), [(1.0, 2), (2.0, 1), (3.0, 0), (np.inf, 0)])
    def test_time_down_reaches_across_the_start(self, hours_off, first):
        """Three hours down, off for one of them: it may start in the third hour. A past forgotten lets it start at once."""
        found = operated([10.0] * 4, 9.0, Commitment(minimum_down=3.0), was=Was(-hours_off))
        assert found.on == pytest.approx((np.arange(4) >= first) * 1.0, abs=NEAR)

    @pytest.mark.parametrize(("hours_on", "last"), [(1.0, 2), (2.0, 1), (3.0, 0), (np.inf, 0)])
    def test_time_up_reaches_across_the_start(self, hours_on, last):
        """Three hours up, on for one of them: on for two more, though the grid gives for nothing."""
        found = operated([10.0] * 4, 0.0, Commitment(minimum_load=0.5, minimum_up=3.0), was=Was(hours_on))
        assert found.on == pytest.approx((np.arange(4) < last) * 1.0, abs=NEAR)

    def test_time_down_holds_around_a_circle(self):
        """Needed in all hours but the first: to rest in it alone is too short, so it idles for 1. A day that forgets that the last
        hour comes before the first would rest before midnight for nothing: 30."""
        need = [0.0, 10.0, 10.0, 10.0]
        found = operated(need, 9.0, Commitment(minimum_load=0.1, minimum_down=2.0), was=None)
        assert found.cost == pytest.approx(31.0, abs=NEAR)  # it idles in the first hour rather than rest for two

    def test_times_are_rounded_up_to_whole_steps(self):
        """An hour and a minute in steps of an hour are two."""
        found = operated([10.0] * 3, [9.0, 0.0, 0.0], Commitment(minimum_load=0.5, minimum_up=61 / 60))
        assert found.on == pytest.approx([1.0, 1.0, 0.0], abs=NEAR)

    def test_an_outage_ends_what_the_past_owes(self):
        """On for an hour of three, out in the second: it stops there and may stay off. Unexcused, nothing is possible."""
        outage = {"start": "2025-03-03T01:00", "end": "2025-03-03T02:00"}
        rules = Commitment(minimum_load=0.5, minimum_up=3.0, maintenance=[outage])
        found = operated([10.0] * 3, [0.0, 0.0, 0.0], rules, was=Was(1.0))
        assert found.on == pytest.approx([1.0, 0.0, 0.0], abs=NEAR)

    def test_it_does_not_start_into_an_outage(self):
        """Two hours up and an outage in the third: started in the second hour it could run one, so it waits until after."""
        outage = {"start": "2025-03-03T02:00", "end": "2025-03-03T03:00"}
        rules = Commitment(minimum_load=0.5, minimum_up=2.0, maintenance=[outage])
        found = operated([0.0, 10.0, 10.0, 10.0], [0.0, 1.2, 9.0, 1.2], rules)
        assert found.on == pytest.approx([0.0, 0.0, 0.0, 1.0], abs=NEAR)


class TestStandby:
    def test_standing_by_costs_power_and_saves_the_start(self):
        """10, 0, 10 kW: standing by takes 1 kW at 2 for an hour, 2 CNY; a start would take 20, idling at half load 5."""
        rules = Commitment(minimum_load=0.5, start_cost=2.0, standby_power=0.1)
        found = operated([10.0, 0.0, 10.0], 2.0, rules, was=Was(5.0, 10.0))
        assert found.cost == pytest.approx(22.0, abs=NEAR)
        assert found.on == pytest.approx([1.0, 0.0, 1.0], abs=NEAR)
        assert found.flows["grid"] == pytest.approx([0.0, 1.0, 0.0], abs=NEAR)

    def test_a_cold_plant_is_started_before_it_stands_by(self):
        """Rules out a back door: from cold to standby to running without a start."""
        rules = Commitment(minimum_load=0.5, start_cost=2.0, standby_power=0.1)
        found = operated([0.0, 10.0], 9.0, rules)
        assert found.cost == pytest.approx(30.0, abs=NEAR)


class TestRamp:
    def test_output_rises_and_falls_by_the_ramp(self):
        """3 kW an hour from nothing: 3, 6, 9 of 10 kW needed. Without a ramp 30 kWh at 1, not 18 and 12 bought at 9."""
        found = operated([10.0] * 3, 9.0, Commitment(ramp=0.3), was=Was(-1.0, 0.0))
        assert found.flows["plant"] == pytest.approx([3.0, 6.0, 9.0], abs=NEAR)
        down = operated([10.0, 0.0, 0.0], 9.0, Commitment(ramp=0.3), was=Was(1.0, 10.0))
        assert down.flows["plant"][1:] == pytest.approx([7.0, 4.0], abs=NEAR)

    def test_a_ramp_is_per_hour_and_not_per_step(self):
        """In quarter-hours 0.75 kW a step. Per step it would be 3."""
        found = operated([10.0] * 3, 9.0, Commitment(ramp=0.3), was=Was(-1.0, 0.0), step_hours=0.25)
        assert found.flows["plant"] == pytest.approx([0.75, 1.5, 2.25], abs=NEAR)

    def test_a_start_reaches_the_least_load_at_once(self):
        """Least load 5 kW, ramp 1 kW an hour: 5, 6, 7. A ramp that holds for the start too would never let it start."""
        found = operated([10.0] * 3, 9.0, Commitment(ramp=0.1, minimum_load=0.5))
        assert found.flows["plant"] == pytest.approx([5.0, 6.0, 7.0], abs=NEAR)

    def test_a_stop_leaves_from_the_least_load(self):
        """A kWh earns 1 for two hours and loses 8 after: 6, 5, off. A stop from anywhere would allow 7 and 8."""
        outage = {"start": "2025-03-03T02:00", "end": "2025-03-03T04:00"}
        rules = Commitment(ramp=0.1, minimum_load=0.5)
        found = operated([10.0, 10.0, 0.0, 0.0], 9.0, rules, was=Was(9.0, 6.0), plant_price=8.0)
        assert found.flows["plant"] == pytest.approx([6.0, 5.0, 0.0, 0.0], abs=NEAR)
        planned = operated([10.0, 10.0, 0.0], 9.0, Commitment(ramp=0.1, maintenance=[outage]), was=Was(9.0, 6.0))
        assert planned.flows["plant"] == pytest.approx([7.0, 8.0, 0.0], abs=NEAR)  # into an outage it falls at once


class TestOutages:
    def test_it_does_not_run_while_it_is_maintained(self):
        """From 01:30 to 02:30 both hours are touched. By their starts alone the first would run through it."""
        outage = {"start": "2025-03-03T01:30", "end": "2025-03-03T02:30"}
        found = operated([10.0] * 4, 9.0, Commitment(maintenance=[outage]))
        assert found.flows["plant"] == pytest.approx([10.0, 0.0, 0.0, 10.0], abs=NEAR)

    @pytest.mark.parametrize(
        ("start", "end", "text"),
        [
            (
                "2025-03-03",
                "2025-03-02",
                "park.outage-reversed: .maintenance.end: a planned outage ends before it begins; "
                "expected > 2025-03-03, got 2025-03-02. Swap 'start' and 'end'.",
            ),
            (
                "soon",
                "2025-03-02",
                "park.not-a-moment: .maintenance.start: this is no date and time; expected 2025-03-01T00:00, got soon. "
                "Write it as in the example, on the park's clock.",
            ),
        ],
    )
    def test_an_outage_is_a_span_of_time(self, start, end, text):
        with pytest.raises(InputError) as error:
            Commitment(maintenance=[{"start": start, "end": end}]).outages(hours_grid(4))
        assert str(error.value) == text


CONCAVE = PartLoad(
    points=(
        LoadPoint(load=0.2, efficiency=0.25),
        LoadPoint(load=0.6, efficiency=0.5),
        LoadPoint(load=1.0, efficiency=0.8),
    )
)
"""Input 0.8, 1.2 and 1.25 at 0.2, 0.6 and 1: slopes 1 and 0.125, the dear segment first, as in many turbines."""
CONVEX = PartLoad(
    points=(
        LoadPoint(load=0.2, efficiency=0.8),
        LoadPoint(load=0.6, efficiency=0.75),
        LoadPoint(load=1.0, efficiency=0.5),
    )
)
"""Input 0.25, 0.8 and 2.0: slopes 1.375 and 3, as in an electrolyzer, which is best at part load."""


class TestPartLoad:
    def test_a_convex_curve_is_linear(self):
        """8 kW: 0.6 takes 8, the last 2 kW take 6, so 14 of input. At the efficiency of full load it would be 16."""
        found = operated([8.0], 99.0, Commitment(), curve=CONVEX)
        assert is_convex(CONVEX)
        assert found.flows["paid"] == pytest.approx([14.0], abs=NEAR)
        assert not found.solution.search

    def test_of_a_concave_curve_the_dear_segment_comes_first(self):
        """4 kW: the least 2 kW take 8, and 2 of the dear segment 2: 10. Relaxed, the cheap segment is taken first: 8.25."""
        assert not is_convex(CONCAVE)
        found = operated([4.0], 99.0, Commitment(minimum_load=0.2), curve=CONCAVE)
        assert found.flows["paid"] == pytest.approx([10.0], abs=NEAR)
        bound = operated([4.0], 99.0, Commitment(), curve=CONCAVE, relaxed=True)
        assert bound.flows["paid"] == pytest.approx([8.25], abs=NEAR)
        assert bound.layout.relaxed == ["plant"]

    def test_all_of_a_concave_curve(self):
        """8 kW: 8 + 4 + 2 · 0.125 = 12.25. With the segments apart but none held back: 8 + 0.5 + 2."""
        found = operated([8.0], 99.0, Commitment(minimum_load=0.2), curve=CONCAVE)
        assert found.flows["paid"] == pytest.approx([12.25], abs=NEAR)

    def test_off_it_takes_nothing(self):
        """Rules out the input at the first point while it is off: 8 kW for nothing."""
        found = operated([4.0], 0.1, Commitment(minimum_load=0.2), curve=CONCAVE)
        assert (found.flows["paid"][0], found.cost) == pytest.approx((0.0, 0.4), abs=NEAR)

    def test_a_curve_rises_to_full_load(self):
        with pytest.raises(ValidationError) as error:
            PartLoad(points=(LoadPoint(load=0.5, efficiency=0.5), LoadPoint(load=0.9, efficiency=0.5)))
        assert told(error) == (
            "park.loads-not-rising: .points: the loads of a part-load curve rise to full load; expected … < 1, got 0.5 < 0.9. "
            "Sort the points, drop repeated ones, and end at a load of 1."
        )

    def test_more_output_takes_more_input(self):
        with pytest.raises(ValidationError) as error:
            PartLoad(points=(LoadPoint(load=0.5, efficiency=0.4), LoadPoint(load=1.0, efficiency=0.9)))
        assert told(error) == (
            "park.input-not-rising: .points: the input of a part-load curve rises with its output, and here more output takes "
            "no more input; expected a < b < …, got 1.25, 1.111. Check the efficiencies: load / efficiency is the input."
        )


def test_a_plant_that_runs_down_to_nothing_does_not_stand_by():
    with pytest.raises(ValidationError) as error:
        Commitment(standby_power=0.1)
    assert told(error) == (
        "park.standby-without-least-load: .minimum_load: a plant stands by where it cannot run any lower, and this one may run "
        "down to nothing; expected > 0 %, got 0 %. Give 'minimum_load', or drop 'standby_power'."
    )


def test_a_plant_was_on_or_off():
    with pytest.raises(ValueError, match="has been on"):
        Was(0.0)
