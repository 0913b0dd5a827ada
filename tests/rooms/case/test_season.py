"""The time of year: an instant of real life in the studied year."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from lingtan.case import studied_instant
from lingtan.clock import TimeGrid

SHANGHAI = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
BERLIN = TimeGrid.of_year(2025, "Europe/Berlin", 60)


def ms(text: str, zone: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "studied"),
    [
        ("2026-11-23T10:30:00.250", "2025-11-23T02:30:00.250"),
        ("2026-01-01T00:00:00", "2024-12-31T16:00:00.000"),  # the first instant of the studied year, in local time
        ("2026-12-31T23:59:59.999", "2025-12-31T15:59:59.999"),  # and its last millisecond
        ("2028-02-29T12:00:00", "2025-02-28T04:00:00.000"),
        ("2025-06-01T08:00:00", "2025-06-01T00:00:00.000"),
    ],
)
def test_date_and_time_of_day_stay_and_the_year_changes(now: str, studied: str) -> None:
    """Rules out a shift by whole days of UTC: at 4 h before UTC midnight Shanghai is in the next local day."""
    assert studied_instant(SHANGHAI, ms(now, "Asia/Shanghai")) == np.datetime64(studied)


def test_a_leap_year_keeps_its_29th_of_february() -> None:
    grid = TimeGrid.of_year(2024, "Asia/Shanghai", 60)
    assert studied_instant(grid, ms("2028-02-29T12:00", "Asia/Shanghai")) == np.datetime64("2024-02-29T04:00:00.000")


@pytest.mark.parametrize(
    ("now", "studied"),
    [
        ("2026-07-01T12:00", "2025-07-01T10:00"),  # summer time in both years
        ("2026-03-29T12:00", "2025-03-29T11:00"),  # summer time today, winter time on that date of 2025
        ("2026-03-30T02:30", "2025-03-30T01:30"),  # 02:30 is skipped in 2025: read as 03:30 summer time
    ],
)
def test_the_wall_clock_counts_and_not_the_offset(now: str, studied: str) -> None:
    assert studied_instant(BERLIN, ms(now, "Europe/Berlin")) == np.datetime64(f"{studied}:00.000")


@pytest.mark.parametrize("grid", [SHANGHAI, BERLIN])
def test_every_hour_of_a_leap_year_lies_in_the_studied_year(grid: TimeGrid) -> None:
    """A twin looks the instant up in the year's series: no instant may fall outside, whatever the clock does."""
    year = TimeGrid.of_year(2028, grid.zone, 60)
    millis = year.utc.astype("M8[ms]").astype(np.int64)
    steps = [grid.index(studied_instant(grid, int(at))) for at in millis]
    assert (min(steps), max(steps)) == (0, 8759)
