"""A year as a carpet: a column for each day, a row for each step of the day, a color for each value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lingtan.clock import MINUTES_PER_DAY, TimeGrid
from lingtan.report.charts.axis import Scale
from lingtan.report.charts.canvas import Array, Page, label, line, svg
from lingtan.report.charts.png import Pixels, Rgb, data_uri, png
from lingtan.report.markup import Html, tag
from lingtan.report.numbers import significant
from lingtan.report.palette import EXPORT_RAMP, RULE, channels
from lingtan.wording import Text
from lingtan.wording.report import MONTHS

LEVELS = 255
"""Colors of a ramp; the one left over stands for a step that a day does not have."""

LEGEND_GAP = 34.0
"""Figures of the legend that stand nearer to its zero are left out [px]."""

NO_STEP: Rgb = (255, 255, 255)


@dataclass(frozen=True)
class Carpet:
    """A picture of a year and of its legend, with what their labels need."""

    picture: str
    legend: str
    low: float
    high: float
    unit: Text
    months: tuple[tuple[float, int], ...]
    """For each month its first day as a share of the width, and its number, 1 to 12."""


def carpet(values: Array, grid: TimeGrid, ramp: Sequence[str], unit: Text) -> Carpet:
    """A series (T,) as a picture. Values below zero, such as export, take a ramp of their own."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    if high == low:
        high = low + 1.0
    table = by_day(values, grid)
    known = np.isfinite(table)
    level = np.round((np.where(known, table, low) - low) / (high - low) * (LEVELS - 1))
    pixels = np.where(known, level + 1, 0).astype(np.uint8)
    palette = [NO_STEP, *_colors(low, high, ramp)]
    strip: Pixels = np.arange(1, LEVELS + 1, dtype=np.uint8)[None, :]
    days = table.shape[1]
    first = np.searchsorted(grid.month_index, np.arange(int(grid.month_index[-1]) + 1))
    months = tuple((float(grid.day_index[step]) / days, int(grid.month[step])) for step in first)
    return Carpet(data_uri(png(pixels, palette)), data_uri(png(strip, palette)), low, high, unit, months)


def by_day(values: Array, grid: TimeGrid) -> Array:
    """A series as (steps of a day, days) on the wall clock, the first step on top; NaN where the clock skips a step.

    Of a step that the clock shows twice, the second counts.
    """
    table = np.full((MINUTES_PER_DAY // grid.step_minutes, int(grid.day_index[-1]) + 1), np.nan)
    table[grid.minute_of_day // grid.step_minutes, grid.day_index] = values
    return table


def heat_map(page: Page, woven: Carpet) -> Html:
    """A carpet with months below, hours at the left and its legend above."""
    left, top, height = 40.0, 34.0, 150.0 if page.narrow else 176.0
    width = page.width - left - 4.0
    marks = [
        *_legend(woven, page, left),
        _picture(woven.picture, left, top, width, height),
        *(
            label(left - 6.0, top + hour / 24.0 * height + 4.0, f"{hour:02d}:00", anchor="end")
            for hour in range(0, 25, 6)
        ),
    ]
    for share, month in woven.months:
        at = left + share * width
        marks.append(line(at, top + height, at, top + height + 4.0, RULE))
        if not page.narrow or month % 3 == 1:
            marks.append(label(at + 3.0, top + height + 15.0, MONTHS[month - 1]))
    return svg(page.width, top + height + 20.0, marks)


def _legend(woven: Carpet, page: Page, left: float) -> Iterator[Html]:
    width = 140.0 if page.narrow else 220.0
    scale = Scale(woven.low, woven.high, left, left + width)
    yield _picture(woven.legend, left, 2.0, width, 9.0)
    for value in sorted({woven.low, 0.0, woven.high}):
        if value == 0.0 or abs(scale(value) - scale(0.0)) > LEGEND_GAP:
            yield label(scale(value), 23.0, significant(value), anchor="middle")
    yield label(left + width + 24.0, 11.0, woven.unit)


def _picture(address: str, x: float, y: float, width: float, height: float) -> Html:
    return tag(
        "image",
        href=address,
        x=x,
        y=y,
        width=width,
        height=height,
        preserveAspectRatio="none",
        style="image-rendering:pixelated",
    )


def _colors(low: float, high: float, ramp: Sequence[str]) -> list[Rgb]:
    """The palette of all levels: the export ramp below zero, the given one above."""
    values = np.linspace(low, high, LEVELS)
    below = _blend(EXPORT_RAMP, 1.0 - values / low) if low < 0 else np.zeros((LEVELS, 3))
    above = _blend(ramp, values / high) if high > 0 else np.zeros((LEVELS, 3))
    blended = np.where((values < 0)[:, None], below, above)
    return [(int(red), int(green), int(blue)) for red, green, blue in np.round(blended)]


def _blend(ramp: Sequence[str], share: Array) -> Array:
    """Colors (L, 3) at shares (L,) of the way along a ramp."""
    stops = np.array([channels(color) for color in ramp], dtype=np.float64)
    at = np.linspace(0.0, 1.0, len(ramp))
    return np.stack([np.interp(share, at, stops[:, part]) for part in range(3)], axis=1)
