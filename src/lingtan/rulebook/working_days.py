"""What kind of day each day is: by the announced calendars of the book, else by the `holidays` package, and said so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import DayCodes, year_of
from lingtan.findings import Finding, InputError, Severity, raise_errors
from lingtan.place import Place
from lingtan.rulebook.book import NO_RECORD, Rulebook
from lingtan.rulebook.calendar import HOLIDAY_NAME, Calendar, Rest, day_types, holiday_names
from lingtan.rulebook.found import Use
from lingtan.rulebook.place import Reach
from lingtan.rulebook.record import Confidence, Days
from lingtan.rulebook.search import OPEN
from lingtan.wording.rulebook import HolidayName

_HOLIDAY_WORDS: tuple[tuple[str, HolidayName], ...] = (
    ("Spring Festival", "spring_festival"),
    ("Chinese New Year", "spring_festival"),
    ("National Day", "national_day"),
    ("New Year's Day", "new_year"),
    ("Tomb-Sweeping", "tomb_sweeping"),
    ("Labor Day", "labor_day"),
    ("Dragon Boat", "dragon_boat"),
    ("Mid-Autumn", "mid_autumn"),
)
"""What the package's names hold, strongest first: a joint break carries the name of the stronger holiday."""
_LONGEST_RUN = 10
"""Days around a year to look at, so that a run across New Year is seen whole."""


class KindsOfDay(NamedTuple):
    """The kind of each day, (D,) codes of `DayType`, and the calendars behind it.

    `findings` are what a reader must know; `names` are the holidays, (D,), empty on other days.
    """

    types: DayCodes
    uses: tuple[Use[Calendar], ...]
    findings: tuple[Finding, ...]
    names: NDArray[np.str_]


def classify_days(book: Rulebook, days: Days, place: Place) -> KindsOfDay:
    """The kind of each day of a place; `days` is datetime64[D] in any order.

    Days without a record in the book are derived from the `holidays` package; where the make-up workdays of their year
    have not been announced yet, a note says so. Raises `InputError` for a country that the package does not know
    (`rulebook.unknown-country`), and when two calendars hold on one day (`rulebook.two-records`).
    """
    found = book.find(Calendar, days, place=place)
    raise_errors(finding for finding in found.findings if finding.code not in NO_RECORD)
    uses = list(found.uses)
    owner = found.owner.copy()
    years = year_of(days)
    for year in np.unique(years[owner == OPEN]).tolist():
        owner[(owner == OPEN) & (years == year)] = len(uses)
        uses.append(Use(derived_calendar(place.country, year)))
    types = np.zeros(days.shape, np.int8)
    names = np.zeros(days.shape, HOLIDAY_NAME)
    for number, use in enumerate(uses):
        types[owner == number] = day_types(days[owner == number], use.record)
        names[owner == number] = holiday_names(days[owner == number], use.record)
    notes = tuple(
        Finding("rulebook.year-not-gazetted", use.record.id, got=use.record.validity, severity=Severity.NOTE)
        for use in uses
        if not use.record.gazetted
    )
    return KindsOfDay(types, tuple(uses), notes, names)


def derived_calendar(country: str, year: int) -> Calendar:
    """The public holidays of a country and year as the `holidays` package computes them.

    A Chinese holiday is the whole run of days off around it, as announcements count it. Raises `InputError`
    (`rulebook.unknown-country`).

    >>> from datetime import date
    >>> derived_calendar("DE", 2016).rests[1].first == date(2016, 3, 25)  # Good Friday
    True
    """
    import holidays
    from holidays.version import __version__ as version

    try:
        public = holidays.country_holidays(country, years=(year - 1, year, year + 1), language="en_US")
    except NotImplementedError:
        raise InputError([Finding("rulebook.unknown-country", "country", got=country)]) from None
    named = {day: _holiday_name(text) for day, text in public.items()}
    worked = tuple(sorted(day for day in public.weekend_workdays if day.year == year))
    is_china = country == "CN"
    rests = _runs_of_days_off(named, set(public.weekend_workdays), year) if is_china else _single_days(named, year)
    return Calendar(
        id=f"{country.lower()}.calendar.{year}.derived",
        kind="calendar",
        place=Reach(country=country),
        valid_from=date(year, 1, 1),
        valid_to=date(year, 12, 31),
        recorded_at=date(year, 1, 1),
        document="Public holidays, computed",
        source=f"package holidays {version}",
        confidence=Confidence.SECONDARY,
        verified=False,
        rests=rests,
        workdays=worked,
        weekend=tuple(sorted(public.weekend)),
        gazetted=not is_china or bool(worked),
    )


def _holiday_name(text: str) -> HolidayName:
    return next((name for words, name in _HOLIDAY_WORDS if words in text), "other")


def _single_days(named: dict[date, HolidayName], year: int) -> tuple[Rest, ...]:
    return tuple(Rest(name=named[day], first=day, last=day) for day in sorted(named) if day.year == year)


def _runs_of_days_off(named: dict[date, HolidayName], worked: set[date], year: int) -> tuple[Rest, ...]:
    """The runs of days off that hold a holiday, cut at the ends of the year."""
    around = [date(year, 1, 1) + timedelta(days=n) for n in range(-_LONGEST_RUN, 366 + _LONGEST_RUN)]
    off = [day for day in around if day in named or (day.weekday() >= 5 and day not in worked)]
    runs: list[list[date]] = []
    for day in off:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    strength = [name for _, name in _HOLIDAY_WORDS] + ["other"]
    rests = []
    for run in runs:
        names = [named[day] for day in run if day in named]
        inside = [day for day in run if day.year == year]
        if names and inside:
            rests.append(Rest(name=min(names, key=strength.index), first=inside[0], last=inside[-1]))
    return tuple(rests)
