"""A small picture as PNG: one byte a pixel and a palette, written with zlib and struct alone."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLORS = 256

Pixels = NDArray[np.uint8]
Rgb = tuple[int, int, int]


def png(pixels: Pixels, palette: Sequence[Rgb]) -> bytes:
    """An indexed picture: `pixels` (height, width) are indices into `palette` (at most 256 colors).

    >>> png(np.zeros((1, 1), np.uint8), [(255, 255, 255)])[:8] == SIGNATURE
    True
    """
    if not 0 < len(palette) <= MOST_COLORS or (pixels.size and int(pixels.max()) >= len(palette)):
        raise ValueError("each pixel must be an index into a palette of 1 to 256 colors")
    height, width = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # 8 bits a pixel, color type 3: indexed
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter; 0 is none
    rows[:, 1:] = pixels
    parts = (
        (b"IHDR", header),
        (b"PLTE", bytes(value for color in palette for value in color)),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(kind, body) for kind, body in parts)


def data_uri(picture: bytes) -> str:
    """A PNG as the address of itself, for a page that loads nothing."""
    return f"data:image/png;base64,{b64encode(picture).decode('ascii')}"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
