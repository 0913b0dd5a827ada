"""What is believed of a reading, and what is said when it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lingtan.control import Channel, Image, Quality, Reading
from lingtan.control.judge import Judged, judge
from lingtan.control.memory import ChannelMemory
from lingtan.control.span import Span
from tests.rooms.control.control_samples import NOON

METER = Channel("grid.power_kw", "kW", -1000.0, 1000.0, 5.0, noise=100.0, drift_per_s=2.0)
GOOD = Reading(400.0, "kW", Quality.GOOD, 0.2)


def feed(channel: Channel, readings: list[Reading | None], step_s: float = 1.0) -> list[Judged]:
    """Judge one reading a tick."""
    memory: dict[str, ChannelMemory] = {}
    judged = []
    for tick, reading in enumerate(readings):
        image = Image(NOON + round(1000 * step_s) * tick, {} if reading is None else {channel.point: reading})
        judgment = judge({channel.point: channel}, memory, image)
        memory = dict(judgment.channels)
        judged.append(judgment.of(channel.point))
    return judged


def of_values(*values: float) -> list[Reading | None]:
    return [replace(GOOD, value=value) for value in values]


@pytest.mark.parametrize(
    ("reading", "quality", "why", "detail"),
    [
        (None, Quality.BAD, "control.absent", None),
        (replace(GOOD, value=None), Quality.BAD, "control.absent", None),
        (replace(GOOD, value=float("nan")), Quality.BAD, "control.not-finite", None),
        (replace(GOOD, value=1000.1), Quality.BAD, "control.out-of-range", {"value": 1000.1}),
        (replace(GOOD, unit="W"), Quality.BAD, "control.wrong-unit", {"unit": "W"}),
        (replace(GOOD, quality=Quality.BAD), Quality.BAD, "control.refused", None),
        (replace(GOOD, quality=Quality.STALE), Quality.STALE, "control.stale", {"age_s": 0.2}),
        (replace(GOOD, quality=Quality.UNCERTAIN), Quality.UNCERTAIN, "control.doubted", None),
        (replace(GOOD, age_s=5.01), Quality.STALE, "control.stale", {"age_s": 5.0}),
        (replace(GOOD, age_s=-1.5), Quality.UNCERTAIN, "control.ahead", {"ahead_s": 1.5}),
    ],
)
def test_each_fault_has_its_code(
    reading: Reading | None, quality: Quality, why: str, detail: dict[str, float | str] | None
) -> None:
    judged = feed(METER, [reading])[0]
    assert (judged.quality, judged.why, judged.detail) == (quality, why, detail)


def test_what_is_not_seen_stays_where_it_was_and_widens() -> None:
    """Missing is not zero: the last 400 kW keep flowing, give or take 2 kW for each of the two seconds since 0.2 s before."""
    assert feed(METER, [GOOD, None, None])[2].span == Span(400.0 - 4.4, 400.0 + 4.4)


def test_the_same_value_for_an_hour_is_not_frozen() -> None:
    """A steady load once deadlocked a controller for 19 hours (Omnibattery 117): standing still alone says nothing."""
    assert all(judged.good for judged in feed(METER, [GOOD] * 60, step_s=60.0))


def test_a_channel_that_must_move_and_does_not_is_frozen() -> None:
    alive = replace(METER, moves=True, frozen_after_s=10.0)
    judged = feed(alive, [GOOD] * 12)
    assert [one.quality for one in judged[:11]] == [Quality.GOOD] * 11
    assert (judged[11].quality, judged[11].why) == (Quality.UNCERTAIN, "control.frozen")


def test_a_sign_of_life_that_stands_still_takes_its_device_along() -> None:
    """A gateway that repeats its last answer for ever: each value is plausible, fresh and in range."""
    beat = Channel("grid.heartbeat", "1", 0.0, 65535.0, 5.0, moves=True, frozen_after_s=3.0)
    channels = {beat.point: beat, METER.point: METER}
    memory: dict[str, ChannelMemory] = {}
    for tick in range(5):
        image = Image(NOON + 1000 * tick, {beat.point: Reading(7.0, "1", Quality.GOOD, 0.0), METER.point: GOOD})
        judgment = judge(channels, memory, image)
        memory = dict(judgment.channels)
    assert judgment.of(METER.point) == Judged(Span(392.0, 408.0), Quality.UNCERTAIN, "control.frozen", {"age_s": 4.0})


def test_swings_to_and_fro_are_noise_and_one_step_is_not() -> None:
    """A motor starts with one step of 300 kW; a loose terminal goes there and back again."""
    assert all(judged.good for judged in feed(METER, of_values(100.0, 400.0, 400.0, 390.0, 400.0, 100.0)))
    noisy = feed(METER, of_values(100.0, 400.0, 120.0, 410.0, 90.0, 400.0))
    assert [judged.good for judged in noisy] == [True] * 5 + [False]
    assert noisy[5].why == "control.noisy"
    assert noisy[5].span == Span(90.0 - 2.4, 410.0), (
        "as wide as what was seen, and as the last good one may have drifted"
    )


def test_a_state_of_charge_cannot_jump_but_is_believed_where_it_stays() -> None:
    """A device clears its counter from 50 % to 90 %: doubted at first, but not for ever."""
    soc = Channel("battery.soc", "1", 0.0, 1.0, 5.0, rate_per_s=0.0004)
    half, most = Reading(0.5, "1", Quality.GOOD, 0.0), Reading(0.9, "1", Quality.GOOD, 0.0)
    judged = feed(soc, [half, *[most] * 8])
    assert [one.good for one in judged] == [True, *[False] * 7, True]
    assert (judged[1].why, judged[1].span) == ("control.jump", Span(0.5, 0.9))


def test_one_answer_read_twice_is_one_sample() -> None:
    """A poll slower than the tick must not make a channel that moves look frozen, nor one swing look like many."""
    memory: dict[str, ChannelMemory] = {}
    for tick, (value, age) in enumerate([(100.0, 0.0), (100.0, 1.0), (400.0, 0.0), (400.0, 1.0)]):
        image = Image(NOON + 1000 * tick, {METER.point: Reading(value, "kW", Quality.GOOD, age)})
        memory = dict(judge({METER.point: METER}, memory, image).channels)
    assert memory[METER.point].recent == (100.0, 400.0)
