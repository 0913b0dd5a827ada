"""What must hold for the words of any device."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.devices import DeviceState, blocks, decode, encode, shipped_templates
from lingtan.devices.codec import raw_words
from lingtan.devices.frame import Request, frame_of_request, request_of, split
from lingtan.devices.words import COUNTS, bounds, is_integer, number_of, unimplemented, words_of

TEMPLATES = shipped_templates()
ORDERS = ("ABCD", "CDAB", "BADC", "DCBA")


@st.composite
def device_values(draw, template, names):
    """Random values that the registers of a template can hold, with random powers of ten."""
    words = {address: draw(st.integers(-4, 4)) & 0xFFFF for address in template.exponents}
    values = {}
    for name in names:
        register = template.registers[name]
        power = 1.0
        if register.exponent_at is not None:
            power = 10.0 ** number_of([words[register.exponent_at]], "int16")
        if register.codes:
            values[name] = float(DeviceState.of(draw(st.sampled_from(sorted(register.codes)))))
        elif is_integer(register.kind):
            low, high = bounds(register.kind)
            raws = st.integers(max(low, -(2**52)), min(high, 2**52))
            raw = draw(raws.filter(lambda raw, kind=register.kind: raw != unimplemented(kind)))
            values[name] = raw * register.scale * power + register.offset
        else:
            values[name] = draw(st.floats(-1e6, 1e6, width=32)) * register.scale
    return words, values


@pytest.mark.parametrize("name", TEMPLATES)
@given(data=st.data())
def test_what_a_template_encodes_it_decodes(name, data):
    """Rules out a scale, an order, a power of ten or a code that is used on one way only."""
    template = TEMPLATES[name]
    exponents, values = data.draw(device_values(template, sorted(template.registers)))
    words = exponents | raw_words(template, values, exponents)
    assert decode(template, words) == {key: pytest.approx(value, rel=1e-12) for key, value in values.items()}
    read = {address for block in blocks(template) for address in range(block.address, block.address + block.count)}
    assert set(words) == read


@pytest.mark.parametrize("name", [name for name, template in TEMPLATES.items() if template.writable])
@given(data=st.data())
def test_what_is_written_is_what_is_read_back(name, data):
    template = TEMPLATES[name]
    exponents, values = data.draw(device_values(template, template.writable))
    written = {
        address: word
        for one in encode(template, values, exponents)
        for address, word in enumerate(one.words, one.address)
    }
    read = decode(template, exponents | written)
    assert {key: read[key] for key in values} == {key: pytest.approx(value, rel=1e-12) for key, value in values.items()}


@given(st.sampled_from(sorted(COUNTS)), st.sampled_from(ORDERS), st.data())
def test_any_words_survive_the_way_through_a_number(kind, order, data):
    words = tuple(data.draw(st.lists(st.integers(0, 65535), min_size=COUNTS[kind], max_size=COUNTS[kind])))
    number = number_of(words, kind, order)
    if not math.isnan(number):  # a NaN has many spellings
        assert words_of(number, kind, order) == words


@given(st.integers(0, 65535), st.integers(0, 255), st.integers(0, 65535), st.lists(st.integers(0, 65535), max_size=123))
def test_any_request_survives_the_wire(transaction, unit, address, words):
    request = Request(transaction, unit, 16 if words else 3, address, len(words) or 5, tuple(words))
    frames, rest = split(frame_of_request(request))
    assert (frames, rest) == ([frame_of_request(request)], b"")
    assert request_of(frames[0]) == request
