"""Special hours of hot days and holidays: applied where something is known, said where nothing is."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.rulebook import Period, Place, TimeOfUse, check_hours, classify_days, period_of, shipped
from tests.rooms.rulebook.rulebook_samples import BIG_INDUSTRY, YIBIN, book_of, hours

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
SICHUAN = shipped().find(TimeOfUse, YEAR, place=YIBIN, customer=BIG_INDUSTRY).one()


def sample(**keys: str | None) -> TimeOfUse:
    record = book_of(hours("a", **keys)).get("a")
    assert isinstance(record, TimeOfUse)
    return record


def heat(*spans: tuple[str, int, float]) -> np.ndarray:
    """20 °C on every day of 2025, but for spans of (first day, days, °C)."""
    daily = np.full(365, 20.0)
    for first, days, celsius in spans:
        start = int((np.datetime64(first) - np.datetime64("2025-01-01")).astype(int))
        daily[start : start + days] = celsius
    return daily


def days_with(codes: np.ndarray, period: Period) -> list[str]:
    return sorted({str(day) for day in YEAR.day[codes == period]})


def test_three_hot_days_running_bring_a_super_peak_on_the_third() -> None:
    """Outside July and August; rules out that the first hot day counts, and that two hot days do."""
    hot = heat(("2025-06-10", 4, 35.0), ("2025-05-01", 2, 36.0), ("2025-09-01", 3, 34.9))
    codes = period_of(SICHUAN, YEAR, hot)
    assert [day for day in days_with(codes, Period.SUPER_PEAK) if day[5:7] not in {"07", "08"}] == [
        "2025-06-12",
        "2025-06-13",
    ]
    on_the_day = codes[(YEAR.day == np.datetime64("2025-06-12"))]
    assert np.flatnonzero(on_the_day == Period.SUPER_PEAK).tolist() == [13, 21, 22]


def test_heat_in_winter_months_and_in_july_changes_nothing() -> None:
    """The trigger names its months, and July has its super peak on every day."""
    hot = heat(("2025-07-10", 5, 40.0), ("2025-12-10", 5, 40.0))
    assert (period_of(SICHUAN, YEAR, hot) == period_of(SICHUAN, YEAR)).all()


def test_a_run_of_hot_days_may_begin_in_another_month() -> None:
    """1 September is the third hot day; rules out that a month starts the count anew."""
    codes = period_of(SICHUAN, YEAR, heat(("2025-08-30", 3, 37.0)))
    assert "2025-09-01" in days_with(codes, Period.SUPER_PEAK)
    assert "2025-09-02" not in days_with(codes, Period.SUPER_PEAK)


def test_prefectures_without_super_peak_have_none_on_hot_days() -> None:
    panzhihua = shipped().find(TimeOfUse, YEAR, place=Place("CN", "Sichuan", "Panzhihua"), customer=BIG_INDUSTRY).one()
    assert days_with(period_of(panzhihua, YEAR, heat(("2025-06-01", 30, 40.0))), Period.SUPER_PEAK) == []


HOLIDAY = "[{hours: ['10:00-14:00'], holidays: [spring_festival, labor_day, national_day]}]"


def test_a_deep_valley_on_holidays_follows_the_announced_calendar() -> None:
    """As in Zhejiang: 10–14 on Spring Festival, Labor Day and National Day of 2025, 8 + 5 + 8 days by the announcement.

    Rules out that a make-up workday counts as the holiday it was moved from.
    """
    names = classify_days(shipped(), YEAR.days, YIBIN).names
    codes = period_of(sample(deep_valley=HOLIDAY), YEAR, holidays=names)
    days = days_with(codes, Period.DEEP_VALLEY)
    assert len(days) == 8 + 5 + 8
    assert (days[0], days[7], days[8], days[-1]) == ("2025-01-28", "2025-02-04", "2025-05-01", "2025-10-08")
    assert np.count_nonzero(codes == Period.DEEP_VALLEY) == 4 * len(days)


def test_a_holiday_overrides_the_super_peak_of_its_month() -> None:
    """And only on the holiday: Spring Festival lies in a month with a super peak on every day."""
    both = sample(
        super_peak="[{hours: ['09:00-11:00'], months: [1]}]",
        deep_valley=HOLIDAY,
        examples="[{month: 1, at: '10:00', period: super_peak}]",
    )
    names = classify_days(shipped(), YEAR.days, YIBIN).names
    codes = period_of(both, YEAR, holidays=names)
    for day, at_ten in (("2025-01-27", Period.SUPER_PEAK), ("2025-01-28", Period.DEEP_VALLEY)):
        assert codes[YEAR.day == np.datetime64(day)][[9, 10]].tolist() == [Period.SUPER_PEAK, at_ten]


def test_nothing_is_noted_where_everything_is_known() -> None:
    """Rules out a note about temperature in a bill that applied it."""
    assert [found.code for found in check_hours(SICHUAN, YEAR)] == ["rulebook.temperature-unknown"]
    assert check_hours(SICHUAN, YEAR, heat()) == []
    deep = sample(deep_valley=HOLIDAY)
    assert [found.text() for found in check_hours(deep, YEAR)] == [
        "rulebook.holiday-hours-not-applied: a: special hours on holidays are not counted, for no calendar is given; "
        "got spring_festival, labor_day, national_day. The bill of those days is approximate."
    ]
    assert check_hours(deep, YEAR, holidays=np.full(365, "")) == []


def test_a_boundary_that_only_holidays_have_can_cut_a_step() -> None:
    """Rules out that half an hour of deep valley is billed flat on an hourly grid without a word."""
    half = sample(deep_valley="[{hours: ['12:30-14:00'], holidays: [labor_day]}]")
    names = np.full(365, "", "<U16")
    names[120:125] = "labor_day"
    assert check_hours(half, YEAR, holidays=np.full(365, "")) == []
    assert [found.text() for found in check_hours(half, YEAR, holidays=names)] == [
        "rulebook.step-cut-by-period: a: a boundary between periods lies inside a step; "
        "got 60 min, 2025-05-01 12:00 (×5). Choose a shorter step."
    ]


def test_facts_must_fit_the_days() -> None:
    """Rules out temperatures by the hour, and a gap read as a cool day."""
    with pytest.raises(InputError) as short:
        period_of(SICHUAN, YEAR, np.zeros(8760))
    assert str(short.value) == (
        "rulebook.days-do-not-fit: daily_max_c: this needs one value for each day of the grid; expected 365, got 8760. "
        "Give them in the order of the days, without gaps."
    )
    gap = heat()
    gap[59] = np.nan
    with pytest.raises(InputError) as broken:
        period_of(SICHUAN, YEAR, gap)
    assert str(broken.value) == (
        "rulebook.days-do-not-fit: daily_max_c: this needs one value for each day of the grid; got 2025-03-01: –. "
        "Give them in the order of the days, without gaps."
    )


def test_the_days_of_a_short_grid_are_those_it_touches() -> None:
    grid = TimeGrid.of_span(datetime(2025, 6, 11, 12), datetime(2025, 6, 13), "Asia/Shanghai", 60)
    codes = period_of(SICHUAN, grid, [36.0, 36.0])
    assert not (codes == Period.SUPER_PEAK).any()  # the days before the grid are not known
