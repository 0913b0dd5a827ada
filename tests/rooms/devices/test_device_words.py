"""Words of a device as numbers: widths, orders, and what means 'nothing'. Expected words are written out by hand."""

from __future__ import annotations

import pytest

from lingtan.devices.words import COUNTS, bounds, number_of, unimplemented, words_of


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("ABCD", (0x0A0B, 0x0C0D)),
        ("CDAB", (0x0C0D, 0x0A0B)),
        ("BADC", (0x0B0A, 0x0D0C)),
        ("DCBA", (0x0D0C, 0x0B0A)),
    ],
)
def test_the_four_orders_of_a_32_bit_number(order, words):
    """Rules out that word order and byte order are mixed up: each gives another number for the same words."""
    assert words_of(0x0A0B0C0D, "uint32", order) == words
    assert number_of(words, "uint32", order) == 0x0A0B0C0D


def test_low_word_first_turns_all_four_words_round():
    assert words_of(0x0001000200030004, "uint64", "CDAB") == (4, 3, 2, 1)


def test_negative_numbers_and_floats():
    assert words_of(-1, "int16") == (0xFFFF,)
    assert words_of(-2, "int64") == (0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE)
    assert words_of(-2.5, "float32") == (0xC020, 0x0000)  # IEEE 754: sign 1, exponent 128, fraction 0.25
    assert number_of((0xC020, 0x0000), "float32") == -2.5


def test_a_kind_refuses_what_it_cannot_hold():
    """Rules out a wrap: 65536 in a word would be a set-point of 0."""
    for number, kind in ((65536, "uint16"), (-1, "uint32"), (2**31, "int32")):
        with pytest.raises(OverflowError, match=r"<= number <=|out of range"):
            words_of(number, kind)


def test_bounds_widths_and_what_means_nothing():
    assert bounds("int32") == (-2147483648, 2147483647)
    assert COUNTS == {
        "int16": 1, "uint16": 1, "int32": 2, "uint32": 2, "int64": 4, "uint64": 4, "float32": 2, "float64": 4
    }  # fmt: skip
    assert [unimplemented(kind) for kind in ("int16", "uint16", "int32", "float32")] == [-32768, 65535, -(2**31), None]
