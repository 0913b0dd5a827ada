"""What every part of a park file is: frozen, strict about its keys, each field with its meaning and unit."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lingtan.wording import Words


class Fact(BaseModel):
    """A frozen part of a park file that refuses unknown keys; its field docstrings become the schema's descriptions."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A name inside a park file: lower-case letters, digits and `_`, at most 40 characters."""

Prose = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


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
