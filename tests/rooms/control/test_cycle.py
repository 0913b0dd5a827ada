"""Control in a loop with a small plant: factory 500 kW, sun 100 kW, battery 500 kW / 1 MWh, import up to 950 kW, no export.

Margin of the connection: 0.5 % of 950 kW = 4.75 kW.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from lingtan.control import (
    Cycle,
    DraftPlan,
    Mode,
    Phase,
    Quality,
    Schedule,
    cycle,
    reboot,
    release,
    stop,
    verify,
    with_mode,
)
from tests.rooms.control.control_samples import NOON, Bench, control_site, image_of

SITE = control_site()


def bench(**values: object) -> Bench:
    """A bench that has left its fail-safe."""
    made = Bench(SITE, **values)  # type: ignore[arg-type]
    made.tick(ticks=3)
    assert made.memory.phase is Phase.RUNNING
    return made


def set_points(done: Cycle) -> dict[str, tuple[float, str, str]]:
    return {name: (round(one.set_point_kw, 2), one.author, one.reason) for name, one in done.decisions.items()}


# Start


def test_a_start_waits_for_three_good_ticks_of_every_needed_point() -> None:
    """Rules out control on start-up garbage (evcc 30582): two good ticks, one bad, and the count begins anew."""
    made = Bench(SITE)
    made.tick(ticks=2)
    made.lost = {"battery.soc"}
    done = made.tick()
    assert set_points(done) == {"battery": (0.0, "guard", "boot"), "pv": (0.0, "guard", "boot")}
    made.lost = set()
    made.tick(ticks=2)
    assert made.memory.phase is Phase.FAIL_SAFE
    made.tick()
    assert made.memory.phase is Phase.RUNNING
    assert made.said == [
        "0 control.plan-over plan",
        "0 control.warming-up control",
        "2 control.absent battery.soc",
        "3 control.ended battery.soc",
        "5 control.running control",
        "5 control.ended control",
    ]


def test_nothing_is_written_in_the_fail_safe_while_leases_may_run() -> None:
    """A restart must not throw a battery to zero that holds the connection: its lease of 10 s still runs. Then it must."""
    made = Bench(SITE, lost={"grid.power_kw"})
    assert [made.tick().writes for _ in range(12)] == [False] * 10 + [True] * 2


def test_a_restart_keeps_orders_and_leaves_the_fail_safe_anew() -> None:
    made = bench()
    made.memory = reboot(stop(made.memory, "battery", "ann"), made.now_ms)
    assert (made.memory.mode, made.memory.phase, dict(made.memory.stops)) == (
        Mode.AUTO,
        Phase.FAIL_SAFE,
        {"battery": "ann"},
    )


# Local rules and limits


def test_without_a_plan_the_battery_covers_the_need() -> None:
    """500 of need less 100 of sun leave 400; 4.75 stay with the grid so that a load that drops does not export."""
    done = bench().tick()
    assert set_points(done)["battery"] == (395.25, "local", "self-use")


def test_surplus_sun_is_stored_before_it_is_thrown_away() -> None:
    made = bench(need_kw=100.0, sun_kw=350.0)
    done = made.tick(ticks=2)
    assert set_points(done)["battery"] == (-254.75, "local", "self-use")
    assert made.pv_kw == 350.0


def test_the_reserve_stays_in_the_battery() -> None:
    done = bench(content_kwh=100.0).tick()
    assert set_points(done)["battery"] == (0.0, "local", "reserve")


def test_an_overload_draws_on_the_battery_against_the_operators_wish() -> None:
    """An operator charges with 300 kW while 700 are needed: 945.25 may be imported, so 145.25 are left for charging."""
    made = bench(need_kw=800.0)
    done = made.tick([made.wish("battery", -300.0)])
    assert set_points(done)["battery"] == (-245.25, "connection", "import-limit")
    assert done.decisions["battery"].wished_kw == -300.0
    assert done.decisions["battery"].wished_by == "ann"
    made.need_kw = 1300.0
    done = made.tick([made.wish("battery", -300.0)])
    assert set_points(done)["battery"] == (254.75, "connection", "import-limit")
    assert made.grid_kw == pytest.approx(945.25)


def test_the_revert_value_holds_the_connection_too() -> None:
    """At 1300 kW of need a battery that reverts to 0 when control dies would overload the connection by 250 kW."""
    done = bench(need_kw=1300.0).tick(ticks=2)
    assert done.decisions["battery"].revert_kw == pytest.approx(254.75)


def test_doubt_that_pins_a_battery_does_not_pin_what_it_reverts_to() -> None:
    """It gives 300 kW though told 254.75, and is left at it; were that its revert value, it would give 300 kW without end."""
    made = bench(need_kw=1300.0)
    made.stuck = {"battery": 300.0}
    done = made.tick([made.wish("battery", 200.0)], ticks=8)
    pinned = done.decisions["battery"]
    assert (pinned.low_kw, pinned.high_kw, pinned.revert_kw) == (300.0, 300.0, 0.0)


def test_a_lost_meter_leaves_the_revert_value_at_the_fail_safe() -> None:
    """Sure of 1300 kW, the battery reverts to what holds the connection; with meter and load unseen nobody is sure."""
    made = bench(need_kw=1300.0)
    made.lost = {"grid.power_kw", "factory.power_kw"}
    battery = made.tick(ticks=3).decisions["battery"]
    assert battery.low_kw > 254.75
    assert battery.revert_kw == 0.0


def test_a_demand_that_is_guessed_moves_no_revert_value() -> None:
    """750 kW of need under a limit of 700, and nobody knows the last 15 minutes: what is held back now is no order for ever."""
    site = control_site(demand_limit_kw={"grid": 700.0})
    made = Bench(site, need_kw=750.0, sun_kw=0.0)
    battery = made.tick(ticks=12).decisions["battery"]
    assert battery.low_kw > 0.0
    assert battery.revert_kw == 0.0


def test_a_stopped_plant_says_why() -> None:
    """Its lower rating is 0 anyway: what brought its upper end there is the stop, not the rating."""
    made = bench()
    made.memory = stop(made.memory, "pv", "ann")
    assert set_points(made.tick(ticks=2))["pv"] == (0.0, "guard", "stop")


def test_what_cannot_be_held_is_told() -> None:
    """1700 of need: 500 from the battery and 100 of sun leave 1100, 154.75 beyond what is allowed."""
    made = bench(need_kw=1700.0, forced={"grid.power_kw": 1100.0, "battery.power_kw": 500.0})
    done = made.tick(ticks=2)
    assert set_points(done)["battery"][0] == 500.0
    assert "0 control.import-over grid" in made.said


def test_full_battery_throttles_the_sun_no_further_than_needed() -> None:
    """Never a hard trip to zero: 100 of need, less the margin, still come from the roof."""
    made = bench(need_kw=100.0, sun_kw=350.0, content_kwh=1000.0)
    done = made.tick(ticks=2)
    assert set_points(done) == {"battery": (0.0, "guard", "soc"), "pv": (95.25, "connection", "export-limit")}


def test_a_throttled_plant_that_does_not_say_what_it_has_is_probed() -> None:
    """Without `available_kw` a throttled plant shows its limit, not the sun: it is let up by 5 % at a time, into the battery."""
    made = bench(need_kw=100.0, sun_kw=350.0)
    made.lost = {"pv.available_kw"}
    made.tick([made.wish("battery", 0.0), made.wish("pv", 95.0)], ticks=3)
    assert made.pv_kw == 95.0
    given = [round((made.tick(ticks=1), made.pv_kw)[1]) for _ in range(30)]
    assert given[0] < 200
    assert given[-1] == 350
    assert made.grid_kw >= 0.0


def test_a_demand_limit_throttles_charging() -> None:
    """Limit 600 kW, 594 with its margin; 400 are needed, so 194 are left for charging.

    Nothing is known of the past but 400, 400 and 4.75 kW of the last three seconds: (3 · 594 - 804.75) / 300 s = 3.26 more.
    """
    made = Bench(control_site(demand_limit_kw={"grid": 600.0}))
    made.tick(ticks=3)
    done = made.tick([made.wish("battery", -400.0)])
    assert set_points(done)["battery"] == (-197.26, "connection", "demand")
    assert done.demand["grid"].limit_kw == 600.0
    assert done.demand["grid"].ends_ms == NOON + 900_000


# Modes, stop, release


def test_off_decides_nothing_and_shadow_writes_nothing() -> None:
    made = bench()
    made.memory = with_mode(made.memory, Mode.SHADOW)
    done = made.tick()
    assert (done.writes, set(done.decisions)) == (False, {"battery", "pv"})
    made.memory = with_mode(made.memory, Mode.OFF)
    done = made.tick()
    assert (done.writes, done.decisions) == (False, {})


def test_stop_is_zero_until_released_whatever_is_wished() -> None:
    made = bench()
    made.memory = stop(made.memory, "battery", "ann")
    done = made.tick([made.wish("battery", 300.0)], ticks=2)
    assert set_points(done)["battery"] == (0.0, "guard", "stop")
    made.memory = release(made.memory, "battery")
    done = made.tick([made.wish("battery", 300.0)])
    assert set_points(done)["battery"] == (300.0, "ann", "by hand")
    assert made.said[-2:] == ["3 control.stopped battery", "5 control.ended battery"]


def test_an_order_ends_by_itself() -> None:
    """Modes that stick after release are a classic (evcc 15577): an order of two seconds counts twice."""
    made = bench()
    order = made.wish("battery", -100.0, for_s=2.0)
    assert [set_points(made.tick([order]))["battery"][1] for _ in range(3)] == ["ann", "ann", "local"]


# Faults


def test_a_dead_meter_is_replaced_by_the_sum_and_the_margin_doubles() -> None:
    made = bench()
    made.lost = {"grid.power_kw"}
    done = made.tick([made.wish("battery", -900.0)], ticks=3)
    assert set_points(done)["battery"] == (-500.0, "guard", "rating")
    made.need_kw = 800.0
    done = made.tick([made.wish("battery", -500.0)], ticks=2)
    assert set_points(done)["battery"] == (-240.5, "connection", "import-limit")  # 700 + 240.5 = 950 - 2 · 4.75


def test_with_meter_and_load_dead_doubt_grows_and_tightens() -> None:
    """Nobody sees the bus any more: what was known widens every second, and what is allowed shrinks with it."""
    made = bench(need_kw=800.0)
    made.lost = {"grid.power_kw", "factory.power_kw"}
    allowed = [-made.tick([made.wish("battery", -500.0)]).decisions["battery"].set_point_kw for _ in range(5)]
    assert allowed == sorted(allowed, reverse=True)
    assert allowed[-1] < allowed[0] < 245.25


def test_a_meter_and_a_sum_that_differ_are_both_believed_in_the_worse() -> None:
    """A frozen meter reads 400 kW for ever while the load grows: plausible, fresh, in range, and wrong."""
    made = bench(need_kw=500.0)
    made.forced = {"grid.power_kw": 400.0}
    made.need_kw = 1300.0
    made.battery_kw = 0.0
    made.tick([made.wish("battery", 0.0)], ticks=4)
    assert made.grid_kw <= 945.25 + 1e-6
    assert "5 control.balance-open grid" in made.said


def test_a_battery_that_does_not_obey_is_no_longer_reckoned_with() -> None:
    """Refused writes: after five ticks its power stays in the balance as it is, and it is not given another's work."""
    made = bench()
    made.stuck = {"battery": 200.0}
    done = made.tick(ticks=6)
    assert "8 control.not-obeyed battery" in made.said
    assert done.decisions["battery"].low_kw == 0.0
    assert done.decisions["battery"].high_kw == 200.0
    made.stuck = {}
    made.tick(ticks=40)
    assert made.said[-1] == "38 control.ended battery"
    assert made.grid_kw == pytest.approx(4.75)


