"""Figures that carry their key: what a reader sees and what `summary.json` holds can be compared key by key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lingtan.report.markup import LANGUAGE_TAGS, Child, Html, html, tag

Path = tuple[str, ...]


def figure(summary: Mapping[str, Any], *path: str, show: Callable[[Any], Child]) -> Html:
    """The figure at a path of the summary as `show` writes it, with its key and its raw value beside it.

    >>> figure({"bill": {"total_cny": 5.0}}, "bill", "total_cny", show=str)
    '<span data-key="bill.total_cny" data-value="5.0">5.0</span>'
    """
    value = value_at(summary, path)
    return tag("span", show(value), data_key=".".join(path), data_value=raw(value))


def value_at(summary: Mapping[str, Any], path: Path) -> Any:
    """The value at a path, items of lists counted from 0; a key that is absent raises KeyError, for absent is not null."""
    value: Any = summary
    for key in path:
        value = value[key] if isinstance(value, Mapping) else value[int(key)]
    return value


def sentence(summary: Mapping[str, Any], *path: str) -> Html:
    """The pair of texts at a path, each with the key of its language.

    >>> sentence({"words": {"en": "yes", "zh": "是"}}, "words").count("data-key")
    2
    """
    return html(
        *(
            tag(
                "span",
                text,
                data_key=".".join((*path, lang)),
                data_value=raw(text),
                class_=lang,
                lang=LANGUAGE_TAGS[lang],
            )
            for lang, text in value_at(summary, path).items()
        )
    )


def raw(value: object) -> str:
    """A value as `summary.json` writes it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every figure of the summary with its path; items of a list of mappings are counted from 0.

    >>> list(leaves({"a": {"b": 1}, "c": [{"d": None}], "e": [1, 2]}))
    [(('a', 'b'), 1), (('c', '0', 'd'), None), (('e',), [1, 2])]
    """
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from leaves(value, (*path, str(key)))
    elif _is_list_of_mappings(data):
        for number, value in enumerate(data):
            yield from leaves(value, (*path, str(number)))
    else:
        yield path, data


def _is_list_of_mappings(data: Any) -> bool:
    return isinstance(data, Sequence) and not isinstance(data, str) and any(isinstance(item, Mapping) for item in data)
