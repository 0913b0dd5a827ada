"""What a delimited text says about itself: its encoding, its delimiter, its names and its lines. Pure, on bytes."""

from __future__ import annotations

import csv
import re

import numpy as np

from lingtan.clock import Ints
from lingtan.series.columns import FilePlace

ENCODINGS = ("utf-8", "gb18030")
"""What CSV files are written in here; GB18030 is what a Chinese Excel saves. UTF-16 is known by its first bytes."""
DELIMITERS = (",", ";", "\t")
NO_VALUE = ("", "na", "n/a", "#n/a", "nan", "null", "none", "-", "--")
"""Texts that stand for an empty field, in lower case."""
NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
"""A number: a point for decimals and nothing between thousands."""

_QUOTED = re.compile(r'"[^"]*"')


def as_utf8(place: FilePlace, raw: bytes) -> tuple[bytes, str]:
    """The text in UTF-8, and the encoding it was in; a text in none of the known ones is refused."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = () if b"\0" in raw else ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return (raw if encoding == "utf-8" else text.encode()), encoding
    raise place.refused("series.binary")


def read_header(place: FilePlace, content: bytes, header_line: int) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter that parts them: the most frequent one outside quotes."""
    lines = content.split(b"\n", header_line)
    if len(lines) <= header_line or not lines[header_line].strip():
        raise place.refused("series.no-rows")
    header = lines[header_line - 1].decode("utf-8-sig").rstrip("\r")
    delimiter = max(DELIMITERS, key=_QUOTED.sub("", header).count)
    return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [""])], delimiter


def row_lines(content: bytes, header_line: int, rows: int) -> Ints:
    """The line of every row; empty lines hold none."""
    body = content.split(b"\n", header_line)[header_line]
    if b"\n\n" in body or b"\n\r\n" in body or body.startswith((b"\n", b"\r\n")):
        full = [number for number, text in enumerate(body.split(b"\n"), header_line + 1) if text.strip(b"\r")]
        if len(full) == rows:
            return np.array(full)
    return np.arange(header_line + 1, header_line + 1 + rows)


def as_number(text: str) -> float | str:
    """The number that a text says, NaN where it says that there is none, or the text itself.

    >>> as_number(" 1234.5 "), as_number("--"), as_number("1,5")
    (1234.5, nan, '1,5')
    """
    plain = text.strip()
    if re.fullmatch(NUMBER, plain):
        return float(plain)
    return float("nan") if plain.lower() in NO_VALUE else plain
