"""What every part of a file of ours is: frozen, strict about its keys and numbers, each field with its meaning and unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from lingtan.clock import zone_of
from lingtan.frozen import deep_frozen
from lingtan.wording import Words


class Fact(BaseModel):
    """A part of a file that refuses unknown keys and numbers that are not finite, frozen with all it holds.

    The docstrings of its fields become the descriptions of the schema.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)

    def model_post_init(self, _: Any, /) -> None:
        """Freeze the mappings and lists as well."""
        held = vars(self)
        for name, value in held.items():
            if type(value) in (dict, list, tuple):
                held[name] = deep_frozen(value)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, and judged like any other: pydantic alone would take whatever comes."""
        if not update:
            return super().model_copy(deep=deep)
        kept = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate({**kept, **update}, by_alias=False, by_name=True)


def first_fault(error: ValueError) -> str:
    """What is wrong with a file of ours that a program wrote: the first fault, with where it stands."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()


def _known_zone(name: str) -> str:
    zone_of(name)
    return name


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A name inside a park file: lower-case letters, digits and `_`, at most 40 characters."""
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""A text for people; blanks around it do not count."""
Zone = Annotated[str, AfterValidator(_known_zone)]
"""A time zone by its IANA name."""
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""A country by its ISO 3166 code."""


class Bilingual(Fact):
    """A text for people, in both languages."""

    en: Prose
    """English."""
    zh: Prose = Field(description="中文")
    """中文."""

    @property
    def words(self) -> Words:
        """The pair as the rest of the program passes it on."""
        return Words(self.en, self.zh)


class Named(Fact):
    """Something that people may call by another name than the park file does."""

    name: Bilingual | None = None
    """What it is called on paper; none shows its family, with its name in this file where that says more."""