def test_trust_comes_back_later_after_a_relapse() -> None:
    """Otherwise a device that refuses flaps every few seconds between trusted and not: 30 s first, then 60 s."""
    made = bench()
    made.stuck = {"battery": 200.0}
    made.tick(ticks=120)
    lost = [int(line.split()[0]) for line in made.said if line.endswith("control.not-obeyed battery")]
    assert lost == [8]
    assert made.memory.commands["battery"].strikes == 1, "it never obeyed, so there was nothing to lose twice"


def test_a_battery_that_may_obey_at_last_is_reckoned_with_both_ways() -> None:
    """It charges with 200 kW though told 0: the sun that it takes must not be exported should it obey in this very tick."""
    made = bench(need_kw=100.0, sun_kw=350.0)
    made.stuck = {"battery": -200.0}
    done = made.tick([made.wish("battery", 0.0)], ticks=8)
    assert set_points(done) == {"battery": (0.0, "ann", "by hand"), "pv": (95.25, "connection", "export-limit")}


def test_an_uncertain_battery_that_holds_the_connection_is_left_at_it() -> None:
    """It gives 300 kW though told 254.75, and at the 200 that are wished the import would be 1000: it is left where it is."""
    made = bench(need_kw=1300.0)
    made.stuck = {"battery": 300.0}
    done = made.tick([made.wish("battery", 200.0)], ticks=8)
    assert done.decisions["battery"].set_point_kw == 300.0
    assert done.decisions["battery"].reason == "distrust"


