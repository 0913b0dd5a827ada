"""Modbus TCP frames: bytes to requests and answers, and back. What is on the wire, and no socket.

A frame is a head of seven bytes (transaction, protocol 0, length, unit) and a protocol data unit of at most 253. Only what
our devices speak is here: reading holding (3) and input registers (4), writing one (6) and several (16).
Source: MODBUS Application Protocol 1.1b3 and MODBUS Messaging on TCP/IP 1.0b, modbus.org.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

READ_HOLDING, READ_INPUT, WRITE_ONE, WRITE_MANY = 3, 4, 6, 16
MOST_READ, MOST_WRITTEN = 125, 123
_HEAD = struct.Struct(">HHHB")
_LONGEST_LENGTH = 254
_REFUSED = 0x80


class Refusal(IntEnum):
    """Why a device does not do what it was asked."""

    ILLEGAL_FUNCTION = 1
    ILLEGAL_ADDRESS = 2
    ILLEGAL_VALUE = 3
    DEVICE_FAILURE = 4
    BUSY = 6
    NO_TARGET = 11


class FrameError(ValueError):
    """Bytes that are no Modbus TCP frame: the stream is lost, and its socket has to go."""


@dataclass(frozen=True)
class Request:
    """What a client asks: words to read (`count`), or `words` to write from `address` on."""

    transaction: int
    unit: int
    function: int
    address: int
    count: int
    words: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a device says: the words read, nothing (written), or why not."""

    transaction: int
    unit: int
    function: int
    words: tuple[int, ...] = ()
    refusal: int | None = None


@dataclass(frozen=True)
class Unclear:
    """A frame that can be answered with a refusal only."""

    transaction: int
    unit: int
    function: int
    refusal: Refusal


def split(buffer: bytes) -> tuple[list[bytes], bytes]:
    """The whole frames at the head of a stream, and what is left of it; `FrameError` where it cannot be one."""
    frames = []
    while len(buffer) >= _HEAD.size:
        _, protocol, length, _ = _HEAD.unpack_from(buffer)
        if protocol != 0 or not 2 <= length <= _LONGEST_LENGTH:
            raise FrameError(f"protocol {protocol}, length {length}")
        end = length + _HEAD.size - 1
        if len(buffer) < end:
            break
        frames.append(buffer[:end])
        buffer = buffer[end:]
    return frames, buffer


def request_of(frame: bytes) -> Request | Unclear:
    """What a frame asks."""
    transaction, _, _, unit = _HEAD.unpack_from(frame)
    body = frame[_HEAD.size :]
    function, data = body[0], body[1:]
    if function not in {READ_HOLDING, READ_INPUT, WRITE_ONE, WRITE_MANY}:
        return Unclear(transaction, unit, function, Refusal.ILLEGAL_FUNCTION)
    wrong = Unclear(transaction, unit, function, Refusal.ILLEGAL_VALUE)
    if len(data) < 4:
        return wrong
    address, second = struct.unpack_from(">HH", data)
    if function == WRITE_ONE:
        return Request(transaction, unit, function, address, 1, (second,)) if len(data) == 4 else wrong
    if function == WRITE_MANY:
        whole = 1 <= second <= MOST_WRITTEN and len(data) == 5 + 2 * second and data[4] == 2 * second
        words = struct.unpack_from(f">{second}H", data, 5) if whole else ()
        return Request(transaction, unit, function, address, second, words) if whole else wrong
    whole = 1 <= second <= MOST_READ and len(data) == 4
    return Request(transaction, unit, function, address, second) if whole else wrong


def frame_of_request(request: Request) -> bytes:
    """A request as bytes."""
    match request.function:
        case 3 | 4:
            body = struct.pack(">HH", request.address, request.count)
        case 6:
            body = struct.pack(">HH", request.address, request.words[0])
        case _:
            words = request.words
            body = struct.pack(f">HHB{len(words)}H", request.address, len(words), 2 * len(words), *words)
    return _framed(request.transaction, request.unit, bytes([request.function]) + body)


def frame_of_answer(request: Request, words: Sequence[int] = ()) -> bytes:
    """The answer to a request that was done: the words read, or an echo of what was written."""
    match request.function:
        case 3 | 4:
            body = struct.pack(f">B{len(words)}H", 2 * len(words), *words)
        case 6:
            body = struct.pack(">HH", request.address, request.words[0])
        case _:
            body = struct.pack(">HH", request.address, request.count)
    return _framed(request.transaction, request.unit, bytes([request.function]) + body)


def frame_of_refusal(asked: Request | Unclear, refusal: Refusal) -> bytes:
    """The answer to a request that was not done."""
    return _framed(asked.transaction, asked.unit, bytes([asked.function | _REFUSED, refusal]))


def answer_of(frame: bytes) -> Answer:
    """What an answer says; `FrameError` where it is not well formed."""
    transaction, _, _, unit = _HEAD.unpack_from(frame)
    body = frame[_HEAD.size :]
    function = body[0] & ~_REFUSED
    if body[0] & _REFUSED:
        if len(body) != 2:
            raise FrameError(f"a refusal of {len(body)} bytes")
        return Answer(transaction, unit, function, refusal=body[1])
    if function in {READ_HOLDING, READ_INPUT}:
        if len(body) < 2 or body[1] % 2 or len(body) != 2 + body[1]:
            raise FrameError(f"{len(body)} bytes that hold no whole words")
        return Answer(transaction, unit, function, struct.unpack_from(f">{body[1] // 2}H", body, 2))
    return Answer(transaction, unit, function)


def _framed(transaction: int, unit: int, body: bytes) -> bytes:
    return _HEAD.pack(transaction, 0, len(body) + 1, unit) + body
