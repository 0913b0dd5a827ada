"""The report's markup as a tree of plain data in one language: what the paper template lays out.

Only our own `markup` writes what is read here, so the vocabulary is small and closed. A text is a string; an element is
`{"tag", "class", "of"}` with what else it has; a drawing is `{"tag": "svg"}` with its source, ready to stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any

from lingtan.report.markup import SHAPES, VOID, Html
from lingtan.report.palette import INK, PAPER
from lingtan.wording import LANGUAGES, Lang

LEFT_OUT = frozenset({"narrow"})
"""Classes that paper does not show: what is drawn for telephones."""

KEPT = ("href", "id")
"""Attributes that the template reads as they are."""

HALO = f'paint-order="stroke" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" '
"""What the style sheet gives to the letters of a drawing: a rim that parts them from lines below."""

SUBSCRIPT_TWO = '<tspan baseline-shift="sub" font-size="8.5">2</tspan>'
"""For CO₂: fonts with Chinese characters seldom have the small two."""


@dataclass
class Node:
    """An element while it is read; `raw` is its start tag as written."""

    tag: str
    raw: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """What the style sheet knows it by."""
        return self.attributes.get("class", "").split()


def read(markup: Html) -> Node:
    """Markup of ours as a tree below a nameless root."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.root


def in_language(node: Node, lang: Lang, font: str) -> list[Any]:
    """What a node holds, in one language, as data for the template; `font` is what drawings are lettered in."""
    parts: list[Any] = []
    for child in _spoken(node, lang):
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "svg":
            parts.append({"tag": "svg", "of": [], "class": [], "source": _drawing(child, lang, font)})
        elif "lang" in child.attributes and not _classes(child):
            parts += in_language(child, lang, font)
        else:
            parts.append(_element(child, lang, font))
    return _joined(parts)


def text_of(node: Node, lang: Lang) -> str:
    """All words below a node in one language, but for those in drawings."""
    said = (
        child if isinstance(child, str) else "" if child.tag == "svg" else text_of(child, lang)
        for child in _spoken(node, lang)
    )
    return "".join(said)


def _element(node: Node, lang: Lang, font: str) -> dict[str, Any]:
    data: dict[str, Any] = {"tag": node.tag, "class": _classes(node), "of": in_language(node, lang, font)}
    data |= {name: node.attributes[name] for name in KEPT if name in node.attributes}
    style = dict(_style(node))
    if style:
        data["style"] = style
    if node.tag == "figure":
        titles = [child for child in node.children if isinstance(child, Node) and child.tag in {"h3", "figcaption"}]
        data["alt"] = " · ".join(text_of(title, lang) for title in titles)
    return data


def _spoken(node: Node, lang: Lang) -> Iterator[Node | str]:
    """The children that are shown on paper in this language."""
    others = LEFT_OUT | (set(LANGUAGES) - {lang})
    for child in node.children:
        if isinstance(child, str) or not others.intersection(child.classes):
            yield child


def _classes(node: Node) -> list[str]:
    return [name for name in node.classes if name not in LANGUAGES]


def _style(node: Node) -> Iterator[tuple[str, str]]:
    for rule in node.attributes.get("style", "").split(";"):
        name, colon, value = rule.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _joined(parts: list[Any]) -> list[Any]:
    """Texts that follow each other as one."""
    joined: list[Any] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _drawing(node: Node, lang: Lang, font: str) -> str:
    """A drawing with what the style sheet of the page would give it."""
    head = node.raw.replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{escape(font)}" fill="{INK}" ', 1
    )
    return f"{head}{_inner(node, lang)}</svg>"


def _inner(node: Node, lang: Lang) -> str:
    return "".join(
        escape(child).replace("₂", SUBSCRIPT_TWO) if isinstance(child, str) else _mark(child, lang)
        for child in _spoken(node, lang)
    )


def _mark(node: Node, lang: Lang) -> str:
    if node.tag in SHAPES:
        return node.raw
    head = node.raw.replace("<text ", f"<text {HALO}", 1) if node.tag == "text" else node.raw
    return f"{head}{_inner(node, lang)}</{node.tag}>"


class _Reader(HTMLParser):
    """Builds the tree; our markup closes every element that has an end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", "", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = self._add(tag, attrs)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop()
        if closed.tag != tag:
            raise ValueError(f"</{tag}> closes <{closed.tag}>")

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        node = Node(tag, self.get_starttag_text() or "", {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        return node
