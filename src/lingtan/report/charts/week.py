"""A week of dispatch: what fed the park above the line, what it gave below, the need over both; price and charge under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lingtan.report.charts.axis import Scale, bare, ticks
from lingtan.report.charts.canvas import Array, Page, area, label, line, path, rect, steps, svg, text
from lingtan.report.markup import Html
from lingtan.report.palette import FAINT, INK, MUTED, PAPER, RULE
from lingtan.wording import Text
from lingtan.wording.report import REPORT_WORDS, WEEKDAYS

HOURS_PER_WEEK = 168
LEFT = 40.0
GAP = 20.0
"""Between two panels: room for the name of the lower one [px]."""


@dataclass(frozen=True, eq=False)
class Trace:
    """One series of a week in its color."""

    color: str
    values: Array


@dataclass(frozen=True, eq=False)
class Week:
    """Seven days from a Monday on, on equal steps. Powers in one unit, prices in CNY/kWh, states of charge 0 to 1."""

    days: tuple[Text, ...]
    step_hours: float
    feeding: tuple[Trace, ...]
    """Stacked above zero, the first at the bottom."""
    taking: tuple[Trace, ...]
    """Stacked below zero: charging and export."""
    need: Array
    prices: tuple[Trace, ...]
    charge: tuple[Trace, ...]


@dataclass(frozen=True)
class Frame:
    """What the weeks of one report share, so that they can be compared: axes and units."""

    low: float
    high: float
    unit: Text
    highest_price: float

    @classmethod
    def around(cls, weeks: Sequence[Week], unit: Text) -> Frame:
        """The frame that holds all weeks. Prices are cut at half more than the highest first price trace."""
        high = max(float(max(_sum(week.feeding, week).max(), week.need.max())) for week in weeks)
        low = min(-float(_sum(week.taking, week).max()) for week in weeks)
        price = max((float(week.prices[0].values.max()) for week in weeks if week.prices), default=1.0)
        marks = ticks(low, high, 6)
        return cls(marks[0], marks[-1], unit, 1.5 * price)


def week_chart(page: Page, week: Week, frame: Frame) -> Html:
    """The panels of a week one below the other: power, price, state of charge."""
    shown = _hourly(week) if page.narrow else week
    width = page.width - LEFT - 4.0
    x = LEFT + np.linspace(0.0, width, shown.need.size + 1)
    top, power_px, price_px, charge_px = 16.0, 150.0 if page.narrow else 178.0, 44.0, 30.0
    marks = [*_days(shown.days, x, top, power_px + price_px + (charge_px + GAP if week.charge else 0.0) + GAP)]
    marks += _power(shown, frame, x, top, power_px)
    bottom = top + power_px
    marks += _prices(shown, frame, x, bottom + GAP, price_px)
    bottom += GAP + price_px
    if shown.charge:
        marks += _charge(shown, x, bottom + GAP, charge_px)
        bottom += GAP + charge_px
    names = [
        text((x[0] + (x[-1] - x[0]) * (day + 0.5) / 7), bottom + 15.0, name, anchor="middle", fill=MUTED, size=11.0)
        for day, name in enumerate(_day_names(shown.days, page))
    ]
    return svg(page.width, bottom + 20.0, [*marks, *names])


def _power(week: Week, frame: Frame, x: Array, top: float, height: float) -> Iterator[Html]:
    scale = Scale(frame.low, frame.high, top + height, top)
    for value in ticks(frame.low, frame.high, 6):
        yield line(x[0], scale(value), x[-1], scale(value), RULE if value else MUTED)
        yield label(LEFT - 6.0, scale(value) + 4.0, bare(value), anchor="end")
    yield label(x[0], top - 5.0, frame.unit)
    yield from _stack(week.feeding, 1.0, x, scale)
    yield from _stack(week.taking, -1.0, x, scale)
    yield path(steps(x, scale.all(week.need)), fill="none", stroke=PAPER, stroke_width=2.6, stroke_opacity=0.7)
    yield path(steps(x, scale.all(week.need)), fill="none", stroke=INK, stroke_width=1.1)


def _stack(traces: Sequence[Trace], sign: float, x: Array, scale: Scale) -> Iterator[Html]:
    """Areas from the tallest sum to the lowest, each down to zero: the next one covers what is not its own."""
    total = np.zeros(x.size - 1)
    tops = [total := total + trace.values for trace in traces]
    for trace, top in reversed(list(zip(traces, tops, strict=True))):
        if trace.values.any():
            yield path(area(x, scale.all(sign * top), scale(0.0)), fill=trace.color)


def _prices(week: Week, frame: Frame, x: Array, top: float, height: float) -> Iterator[Html]:
    scale = Scale(0.0, frame.highest_price, top + height, top)
    yield line(x[0], top + height, x[-1], top + height, MUTED)
    for value in ticks(0.0, frame.highest_price, 2):
        if value <= frame.highest_price:
            yield label(LEFT - 6.0, scale(value) + 4.0, bare(value), anchor="end")
    yield label(x[0], top - 5.0, REPORT_WORDS["week.price"])
    for trace in week.prices:
        shown = np.clip(trace.values, 0.0, frame.highest_price)
        yield path(steps(x, scale.all(shown)), fill="none", stroke=trace.color, stroke_width=1.2)


def _charge(week: Week, x: Array, top: float, height: float) -> Iterator[Html]:
    scale = Scale(0.0, 1.0, top + height, top)
    yield rect(x[0], top, x[-1] - x[0], height, FAINT)
    for trace in week.charge:
        yield path(area(x, scale.all(trace.values), top + height), fill=trace.color, fill_opacity=0.75)
    yield label(LEFT - 6.0, top + 8.0, "100%", anchor="end")
    yield label(LEFT - 6.0, top + height, "0%", anchor="end")
    yield label(x[0], top - 5.0, REPORT_WORDS["week.charge"])


def _days(days: Sequence[Text], x: Array, top: float, height: float) -> Iterator[Html]:
    for day in range(len(days) + 1):
        at = x[0] + (x[-1] - x[0]) * day / len(days)
        yield line(at, top, at, top + height, FAINT)


def _day_names(days: Sequence[Text], page: Page) -> Sequence[Text]:
    return WEEKDAYS if page.narrow else days


def _sum(traces: Sequence[Trace], week: Week) -> Array:
    return np.sum([trace.values for trace in traces], axis=0) if traces else np.zeros(week.need.size)


def _hourly(week: Week) -> Week:
    """The week by hourly means, where its steps are shorter: a telephone has no pixels for more."""
    per_hour = round(1.0 / week.step_hours)
    if per_hour <= 1:
        return week

    def mean(values: Array) -> Array:
        return np.asarray(values.reshape(HOURS_PER_WEEK, per_hour).mean(axis=1))

    def means(traces: Sequence[Trace]) -> tuple[Trace, ...]:
        return tuple(Trace(trace.color, mean(trace.values)) for trace in traces)

    return Week(
        week.days, 1.0, means(week.feeding), means(week.taking), mean(week.need), means(week.prices), means(week.charge)
    )
