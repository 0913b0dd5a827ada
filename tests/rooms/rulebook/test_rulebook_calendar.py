"""Working days, weekends, holidays, and the weekend days worked in return."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from lingtan.clock import DayType
from lingtan.findings import InputError
from lingtan.rulebook import Calendar, Place, classify_days, day_types, derived_calendar, shipped
from tests.rooms.rulebook.rulebook_samples import book_of, entry, messages

CHINA = Place("CN", "Sichuan", "Yibin")


def days(first: str, last: str) -> np.ndarray:
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)


def types(first: str, last: str, place: Place = CHINA) -> list[DayType]:
    return [DayType(code) for code in classify_days(shipped(), days(first, last), place).types]


@pytest.mark.parametrize(("first", "last"), [("2025-01-28", "2025-02-04"), ("2025-10-01", "2025-10-08")])
def test_the_long_holidays_of_2025(first: str, last: str) -> None:
    """Announced by the State Council; rules out Saturdays inside a holiday that count as plain weekends."""
    assert set(types(first, last)) == {DayType.HOLIDAY}
    before, after = np.datetime64(first) - 1, np.datetime64(last) + 1
    assert types(str(before), str(before)) == types(str(after), str(after)) == [DayType.WORKDAY]


@pytest.mark.parametrize("day", ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"])
def test_make_up_workdays_of_2025_are_workdays(day: str) -> None:
    """They are Saturdays and Sundays; rules out a load profile with a weekend dip on them."""
    assert types(day, day) == [DayType.WORKDAY]
    assert np.datetime64(day).astype(date).weekday() >= 5


def test_a_plain_week_has_a_weekend() -> None:
    assert types("2025-07-07", "2025-07-13") == [DayType.WORKDAY] * 5 + [DayType.WEEKEND] * 2


def test_the_year_2025_has_248_workdays() -> None:
    """28 statutory and bridged days off on weekdays and weekends, 5 make-up days: the announced arrangement."""
    counts = np.bincount(classify_days(shipped(), days("2025-01-01", "2025-12-31"), CHINA).types)
    assert counts.sum() == 365
    assert counts[DayType.WORKDAY] == 248
    assert counts[DayType.HOLIDAY] == 1 + 8 + 3 + 5 + 3 + 8


def test_a_year_that_is_not_announced_is_said() -> None:
    """2027: statutory days are known, make-up workdays are not."""
    found = classify_days(shipped(), days("2026-12-31", "2027-12-31"), CHINA)
    assert [use.record.id for use in found.uses] == ["cn.calendar.2026", "cn.calendar.2027.derived"]
    assert [finding.text() for finding in found.findings] == [
        "rulebook.year-not-gazetted: cn.calendar.2027.derived: the make-up workdays of this year have not been "
        "announced; got 2027-01-01 … 2027-12-31. Statutory holidays are computed and weekends kept as they fall."
    ]
    spring = np.flatnonzero(days("2026-12-31", "2027-12-31") == np.datetime64("2027-02-06"))
    assert found.types[spring].tolist() == [DayType.HOLIDAY]


def test_german_holidays_of_2016() -> None:
    """The measured example: nine days nationwide; rules out Chinese make-up days abroad."""
    german = derived_calendar("DE", 2016)
    expected = ["01-01", "03-25", "03-28", "05-01", "05-05", "05-16", "10-03", "12-25", "12-26"]
    assert [f"{rest.first:%m-%d}" for rest in german.rests] == expected
    assert german.workdays == ()
    found = classify_days(shipped(), days("2016-03-24", "2016-03-29"), Place("DE"))
    assert found.types.tolist() == [0, 2, 1, 1, 2, 0]
    assert found.findings == ()
    assert [(use.record.source, str(use.record.confidence)) for use in found.uses] == [
        (german.source, "secondary"),
    ]


def test_days_may_come_in_any_order() -> None:
    shuffled = np.array(["2025-10-12", "2024-10-12", "2025-10-01"], "M8[D]")
    assert classify_days(shipped(), shuffled, CHINA).types.tolist() == [
        DayType.WEEKEND,
        DayType.WORKDAY,
        DayType.HOLIDAY,
    ]


def test_a_country_without_a_calendar_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        derived_calendar("XX", 2025)
    assert str(refused.value) == (
        "rulebook.unknown-country: country: no calendar is known for this country; got XX. "
        "Add a record of kind `calendar`."
    )


HEAD = {
    "kind": "calendar",
    "place": "{country: CN}",
    "valid_from": "2025-01-01",
    "valid_to": "2025-12-31",
    "recorded_at": "2026-01-01",
    "document": "a document",
    "source": "a test",
    "confidence": "invented",
    "verified": "false",
}


def calendar(**keys: str | None) -> str:
    return entry(**{"id": "c", **HEAD, "examples": "[{day: 2025-05-01, type: workday}]", **keys})


def test_a_calendar_refuses_days_outside_its_year() -> None:
    """Rules out that 2026 is read from 2025's calendar, and that an assumption repeats it."""
    record = book_of(calendar()).get("c")
    assert isinstance(record, Calendar)
    with pytest.raises(InputError) as refused:
        day_types(days("2025-12-31", "2026-01-02"), record)
    assert str(refused.value) == (
        "rulebook.day-outside-calendar: c: a day lies outside the calendar; expected 2025-01-01 … 2025-12-31, "
        "got 2026-01-01 … 2026-01-02. Use the calendar of its year."
    )
    repeat = entry(id="again", kind="assumption", of="c", mode="repeat", reason="for a test")
    book = book_of(calendar() + repeat)
    found = book.find(Calendar, date(2026, 1, 1), place=CHINA)
    assert [finding.text() for finding in found.findings] == [
        "rulebook.not-extendable: again: a record of this kind cannot be used beyond its validity; got c. "
        "Add a record for the days in question."
    ]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"rests": "[{name: labor_day, first: 2025-05-01, last: 2025-05-05}]"},
            "pack.yaml:11: rulebook.example-fails: c.examples[1].2025-05-01: the record does not reproduce its own "
            "example and does not load; expected workday, got holiday. Compare both with the document.",
        ),
        (
            {"examples": "[{day: 2024-05-01, type: holiday}]"},
            "pack.yaml:11: rulebook.example-fails: c.examples[1].2024-05-01: the record does not reproduce its own "
            "example and does not load; expected holiday, got –. Compare both with the document.",
        ),
        (
            {"rests": "[{name: labor_day, first: 2025-05-05, last: 2025-05-01}]"},
            "pack.yaml:12: rulebook.span-reversed: c.rests[1]: the last day comes before the first; "
            "expected ≥ 2025-05-05, got 2025-05-01. Swap them.",
        ),
        (
            {"workdays": "[2026-01-04]"},
            "pack.yaml:1: rulebook.day-outside-calendar: c: a day lies outside the calendar; "
            "expected 2025-01-01 … 2025-12-31, got 2026-01-04. Use the calendar of its year.",
        ),
    ],
)
def test_a_wrong_calendar_does_not_load(keys: dict[str, str], message: str) -> None:
    assert messages(calendar(**keys)) == [message]


def test_two_calendars_for_one_day_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        classify_days(book_of(calendar() + calendar(id="d")), days("2025-05-01", "2025-05-02"), CHINA)
    assert [finding.code for finding in refused.value.findings] == ["rulebook.two-records"]
