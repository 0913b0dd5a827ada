"""A published claim — so much power, so much energy, so many tonnes — held against physics and every official factor.

One input, several answers, each labeled with its view: the figures of two views are never mixed, and the verdict says
under which view, if any, the tonnes can be reproduced. Pure: the rulebook and the day are arguments.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lingtan.findings import Finding, InputError, raise_errors
from lingtan.rulebook import EmissionFactor, FullLoadHours, LegacyFactor, Place, Rulebook, Use
from lingtan.rulebook.book import NO_RECORD
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.claim import CLAIM_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

HOURS_PER_YEAR = 8760
CLOSE = 0.01
"""Claims are published to two or three digits: tonnes within 1 % of an answer are that answer."""

Fit = Literal["within", "above", "below"]
"""Whether the claimed hours are usual for a technology, more than it can give, or less than it usually gives."""
VerdictKind = Literal["reproduced", "between", "above_all", "below_all", "not_stated", "no_factor"]

_ASKS: tuple[Mapping[str, object], ...] = (
    {"view": "park_annex4", "energy": "unbacked"},
    {"view": "market", "energy": "fossil"},
    {"view": "market", "energy": "unbacked"},
    {"view": "location", "energy": "any", "scope": "national"},
    {"view": "location", "energy": "any", "scope": "regional"},
    {"view": "location", "energy": "any", "scope": "provincial"},
)
"""The factors a saving of electricity could be counted with. The product view is a footprint, not a saving: it stays out."""
_TECHNOLOGIES = ("hydro", "wind", "pv")


@dataclass(frozen=True)
class Claim:
    """What was published: a year's energy, and the capacity and the tonnes where they are stated."""

    energy_kwh: float
    place: Place
    capacity_kw: float | None = None
    saved_t: float | None = None


@dataclass(frozen=True)
class Implied:
    """What the published figures imply; None where one of them is not stated."""

    full_load_hours: float | None
    capacity_factor: float | None
    factor_kg_per_kwh: float | None


@dataclass(frozen=True)
class Technology:
    """A technology's typical hours in the place, and whether it could produce the energy."""

    use: Use[FullLoadHours]
    fit: Fit
    energy_low_kwh: float
    energy_high_kwh: float


@dataclass(frozen=True)
class Answer:
    """The tonnes that one factor gives; `reproduces` is None where the claim states none."""

    use: Use[EmissionFactor] | Use[LegacyFactor]
    emissions_t: float
    reproduces: bool | None

    @property
    def official(self) -> bool:
        """Whether a document prints the factor, and not only memory."""
        return isinstance(self.use.record, EmissionFactor)

    @property
    def factor_kg_per_kwh(self) -> float:
        """The factor [kg/kWh]."""
        return self.use.record.factor * 1000

    @property
    def name(self) -> Words:
        """View, area and year of the factor."""
        record = self.use.record
        if isinstance(record, LegacyFactor):
            return CLAIM_WORDS["name.legacy"]
        area: Text = record.place.province or "" if record.place else ""
        if record.region is not None:
            area = CLAIM_WORDS.get(f"region.{record.region}", Words(record.region, record.region))
        where = _said(f"where.{record.scope}", region=area)
        values = {"view": RULEBOOK_WORDS[f"view.{record.view}"], "where": where}
        energy = RULEBOOK_WORDS[f"energy.{record.energy}"]
        if record.factor_year is None:
            return _said("name.undated", **values, energy=energy)
        return _said("name.dated", **values, energy=energy, year=str(record.factor_year))


@dataclass(frozen=True)
class Verdict:
    """Under which views the tonnes can be reproduced, and what is said about energy and tonnes."""

    kind: VerdictKind
    views: tuple[str, ...]
    energy: Words
    tonnes: Words


@dataclass(frozen=True)
class Tested:
    """A claim with everything it was held against."""

    claim: Claim
    implied: Implied
    technologies: tuple[Technology, ...]
    answers: tuple[Answer, ...]
    verdict: Verdict


