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

LABEL, FIGURE = 230.0, 96.0
"""On a wide page: room for names at the left and for figures at the right [px]."""


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


def bullet(page: Page, figure: float, other: float | None, limit: float | None, words: tuple[Text, Text, Text]) -> Html:
    """A figure as a bar on a scale from 0, another one as a tick, and the limit as a line; `words` name the three."""
    known = [value for value in (figure, other, limit) if value is not None]
    marks_at = ticks(0.0, max(known), 4 if page.narrow else 8)
    scale = Scale(0.0, marks_at[-1], 2.0, page.width - 14.0)
    top, height = 22.0, 22.0
    good = limit is not None and figure <= limit
    color = MUTED if limit is None else (GOOD if good else BAD)
    marks = [rect(scale(0.0), top, scale(marks_at[-1]) - scale(0.0), height, FAINT)]
    if limit is not None:
        marks.append(rect(scale(0.0), top, scale(limit) - scale(0.0), height, "#dbe9e1"))
    marks.append(rect(scale(0.0), top + 6.0, scale(figure) - scale(0.0), height - 12.0, color))
    for value, name, is_above in ((limit, words[2], True), (other, words[1], False)):
        if value is None:
            continue
        marks.append(line(scale(value), top - 5.0, scale(value), top + height + 5.0, INK if is_above else MUTED, stroke_width=2.0))
        right_half = scale(value) > page.width / 2.0
        at = scale(value) + (-5.0 if right_half else 5.0)
        marks.append(text(at, 12.0, name, anchor="end" if right_half else "start", fill=INK if is_above else MUTED))
    for value in marks_at:
        marks.append(label(scale(value), top + height + 16.0, bare(value), anchor="middle" if value else "start"))
    return svg(page.width, top + height + 22.0, marks)
