"""Hot days and holidays on the bill, by hand: which hours become dear or cheap, and what is said where nothing is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.market import Ask, look_up
from lingtan.rulebook import Customer, DailyMaxima, Period, Place, Rulebook
from tests.small_parks import HOURS, book_with, hours_grid, retail

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
INDUSTRY = Customer("two_part", 10.0, "grid_proxy")
LISTED = {**retail(0.5, factors=True), "factors": {"peak": 1.6, "valley": 0.4, "super_peak": 2.0, "deep_valley": 0.2}}
NOTE = (
    "rulebook.temperature-unknown: cn.sichuan.tou.2025-185.two-part-industry: super-peak or deep-valley hours on hot days "
    "are not counted, for there is no temperature; got 13:00-14:00, 21:00-23:00 (≥ 35 °C × 3 d). The bill may be too low in "
    "those months."
)


def highs(*hot: tuple[str, float]) -> DailyMaxima:
    """20 °C all year but on the days named."""
    celsius = np.full(YEAR.steps, 20.0)
    for day, high in hot:
        celsius[(YEAR.day == np.datetime64(day)) & (YEAR.hour == 15)] = high
    return DailyMaxima.of_steps(YEAR, celsius)


def asked(prefecture: str = "Yibin", hours: str = "cn.sichuan.tou.2025-185") -> Ask:
    return Ask(Place("CN", "Sichuan", prefecture), INDUSTRY, "test.retail", hours)


def book(**special: Any) -> Rulebook:
    return book_with(LISTED, {**HOURS, **special})


def hours_of(ask: Ask, grid: TimeGrid, known: DailyMaxima | None, period: Period, rules: Rulebook) -> list[str]:
    """The starts of the steps that a period has, as `06-12 13`."""
    codes = look_up(ask, rules, grid, known).periods
    return [str(at)[5:13].replace("T", " ") for at in grid.local[codes == period]]


class TestSichuan:
    """Three days from 35 °C on, outside July and August: the hours 13 to 14 and 21 to 23 of the third day and later ones."""

    JUNE = hours_grid(15 * 24, start="2025-06-01T00:00")
    HOT = (("2025-06-10", 35.0), ("2025-06-11", 36.0), ("2025-06-12", 35.0), ("2025-06-13", 38.0))

    def test_the_third_hot_day_and_the_fourth(self):
        """Rules out hours from the first hot day on, and a threshold that 35.0 itself does not reach."""
        found = hours_of(asked(), self.JUNE, highs(*self.HOT), Period.SUPER_PEAK, book())
        assert found == [f"06-{day} {hour}" for day in (12, 13) for hour in (13, 21, 22)]

    def test_a_cooler_day_breaks_the_run(self):
        cooler = (*self.HOT[:2], ("2025-06-12", 34.9), *self.HOT[3:])
        assert hours_of(asked(), self.JUNE, highs(*cooler), Period.SUPER_PEAK, book()) == []

    def test_a_run_that_began_before_the_window_counts(self):
        """One day alone, the third of its run: rules out that a dispatch of a day pays other prices than the year."""
        day = hours_grid(24, start="2025-06-12T00:00")
        found = hours_of(asked(), day, highs(*self.HOT), Period.SUPER_PEAK, book())
        assert found == ["06-12 13", "06-12 21", "06-12 22"]

    @pytest.mark.parametrize("prefecture", ["Panzhihua", "Liangshan", "Ganzi", "Aba"])
    def test_four_prefectures_have_none(self, prefecture):
        listed = look_up(asked(prefecture), book(), self.JUNE, highs(*self.HOT))
        assert not (listed.periods == Period.SUPER_PEAK).any()
        assert listed.notes == ()

    def test_what_is_not_known_is_named(self):
        """Without temperature, and with that of other days only: no super peak in June, and the hours stand in the note."""
        other = DailyMaxima(np.array(["2024-06-01"], "M8[D]"), np.array([40.0]))
        for known in (None, other):
            listed = look_up(asked(), book(), self.JUNE, known)
            assert not (listed.periods == Period.SUPER_PEAK).any()
            assert [note.text() for note in listed.notes] == [NOTE]
        assert look_up(asked(), book(), self.JUNE, highs()).notes == ()

    def test_july_needs_no_heat(self):
        day = hours_grid(24, start="2025-07-01T00:00")
        found = hours_of(asked(), day, highs(), Period.SUPER_PEAK, book())
        assert found == ["07-01 13", "07-01 21", "07-01 22"]


def test_one_hot_day_is_enough_where_the_rule_says_so():
    """As in Guangdong, 11 to 12 and 15 to 17 on any day from 35 °C on: 12 July but not 13 July at 34 °C."""
    trigger = {"daily_maximum": "35 °C", "days_running": 1, "months": [4, 5, 6, 7, 8, 9, 10]}
    rules = book(super_peak=[{"hours": ["11:00-12:00", "15:00-17:00"], "temperature_trigger": trigger}])
    grid = hours_grid(48, start="2025-07-12T00:00")
    known = highs(("2025-07-12", 35.0), ("2025-07-13", 34.0))
    found = hours_of(asked(hours="test.hours"), grid, known, Period.SUPER_PEAK, rules)
    assert found == ["07-12 11", "07-12 15", "07-12 16"]


def test_a_deep_valley_on_holidays_is_billed():
    """As in Zhejiang, 10 to 14: 30 April 2025 is a workday, 1 May the first of five days off. Peak hours of it become cheap."""
    rules = book(deep_valley=[{"hours": ["10:00-14:00"], "holidays": ["spring_festival", "labor_day", "national_day"]}])
    grid = hours_grid(48, start="2025-04-30T00:00")
    listed = look_up(asked(hours="test.hours"), rules, grid)
    found = [str(at)[5:13] for at in grid.local[listed.periods == Period.DEEP_VALLEY]]
    assert found == ["05-01T10", "05-01T11", "05-01T12", "05-01T13"]
    assert listed.notes == ()
    assert listed.holidays is not None
    assert [use.record.gazetted for use in listed.holidays.uses] == [True]


def test_hours_without_holidays_ask_no_calendar():
    listed = look_up(asked(hours="test.hours"), book(), hours_grid(24))
    assert listed.holidays is None
