"""A battery moves by a tenth of its rating a second, and at once where the connection needs it.

Factory 500 kW, sun 100 kW, battery 500 kW: a ramp of 50 kW a second; import up to 945.25 kW, no export, 4.75 kW of margin.
"""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from lingtan.control import Mode, Phase, stop
from tests.rooms.control.control_samples import Bench, control_site

SITE = control_site(ramp_share_per_s=0.1)


def bench(**values: object) -> Bench:
    """A bench that has left its fail-safe, its battery at 0 kW."""
    made = Bench(SITE, **values)  # type: ignore[arg-type]
    made.tick([made.wish("battery", 0.0)], ticks=3)
    assert made.memory.phase is Phase.RUNNING
    return made


def test_a_wish_is_reached_at_the_ramp() -> None:
    """Its author stays who he is; rules out a jump, and a ramp that stops short."""
    made = bench()
    wish = made.wish("battery", 120.0)
    seen = [made.tick([wish]).decisions["battery"] for _ in range(4)]
    assert [(each.set_point_kw, each.author, each.reason) for each in seen] == [
        (50.0, "ann", "ramp"),
        (100.0, "ann", "ramp"),
        (120.0, "ann", "by hand"),
        (120.0, "ann", "by hand"),
    ]


def test_a_battery_that_was_told_nothing_ramps_from_what_it_does() -> None:
    """After a restart of control it still gives 300 kW: rules out a ramp that begins at 0."""
    made = Bench(SITE)
    made.battery_kw = 300.0
    done = made.tick([made.wish("battery", 120.0)], ticks=3)
    assert done.decisions["battery"].set_point_kw == 250.0


def test_what_the_connection_needs_is_given_at_once() -> None:
    """1300 kW of need: 254.75 must come from the battery in this very second, though a ramp would bring 50."""
    made = bench()
    made.need_kw = 1300.0
    done = made.tick([made.wish("battery", 0.0)])
    assert done.decisions["battery"].set_point_kw == pytest.approx(254.75)
    assert made.grid_kw == pytest.approx(945.25)


def test_a_load_that_drops_stops_a_discharge_at_once() -> None:
    """The battery gives 300 kW, then only 200 are needed beside the sun's 100: a ramp would export 150 kW."""
    made = bench()
    made.tick([made.wish("battery", 300.0)], ticks=6)
    assert made.battery_kw == 300.0
    made.need_kw = 200.0
    made.tick([made.wish("battery", 300.0)])
    assert made.grid_kw == pytest.approx(4.75)


def test_sun_that_is_there_already_is_stored_at_once() -> None:
    """350 kW of sun flow when the load drops to 100: they go into the battery, not over the connection, nor are they cut."""
    made = bench(sun_kw=350.0)
    made.tick([made.wish("battery", 0.0)])
    made.need_kw = 100.0
    made.tick([made.wish("battery", 0.0)])
    assert (made.battery_kw, made.pv_kw) == (pytest.approx(-254.75), 350.0)


def test_a_stop_is_not_ramped() -> None:
    made = bench()
    made.tick([made.wish("battery", 300.0)], ticks=6)
    made.memory = stop(made.memory, "battery", "ann")
    assert made.tick([made.wish("battery", 300.0)]).decisions["battery"].set_point_kw == 0.0


def test_after_a_trip_the_battery_comes_back_at_the_ramp() -> None:
    """Rules out that the whole rating is thrown at the bus in the second in which the trip clears."""
    made = bench()
    wish = made.wish("battery", 300.0)
    made.tick([wish], ticks=7)
    made.forced, made.stuck = {"battery.state": 3.0}, {"battery": 0.0}
    made.tick([wish], ticks=20)
    made.forced, made.stuck = {}, {}
    back = [made.tick([wish]).decisions["battery"].set_point_kw for _ in range(60)]
    assert back[-1] == 300.0
    assert max(abs(after - before) for before, after in pairwise([0.0, *back])) <= 50.0 + 1e-9


def test_after_a_trip_sun_that_was_cut_comes_back_with_the_battery() -> None:
    """While the battery is away the sun is cut to 95.25 kW; both come back together, at 50 kW a second, without any export."""
    made = bench(need_kw=100.0, sun_kw=350.0)
    made.forced, made.stuck = {"battery.state": 3.0}, {"battery": 0.0}
    made.tick(ticks=10)
    assert made.pv_kw == pytest.approx(95.25)
    made.forced, made.stuck = {}, {}
    steps = []
    for _ in range(60):
        made.tick()
        steps.append(made.battery_kw)
        assert made.grid_kw >= 4.75 - 1e-6
    assert steps[-1] == pytest.approx(-254.75)
    assert made.pv_kw == pytest.approx(350.0)
    assert max(abs(after - before) for before, after in pairwise([0.0, *steps])) <= 50.0 + 1e-6


def test_in_shadow_the_wish_is_shown_as_it_is() -> None:
    """Nothing moves there, so a ramp would show its first step for ever."""
    made = bench()
    made.memory = Bench(SITE, mode=Mode.SHADOW).memory
    assert made.tick([made.wish("battery", 300.0)], ticks=4).decisions["battery"].set_point_kw == 300.0


@pytest.mark.parametrize("seed", range(5))
def test_one_noisy_reading_does_not_make_the_others_move(seed: int) -> None:
    """The battery covers the need; its power is read with an error of half its rating. What it is told must not follow the noise.

    Rules out a meter that is read less what that battery shows: the set-point swung by hundreds of kW, and the park exported.
    """
    made = bench()
    made.tick(ticks=10)
    held = made.battery_kw
    assert held == pytest.approx(395.25)
    noise = random.Random(seed)
    told = []
    for _ in range(30):
        made.forced = {"battery.power_kw": min(max(made.battery_kw + noise.gauss(0.0, 250.0), -590.0), 590.0)}
        told.append(made.tick().decisions["battery"].set_point_kw)
        assert made.grid_kw >= 0.0
    assert told[:4] == [pytest.approx(held)] * 4  # then it is distrusted, and goes to its fail-safe
    assert min(told) == told[-1] == 0.0
