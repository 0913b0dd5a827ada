"""What a claim says, what it was held against, and what came of it: plain data, each part with its records."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from lingtan.rulebook import EmissionFactor, FullLoadHours, LegacyFactor, Place, Use, citation
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.claim import CLAIM_WORDS

Fit = Literal["within", "above", "below"]
"""Whether the claimed hours are usual for a technology, more than it can give, or less than it usually gives."""
VerdictKind = Literal["reproduced", "between", "above_all", "below_all", "not_stated", "no_factor"]


@dataclass(frozen=True)
class Claim:
    """What was published: a year's energy, and the capacity and the tonnes where they are stated; all of them above 0."""

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
    energy_usual_kwh: float | None
    energy_high_kwh: float

    def as_json(self) -> dict[str, Any]:
        """Hours, energy of a year and fit as plain data, with the record."""
        typical = self.use.record
        return {
            "technology": typical.technology,
            "hours": {"low": typical.low, "usual": typical.usual, "high": typical.high},
            "energy_kwh": {"low": self.energy_low_kwh, "usual": self.energy_usual_kwh, "high": self.energy_high_kwh},
            "fit": self.fit,
            "rule": citation(typical, self.use.assumption),
        }


@dataclass(frozen=True)
class Answer:
    """The tonnes that one factor gives; `reproduces` is None where the claim states none."""

    use: Use[EmissionFactor] | Use[LegacyFactor]
    emissions_t: float
    reproduces: bool | None

    def as_json(self, saved_t: float | None) -> dict[str, Any]:
        """View, year, factor and tonnes as plain data, with the record; `claim_ratio` is the claim over the answer."""
        record = self.use.record
        return {
            "view": record.view if isinstance(record, EmissionFactor) else None,
            "factor_year": record.factor_year if isinstance(record, EmissionFactor) else None,
            "official": self.official,
            "name": self.name._asdict(),
            "factor_kg_per_kwh": self.factor_kg_per_kwh,
            "emissions_t": self.emissions_t,
            "claim_ratio": None if saved_t is None or self.emissions_t == 0 else saved_t / self.emissions_t,
            "reproduces": self.reproduces,
            "rule": citation(record, self.use.assumption),
        }

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
        key = record.scope if record.view == "location" else record.energy
        area: Text = record.place.province or "" if record.place else ""
        if record.region is not None:
            area = CLAIM_WORDS.get(f"region.{record.region}", record.region)
        year = "–" if record.factor_year is None else str(record.factor_year)
        return said(f"name.{record.view}.{key}", region=area, year=year)


@dataclass(frozen=True)
class Verdict:
    """Under which views the tonnes can be reproduced, and what is said about energy and tonnes."""

    kind: VerdictKind
    views: tuple[str, ...]
    energy: Words
    tonnes: Words


@dataclass(frozen=True)
class Examined:
    """A claim with everything it was held against; `day` is the one whose records count."""

    claim: Claim
    day: date
    implied: Implied
    technologies: tuple[Technology, ...]
    answers: tuple[Answer, ...]
    verdict: Verdict

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data; each answer with its view, year and the record behind it."""
        made, implied = self.claim, self.implied
        return {
            "claim": {
                "region": str(made.place),
                "capacity_kw": made.capacity_kw,
                "energy_kwh": made.energy_kwh,
                "saved_t": made.saved_t,
            },
            "day": self.day.isoformat(),
            "implied": asdict(implied),
            "technologies": [technology.as_json() for technology in self.technologies],
            "answers": [answer.as_json(made.saved_t) for answer in self.answers],
            "verdict": {
                "kind": self.verdict.kind,
                "views": list(self.verdict.views),
                "energy": self.verdict.energy._asdict(),
                "tonnes": self.verdict.tonnes._asdict(),
            },
        }


def said(key: str, **values: Text) -> Words:
    """A text on claims with its values, in both languages."""
    words = CLAIM_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))
