"""What events, reasons and orders say to people, in both languages; a code that nobody gave words for is shown as it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lingtan.operate.store import EventRow, Order
from lingtan.park import Park
from lingtan.park.names import Names, capital, listed
from lingtan.wording import LANGUAGES, Text, Words, text_in
from lingtan.wording.control import CONTROL_EVENTS, CONTROL_NOUNS, CONTROL_REASONS
from lingtan.wording.operate import COMPLAINTS, DRIVER_FAULTS, OPERATE_EVENTS, OPERATE_NOUNS
from lingtan.wording.web import WEB_WORDS

EVENTS: Mapping[str, Words] = {**CONTROL_EVENTS, **OPERATE_EVENTS}
NOUNS: Mapping[str, Words] = {**CONTROL_NOUNS, **OPERATE_NOUNS}
_BLANK = re.compile(r"\{(\w+)\}")


def both(text: Text) -> dict[str, str]:
    """A text as the interface sends it."""
    return {lang: text_in(text, lang) for lang in LANGUAGES}


def reason_words(reason: str) -> dict[str, str]:
    """Why a decision is what it is."""
    return both(CONTROL_REASONS.get(reason, reason))


def author_words(author: str) -> dict[str, str]:
    """Who decided."""
    return both(WEB_WORDS.get(f"author.{author}", author))


@dataclass(frozen=True)
class Sentences:
    """The sentences of one park: its things by their names, moments on its clock."""

    park: Park

    def title(self, name: str) -> Words:
        """What an asset or a connection is called; another name stands for itself."""
        if f"who.{name}" in WEB_WORDS:
            return WEB_WORDS[f"who.{name}"]
        text = capital(Names(self.park).owner(name))
        return text if isinstance(text, Words) else Words(text, text)

    def who(self, name: str) -> Words:
        """What an event speaks of: an asset, a connection, or one of their points."""
        thing, _, quantity = name.partition(".")
        point = WEB_WORDS.get(f"point.{quantity}")
        if point is None:
            return self.title(name)
        title = self.title(thing)
        return Words(f"{title.en} {point.en}", f"{title.zh}{point.zh}")

    def event(self, event: EventRow) -> dict[str, str]:
        """What happened, and to whom."""
        words, who = self._words(event), self.who(event.who)
        return both(Words(f"{who.en}: {words.en}", f"{who.zh}：{words.zh}"))

    def _words(self, event: EventRow) -> Words:
        """The sentence of an event; its noun where a value of the sentence is missing, its code where nobody gave it words."""
        sentence = EVENTS.get(event.code)
        if sentence is None:
            return Words(event.code, event.code)
        values = {key: self._value(key, value) for key, value in event.detail.items()}
        said = {key: value for key, value in values.items() if value}
        if not set(_BLANK.findall(sentence.en)) <= said.keys():
            return NOUNS.get(event.code, Words(event.code, event.code))
        return Words(*(sentence.in_language(lang, **said) for lang in LANGUAGES))

    def _value(self, key: str, value: Any) -> Text:
        """A detail for people: few digits, names for names, words for codes; empty where it says nothing."""
        if isinstance(value, float):
            return _few_digits(value)
        text = "" if value is None else str(value)
        match key:
            case "author" | "mode":
                return WEB_WORDS.get(f"{key}.{text}", text)
            case "why":
                return COMPLAINTS.get(text, text)
            case "kind":
                return DRIVER_FAULTS.get(text, text)
            case "points" | "released":
                names = [name for name in re.split(r"[,\s]+", text) if name.strip("-")]
                return listed([self.who(name) for name in names]) if names else ""
            case "code":
                return NOUNS.get(text, text)
        return text

    def order(self, order: Order) -> dict[str, str]:
        """Who asked for what."""
        key, values = self._asked(order)
        author = capital(WEB_WORDS.get(f"author.{order.author}", order.author))
        return {lang: WEB_WORDS[f"order.{key}"].in_language(lang, author=author, **values) for lang in LANGUAGES}

    def _asked(self, order: Order) -> tuple[str, dict[str, Text]]:
        """The sentence of an order, and its values but for who gave it."""
        asset = "" if order.asset is None else self.title(order.asset)
        match order.kind:
            case "mode":
                mode = str(order.body.get("mode"))
                return "mode", {"mode": WEB_WORDS.get(f"mode.{mode}", mode)}
            case "stop" | "release":
                return order.kind, {"asset": asset}
            case "proposal":
                return self._proposal(order, asset)

    def _proposal(self, order: Order, asset: Text) -> tuple[str, dict[str, Text]]:
        low, high, wish = (order.body.get(key) for key in ("low_kw", "high_kw", "wish_kw"))
        until = WEB_WORDS["order.released"]
        if order.expires_ms is not None:
            time = f"{datetime.fromtimestamp(order.expires_ms / 1000, ZoneInfo(self.park.site.zone)):%H:%M}"
            until = Words(*(WEB_WORDS["order.until"].in_language(lang, time=time) for lang in LANGUAGES))
        if wish is not None:
            return "power", {"asset": asset, "power": f"{wish:,.0f}", "until": until}
        ends: dict[str, Text] = {
            key: f"{bound:,.0f}" for key, bound in (("low", low), ("high", high)) if bound is not None
        }
        kind = "range" if len(ends) == 2 else "least" if "low" in ends else "most"
        return kind, {"asset": asset, "until": until, "high": "–", **ends}


def _few_digits(value: float) -> str:
    """A number as a person says it; one that is none is nothing.

    >>> _few_digits(1234.5), _few_digits(7.04), _few_digits(0.5132), _few_digits(float("nan"))
    ('1,234', '7.0', '0.513', '')
    """
    if not math.isfinite(value):
        return ""
    if abs(value) >= 100.0:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 1.0 or value == 0.0 else f"{value:.3g}"