def test_with_a_dead_meter_a_refusing_plant_is_counted_in_the_sum() -> None:
    """Stopped, it still gives 300 kW: the battery takes what the load does not, also when only the sum shows it."""
    made = bench(need_kw=100.0, sun_kw=350.0)
    made.stuck = {"pv": 300.0}
    made.memory = stop(made.memory, "pv", "ann")
    made.tick([made.wish("battery", 0.0)], ticks=8)
    assert "10 control.not-obeyed pv" in made.said  # told at 3, 4 and 5 s, which it may lag; five misses from 6 on
    made.lost = {"grid.power_kw"}
    made.tick([made.wish("battery", 0.0)], ticks=2)
    assert made.battery_kw == pytest.approx(-209.5)  # 300 - 100 and twice the margin


def test_a_nearly_empty_battery_gives_what_lasts_for_its_lease() -> None:
    """0.5 kWh in the cells are 0.475 kWh at the bus: over 11 s (lease and tick) 155 kW; 172 kW would run dry within them."""
    done = bench(content_kwh=0.5, need_kw=300.0).tick([Bench(SITE).wish("battery", 500.0)])
    assert done.decisions["battery"].high_kw == pytest.approx(0.475 * 3600.0 / 11.0)


def test_what_the_meter_last_said_widens_with_time() -> None:
    """Meter and load unseen for 4 s more: their reach grows by 3 kW (meter) and 4.56 kW (load) a second; the worse counts."""
    made = bench(need_kw=800.0)
    made.lost = {"grid.power_kw", "factory.power_kw"}
    after = [made.tick([made.wish("battery", -500.0)]).decisions["battery"].set_point_kw for _ in range(5)]
    assert after[4] - after[0] == pytest.approx(4 * 4.56)


