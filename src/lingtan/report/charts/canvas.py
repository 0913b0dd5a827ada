"""The few marks that our charts are made of, and the frame they are drawn in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.report.markup import Attribute, Child, Html, html, joined, pair, tag
from lingtan.report.palette import INK, MUTED
from lingtan.wording import Text, Words

Array = NDArray[np.float64]

FONT_PX = 12.0
LINE_PX = 15.0
"""Height of one line of text."""


@dataclass(frozen=True)
class Page:
    """How wide a chart may be, in the units of its text: a wide page or a telephone."""

    width: float
    narrow: bool


WIDE, NARROW = Page(880.0, False), Page(344.0, True)


def on_both(draw: Callable[[Page], Html]) -> Html:
    """A chart drawn for the wide page and for the narrow one; the style sheet shows the one that fits."""
    return html(tag("div", draw(WIDE), class_="wide"), tag("div", draw(NARROW), class_="narrow"))


def svg(width: float, height: float, marks: Iterable[Child]) -> Html:
    """A drawing of this size in its own units; the page scales it to the column."""
    return tag("svg", joined(marks), viewBox=f"0 0 {width:g} {height:g}", font_size=FONT_PX)


def text(
    x: float,
    y: float,
    what: Text,
    *,
    anchor: str = "start",
    fill: str = INK,
    size: float | None = None,
    bold: bool = False,
) -> Html:
    """A line of text; `anchor` is start, middle or end of it at `x`, and `y` its baseline."""
    content = pair(what, "tspan") if isinstance(what, Words) else what
    weight = 600 if bold else None
    return tag(
        "text",
        content,
        x=_px(x),
        y=_px(y),
        text_anchor=None if anchor == "start" else anchor,
        fill=None if fill == INK else fill,
        font_size=size,
        font_weight=weight,
    )


def label(x: float, y: float, what: Text, *, anchor: str = "start") -> Html:
    """A line of small gray text, for axes."""
    return text(x, y, what, anchor=anchor, fill=MUTED, size=11.0)


def rect(x: float, y: float, width: float, height: float, fill: str, **more: Attribute) -> Html:
    """A filled box."""
    return tag("rect", x=_px(x), y=_px(y), width=_px(width), height=_px(height), fill=fill, **more)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, **more: Attribute) -> Html:
    """A straight line."""
    return tag("line", x1=_px(x1), y1=_px(y1), x2=_px(x2), y2=_px(y2), stroke=stroke, **more)


def path(d: str, **more: Attribute) -> Html:
    """A path by its data."""
    return tag("path", d=d, **more)


def fit(what: Text, width: float) -> Text:
    """A name that is cut to a width in pixels, with an ellipsis where something is missing.

    >>> fit("A very long name of a plant", 80.0)
    'A very long…'
    """
    if isinstance(what, Words):
        return Words(_cut(what.en, width), _cut(what.zh, width))
    return _cut(what, width)


def width_of(what: str) -> float:
    """About how wide a text is drawn [px]: Chinese characters are as wide as they are high, Latin ones half of it."""
    return sum(FONT_PX if ord(letter) > 0x2E7F else 0.53 * FONT_PX for letter in what)


def _cut(what: str, width: float) -> str:
    if width_of(what) <= width:
        return what
    kept = what
    while kept and width_of(kept + "…") > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def steps(x: Array, y: Array) -> str:
    """Path data of a step line: value `y[k]` (T,) holds from `x[k]` to `x[k + 1]` (T + 1,).

    Heights are rounded to half a pixel, and steps that do not move are not written.

    >>> steps(np.array([0.0, 1.0, 2.0, 3.0]), np.array([5.0, 5.1, 9.0]))
    'M0 5H2V9H3'
    """
    level = np.round(y * 2.0) / 2.0
    moved = np.flatnonzero(np.diff(level)) + 1
    turns = "".join(f"H{_px(x[at])}V{_px(level[at])}" for at in moved)
    return f"M{_px(x[0])} {_px(level[0])}{turns}H{_px(x[-1])}"


def area(x: Array, y: Array, floor: float) -> str:
    """Path data of the area between a step line and a level."""
    return f"M{_px(x[0])} {_px(floor)}V{steps(x, y)[1:].split(' ', 1)[1]}V{_px(floor)}Z"


def _px(value: float) -> str:
    """A coordinate to a tenth of a pixel, in its shortest form."""
    return f"{round(float(value), 1):g}"
