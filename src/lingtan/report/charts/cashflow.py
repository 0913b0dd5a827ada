"""A project's money, year by year: bars for what comes and goes, a line for what has added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lingtan.report.charts.axis import Scale, bare, ticks
from lingtan.report.charts.canvas import Array, Page, label, line, path, rect, svg, text
from lingtan.report.markup import Html, tag
from lingtan.report.numbers import years as years_text
from lingtan.report.palette import INK, MUTED, PAPER, RULE
from lingtan.wording import Text

LEFT = 52.0


@dataclass(frozen=True, eq=False)
class Part:
    """One kind of amount, a value a year; above zero it comes in, below zero it goes out."""

    color: str
    amounts: Array


def cash_flow_chart(
    page: Page, parts: Sequence[Part], cumulative: Array, unit: Text, payback_years: float | None
) -> Html:
    """Stacked bars a year, and the cumulative flow as a line; a ring stands where the outlay has come back."""
    coming = np.sum([np.maximum(part.amounts, 0.0) for part in parts], axis=0)
    going = np.sum([np.minimum(part.amounts, 0.0) for part in parts], axis=0)
    marks_at = ticks(float(min(going.min(), cumulative.min())), float(max(coming.max(), cumulative.max())), 6)
    top, height = 26.0, 200.0 if page.narrow else 240.0
    scale = Scale(marks_at[0], marks_at[-1], top + height, top)
    years = cumulative.size
    slot = (page.width - LEFT - 6.0) / years
    marks = [label(0.0, 11.0, unit)]
    for value in marks_at:
        marks.append(line(LEFT, scale(value), page.width - 6.0, scale(value), MUTED if value == 0 else RULE))
        marks.append(label(LEFT - 6.0, scale(value) + 4.0, bare(value), anchor="end"))
    for year in range(years):
        marks += _bar(parts, year, LEFT + (year + 0.16) * slot, 0.68 * slot, scale)
        if year % (5 if page.narrow else 1) == 0:
            marks.append(label(LEFT + (year + 0.5) * slot, top + height + 15.0, str(year), anchor="middle"))
    points = [(LEFT + (year + 0.5) * slot, scale(float(cumulative[year]))) for year in range(years)]
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    marks.append(path(d, fill="none", stroke=PAPER, stroke_width=3.6))
    marks.append(path(d, fill="none", stroke=INK, stroke_width=1.6))
    if payback_years is not None:
        x, y = LEFT + (payback_years + 0.5) * slot, scale(0.0)
        marks.append(tag("circle", cx=x, cy=y, r=4.0, fill=PAPER, stroke=INK, stroke_width=1.6))
        marks.append(text(x + 7.0, y + 20.0, years_text(payback_years), bold=True))
    return svg(page.width, top + height + 20.0, marks)


def _bar(parts: Sequence[Part], year: int, x: float, width: float, scale: Scale) -> list[Html]:
    """The parts of a year: what comes in stacked upward from zero, what goes out downward."""
    marks, up, down = [], 0.0, 0.0
    for part in parts:
        amount = float(part.amounts[year])
        start = up if amount > 0 else down
        end = start + amount
        up, down = (end, down) if amount > 0 else (up, end)
        if amount:
            high, low = max(start, end), min(start, end)
            marks.append(rect(x, scale(high), width, scale(low) - scale(high), part.color))
    return marks
