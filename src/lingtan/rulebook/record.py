"""What every rule record says besides its rule: for whom, from when to when, known since when, from where, how sure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from lingtan.fact import Bilingual, Fact, Prose
from lingtan.rulebook.place import CustomerFilter, Reach
from lingtan.tolerances import WRITTEN_RELATIVE
from lingtan.units import Quantity
from lingtan.wording import Text, Words

Days = NDArray[np.datetime64]
"""Local dates, datetime64[D]."""
Array = NDArray[np.float64]

_ID = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _dotted(text: str) -> str:
    if not _ID.fullmatch(text):
        raise PydanticCustomError("rulebook.bad-id", "not an id", {"expected": "cn.sichuan.retail.2026-08"})
    return text


def _iso(value: Any) -> Any:
    """Only `2025-01-31` is a date: pydantic alone would read the number 20250131 as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise PydanticCustomError("date_type", "not a date")


def _not_empty(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise PydanticCustomError("too_short", "empty", {"min_length": 1, "actual_length": 0})
    return values


AT_LEAST_ONE = AfterValidator(_not_empty)
"""For a tuple; unlike `min_length` it does not also call a list too short whose entries are wrong."""
RecordId = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_dotted)]
"""Lower-case letters and digits, parted by `.`, `-` or `_`; what stands before a dot names the family."""
Day = Annotated[date, BeforeValidator(_iso)]
Month = Annotated[int, Field(strict=True, ge=1, le=12)]
Digits = Annotated[int, Field(strict=True, ge=0, le=9)]
"""Digits after the point that a document prints."""
PerUnit = Annotated[float, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})]
"""A number whose unit hangs on the record's `per`; a text brings its own unit. Read it with `read_per`."""


def _form(value: object) -> str:
    return "pair" if isinstance(value, dict | Bilingual) else "plain"


Told = Annotated[Annotated[Prose, Tag("plain")] | Annotated[Bilingual, Tag("pair")], Discriminator(_form)]
"""A text for people: a pair of languages, or one text that stands for both."""


def text_of(told: str | Bilingual) -> Text:
    """A text for people as the rest of the program passes it on."""
    return told.words if isinstance(told, Bilingual) else told


def both_of(told: str | Bilingual) -> Words:
    """A text for people in both languages, for files in which the two stand apart."""
    return told.words if isinstance(told, Bilingual) else Words(told, told)


class Confidence(StrEnum):
    """How good the source of a record is; names in both languages stand in `RULEBOOK_WORDS`."""

    OFFICIAL = "official"
    PRESS = "press"
    SECONDARY = "secondary"
    MEMORY = "memory"
    INVENTED = "invented"


class Mismatch(NamedTuple):
    """An example that its own record does not reproduce: which one (from 0), of what, printed and computed."""

    example: int
    what: str
    expected: Text
    got: Text


class Record(Fact):
    """The head that all kinds share; a kind adds its rule, its `examples` and its `mismatches`."""

    title: ClassVar[Words]
    """What the kind is called."""
    extendable: ClassVar[bool] = True
    """Whether an assumption may use it beyond its validity."""

    id: RecordId
    """Stable name; a pack that brings the same id replaces the record."""
    place: Reach | None = None
    """Where it holds; none means everywhere."""
    customer: CustomerFilter | None = None
    """For which customers it holds; none means for all."""
    valid_from: Day
    """First day on which it holds."""
    valid_to: Day | None = None
    """Last day on which it holds, that day included, as documents print it; none means until further notice."""
    recorded_at: Day
    """Day on which this record was written down."""
    document: Prose
    """Name and number of the document that sets the rule."""
    source: Told
    """Where the text or figure was read; a pair of languages, or one text for both."""
    confidence: Confidence
    """How good that source is."""
    verified: bool
    """Whether someone compared the record with the document itself."""
    note: Bilingual | None = None
    """What a reader must know, in both languages."""

    def covers(self, days: Days) -> NDArray[np.bool_]:
        """Which of the days lie in its validity, (D,)."""
        within = days >= np.datetime64(self.valid_from)
        return within if self.valid_to is None else within & (days <= np.datetime64(self.valid_to))

    @property
    def validity(self) -> str:
        """Its validity as text, such as `2026-08-01 … 2026-08-31`."""
        return span_text(self.valid_from, self.valid_to)

    @property
    def rank(self) -> tuple[int, int]:
        """How special it is: level of its place, then number of conditions on the customer."""
        return (self.place.level if self.place else 0, self.customer.conditions if self.customer else 0)

    def mismatches(self) -> Iterator[Mismatch]:
        """The examples that the rule does not reproduce."""
        raise NotImplementedError

    @property
    def example_count(self) -> int:
        """How many worked examples it brings."""
        return len(getattr(self, "examples", ()))


RecordT = TypeVar("RecordT", bound=Record)


def read_per(value: object, unit: str, info: ValidationInfo) -> object:
    """A `PerUnit` field as its file has it, in a unit such as `tce/{per}`; 0 and below are refused."""
    if value is None:
        return None
    per = info.data.get("per")
    if per is None:  # `per` itself is wrong: its own finding speaks, and the record does not load anyway
        return 1.0
    return Quantity(unit.format(per=per), gt=0).read(value, who=str(info.field_name))


def span_text(first: date | None, last: date | None) -> str:
    """A span of days as text; an open side is left blank.

    >>> span_text(date(2025, 7, 8), None)
    '2025-07-08 …'
    """
    return f"{first or ''} … {last or ''}".strip()


def digits_differ(expected: float, got: float, digits: int) -> bool:
    """Whether a figure differs from the one a document prints with so many digits after the point.

    The document may round a half either way, so both neighbors of a tie are right.

    >>> digits_differ(0.4140, 0.41404375, 4), digits_differ(0.4141, 0.41404375, 4)
    (False, True)
    """
    return abs(expected - got) > 0.5 * 10.0**-digits * (1 + WRITTEN_RELATIVE)
