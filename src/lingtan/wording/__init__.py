"""Every sentence a user sees, in 中文 and English, by key.

A pair stands side by side (`Words(en=…, zh=…)`), so a text cannot exist in one language only. Each room keeps its
sentences in the module of its name here; `say` looks a key up and fills its placeholders.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = ("en", "zh")


class Words(NamedTuple):
    """One text in both languages; `{name}` marks a value to fill in."""

    en: str
    zh: str

    def in_language(self, lang: Lang, /, **values: object) -> str:
        """The text in one language with its placeholders filled.

        >>> Words(en="{n} gaps", zh="{n} 处缺口").in_language("zh", n=3)
        '3 处缺口'
        """
        text = self.zh if lang == "zh" else self.en
        return text.format(**{key: text_in(value, lang) for key, value in values.items()}) if values else text


Text = str | Words
"""A text that is the same in both languages (a number, a name) or a pair."""


def text_in(value: object, lang: Lang) -> str:
    """Any value as text: a pair in the given language, everything else as `str` prints it.

    >>> text_in(Words(en="yes", zh="是"), "en"), text_in(0.5, "en")
    ('yes', '0.5')
    """
    return value.in_language(lang) if isinstance(value, Words) else str(value)


def say(catalog: Mapping[str, Words], key: str, lang: Lang, /, **values: object) -> str:
    """The text of `key` in `lang`; an unknown key is a fault of ours and raises KeyError."""
    return catalog[key].in_language(lang, **values)
