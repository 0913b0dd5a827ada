"""What was known when: histories and issued forecasts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.series import History, Issue, Quality, Series, Vintages

DAY = TimeGrid.of_year(2025, "Asia/Shanghai", 60).window(0, 24)
LOAD = Series.of("load", np.arange(24.0), "kW", DAY)


def test_a_value_is_known_at_the_end_of_its_interval() -> None:
    """At 09:00 the hour from 09:00 has not been measured: an off-by-one here is a look-ahead of an hour."""
    history = History(LOAD)
    assert history.as_of(datetime(2025, 1, 1, 9)).values.tolist() == list(range(9))
    assert history.as_of(datetime(2025, 1, 1, 8, 59, 59)).values.tolist() == list(range(8))


def test_a_delay_holds_values_back() -> None:
    history = History(LOAD, delay_minutes=90)
    assert history.as_of(datetime(2025, 1, 1, 9)).grid.steps == 7
    with pytest.raises(ValueError, match="delay_minutes must not be negative"):
        History(LOAD, delay_minutes=-1)


def test_a_gate_is_local_aware_or_utc() -> None:
    history = History(LOAD)
    tokyo = timezone(timedelta(hours=9))
    gates = (datetime(2025, 1, 1, 9), datetime(2025, 1, 1, 10, tzinfo=tokyo), np.datetime64("2025-01-01T01:00"))
    assert [history.as_of(gate).grid.steps for gate in gates] == [9, 9, 9]


def test_the_future_is_not_even_in_the_buffer() -> None:
    known = History(LOAD).as_of(datetime(2025, 1, 1, 9))
    assert (known.values.base, known.quality.base, known.values.nbytes) == (None, None, 72)
    assert not hasattr(History(LOAD), "series")


def test_after_the_end_all_is_known_and_before_the_start_nothing() -> None:
    assert History(LOAD).as_of(datetime(2030, 1, 1)).same_as(LOAD)
    with pytest.raises(InputError) as error:
        History(LOAD).as_of(datetime(2025, 1, 1, 0, 30))
    assert [found.text() for found in error.value.findings] == [
        "series.nothing-known: load: nothing is known yet at this time; got 2024-12-31T16:30:00Z. "
        "Choose a later time, or give an earlier history or issue."
    ]


def test_a_mended_value_is_known_when_the_next_measured_one_is() -> None:
    """A line drawn from 5 at hour 5 to 9 at hour 9 knows the 9: at 08:00 it would tell what is measured at 09:00."""
    quality = np.full(24, Quality.MEASURED, np.uint8)
    quality[6:9] = Quality.REPAIRED
    history = History(Series("load", np.arange(24.0), "kW", DAY, quality))
    known = {hour: history.as_of(datetime(2025, 1, 1, hour)).grid.steps for hour in (6, 7, 8, 9, 10, 11)}
    assert known == {6: 6, 7: 6, 8: 6, 9: 6, 10: 10, 11: 11}


def issue(hour: int, level: float, first: int = 0) -> Issue:
    series = Series.of("load", np.full(24 - first, level), "kW", DAY.window(first, 24 - first))
    return Issue(DAY.start + np.timedelta64(hour, "h"), series)


def test_the_newest_issue_at_the_gate_counts() -> None:
    """Given out of order, the last of the list would be an old forecast."""
    vintages = Vintages("load", (issue(-3, 3.0), issue(6, 1.0, 6), issue(-12, 2.0)))
    assert vintages.as_of(datetime(2025, 1, 1, 5, 59)).series.values[0] == 3.0
    assert vintages.as_of(datetime(2025, 1, 1, 6)).series.values[0] == 1.0
    assert vintages.as_of(datetime(2024, 12, 31, 20)).series.values[0] == 2.0


def test_of_two_issues_at_one_instant_the_correction_counts() -> None:
    assert Vintages("load", (issue(0, 1.0), issue(0, 2.0))).as_of(DAY.start).series.values[0] == 2.0


def test_no_issue_is_refused_not_replaced_by_a_later_one() -> None:
    vintages = Vintages("load", (issue(6, 1.0),))
    for empty in (vintages, Vintages("load", ())):
        with pytest.raises(InputError) as error:
            empty.as_of(DAY.start)
        assert [(found.code, found.who) for found in error.value.findings] == [("series.nothing-known", "load")]


def test_a_nowcast_may_begin_at_its_gate_but_no_forecast_is_of_the_past() -> None:
    """An issue stamped after all its hours is a measurement in disguise: a backtest with it would be perfect."""
    assert issue(23, 1.0).available_at == np.datetime64("2025-01-01T15:00:00")
    with pytest.raises(InputError) as error:
        issue(24, 1.0)
    assert [found.text() for found in error.value.findings] == [
        "series.issue-after-end: load: a forecast is issued after all that it forecasts is over; "
        "expected < 2025-01-01T16:00Z, got 2025-01-01T16:00:00Z. Check `available_at` and its zone."
    ]
