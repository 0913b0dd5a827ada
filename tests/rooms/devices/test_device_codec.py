"""Blocks, values and writes of whole templates; words and values are computed by hand."""

from __future__ import annotations

import math

import pytest

from lingtan.devices import Block, DeviceState, Template, Write, blocks, decode, encode, shipped_templates
from lingtan.findings import InputError

BATTERY = shipped_templates()["sunspec_battery"]
NONE_READ = dict.fromkeys(BATTERY.registers)
PLAIN = {40071: 0}
"""Its power of ten, as read: 10^0."""


def template_of(**parts) -> Template:
    """A load whose only quantity stands where a test wants it."""
    words = {"en": "A meter.", "zh": "电表。"}
    plain = {"id": "meter", "family": "load", "title": words, "source": "a test"}
    return Template.model_validate(plain | parts)


def read_words(first: int, *words: int) -> dict[int, int]:
    return dict(enumerate(words, first))


def test_a_battery_is_read_in_two_requests() -> None:
    """Rules out one request a register (ten round trips), and one over the gap, where the device has no words."""
    assert blocks(BATTERY) == (Block(40070, 8), Block(40090, 9))


def test_blocks_bridge_small_gaps_and_respect_the_longest_request() -> None:
    points = {
        "power_kw": {"address": 0, "kind": "int32"},
        "heartbeat": {"address": 4, "kind": "uint16"},
        "clock_s": {"address": 9, "kind": "uint32"},
    }
    assert blocks(template_of(points=points)) == (Block(0, 2), Block(4, 1), Block(9, 2))
    assert blocks(template_of(points=points, gap=2)) == (Block(0, 5), Block(9, 2))
    assert blocks(template_of(points=points, gap=4)) == (Block(0, 11),)
    assert blocks(template_of(points=points, gap=4, most_words=8)) == (Block(0, 5), Block(9, 2))


def test_words_of_a_battery_mean_values() -> None:
    """-1 500 000 W charging with factor 10^0; 6543 of 10000; code 7 means tripped, as 6 does."""
    words = read_words(40070, 7, 0, 0xFFE9, 0x1CA0, 6543, 17, 0x0001, 0x0002)
    values = decode(BATTERY, words)
    assert values == NONE_READ | {
        "state": float(DeviceState.TRIPPED),
        "power_kw": -1500.0,
        "soc": pytest.approx(0.6543, abs=1e-12),
        "heartbeat": 17.0,
        "clock_s": 65538.0,
    }


def test_a_scale_factor_of_the_device_moves_the_point() -> None:
    """Rules out a factor that is ignored: 12 with exponent 3 is 12 kW, not 0.012 kW."""
    words = read_words(40070, 3, 3, 0, 12, 0, 0, 0, 0)
    assert decode(BATTERY, words)["power_kw"] == pytest.approx(12.0)
    assert decode(BATTERY, words | {40071: 0x10000 - 3})["power_kw"] == pytest.approx(12e-6)
    assert decode(BATTERY, words | {40071: 0x8000})["power_kw"] is None
    assert encode(BATTERY, {"set_power_kw": 40.0}, words) == [Write(40090, (0, 40))]


def test_what_is_not_known_is_none_and_not_zero() -> None:
    """Rules out a state of charge of 655.35 %, a code nobody knows taken as 'off', and half a number."""
    words = read_words(40070, 99, 0, 0x8000, 0x0000, 0xFFFF, 0, 0)
    values = decode(BATTERY, words)
    assert [values[name] for name in ("state", "power_kw", "soc", "clock_s")] == [None] * 4
    assert values["heartbeat"] == 0.0


def test_a_float_that_is_no_number_is_none() -> None:
    meter = template_of(points={"power_kw": {"address": 0, "kind": "float32", "scale": -1}})
    assert decode(meter, read_words(0, 0x7FC0, 0)) == {"power_kw": None}
    assert decode(meter, read_words(0, 0x7F80, 0)) == {"power_kw": None}
    assert decode(meter, read_words(0, 0x4120, 0)) == {"power_kw": -10.0}


def test_a_load_meter_counts_the_other_way_and_low_word_first() -> None:
    """250.5 kW taken is 0x437A8000; its low word stands first. To the park a load is below zero."""
    words = read_words(0, 0x8000, 0x437A)
    assert decode(shipped_templates()["load_meter"], words)["power_kw"] == -250.5


def test_a_lease_goes_out_in_one_request() -> None:
    """Rules out a set-point that holds before its revert timer is set: 800 kW, back to 0 after 30 s, heartbeat 5."""
    told = {"set_power_kw": 800.0, "revert_kw": -1.0, "revert_time_s": 30.0, "controller_heartbeat": 5.0}
    assert encode(BATTERY, told, PLAIN) == [Write(40090, (12, 0x3500, 0xFFFF, 0xFC18, 0, 30, 5))]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"soc": 0.5},
            "devices.not-writable: sunspec_battery.soc: this quantity of the device cannot be written; expected "
            "set_power_kw, revert_kw, revert_time_s, controller_heartbeat. Write one of those named.",
        ),
        (
            {"set_power_kw": 3e6},
            "devices.beyond-register: sunspec_battery.set_power_kw: the register cannot hold this value; expected int32, "
            "got 3000000. Check the value, and the scale of the template.",
        ),
        (
            {"controller_heartbeat": 65535.0},
            "devices.beyond-register: sunspec_battery.controller_heartbeat: the register cannot hold this value; "
            "expected uint16, got 65535. Check the value, and the scale of the template.",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(values, said) -> None:
    """3 GW wraps round in 32 bits; 65535 is 'not implemented' to a SunSpec device."""
    with pytest.raises(InputError) as caught:
        encode(BATTERY, values, PLAIN)
    assert str(caught.value) == said


@pytest.mark.parametrize("words", [{}, {40071: 0x8000}, {40071: 11}])
def test_a_value_whose_power_of_ten_is_not_known_is_not_written(words) -> None:
    """Rules out 40 kW told as 40 000 raw steps to a device that counts in kilowatts: it would be 40 MW."""
    with pytest.raises(InputError) as caught:
        encode(BATTERY, {"set_power_kw": 40.0}, words)
    assert str(caught.value) == (
        "devices.no-exponent: sunspec_battery.set_power_kw: the power of ten of this register was not read, or is beyond "
        "10^±10; expected 40071. Read the device first; then check the word that is named."
    )


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_number_is_never_written(value) -> None:
    with pytest.raises(InputError) as caught:
        encode(BATTERY, {"set_power_kw": value}, PLAIN)
    assert str(caught.value) == (
        "devices.beyond-register: sunspec_battery.set_power_kw: the register cannot hold this value; "
        f"expected int32, got {value}. Check the value, and the scale of the template."
    )


def test_an_answer_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Block(0, 3).by_address([1, 2])
    assert Block(7, 2).by_address([1, 2]) == {7: 1, 8: 2}


def test_a_register_knows_what_can_be_true() -> None:
    soc = BATTERY.points["soc"]
    assert [soc.holds(value) for value in (-0.01, 0.0, 1.0, 1.01)] == [False, True, True, False]
    assert BATTERY.points["power_kw"].holds(-1e9)