def claim(made: Claim, book: Rulebook, day: date) -> Tested:
    """Hold a claim against the records that hold on a day.

    Raises `InputError` for a region that no record speaks of (`claim.unknown-region`) and a claim of energy alone
    (`claim.nothing-to-test`).
    """
    raise_errors(_check(made, book))
    implied = _implied(made)
    technologies = tuple(_technologies(made, implied, book, day))
    answers = tuple(_answers(made, book, day))
    return Tested(made, implied, technologies, answers, _verdict(made, implied, technologies, answers))


def _check(made: Claim, book: Rulebook) -> Iterator[Finding]:
    if made.capacity_kw is None and made.saved_t is None:
        yield Finding("claim.nothing-to-test", "claim")
    places = (record.place for record in book.records if record.place is not None)
    known = sorted({place.province for place in places if place.country == made.place.country and place.province})
    province = made.place.province
    if province is not None and province.casefold() not in {name.casefold() for name in known}:
        nearest = (difflib.get_close_matches(province, known, n=1, cutoff=0.0) or ["–"])[0]
        yield Finding("claim.unknown-region", "region", got=province, values={"nearest": nearest})


def _implied(made: Claim) -> Implied:
    hours = None if made.capacity_kw is None else made.energy_kwh / made.capacity_kw
    share = None if hours is None else hours / HOURS_PER_YEAR
    return Implied(hours, share, None if made.saved_t is None else made.saved_t / made.energy_kwh * 1000)


def _technologies(made: Claim, implied: Implied, book: Rulebook, day: date) -> Iterator[Technology]:
    if implied.full_load_hours is None or made.capacity_kw is None:
        return
    for name in _TECHNOLOGIES:
        found = book.find(FullLoadHours, day, place=made.place, select={"technology": name})
        raise_errors(finding for finding in found.findings if finding.code not in NO_RECORD)
        for use in found.uses:
            low, high = use.record.low, use.record.high
            fit: Fit = (
                "below" if implied.full_load_hours < low else "above" if implied.full_load_hours > high else "within"
            )
            yield Technology(use, fit, made.capacity_kw * low, made.capacity_kw * high)


def _answers(made: Claim, book: Rulebook, day: date) -> Iterator[Answer]:
    """The official answers in the order of `_ASKS`, then figures in circulation; what has no record has no answer."""
    for ask in _ASKS:
        region = {"region": _region_of(made.place, book)} if ask.get("scope") == "regional" else {}
        select = {**ask, **region, "carrier": "electricity"}
        found = book.find(EmissionFactor, day, place=made.place, select=select)
        raise_errors(finding for finding in found.findings if finding.code not in NO_RECORD)
        for use in found.uses:
            yield _answer(use, made)
    for record in book.records:
        if isinstance(record, LegacyFactor):
            yield _answer(Use(record), made)


def _answer(use: Use[EmissionFactor] | Use[LegacyFactor], made: Claim) -> Answer:
    tonnes = made.energy_kwh * use.record.factor
    close = None if made.saved_t is None else abs(tonnes - made.saved_t) <= CLOSE * made.saved_t
    return Answer(use, tonnes, close)


def _region_of(place: Place, book: Rulebook) -> str | None:
    """The regional grid that a province lies in wholly; None where no record says so."""
    wanted = "" if place.province is None else place.province.casefold()
    for record in book.records:
        if isinstance(record, EmissionFactor) and wanted in {province.casefold() for province in record.provinces}:
            return record.region
    return None


def _verdict(made: Claim, implied: Implied, technologies: Sequence[Technology], answers: Sequence[Answer]) -> Verdict:
    official = [answer for answer in answers if answer.official]
    views = tuple(dict.fromkeys(str(_factor(answer).view) for answer in official if answer.reproduces))
    kind = _kind(made, official)
    return Verdict(kind, views, _say_energy(implied, technologies), _say_tonnes(kind, made, implied, answers))


def _kind(made: Claim, official: Sequence[Answer]) -> VerdictKind:
    if made.saved_t is None:
        return "not_stated"
    if not official:
        return "no_factor"
    if any(answer.reproduces for answer in official):
        return "reproduced"
    tonnes = [answer.emissions_t for answer in official]
    return "above_all" if made.saved_t > max(tonnes) else "below_all" if made.saved_t < min(tonnes) else "between"