def test_without_any_load_meter_the_last_word_of_the_meter_widens() -> None:
    """Most parks do not meter every load. The meter's reach grows by 3 kW a second (0.2 % of 1500 kW); others have not moved."""
    made = Bench(SITE, need_kw=800.0, lost={"factory.power_kw"})
    made.tick(ticks=3)
    made.lost = {"grid.power_kw", "factory.power_kw"}
    after = [made.tick([made.wish("battery", -500.0)]).decisions["battery"].set_point_kw for _ in range(5)]
    assert after == pytest.approx([-(940.5 - 700.0) + 3.0 * seconds for seconds in range(1, 6)])


def test_a_tripped_battery_is_told_nothing_and_others_do_its_work() -> None:
    made = bench(need_kw=100.0, sun_kw=350.0)
    made.forced = {"battery.state": 3.0}
    made.stuck = {"battery": 0.0}
    made.tick(ticks=2)
    done = made.tick()
    assert set_points(done)["battery"] == (0.0, "guard", "tripped")
    assert set_points(done)["pv"] == (95.25, "connection", "export-limit")


def test_a_lost_battery_keeps_flowing_in_the_balance() -> None:
    """An unreachable inverter still discharges (frequenz 1354): its power must not be given to another."""
    made = bench(need_kw=1300.0)
    made.tick(ticks=2)
    held = made.battery_kw
    made.lost = {"battery.power_kw", "battery.soc"}
    made.stuck = {"battery": held}
    done = made.tick([made.wish("battery", -500.0)], ticks=3)
    assert done.decisions["battery"].set_point_kw >= 0.0, "no further from where it is than to its fail-safe"
    assert not [line for line in made.said if "import-over" in line]


def test_an_old_image_does_not_stay_young() -> None:
    """The readers hang and hand in the same image again: every reading in it has grown older."""
    made = bench()
    image = image_of(made.now_ms, made.values())
    done = cycle(SITE, made.memory, image, (), None, made.now_ms + 6_000)
    assert done.points["grid.power_kw"].quality is Quality.STALE


