"""Words and numbers: how one to four 16-bit words of a device make an integer or a float, in any order of words and bytes."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Literal

Kind = Literal["int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"]
WordOrder = Literal["ABCD", "CDAB", "BADC", "DCBA"]
"""Bytes of a 32-bit number as they arrive, A the highest: `ABCD` as the standard has it, `CDAB` with the low word first,
`BADC` and `DCBA` the same with the bytes of each word swapped. Longer and shorter numbers follow the same two choices."""

_FORMATS: dict[Kind, str] = {
    "int16": "h",
    "uint16": "H",
    "int32": "i",
    "uint32": "I",
    "int64": "q",
    "uint64": "Q",
    "float32": "f",
    "float64": "d",
}
COUNTS: dict[Kind, int] = {kind: struct.calcsize(f">{form}") // 2 for kind, form in _FORMATS.items()}
"""Words that a number of each kind takes."""
_LOW_WORD_FIRST: frozenset[WordOrder] = frozenset({"CDAB", "DCBA"})
_LOW_BYTE_FIRST: frozenset[WordOrder] = frozenset({"BADC", "DCBA"})


def is_integer(kind: Kind) -> bool:
    """Whether raw numbers of the kind are whole."""
    return "int" in kind


def bounds(kind: Kind) -> tuple[int, int]:
    """Smallest and largest raw number of an integer kind.

    >>> bounds("int16"), bounds("uint16")
    ((-32768, 32767), (0, 65535))
    """
    bits = 16 * COUNTS[kind]
    return (0, 2**bits - 1) if kind.startswith("u") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def unimplemented(kind: Kind) -> int | None:
    """The raw number by which SunSpec says 'not implemented'; floats say it with NaN.

    >>> unimplemented("int16"), unimplemented("uint16"), unimplemented("float32")
    (-32768, 65535, None)
    """
    if not is_integer(kind):
        return None
    low, high = bounds(kind)
    return high if kind.startswith("u") else low


def number_of(words: Sequence[int], kind: Kind, order: WordOrder = "ABCD") -> int | float:
    """The raw number that words make; a float may be NaN or infinite.

    >>> number_of([0x0001, 0x0002], "uint32"), number_of([0x0001, 0x0002], "uint32", "CDAB")
    (65538, 131073)
    """
    [number] = struct.unpack(f">{_FORMATS[kind]}", _bytes_of(words, order))
    assert isinstance(number, int | float)
    return number


def words_of(number: float, kind: Kind, order: WordOrder = "ABCD") -> tuple[int, ...]:
    """The words of a raw number; `OverflowError` where the kind cannot hold it.

    >>> [hex(word) for word in words_of(-2, "int32")]
    ['0xffff', '0xfffe']
    """
    try:
        packed = struct.pack(f">{_FORMATS[kind]}", round(number) if is_integer(kind) else number)
    except struct.error as error:
        raise OverflowError(str(error)) from None
    return _in_order(tuple(struct.unpack(f">{COUNTS[kind]}H", packed)), order)


def _bytes_of(words: Sequence[int], order: WordOrder) -> bytes:
    ordered = _in_order(tuple(words), order)
    return struct.pack(f">{len(ordered)}H", *ordered)


def _in_order(words: tuple[int, ...], order: WordOrder) -> tuple[int, ...]:
    """Standard order to the given one; the same step leads back."""
    if order in _LOW_BYTE_FIRST:
        words = tuple((word & 0xFF) << 8 | word >> 8 for word in words)
    return words[::-1] if order in _LOW_WORD_FIRST else words
