"""Seasons of a hydro power system: which months are dry, which are wet, and which lie between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.rulebook.record import Mismatch, Month, Record
from lingtan.wording import Words
from lingtan.wording.rule_kinds import SeasonName
from lingtan.wording.rulebook import RULEBOOK_WORDS

ALL_MONTHS = tuple(range(1, 13))


class SeasonMonths(Fact):
    """Which months belong to which season (枯水期、平水期、丰水期); together they name every month once."""

    dry: tuple[Month, ...]
    """Dry season."""
    flat: tuple[Month, ...] = ()
    """Between the two."""
    wet: tuple[Month, ...]
    """Wet season."""

    @model_validator(mode="after")
    def _every_month_once(self) -> Self:
        named = sorted((*self.dry, *self.flat, *self.wet))
        if tuple(named) != ALL_MONTHS:
            got = ", ".join(map(str, named))
            raise InputError([Finding("rulebook.months-not-once", "months", "1 … 12", got)])
        return self

    def season_of(self, month: int) -> SeasonName:
        """The season of a month, 1 to 12."""
        return "dry" if month in self.dry else "wet" if month in self.wet else "flat"


class SeasonExample(Fact):
    """A month and its season."""

    month: Month
    """Month of the year."""
    season: SeasonName
    """The season it belongs to."""


class HydroSeasons(Record):
    """The seasons of a place, as price profiles and hydro contracts speak of them."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.hydro_seasons"]

    kind: Literal["hydro_seasons"]
    months: SeasonMonths
    """Months of each season."""
    examples: tuple[SeasonExample, ...] = ()
    """Months with their season."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The months that fall into another season."""
        for number, example in enumerate(self.examples):
            got = self.months.season_of(example.month)
            if got != example.season:
                expected = RULEBOOK_WORDS[f"season.{example.season}"]
                yield Mismatch(number, "season", expected, RULEBOOK_WORDS[f"season.{got}"])
