"""The verdict on a claim, in words: what could produce the energy, and under which view the tonnes can be reproduced."""

from __future__ import annotations

from collections.abc import Sequence

from lingtan.rulebook import EmissionFactor
from lingtan.study.claim_parts import Answer, Claim, Implied, Technology, Verdict, VerdictKind, said
from lingtan.wording import Words
from lingtan.wording.claim import CLAIM_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS


def verdict_of(made: Claim, implied: Implied, technologies: Sequence[Technology], answers: Sequence[Answer]) -> Verdict:
    """Under which views the tonnes can be reproduced, and both verdicts in words."""
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
    beyond = [each for each in technologies if each.fit == "above"]
    fitting = [each for each in technologies if each.fit != "above"]
    key = "fits-none" if not fitting else "fits-all" if not beyond else "fits"
    values = {"fitting": _names(fitting), "beyond": _names(beyond)}
    first = said(f"physics.{key}", hours=f"{implied.full_load_hours:,.0f}", **values)
    return _joined([first, CLAIM_WORDS["physics.line"]])


def _say_tonnes(kind: VerdictKind, made: Claim, implied: Implied, answers: Sequence[Answer]) -> Words:
    """The verdict on the tonnes, then what the park's own method gives, then a figure that may be the claim's origin."""
    official = sorted((answer for answer in answers if answer.official), key=lambda answer: answer.emissions_t)
    sentences = [_core_sentence(kind, made, implied, official)]
    park = [answer for answer in official if _factor(answer).view == "park_annex4"]
    if (
        kind != "not_stated"
        and park
        and not park[0].reproduces
        and not (kind == "above_all" and park[0] == official[-1])
    ):
        sentences.append(said("verdict.annex4", tonnes=_tonnes(park[0])))
    if kind == "above_all" and made.saved_t is not None:
        for answer in answers:
            if not answer.official and (answer.reproduces or answer.emissions_t >= made.saved_t):
                factor = f"{answer.factor_kg_per_kwh:.3f}"
                sentences.append(said("verdict.legacy", factor=factor, tonnes=_tonnes(answer)))
    return _joined(sentences)


def _core_sentence(kind: VerdictKind, made: Claim, implied: Implied, official: Sequence[Answer]) -> Words:
    """One sentence on the tonnes; `official` are the answers in rising order."""
    factor = "" if implied.factor_kg_per_kwh is None else f"{implied.factor_kg_per_kwh:.3f}"
    match kind:
        case "not_stated" | "no_factor":
            return CLAIM_WORDS[f"verdict.{kind}"]
        case "reproduced":
            return said("verdict.reproduced", names=_listed([answer.name for answer in official if answer.reproduces]))
        case "above_all":
            return said("verdict.above_all", factor=factor, most=_tonnes(official[-1]), name=official[-1].name)
        case "below_all":
            return said("verdict.below_all", factor=factor, least=_tonnes(official[0]), name=official[0].name)
        case "between":
            assert made.saved_t is not None  # nothing lies between where nothing is stated
            saved = made.saved_t
            below = [answer for answer in official if answer.emissions_t < saved][-1]
            above = next(answer for answer in official if answer.emissions_t >= saved)
            return said(
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
    names = [RULEBOOK_WORDS[f"technology.{each.use.record.technology}"] for each in technologies]
    return Words(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def _listed(names: Sequence[Words]) -> Words:
    return Words("; ".join(name.en for name in names), ";".join(name.zh for name in names))


def _joined(sentences: Sequence[Words]) -> Words:
    return Words(" ".join(words.en for words in sentences), "".join(words.zh for words in sentences))
