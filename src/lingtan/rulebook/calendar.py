"""Working days, weekends and holidays of a year, with the weekend days that a government declares working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal, Self, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from lingtan.clock import DayCodes, DayType, weekday_of
from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.rulebook.record import Day, Days, Mismatch, Record, span_text
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS, DayTypeName, HolidayName

HOLIDAY_NAME = np.dtype(f"<U{max(map(len, get_args(HolidayName)))}")
WeekdayNumber = Annotated[int, Field(strict=True, ge=0, le=6)]


class Rest(Fact):
    """A holiday as it is announced: from its first to its last day, weekend days between them included."""

    name: HolidayName
    """Which holiday."""
    first: Day
    """First day off."""
    last: Day
    """Last day off, itself included."""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.last < self.first:
            raise InputError([Finding("rulebook.span-reversed", "rests", f"≥ {self.first}", str(self.last))])
        return self


class DayExample(Fact):
    """A day and what kind of day it is."""

    day: Day
    """The day."""
    type: DayTypeName
    """What the announcement makes it."""


class Calendar(Record):
    """The days of a year (or a part of it) in a place."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.calendar"]
    extendable: ClassVar[bool] = False  # the days of one year are not those of another

    kind: Literal["calendar"]
    rests: tuple[Rest, ...] = ()
    """Holidays."""
    workdays: tuple[Day, ...] = ()
    """Weekend days that are worked to make up for a holiday."""
    weekend: tuple[WeekdayNumber, ...] = (5, 6)
    """Days of the week that are off, 0 is Monday."""
    gazetted: bool = True
    """Whether the year's arrangement has been announced; otherwise make-up workdays are not known."""
    examples: tuple[DayExample, ...] = ()
    """Days with their kind."""

    @model_validator(mode="after")
    def _inside_its_validity(self) -> Self:
        named = [day for rest in self.rests for day in (rest.first, rest.last)]
        stray = [day for day in (*named, *self.workdays) if not self._covers_day(day)]
        if stray:
            got = ", ".join(map(str, stray))
            raise InputError([Finding("rulebook.day-outside-calendar", self.id, self.validity, got)])
        return self

    def _covers_day(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def mismatches(self) -> Iterator[Mismatch]:
        """The days that the calendar makes another kind of day."""
        for number, example in enumerate(self.examples):
            if not self._covers_day(example.day):
                yield Mismatch(number, str(example.day), RULEBOOK_WORDS[f"day.{example.type}"], "–")
                continue
            got = DayType(day_types(np.array([example.day], "M8[D]"), self)[0])
            if got.key != example.type:
                yield Mismatch(
                    number, str(example.day), RULEBOOK_WORDS[f"day.{example.type}"], RULEBOOK_WORDS[f"day.{got.key}"]
                )


def holiday_names(days: Days, calendar: Calendar) -> NDArray[np.str_]:
    """The name of the holiday that each day belongs to, (D,); empty on other days, also on those worked in return."""
    names = np.zeros(days.shape, HOLIDAY_NAME)
    for rest in calendar.rests:
        names[(days >= np.datetime64(rest.first)) & (days <= np.datetime64(rest.last))] = rest.name
    names[np.isin(days, np.array(calendar.workdays, "M8[D]"))] = ""
    return names


def day_types(days: Days, calendar: Calendar) -> DayCodes:
    """The kind of each day, (D,) int8 codes of `DayType`.

    Raises `InputError` (`rulebook.day-outside-calendar`) when a day lies outside the calendar's validity.
    """
    outside = days[~calendar.covers(days)]
    if outside.size:
        got = span_text(*outside[[0, -1]].astype(object))
        raise InputError([Finding("rulebook.day-outside-calendar", calendar.id, calendar.validity, got)])
    types = np.where(np.isin(weekday_of(days), calendar.weekend), DayType.WEEKEND, DayType.WORKDAY).astype(np.int8)
    for rest in calendar.rests:
        types[(days >= np.datetime64(rest.first)) & (days <= np.datetime64(rest.last))] = DayType.HOLIDAY
    types[np.isin(days, np.array(calendar.workdays, "M8[D]"))] = DayType.WORKDAY
    return types
