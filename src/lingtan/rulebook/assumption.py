"""Assumptions: a rule used beyond its validity, because the user asked for it by name and said why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from lingtan.clock import month_of
from lingtan.fact import Bilingual, Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.hydro_seasons import ALL_MONTHS, SeasonMonths
from lingtan.rulebook.record import Confidence, Day, Days, Record, RecordId, RecordT, Told, text_of
from lingtan.rulebook.retail_price import RetailPrice
from lingtan.units import Quantity
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.rulebook import RULEBOOK_WORDS, ComponentName

Weight = Annotated[float, Quantity("1", gt=0)]
PlainNumber = Annotated[float, Field(strict=True)]
Weights = Annotated[tuple[Weight, ...], Field(min_length=12, max_length=12)]


class SeasonWeights(Fact):
    """One weight per season of a hydro power system."""

    dry: Weight
    """Dry season, 枯水期 [1]."""
    flat: Weight
    """Between the two, 平水期 [1]."""
    wet: Weight
    """Wet season, 丰水期 [1]."""


class Assumption(Fact):
    """Extends records of one family to days that no record covers; a record always wins over it."""

    id: RecordId
    """Its name in every output."""
    kind: Literal["assumption"] = "assumption"
    of: RecordId
    """The record, or the family of records (its id up to a dot), that is used beyond its validity."""
    valid_from: Day | None = None
    """First day on which it may be used; none means any day."""
    valid_to: Day | None = None
    """Last day on which it may be used, itself included; none means any day."""
    mode: Literal["repeat", "profile"]
    """`repeat` uses the record as it is, `profile` shapes its components by month."""
    factors: Mapping[ComponentName, Weights | SeasonWeights] = Field(default_factory=dict)
    """Shape of each component over the year: 12 numbers, or one per season. The record's own month keeps its price."""
    months: SeasonMonths | None = None
    """Months of the seasons, where a shape is given by season."""
    range: tuple[PlainNumber, PlainNumber] | None = None
    """Lowest and highest figure that is as likely; printed with the assumption wherever it is named."""
    reason: Told
    """Why it is reasonable; a pair of languages, or one text for both."""
    confidence: Confidence = Confidence.INVENTED
    """How good its source is."""
    note: Bilingual | None = None
    """What a reader must know, in both languages."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        by_season = any(isinstance(shape, SeasonWeights) for shape in self.factors.values())
        if (self.mode == "profile") != bool(self.factors):
            raise InputError([Finding("rulebook.factors-and-mode", self.id, got=self.mode)])
        if by_season and self.months is None:
            raise InputError([Finding("rulebook.seasons-without-months", self.id)])
        if self.range is not None and self.range[0] > self.range[1]:
            got = f"{say_number(self.range[0])} … {say_number(self.range[1])}"
            raise InputError([Finding("rulebook.range-reversed", self.id, got=got)])
        return self

    def covers(self, days: Days) -> NDArray[np.bool_]:
        """Which of the days it may be used on, (D,)."""
        late = True if self.valid_from is None else days >= np.datetime64(self.valid_from)
        early = True if self.valid_to is None else days <= np.datetime64(self.valid_to)
        return np.ones(days.shape, bool) & late & early

    @property
    def why(self) -> Text:
        """The reason, and where one is given the range of what is as likely."""
        reason = text_of(self.reason)
        if self.range is None:
            return reason
        ends = {"low": say_number(self.range[0]), "high": say_number(self.range[1])}
        words = RULEBOOK_WORDS["cite.range"]
        return Words(*(words.in_language(lang, reason=reason, **ends) for lang in LANGUAGES))

    def is_of(self, record: Record) -> bool:
        """Whether it speaks of this record."""
        return record.id == self.of or record.id.startswith(f"{self.of}.")


def check_assumption(assumption: Assumption, record: Record) -> list[Finding]:
    """What keeps the assumption from being applied to a record; empty when it can be."""
    if not record.extendable:
        return [Finding("rulebook.not-extendable", assumption.id, got=record.id)]
    if assumption.mode == "repeat":
        return []
    if not isinstance(record, RetailPrice):
        return [Finding("rulebook.profile-of-other-kind", assumption.id, "retail_price", record.id)]
    found = []
    names = {component.name for component in record.components}
    strangers = sorted(set(assumption.factors) - names)
    if strangers:
        expected, got = ", ".join(sorted(names)), ", ".join(strangers)
        found.append(Finding("rulebook.no-such-component", f"{assumption.id}.factors", expected, got))
    own = _own_months(record)
    if any(len({_weight(assumption, name, month) for month in own}) > 1 for name in assumption.factors):
        found.append(Finding("rulebook.profile-without-anchor", assumption.id, got=f"{record.id} ({record.validity})"))
    return found


def shape_of(assumption: Assumption, record: Record, month: int) -> tuple[tuple[ComponentName, float], ...]:
    """What each shaped component of a record is multiplied with in a month: its weight over that of the record's month.

    Months with the same shape share one assumed record. A repeated record has no shape.
    """
    own = _own_months(record)[0]
    names = sorted(assumption.factors)
    return tuple((name, _weight(assumption, name, month) / _weight(assumption, name, own)) for name in names)


def shaped(record: RecordT, shape: tuple[tuple[ComponentName, float], ...]) -> RecordT:
    """The record with its components multiplied; without a shape, the record itself."""
    if not shape:
        return record
    assert isinstance(record, RetailPrice)  # check_assumption refuses a profile of anything else
    factor = dict(shape)
    components = tuple(
        component.model_copy(update={"price": component.price * factor.get(component.name, 1.0)})
        for component in record.components
    )
    return record.model_copy(update={"components": components})


def _own_months(record: Record) -> tuple[int, ...]:
    """The months of the year that the record itself covers."""
    if record.valid_to is None:
        return ALL_MONTHS
    covered = np.arange(np.datetime64(record.valid_from, "M"), np.datetime64(record.valid_to, "M") + 1)
    return tuple(np.unique(month_of(covered)).tolist())


def _weight(assumption: Assumption, name: ComponentName, month: int) -> float:
    shape = assumption.factors[name]
    if not isinstance(shape, SeasonWeights):
        return shape[month - 1]
    assert assumption.months is not None  # the validator asked for it
    weight: float = getattr(shape, assumption.months.season_of(month))
    return weight
