"""A fan: a day of quantiles as bands around the median, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lingtan.report.charts.axis import Scale, bare, ticks
from lingtan.report.charts.canvas import Array, Page, label, line, path, steps, svg
from lingtan.report.markup import Html
from lingtan.report.palette import INK, MUTED, PAPER, RULE
from lingtan.wording import Text

LEFT, TOP, BOTTOM = 48.0, 16.0, 20.0
BANDS = ((0.05, 0.95), (0.1, 0.9), (0.25, 0.75))
"""Edges of the bands, the widest first."""
SHADES = ("#dfe9ef", "#bdd3df", "#93b6c9")
DUST = 0.03
"""A plant that draws so little of its peak at night needs no axis below zero."""
CAME = "#b5532a"
"""What was measured."""


@dataclass(frozen=True, eq=False)
class Fan:
    """Quantiles (S, Q) of a day at `levels` (Q,), and what came, (S,), NaN where nothing was measured; None for a day ahead."""

    levels: tuple[float, ...]
    values: Array
    unit: Text
    came: Array | None = None


def fan_chart(page: Page, fan: Fan) -> Html:
    """The day from midnight to midnight: bands of 90, 80 and 50 %, the median, what came."""
    height = 150.0 if page.narrow else 200.0
    shown = fan.values if fan.came is None else np.concatenate([fan.values, fan.came[:, None]], axis=1)
    low, high = float(np.nanmin(shown)), float(np.nanmax(shown))
    marks_at = ticks(0.0 if -DUST * high < low < 0.0 else low, high, 5)
    scale = Scale(marks_at[0], marks_at[-1], TOP + height, TOP)
    x = LEFT + np.linspace(0.0, page.width - LEFT - 4.0, len(fan.values) + 1)
    marks = [line(x[0], scale(value), x[-1], scale(value), RULE if value else MUTED) for value in marks_at]
    marks += [label(LEFT - 6.0, scale(value) + 4.0, bare(value), anchor="end") for value in marks_at]
    marks.append(label(x[0], TOP - 5.0, fan.unit))
    for (low, high), shade in zip(BANDS, SHADES, strict=True):
        if low in fan.levels and high in fan.levels:
            edges = [fan.values[:, fan.levels.index(level)] for level in (low, high)]
            marks.append(path(band(x, *(scale.all(edge) for edge in edges)), fill=shade))
    middle = fan.values[:, fan.levels.index(0.5)]
    marks.append(path(steps(x, scale.all(middle)), fill="none", stroke=INK, stroke_width=1.4))
    if fan.came is not None:
        for first, stop in runs(np.isfinite(fan.came)):
            d = steps(x[first : stop + 1], scale.all(fan.came[first:stop]))
            marks.append(path(d, fill="none", stroke=PAPER, stroke_width=3.0, stroke_opacity=0.7))
            marks.append(path(d, fill="none", stroke=CAME, stroke_width=1.4))
    for hour in range(0, 25, 6):
        at = float(x[0] + (x[-1] - x[0]) * hour / 24)
        anchor = {0: "start", 24: "end"}.get(hour, "middle")
        marks.append(label(at, TOP + height + 15.0, f"{hour:02d}:00", anchor=anchor))
    return svg(page.width, TOP + height + BOTTOM, marks)


def band(x: Array, low: Array, high: Array) -> str:
    """Path data of the area between two step lines: along the upper one and back along the lower.

    >>> band(np.array([0.0, 1.0, 2.0]), np.array([5.0, 4.0]), np.array([2.0, 1.0]))
    'M0 2L1 2L1 1L2 1L2 4L1 4L1 5L0 5Z'
    """
    along = np.repeat(x, 2)[1:-1]
    points = zip(
        np.concatenate([along, along[::-1]]),
        np.concatenate([np.repeat(high, 2), np.repeat(low, 2)[::-1]]),
        strict=True,
    )
    return "M" + "L".join(f"{round(float(a), 1):g} {round(float(b), 1):g}" for a, b in points) + "Z"


def runs(there: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Sequence[tuple[int, int]]:
    """First and stop of each run that is there.

    >>> runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edge = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(np.int8)))
    return [(int(first), int(stop)) for first, stop in zip(edge[::2], edge[1::2], strict=True)]
