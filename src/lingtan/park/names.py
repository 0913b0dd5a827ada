"""What the things of a park are called on paper: assets, flows, sizes, bill components, elections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lingtan.park.assets import Load
from lingtan.park.carriers import COUNTED
from lingtan.park.conditions import THEN
from lingtan.park.park import Park
from lingtan.wording import LANGUAGES, Text, Words, text_in
from lingtan.wording.energy_families import ENERGY_FLOWS
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS
from lingtan.wording.targets import TARGET_WORDS

SELF_USE = "_self_use"
"""How a component ends that falls on energy the park did not buy."""


def fill(key: str, /, **values: Text | int) -> Words:
    """A sentence of the report with its placeholders filled, in both languages."""
    words = REPORT_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))


def listed(texts: Sequence[Text]) -> Words:
    """Texts as a list within a sentence.

    >>> listed(["PV", Words("wind", "风电")])
    Words(en='PV, wind', zh='PV、风电')
    """
    return Words(", ".join(text_in(one, "en") for one in texts), "、".join(text_in(one, "zh") for one in texts))


def sentences(texts: Sequence[Text]) -> Words:
    """Sentences one after the other: with a blank between them in English, without one in Chinese.

    >>> sentences([Words("Yes.", "是。"), Words("No.", "否。")])
    Words(en='Yes. No.', zh='是。否。')
    """
    return Words(" ".join(text_in(one, "en") for one in texts), "".join(text_in(one, "zh") for one in texts))


def capital(text: Text) -> Text:
    """A name as it begins a line: the first letter of English is large."""
    return Words(text.en[:1].upper() + text.en[1:], text.zh) if isinstance(text, Words) else text


def within(text: Text) -> Text:
    """A name as it stands within a sentence: the first letter of English is small, but for PV and the like.

    >>> within(Words("Wind", "风电")).en, within(Words("PV", "光伏")).en
    ('wind', 'PV')
    """
    if not isinstance(text, Words) or text.en[1:2].isupper():
        return text
    return Words(text.en[:1].lower() + text.en[1:], text.zh)


@dataclass(frozen=True)
class Names:
    """The names of one park. A name that nobody gave words for is shown as it stands in the park file."""

    park: Park

    def asset(self, name: str) -> Text:
        """An asset by the name it was given, else a load by its enterprise and anything else by its family."""
        asset = self.park.assets.get(name)
        if asset is None:
            return name
        if asset.name is not None:
            return capital(asset.name.words)
        if isinstance(asset, Load) and asset.member is not None:
            words = self.park.members[asset.member].name.words
            alone = [other.member for _, other in self.park.of_family(Load)].count(asset.member) == 1
            return words if alone else _with(words, name)
        family = REPORT_WORDS[f"family.{asset.family}"]
        return family if name == asset.family else _with(family, name)

    def connection(self, name: str) -> Text:
        """A grid connection."""
        words = REPORT_WORDS["family.connection"]
        return words if name == "grid" or len(self.park.connections) == 1 else _with(words, name)

    def in_sentence(self, name: str) -> Text:
        """An asset or a connection as it stands within a sentence: a name that it was given stays as it is."""
        asset = self.park.assets.get(name)
        return asset.name.words if asset is not None and asset.name is not None else within(self.owner(name))

    def owner(self, name: str) -> Text:
        """An asset or a connection."""
        return self.connection(name) if name in self.park.connections else self.asset(name)

    def flow(self, name: str) -> Text:
        """A flow such as `pv.generation_kw` or `electrolyzer.hydrogen_kg_per_h`."""
        owner, _, flow = name.rpartition(".")
        kind = REPORT_WORDS.get(f"flow.{flow}") or ENERGY_FLOWS.get(_stem(flow))
        if kind is None:
            return name
        return fill("flow.of", owner=self.owner(owner), flow=kind) if owner else kind

    def component(self, name: str) -> Text:
        """A component of the bill, of running cost or of what is not served; a share or a target that a plan keeps.

        A rule of several bounds has a row for each (`target.carbon_cap.above_1`), all called what the rule is.
        """
        name = name.partition(".above_")[0]
        kind, _, of = name.partition(".")
        if kind in {"contract", "shortfall"} and of:
            return fill(f"component.{kind}", asset=self.asset(of))
        if name.endswith(SELF_USE):
            return fill("component.self_use", component=self.component(name.removesuffix(SELF_USE)))
        if kind == "target" and of in TARGET_WORDS:
            return TARGET_WORDS[of]
        known = RULEBOOK_WORDS.get(f"component.{name}") or REPORT_WORDS.get(f"component.{name}")
        return capital(known or REPORT_WORDS.get(f"green.{name}") or REPORT_WORDS.get(name) or name)

    def election(self, name: str, alternative: str) -> Text:
        """One way of electing, such as `grid.basis` by demand."""
        connection, _, choice = name.rpartition(".")
        if THEN in alternative:
            return self._sequence(connection, alternative)
        words = REPORT_WORDS.get(f"elect.{choice}.{alternative}")
        if words is None:
            return f"{name}: {alternative}"
        return words if len(self.park.connections) == 1 else _with(words, connection)

    def _sequence(self, connection: str, alternative: str) -> Text:
        """A basis that changes within the year, from January on."""
        ways = listed([REPORT_WORDS[f"basis.{each}"] for each in alternative.split(THEN)])
        said = fill("elect.basis.switched", ways=ways)
        return said if len(self.park.connections) == 1 else fill("elect.at", way=said, connection=connection)


def _stem(flow: str) -> str:
    """A flow without the unit that its name ends with.

    >>> _stem("hydrogen_kg_per_h"), _stem("vented_kw")
    ('hydrogen', 'vented')
    """
    endings = {f"_{counted.rate_ending}" for counted in COUNTED.values()}
    return next((flow.removesuffix(ending) for ending in endings if flow.endswith(ending)), flow)


def _with(words: Words, name: str) -> Words:
    return Words(f"{words.en} {name}", f"{words.zh} {name}")
