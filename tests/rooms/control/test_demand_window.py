"""The 15-minute demand by hand: 60 slips of 15 s, limit 600 kW."""

from __future__ import annotations

import pytest

from lingtan.control.demand import Window, allowed_import, count_import, window_of
from lingtan.control.memory import DemandMemory
from tests.rooms.control.control_samples import NOON

FLAT = {"running_kws": 0.0, "elapsed_s": 0.0, "known": True}


def test_a_quiet_past_lets_more_through_for_a_while() -> None:
    """After an idle quarter-hour: x for 300 s and then 540 kW (90 %) for 600 s make 600 kW over 900 s: x = 720.

    An instantaneous threshold (OpenEMS) would say 600; one that looks at the past window alone would say 54 000.
    """
    assert allowed_import(Window((0.0,) * 60, **FLAT), 600.0, 0.0) == pytest.approx(720.0)


def test_what_cannot_come_down_gets_no_more_than_the_limit() -> None:
    """With an empty battery the import can be held at 600 kW at best: spending the quiet past now breaks the limit later."""
    assert allowed_import(Window((0.0,) * 60, **FLAT), 600.0, 600.0) == pytest.approx(600.0)
    assert allowed_import(Window((0.0,) * 60, **FLAT), 600.0, 900.0) == pytest.approx(600.0)


def test_at_the_limit_it_is_the_limit() -> None:
    """All slips at 600: the window that ends in 15 s has room for 600, no more, and no less: no trip to zero."""
    assert allowed_import(Window((600.0,) * 60, **FLAT), 600.0, 0.0) == pytest.approx(600.0)


def test_what_was_drawn_beyond_is_made_good_without_a_trip() -> None:
    """5 kW too much over the 59 slips that stay, 4425 kW·s: within 30 s that leaves 600 - 147.5; within 15 s it would be 305."""
    assert allowed_import(Window((605.0,) * 60, **FLAT), 600.0, 0.0) == pytest.approx(600.0 - 885 * 5 / 30)


def test_far_beyond_it_is_zero_and_not_below() -> None:
    assert allowed_import(Window((900.0,) * 60, **FLAT), 600.0, 0.0) == 0.0


def test_a_past_that_is_not_known_gives_nothing_extra() -> None:
    blank = window_of(DemandMemory(NOON), NOON, 600.0, None)
    assert blank.known is False
    assert blank.mean_kw == pytest.approx(600.0)
    assert allowed_import(blank, 600.0, 0.0) == pytest.approx(600.0)


def test_the_meters_own_mean_fills_what_was_not_seen() -> None:
    """Half the window seen at 300 kW, the meter says 450 for all of it: the unseen half was 600."""
    seen = DemandMemory(NOON, (*(None,) * 30, *(300.0,) * 30))
    window = window_of(seen, NOON, 999.0, 450.0)
    assert window.mean_kw == pytest.approx(450.0)
    assert window.newest_first == pytest.approx([300.0] * 30 + [600.0] * 30)


def test_import_is_counted_second_by_second_into_slips() -> None:
    """From 10 s before a slip's end: 10 s at 300 kW close it (its first 5 s were at 900), 5 s at 120 kW open the next."""
    start = DemandMemory(NOON, (), 900.0 * 5, 5.0)
    memory = start
    for tick in range(1, 11):
        memory = count_import(memory, 300.0, NOON + 4_000 + 1000 * tick, NOON + 5_000 + 1000 * tick)
    assert memory.slips == pytest.approx((500.0,))  # (5 · 900 + 10 · 300) / 15
    for tick in range(1, 6):
        memory = count_import(memory, 120.0, NOON + 14_000 + 1000 * tick, NOON + 15_000 + 1000 * tick)
    assert (memory.slip_ms, memory.running_kws, memory.running_s) == (NOON + 15_000, 600.0, 5.0)


def test_a_pause_of_control_is_not_known_and_not_zero() -> None:
    """A minute asleep: the running slip was seen for too short a time, the three in between not at all."""
    memory = count_import(DemandMemory(NOON, (500.0,), 3_000.0, 10.0), 600.0, NOON + 10_000, NOON + 70_000)
    assert memory.slips == (500.0, None, None, None, None)
    assert memory.running_s == 0.0


def test_the_window_keeps_fifteen_minutes() -> None:
    memory = DemandMemory(NOON, tuple(float(number) for number in range(60)), 15.0 * 7.0, 15.0)
    after = count_import(memory, 7.0, NOON + 14_000, NOON + 15_000)
    assert len(after.slips) == 60
    assert after.slips[0] == 1.0
