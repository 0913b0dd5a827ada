"""Bars that say one thing: how one amount becomes another, and how a figure stands to its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lingtan.report.charts.axis import Scale, bare, ticks
from lingtan.report.charts.canvas import Page, fit, label, line, rect, svg, text
from lingtan.report.markup import Html
from lingtan.report.numbers import Measure
from lingtan.report.palette import BAD, FAINT, GOOD, INK, MUTED, RULE
from lingtan.wording import Text, Words

ROW, BAR = 26.0, 14.0
"""Height of a row and of the bar in it [px]."""

LABEL, FIGURE = 300.0, 96.0
"""On a wide page: room for names at the left and for figures at the right [px]."""


LABEL_ROW = 16.0
"""Height of a row of names above a bar [px]."""

WITHIN = "#dbe9e1"
"""What lies within a limit."""


@dataclass(frozen=True)
class Step:
    """A total, or a change from the total before it."""

    name: Text
    amount: float
    is_total: bool = False


def waterfall(page: Page, steps: Sequence[Step], measure: Measure) -> Html:
    """From the first total to the last by the changes between them; less is green, more is red."""
    spans, level = [], 0.0
    for step in steps:
        start = 0.0 if step.is_total else level
        level = step.amount if step.is_total else level + step.amount
        spans.append((min(start, level), max(start, level), level))
    low, high = min(0.0, *(span[0] for span in spans)), max(span[1] for span in spans)
    left = 0.0 if page.narrow else LABEL
    scale = Scale(low, high if high > low else low + 1.0, left, page.width - FIGURE)
    row = ROW + 14.0 if page.narrow else ROW
    marks = [line(scale(0.0), 0.0, scale(0.0), row * len(steps), RULE)]
    for number, (step, (start, end, level)) in enumerate(zip(steps, spans, strict=True)):
        y = number * row + (row - BAR - 6.0)
        color = MUTED if step.is_total else (GOOD if step.amount <= 0 else BAD)
        marks.append(rect(scale(start), y, max(scale(end) - scale(start), 0.8), BAR, color))
        if number + 1 < len(steps):
            marks.append(line(scale(level), y, scale(level), y + row + BAR, RULE))
        if page.narrow:
            marks.append(text(0.0, y - 4.0, fit(step.name, page.width - 10.0), bold=step.is_total))
        else:
            name = fit(step.name, LABEL - 16.0)
            marks.append(text(LABEL - 12.0, y + BAR - 3.0, name, anchor="end", bold=step.is_total))
        amount = measure.number(step.amount) if step.is_total else signed(measure.number(step.amount), step.amount)
        marks.append(text(page.width - 2.0, y + BAR - 3.0, amount, anchor="end", bold=step.is_total))
    return svg(page.width, row * len(steps) + 2.0, marks)


def signed(number: Words, amount: float) -> Words:
    """A number with a plus where it is above zero."""
    return Words(f"+{number.en}", f"+{number.zh}") if amount > 0 else number


@dataclass(frozen=True)
class Mark:
    """A value that a figure is compared with, as it is named beside its line."""

    name: Text
    value: float


def bullet(page: Page, figure: float, other: Mark | None, limit: Mark | None) -> Html:
    """A figure as a bar on a scale from 0; the limit and another case as lines, each named in a row of its own."""
    lines = [(mark, color) for mark, color in ((limit, INK), (other, MUTED)) if mark is not None]
    at_axis = ticks(0.0, max(figure, *(mark.value for mark, _ in lines), 0.0), 4 if page.narrow else 8)
    scale = Scale(0.0, at_axis[-1], 2.0, page.width - 14.0)
    top, height = LABEL_ROW * len(lines) + 8.0, 22.0
    color = MUTED if limit is None else GOOD if figure <= limit.value else BAD
    marks = [rect(scale(0.0), top, scale.end_px - scale.start_px, height, FAINT)]
    if limit is not None:
        marks.append(rect(scale(0.0), top, scale(limit.value) - scale(0.0), height, WITHIN))
    marks.append(rect(scale(0.0), top + 6.0, scale(figure) - scale(0.0), height - 12.0, color))
    for row, (mark, ink) in enumerate(lines):
        x, y = scale(mark.value), LABEL_ROW * (row + 1)
        is_right = x > page.width / 2.0
        anchor, aside = ("end", -5.0) if is_right else ("start", 5.0)
        marks.append(line(x, y - 10.0, x, top + height + 4.0, ink, stroke_width=1.6))
        marks.append(text(x + aside, y, mark.name, anchor=anchor, fill=ink))
    marks += [
        label(scale(value), top + height + 16.0, bare(value), anchor="middle" if value else "start")
        for value in at_axis
    ]
    return svg(page.width, top + height + 22.0, marks)
