"""What every section is made of: its heading, its figures, its tables, its verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from lingtan.report.markup import Child, Html, html, joined, tag
from lingtan.report.palette import BAD, GOOD, MUTED
from lingtan.wording import Text, Words
from lingtan.wording.report import REPORT_WORDS

Row = Sequence[Child]

SHORT = 14
"""A table of figures with no more rows is kept on one page of paper."""

WORDY_WORDS, WORDY_COLUMNS = 3, 5
"""A table with so many columns of text may break between pages; with so many in all it is not squeezed on a telephone."""


def section(name: str, lead: Child, *content: Child) -> Html:
    """A section: its heading, one sentence that says what it shows, and its content."""
    heading = tag("h2", REPORT_WORDS[f"section.{name}"])
    return tag("section", heading, tag("p", lead, class_="lead"), *content, id=name)


def chart(drawing: Child, caption: Child, *, title: Child = "", legend: Child = "") -> Html:
    """A drawing with its title above and what must be said about it below."""
    above = html(tag("h3", title) if title else "", legend)
    return tag("figure", above, drawing, tag("figcaption", caption) if caption else "")


def legend(items: Sequence[tuple[str, Text]], *, lines: Sequence[tuple[str, Text]] = ()) -> Html:
    """What the colors mean; `lines` are drawn as lines."""
    boxes = [tag("span", tag("i", style=f"background:{color}"), name) for color, name in items]
    strokes = [tag("span", tag("i", class_="line", style=f"background:{color}"), name) for color, name in lines]
    return tag("p", *boxes, *strokes, class_="legend")


def table(
    head: Row,
    rows: Sequence[Row],
    *,
    words: int = 1,
    total: Row | None = None,
    caption: Child = "",
    widths: Sequence[int] = (),
) -> Html:
    """A table: the first `words` columns hold text, the others figures; it scrolls by itself where it is too wide.

    `widths` gives the columns' shares of the width in percent; without it the content decides.
    """
    lines = [tag("tr", *(_cell("td", cell, number < words) for number, cell in enumerate(row))) for row in rows]
    foot = tag("tr", *(_cell("td", cell, number < words) for number, cell in enumerate(total))) if total else ""
    content = html(
        tag("caption", caption) if caption else "",
        tag("colgroup", *(tag("col", style=f"width:{width}%") for width in widths)) if widths else "",
        tag("thead", tag("tr", *(_cell("th", cell, number < words) for number, cell in enumerate(head)))),
        tag("tbody", *lines),
        tag("tfoot", foot) if foot else "",
    )
    wordy = words >= WORDY_WORDS
    kinds = {"scroll": True, "whole": not wordy and len(rows) <= SHORT, "wordy": wordy and len(head) >= WORDY_COLUMNS}
    return tag("div", tag("table", content), class_=" ".join(kind for kind, holds in kinds.items() if holds))


def facts(rows: Sequence[tuple[Child, Child]]) -> Html:
    """Names and values side by side, for a handful of facts."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows), class_="facts")


def note(*content: Child, leads: bool = False) -> Html:
    """What must be said, in small type; one that leads stays on the page of what follows it."""
    return tag("div", *content, class_="note leads" if leads else "note")


def verdict(is_met: bool | None) -> Html:
    """Met, not met, or not defined: a word, and a color for those who see it."""
    key, color = {True: ("met", GOOD), False: ("missed", BAD), None: ("open", MUTED)}[is_met]
    return tag("span", REPORT_WORDS[f"verdict.{key}"], class_="verdict", style=f"color:{color}")


def kept(is_kept: bool) -> Html:
    """Within a tolerance, or outside it."""
    key, color = ("inside", GOOD) if is_kept else ("outside", BAD)
    return tag("span", REPORT_WORDS[f"verdict.{key}"], class_="verdict", style=f"color:{color}")


def with_unit(name: Words, unit: Words) -> Html:
    """The head of a column: its name and, below it in gray, its unit."""
    return html(name, tag("small", unit))


def list_of(items: Sequence[Child]) -> Html:
    """A plain list."""
    return tag("ul", joined(tag("li", item) for item in items))


def _cell(name: str, content: Child, is_text: bool) -> Html:
    return tag(name, content, class_=None if is_text else "n", scope="col" if name == "th" else None)