def _say_energy(implied: Implied, technologies: Sequence[Technology]) -> Words:
    if implied.full_load_hours is None or implied.capacity_factor is None:
        return CLAIM_WORDS["physics.not-stated"]
    if implied.capacity_factor > 1:
        return CLAIM_WORDS["physics.impossible"]
    if not technologies:
        return CLAIM_WORDS["physics.unknown"]
    hours = f"{implied.full_load_hours:,.0f}"
    beyond = _names([each for each in technologies if each.fit == "above"])
    fitting = [each for each in technologies if each.fit != "above"]
    if fitting:
        return _said("physics.fits", hours=hours, fitting=_names(fitting), beyond=beyond)
    return _said("physics.fits-none", hours=hours, beyond=beyond)


def _say_tonnes(kind: VerdictKind, made: Claim, implied: Implied, answers: Sequence[Answer]) -> Words:
    """The verdict on the tonnes, then what the park's own method gives, then a figure that may be the claim's origin."""
    official = sorted((answer for answer in answers if answer.official), key=lambda answer: answer.emissions_t)
    said = [_core_sentence(kind, made, implied, official)]
    park = [answer for answer in official if _factor(answer).view == "park_annex4"]
    if kind == "reproduced" and park and not park[0].reproduces:
        said.append(_said("verdict.annex4", tonnes=f"{park[0].emissions_t:,.0f}"))
    for answer in answers:
        if (
            kind == "above_all"
            and not answer.official
            and made.saved_t is not None
            and (answer.emissions_t >= made.saved_t or answer.reproduces)
        ):
            values = {"factor": f"{answer.factor_kg_per_kwh:.3f}", "tonnes": f"{answer.emissions_t:,.0f}"}
            said.append(_said("verdict.legacy", **values))
    return Words(" ".join(words.en for words in said), "".join(words.zh for words in said))


def _core_sentence(kind: VerdictKind, made: Claim, implied: Implied, official: Sequence[Answer]) -> Words:
    """One sentence on the tonnes; `official` are the answers in rising order."""
    factor = "" if implied.factor_kg_per_kwh is None else f"{implied.factor_kg_per_kwh:.3f}"
    match kind:
        case "not_stated" | "no_factor":
            return CLAIM_WORDS[f"verdict.{kind}"]
        case "reproduced":
            return _said("verdict.reproduced", names=_listed([answer.name for answer in official if answer.reproduces]))
        case "above_all":
            return _said("verdict.above_all", factor=factor, most=_tonnes(official[-1]), name=official[-1].name)
        case "below_all":
            return _said("verdict.below_all", factor=factor, least=_tonnes(official[0]), name=official[0].name)
        case "between":
            assert made.saved_t is not None  # nothing lies between where nothing is stated
            saved = made.saved_t
            below = [answer for answer in official if answer.emissions_t < saved][-1]
            above = next(answer for answer in official if answer.emissions_t >= saved)
            return _said(
                "verdict.between",
                below=_tonnes(below),
                name_below=below.name,
                above=_tonnes(above),
                name_above=above.name,
            )


def _factor(answer: Answer) -> EmissionFactor:
    assert isinstance(answer.use.record, EmissionFactor)  # asked of official answers only
    return answer.use.record


def _tonnes(answer: Answer) -> str:
    return f"{answer.emissions_t:,.0f}"


def _names(technologies: Sequence[Technology]) -> Words:
    if not technologies:
        return CLAIM_WORDS["nothing"]
    return _listed([RULEBOOK_WORDS[f"technology.{each.use.record.technology}"] for each in technologies])


def _listed(names: Sequence[Words]) -> Words:
    return Words("; ".join(name.en for name in names), ";".join(name.zh for name in names))


def _said(key: str, **values: Text) -> Words:
    words = CLAIM_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))


__all__ = ["Answer", "Claim", "Implied", "Technology", "Tested", "Verdict", "claim"]
