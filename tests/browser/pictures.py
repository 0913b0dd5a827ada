"""Pages as small gray pictures: kept, read back, and compared so that another rasterizer passes and a lost figure does not.

A kept picture has sixteen grays and no row filters, so that eight lines read it. Compared is the ink around each pixel, a mean
over a few letters: where a letter's edge falls does not matter, that a word, a bar or a column is gone does. Pages drift by a
pixel or two from one rasterizer to another; each strip is compared where it fits best near the strip above.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from lingtan.report.charts.png import SIGNATURE, png

Gray = NDArray[np.float64]
"""Ink of each pixel, (height, width): 0 is paper, 1 is black."""

GRAYS = 16
AROUND = 7
"""Pixels each way whose ink is taken together: about two letters of running text."""
MOST_INK = 0.12
"""Largest difference of that ink which is rasterization: doubled pixels and other smoothing give up to 0.095, a word that is
gone 0.15, a figure 0.6."""
STRIP, DRIFT = 48, 2
"""Rows compared at once, and by how many the fit of one may differ from that of the strip above."""
OTHER_HEIGHT = 0.004
"""A page whose height differs by more is another page: in a hundred lines one more."""


def block_mean(gray: Gray, factor: int) -> Gray:
    """A picture reduced by a whole factor; what does not fill a block is cut."""
    height, width = (size // factor for size in gray.shape)
    return gray[: height * factor, : width * factor].reshape(height, factor, width, factor).mean(axis=(1, 3))


def stacked(pages: list[Gray], columns: int) -> Gray:
    """Pages of one size on one sheet, row by row."""
    height, width = pages[0].shape
    sheet = np.zeros((-(-len(pages) // columns) * height, columns * width))
    for number, page in enumerate(pages):
        row, column = divmod(number, columns)
        sheet[row * height : (row + 1) * height, column * width : (column + 1) * width] = page
    return sheet


def keep(path: Path, gray: Gray) -> None:
    """Write a picture."""
    levels = np.rint(np.clip(gray, 0.0, 1.0) * (GRAYS - 1)).astype(np.uint8)
    path.write_bytes(png(levels, [(shade, shade, shade) for shade in (255 - 17 * np.arange(GRAYS)).tolist()]))


def kept(path: Path) -> Gray:
    """Read a picture that `keep` wrote."""
    data = path.read_bytes()
    assert data.startswith(SIGNATURE)
    body, at = b"", len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IHDR":
            width, height = struct.unpack(">II", data[at + 8 : at + 16])
        if data[at + 4 : at + 8] == b"IDAT":
            body += data[at + 8 : at + 8 + length]
        at += length + 12
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(height, width + 1)
    return rows[:, 1:] / (GRAYS - 1.0)


def pgm(data: bytes) -> list[Gray]:
    """The pages of a stream of binary PGM pictures, as pdftoppm writes it."""
    pages = []
    while data:
        _, width, height, _ = data.split(maxsplit=4)[:4]
        start = data.index(b"\n255\n") + 5
        end = start + int(width) * int(height)
        pages.append(1.0 - np.frombuffer(data[start:end], np.uint8).reshape(int(height), int(width)) / 255.0)
        data = data[end:]
    return pages


def differences(one: Gray, other: Gray) -> list[tuple[int, int, float]]:
    """Where two pictures of a page differ: row, column and difference in ink of the worst place of each strip that does."""
    ink, its = uniform_filter(one, AROUND), uniform_filter(other, AROUND)
    found, drift = [], 0
    for top in range(0, one.shape[0], STRIP):
        strip = ink[top : top + STRIP]
        fits = {by: np.abs(strip - _rows(its, top + by, len(strip))) for by in range(drift - DRIFT, drift + DRIFT + 1)}
        drift = min(fits, key=lambda by: (round(float(fits[by].mean()), 4), abs(by)))
        row, column = np.unravel_index(int(fits[drift].argmax()), strip.shape)
        if fits[drift][row, column] > MOST_INK:
            found.append((top + int(row), int(column), round(float(fits[drift][row, column]), 3)))
    return found


def _rows(ink: Gray, first: int, count: int) -> Gray:
    """Rows of a picture; beyond its ends there is paper."""
    wanted = np.arange(first, first + count)
    inside = (wanted >= 0) & (wanted < ink.shape[0])
    return np.where(inside[:, None], ink[np.clip(wanted, 0, ink.shape[0] - 1)], 0.0)


def told(seen: Gray, reference: Gray) -> str:
    """What is not as it was kept, in words; empty where the two are the same page."""
    if seen.shape[1] != reference.shape[1] or abs(seen.shape[0] / reference.shape[0] - 1.0) > OTHER_HEIGHT:
        return f"the page is {seen.shape[1]} × {seen.shape[0]}, it was {reference.shape[1]} × {reference.shape[0]}"
    places = differences(reference, seen)
    return "" if not places else f"{len(places)} strips differ (row, column, ink): {places[:8]}"
