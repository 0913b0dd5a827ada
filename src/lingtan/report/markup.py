"""Markup that cannot forget to escape: text becomes `Html` only through here.

A pair of `Words` becomes two elements side by side, one a language; the style sheet shows the one that the reader chose. So
both languages are in every page, and a text that is the same in both (a number, a name) stands once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from lingtan.wording import Text, Words

VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
"""Elements of HTML that have no end."""

SHAPES = frozenset({"circle", "image", "line", "path", "rect"})
"""Elements of SVG that are written without content."""

LANGUAGE_TAGS = {"en": "en", "zh": "zh-Hans"}
"""What the `lang` attribute calls our languages."""


_BREAKS = re.compile(r"([._/-])(?=\w)")


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = Html | Text
Attribute = str | float | bool | None


def html(*children: Child) -> Html:
    """Children one after the other; whatever is not markup yet is escaped.

    >>> html("a < b", Html("<br>"))
    'a &lt; b<br>'
    """
    return Html("".join(map(_one, children)))


def joined(children: Iterable[Child], between: Child = "") -> Html:
    """Children with the same thing between them."""
    return Html(_one(between).join(map(_one, children)))


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element. `class_` stands for `class`, `_` inside a name for `-`; None and False leave an attribute out.

    >>> tag("td", Words("none", "无"), class_="number")
    '<td class="number"><span class="en" lang="en">none</span><span class="zh" lang="zh-Hans">无</span></td>'
    """
    head = name + _attributes(attributes)
    if name in VOID:
        return Html(f"<{head}>")
    if name in SHAPES:
        return Html(f"<{head}/>")
    return Html(f"<{head}>{html(*children)}</{name}>")


def key(name: str) -> Html:
    """A name such as a record's id, that may break after its dots, lines and slashes and nowhere else.

    >>> key("cn.park-annex4")
    'cn.<wbr>park-<wbr>annex4'
    """
    return Html(_BREAKS.sub(r"\1<wbr>", escape(name)))


def pair(words: Words, element: str) -> Html:
    """A text in both languages, each in an element of its own; once and bare where the two are the same."""
    if words.en == words.zh:
        return Html(escape(words.en))
    return Html(
        "".join(
            f'<{element} class="{key}" lang="{LANGUAGE_TAGS[key]}">{escape(text)}</{element}>'
            for key, text in (("en", words.en), ("zh", words.zh))
        )
    )


def _one(child: Child) -> str:
    match child:
        case Html():
            return child
        case Words():
            return pair(child, "span")
        case _:
            return escape(child)


def _attributes(attributes: dict[str, Attribute]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_attribute(value))}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )


def _attribute(value: Attribute) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