def test_an_event_tells_of_its_beginning_and_its_end_once() -> None:
    made = bench()
    made.forced = {"grid.power_kw": 99_999.0}
    made.tick(ticks=5)
    made.forced = {}
    made.tick(ticks=3)
    assert [line for line in made.said if "grid.power_kw" in line] == [
        "3 control.out-of-range grid.power_kw",
        "8 control.ended grid.power_kw",
    ]


def test_a_clock_that_goes_back_is_told_and_survived() -> None:
    made = bench()
    made.now_ms -= 60_000
    done = made.tick()
    assert "-57 control.clock-back control" in made.said
    assert done.decisions["battery"].set_point_kw == pytest.approx(395.25)


# Plan


def a_plan(battery_kw: float, start_kwh: float = 500.0) -> Schedule:
    """One hour of one battery power, from `start_kwh` on."""
    watts = round(battery_kw * 1000)
    flows = {"factory.load": 500_000, "factory.shortfall": 0, "pv.generation": 0, "pv.curtailed": 0}
    flows |= {"battery.charge": max(-watts, 0), "battery.discharge": max(watts, 0)}
    flows |= {"grid.import": 500_000 - watts, "grid.export": 0}
    step_kwh = (battery_kw / 0.95 if battery_kw > 0.0 else battery_kw * 0.95) / 4.0
    content = tuple(round(1000 * (start_kwh - step_kwh * (step + 1))) for step in range(4))
    rows = {name: (value,) * 4 for name, value in flows.items()}
    draft = DraftPlan(900, NOON, NOON, rows, {"battery": content}, {"battery": round(1000 * start_kwh)})
    schedule = verify(SITE, draft, NOON)
    assert isinstance(schedule, Schedule)
    return schedule


def test_the_plan_is_followed_and_left_when_it_ends() -> None:
    made = bench()
    done = made.tick(schedule=a_plan(-95.0, 499.9))
    assert set_points(done)["battery"] == (-95.0, "plan", "plan")
    made.now_ms = NOON + 3_600_000
    done = made.tick(schedule=a_plan(-95.0, 499.9))
    assert set_points(done)["battery"][1:] == ("local", "self-use")
    assert [line.split(" ", 1)[1] for line in made.said[-2:]] == [
        "control.plan-over plan",
        "control.running control",
    ] or ("control.plan-over plan" in made.said[-1])


@pytest.mark.parametrize(
    ("planned", "content", "told", "reason"),
    [
        (-95.0, 504.0, -95.0, "plan"),  # 4 kWh off: within the dead band of 1 %
        (-95.0, 520.0, -55.0, "plan-drift"),  # 20 kWh too many, to be gone in half an hour: 40 kW less
        (-95.0, 480.0, -135.0, "plan-drift"),  # 20 kWh missing: 40 kW more
        (-95.0, 800.0, 0.0, "plan-drift"),  # far too many: at most 100 kW of correction, and never the other way
        (200.0, 480.0, 160.0, "plan-drift"),
        (40.0, 300.0, 0.0, "plan-drift"),  # far too few: 100 kW less than 40 would be charging
        (0.0, 600.0, 0.0, "plan"),  # resting is part of the plan
    ],
)
def test_drift_is_brought_back_within_the_plans_own_direction(
    planned: float, content: float, told: float, reason: str
) -> None:
    """A follower that discharges in the cheap hour because the battery is a little fuller than planned buys it back dear."""
    made = bench(content_kwh=content)
    made.now_ms = NOON  # as the plan begins
    made.memory = replace(made.memory, now_ms=NOON - 1000)
    done = made.tick(schedule=a_plan(planned))
    assert (round(done.decisions["battery"].set_point_kw, -1 if told else 0), done.decisions["battery"].reason) == (
        round(told, -1 if told else 0),
        reason,
    )


def test_a_forged_plan_is_not_followed() -> None:
    made = bench()
    forged = replace(a_plan(-95.0), power_w={"battery": (500_000,) * 4})
    done = made.tick(schedule=forged)
    assert set_points(done)["battery"][1:] == ("local", "self-use")
    assert "3 control.plan-unsealed plan" in made.said


def test_a_plan_may_bring_the_demand_limit_of_the_month() -> None:
    made = bench()
    bare = replace(a_plan(-95.0), demand_limit_w={"grid": 450_000}, digest="")
    assert made.tick(schedule=replace(bare, digest="x")).demand["grid"].limit_kw is None, "only a sealed one may"
