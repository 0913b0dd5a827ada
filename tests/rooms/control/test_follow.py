"""Who is named for a set-point while a plan is followed: the plan, unless a guard really changed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lingtan.control import Schedule, stop
from lingtan.control.schedule import sealed
from tests.rooms.control.control_samples import NOON, Bench, control_site

SITE = control_site(connection={"export_limit": 400.0})


def plan(battery_kw: float, content_kwh: float) -> Schedule:
    """One hour of one power, with this content at the end of every step."""
    watts, content = (round(1000 * battery_kw),) * 4, (round(1000 * content_kwh),) * 4
    bare = Schedule(900, NOON, NOON, {"battery": watts}, {"battery": content}, "")
    return replace(bare, digest=sealed(bare))


def told(schedule: Schedule, content_kwh: float) -> tuple[float, str, str]:
    made = Bench(SITE, content_kwh=content_kwh, now_ms=NOON - 3000)
    made.tick(ticks=3)
    battery = made.tick(schedule=schedule).decisions["battery"]
    return round(battery.set_point_kw, 3), battery.author, battery.reason


@pytest.mark.parametrize(
    ("planned", "due", "content", "wanted"),
    [
        # 500 kW and 100 of correction are more than the rating: the plan's own power is what can be had, so it is the plan's.
        (-500.0, 700.0, 500.0, (-500.0, "plan", "plan")),
        (500.0, 300.0, 600.0, (500.0, "plan", "plan")),
        # 450 kW and up to 100 of correction: 50 can be had.
        (-450.0, 700.0, 500.0, (-500.0, "plan", "plan-drift")),
        # A certified plan may be a few watts beyond the rating of a rounded size.
        (-500.004, 618.75, 500.0, (-500.0, "plan", "plan")),
        # 510 kW are not to be had: here the guard did change it.
        (-510.0, 500.0, 500.0, (-500.0, "guard", "rating")),
    ],
    ids=["charging beyond", "discharging beyond", "half of it", "rounded", "beyond the rating"],
)
def test_a_correction_asks_for_nothing_that_cannot_be_had(
    planned: float, due: float, content: float, wanted: tuple[float, str, str]
) -> None:
    """Rules out "guard" beside every set-point of a plan at full power."""
    assert told(plan(planned, due), content) == wanted


def test_a_stop_is_named_also_while_the_plan_rests() -> None:
    """Both want 0 kW, and only one of them would let go of it."""
    made = Bench(SITE, now_ms=NOON - 3000)
    made.tick(ticks=3)
    made.memory = stop(made.memory, "battery", "ann")
    assert [(one.author, one.reason) for one in [made.tick(schedule=plan(0.0, 500.0)).decisions["battery"]]] == [
        ("guard", "stop")
    ]


def test_an_empty_battery_is_the_guards_word() -> None:
    """The plan discharges, and nothing is left: 0.05 kWh would be gone within a second."""
    assert told(plan(400.0, 0.05), 0.05)[1:] == ("guard", "soc")
