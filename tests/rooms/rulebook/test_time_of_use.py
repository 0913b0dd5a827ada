"""Which minute is peak: wall clock, midnight, overrides, months, and steps that a boundary cuts."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.rulebook import Customer, Period, Place, TimeOfUse, check_hours, period_of, shipped
from tests.rooms.rulebook.rulebook_samples import BIG_INDUSTRY, PANZHIHUA, YIBIN, book_of, hours

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai")


def sichuan(place: Place, customer: Customer = BIG_INDUSTRY) -> TimeOfUse:
    return shipped().find(TimeOfUse, YEAR, place=place, customer=customer).one()


def sample(**keys: str | None) -> TimeOfUse:
    record = book_of(hours("a", **keys)).get("a")
    assert isinstance(record, TimeOfUse)
    return record


def hours_of(codes: np.ndarray, period: Period) -> float:
    return float(np.count_nonzero(codes == period)) / 4


def test_sichuan_hours_of_a_year() -> None:
    """Rules out a super peak that adds to the peak instead of replacing it.

    Counted by hand from 川发改价格〔2025〕185号: 183 days of 7 h peak and 10 h valley, 92 of 10 and 6 (in July and
    August 3 h of the peak are super peak), 90 of 8 and 8.
    """
    codes = period_of(sichuan(YIBIN), YEAR)
    assert hours_of(codes, Period.PEAK) == 183 * 7 + 62 * 7 + 30 * 10 + 90 * 8
    assert hours_of(codes, Period.SUPER_PEAK) == 62 * 3
    assert hours_of(codes, Period.VALLEY) == 183 * 10 + 92 * 6 + 90 * 8
    assert hours_of(codes, Period.FLAT) == 183 * 7 + 92 * 8 + 90 * 8
    assert codes.dtype == np.int8


@pytest.mark.parametrize(
    ("place", "customer"),
    [
        *((Place("CN", "Sichuan", city), BIG_INDUSTRY) for city in ("Panzhihua", "Liangshan", "Ganzi", "Aba")),
        (YIBIN, Customer("single_part", 10.0, "grid_proxy")),
    ],
)
def test_no_super_peak_in_four_prefectures_and_for_single_part_customers(place: Place, customer: Customer) -> None:
    codes = period_of(sichuan(place, customer), YEAR)
    assert hours_of(codes, Period.SUPER_PEAK) == 0
    assert hours_of(codes, Period.PEAK) == 183 * 7 + 92 * 10 + 90 * 8


def test_hours_are_read_on_the_wall_clock() -> None:
    """02:00 UTC is 10:00 in Sichuan, a peak hour; rules out the 8-hour error of hours read as UTC."""
    grid = TimeGrid(np.datetime64("2025-01-15T02:00"), 15, 1, "Asia/Shanghai")
    assert period_of(sichuan(YIBIN), grid).tolist() == [Period.PEAK]


def test_hours_follow_the_clock_change() -> None:
    """In Berlin 10:00 is 09:00 UTC in winter and 08:00 in summer; rules out a fixed offset."""
    for start in ("2025-03-29T09:00", "2025-03-30T08:00"):
        grid = TimeGrid(np.datetime64(start), 60, 2, "Europe/Berlin")
        assert period_of(sample(), grid).tolist() == [Period.PEAK, Period.PEAK]


def test_a_range_past_midnight_covers_both_ends_of_the_day() -> None:
    grid = TimeGrid.of_span(datetime(2025, 5, 1), datetime(2025, 5, 2), "Asia/Shanghai", 60)
    valley = np.flatnonzero(period_of(sample(), grid) == Period.VALLEY)
    assert valley.tolist() == [0, 1, 2, 3, 4, 5, 22, 23]


def test_a_day_may_end_at_24_00() -> None:
    codes = period_of(sample(super_peak="[{hours: ['23:00-24:00'], months: [1]}]"), YEAR)
    assert codes[95] == Period.SUPER_PEAK
    assert codes[96] == Period.VALLEY


def test_special_hours_override_the_season_in_their_months_only() -> None:
    """Rules out that a deep valley loses to the valley, or that July's super peak is billed in June."""
    special = sample(
        super_peak="[{hours: ['11:00-12:00'], months: [7]}]", deep_valley="[{hours: ['02:00-04:00'], months: [7]}]"
    )
    july, june = (
        TimeGrid.of_span(datetime(2025, m, 1), datetime(2025, m, 2), "Asia/Shanghai", 60) for m in (7, 6)
    )  # fmt: skip
    assert period_of(special, july)[[2, 3, 5, 10, 11]].tolist() == [
        Period.DEEP_VALLEY,
        Period.DEEP_VALLEY,
        Period.VALLEY,
        Period.PEAK,
        Period.SUPER_PEAK,
    ]
    assert period_of(special, june)[[2, 11]].tolist() == [Period.VALLEY, Period.PEAK]


HALF_HOUR = "[{months: [1,2,3,4,5,6,7,8,9,10,11,12], peak: ['10:30-12:00'], valley: ['22:00-06:00']}]"
HALF_HOUR_EXAMPLE = "[{month: 1, at: '10:30', period: peak}]"


def test_an_hourly_grid_cannot_hold_a_boundary_at_half_past() -> None:
    """Rules out that half an hour of peak is billed flat without a word."""
    cut = sample(seasons=HALF_HOUR, examples=HALF_HOUR_EXAMPLE)
    week = TimeGrid.of_span(datetime(2025, 5, 1), datetime(2025, 5, 8), "Asia/Shanghai", 60)
    assert [found.text() for found in check_hours(cut, week)] == [
        "rulebook.step-cut-by-period: a: a boundary between periods lies inside a step; "
        "got 60 min, 2025-05-01 10:00 (×7). Choose a shorter step."
    ]
    assert check_hours(cut, YEAR) == []
    assert check_hours(sample(), week) == []


def test_conditions_that_are_not_applied_are_said() -> None:
    """Rules out a bill that is silently too low; and a note where the condition cannot act."""
    assert [found.text("zh") for found in check_hours(sichuan(YIBIN), YEAR)] == [
        "rulebook.temperature-unknown: cn.sichuan.tou.2025-185.two-part-industry："
        "缺少气温数据，未计入高温日触发的尖峰或深谷时段；实为 13:00-14:00, 21:00-23:00 (≥ 35 °C × 3 d)。相应月份的电费可能偏低。"
    ]
    december = TimeGrid.of_span(datetime(2025, 12, 1), datetime(2025, 12, 2), "Asia/Shanghai")
    assert check_hours(sichuan(YIBIN), december) == []
    assert check_hours(sichuan(PANZHIHUA), YEAR) == []
    holidays = sample(deep_valley="[{hours: ['10:00-14:00'], holidays: [labor_day]}]")
    assert [(found.code, str(found.severity)) for found in check_hours(holidays, YEAR)] == [
        ("rulebook.holiday-hours-not-applied", "note")
    ]


def test_a_period_has_a_name_in_both_languages() -> None:
    assert [(period.key, period.words.zh) for period in Period] == [
        ("flat", "平段"),
        ("peak", "高峰"),
        ("valley", "低谷"),
        ("super_peak", "尖峰"),
        ("deep_valley", "深谷"),
    ]
    assert Period.of("super_peak") is Period.SUPER_PEAK
