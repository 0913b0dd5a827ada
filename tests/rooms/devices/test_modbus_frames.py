"""Bytes of Modbus TCP, checked against the worked examples of the standard and written out by hand."""

from __future__ import annotations

import pytest

from lingtan.devices.frame import (
    Answer,
    FrameError,
    Refusal,
    Request,
    Unclear,
    answer_of,
    frame_of_answer,
    frame_of_refusal,
    frame_of_request,
    request_of,
    split,
)

READ = bytes.fromhex("1234 0000 0006 11 03 006B 0003")
"""Application protocol 1.1b3, 6.3: read holding registers 108 to 110, here with a head."""


def test_the_read_of_the_standard() -> None:
    request = request_of(READ)
    assert request == Request(0x1234, 0x11, 3, 107, 3)
    assert frame_of_request(request) == READ
    answer = frame_of_answer(request, [0x022B, 0x0000, 0x0064])
    assert answer == bytes.fromhex("1234 0000 0009 11 03 06 022B 0000 0064")
    assert answer_of(answer) == Answer(0x1234, 0x11, 3, (0x022B, 0, 0x64))


def test_the_writes_of_the_standard() -> None:
    """6.6: write 3 to register 2; 6.12: write 10 and 258 to registers 2 and 3."""
    one = bytes.fromhex("0001 0000 0006 01 06 0001 0003")
    assert request_of(one) == Request(1, 1, 6, 1, 1, (3,))
    assert frame_of_answer(request_of(one)) == one
    many = bytes.fromhex("0002 0000 000B 01 10 0001 0002 04 000A 0102")
    assert request_of(many) == Request(2, 1, 16, 1, 2, (10, 258))
    assert frame_of_request(request_of(many)) == many
    assert frame_of_answer(request_of(many)) == bytes.fromhex("0002 0000 0006 01 10 0001 0002")


def test_a_refusal_sets_the_high_bit() -> None:
    refused = frame_of_refusal(request_of(READ), Refusal.ILLEGAL_ADDRESS)
    assert refused == bytes.fromhex("1234 0000 0003 11 83 02")
    assert answer_of(refused) == Answer(0x1234, 0x11, 3, refusal=2)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("2B 0E", Refusal.ILLEGAL_FUNCTION),
        ("03 0000 0000", Refusal.ILLEGAL_VALUE),
        ("03 0000 007E", Refusal.ILLEGAL_VALUE),
        ("03 00", Refusal.ILLEGAL_VALUE),
        ("10 0000 0002 04 0001", Refusal.ILLEGAL_VALUE),
    ],
    ids=["identification", "none", "126", "short", "half written"],
)
def test_what_cannot_be_done_is_answered_with_a_reason(body, refusal) -> None:
    """Rules out silence, which a client takes for a dead device."""
    raw = bytes.fromhex(body)
    frame = bytes.fromhex("0007 0000") + (len(raw) + 1).to_bytes(2, "big") + b"\x01" + raw
    assert request_of(frame) == Unclear(7, 1, raw[0], refusal)


def test_a_stream_is_cut_into_frames_wherever_it_breaks() -> None:
    stream = READ + READ
    for cut in range(len(stream) + 1):
        first, rest = split(stream[:cut])
        more, left = split(rest + stream[cut:])
        assert (first + more, left) == ([READ, READ], b"")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("0001 0001 0006 01", "protocol 1, length 6"),
        ("0001 0000 0001 01", "protocol 0, length 1"),
        ("0001 0000 00FF 01", "protocol 0, length 255"),
    ],
)
def test_bytes_that_are_no_modbus_lose_the_stream(head, said) -> None:
    with pytest.raises(FrameError, match=f"^{said}$"):
        split(bytes.fromhex(head))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("03 05 0001 0002", "6 bytes that hold no whole words"),
        ("03 03 0001 02", "5 bytes that hold no whole words"),
        ("83 02 00", "a refusal of 3 bytes"),
    ],
)
def test_an_answer_that_holds_no_whole_words_is_refused(body, said) -> None:
    raw = bytes.fromhex(body)
    with pytest.raises(FrameError, match=f"^{said}$"):
        answer_of(bytes.fromhex("0001 0000") + (len(raw) + 1).to_bytes(2, "big") + b"\x01" + raw)
