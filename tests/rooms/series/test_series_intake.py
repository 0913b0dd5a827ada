"""From raw columns to series: order, doubles, gaps, doubts and repairs, and the wrong figure each would give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError, Severity
from lingtan.series import Expectation, FileSource, Quality, Reading
from lingtan.series.intake import RawColumn, take_in
from lingtan.series.stamps import ClockStamps, TextStamps

NAN = np.nan
ZONE = "Asia/Shanghai"


def quarters(count: int, start: str = "2025-01-01T00:00", step: int = 15) -> list[str]:
    first = np.datetime64(start, "m")
    return [str(first + np.timedelta64(step * number, "m")) for number in range(count)]


def take(
    texts: list[str], values: Any, /, *, zone: str = ZONE, expected: Expectation | None = None, **rest: Any
) -> Reading:
    numbers = np.asarray(values, dtype=float)
    raw = RawColumn("load.csv", TextStamps(texts), numbers, {}, np.arange(2, 2 + numbers.size))
    source = FileSource(**({"file": "load.csv", "column": "kw", "unit": "kW"} | rest))
    return take_in(raw, source, name="load", zone=zone, expected=expected)


def refused(texts: list[str], values: Any, /, **rest: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        take(texts, values, **rest)
    return [found.text() for found in error.value.findings]


def notes(reading: Reading) -> list[str]:
    return [note.en for note in reading.series.origin if not isinstance(note, str)]


# ---------------------------------------------------------------------------------------------- stamps


def test_end_stamps_are_shifted_to_starts() -> None:
    """96 points from 00:15 to 24:00 are one day; read as starts, every price would meet the wrong quarter."""
    reading = take([f"2025-01-01 {m // 60:02}:{m % 60:02}" for m in range(15, 1441, 15)], np.arange(96), stamps="end")
    assert str(reading.series.grid.local[0]) == "2025-01-01T00:00"
    assert str(reading.series.grid.local[-1]) == "2025-01-01T23:45"
    assert notes(reading)[1] == "stamps mark interval ends, as told"


def test_end_stamps_know_their_own_step() -> None:
    hourly = take(quarters(24, "2025-01-01T01:00", 60), np.arange(24), stamps="end")
    assert (str(hourly.series.grid.local[0]), hourly.series.grid.step_minutes) == ("2025-01-01T00:00", 60)


def closing_days(days: int) -> list[str]:
    """Stamps of a plant that writes the last quarter of a day as 0:00 of the same day."""
    return [
        f"{day:02}/01/2018 {minute // 60 % 24}:{minute % 60:02}"
        for day in range(1, days + 1)
        for minute in range(15, 1441, 15)
    ]


def test_a_midnight_that_closes_its_day_is_noticed() -> None:
    assert refused(closing_days(15), np.arange(15 * 96)) == [
        "load.csv:97: series.midnight-closes-day: load: the rows stamped 00:00 stand at the end of their day; "
        "got 15 ×, first at 2018-01-01 00:00. If 00:00 of a day is meant as its end, write `stamps: end` and "
        "`midnight: end_of_day`."
    ]


def test_a_midnight_that_closes_its_day_is_read_as_told() -> None:
    """Sorted instead, each day would begin with the last quarter of its own night shift."""
    reading = take(closing_days(15), np.arange(15 * 96), stamps="end", midnight="end_of_day")
    assert reading.series.values.tolist() == list(range(15 * 96))
    assert str(reading.series.grid.local[0]) == "2018-01-01T00:00"


def test_midnights_of_clock_times_close_their_day_too() -> None:
    ends = np.arange("2018-01-01T00:15", "2018-01-02T00:00", np.timedelta64(15, "m"), dtype="M8[s]")
    local = np.append(ends, np.datetime64("2018-01-01T00:00:00"))
    raw = RawColumn("load.xlsx", ClockStamps(local), np.arange(96.0), {}, np.arange(2, 98))
    source = FileSource(file="load.xlsx", column="kw", unit="kW", stamps="end", midnight="end_of_day")
    series = take_in(raw, source, name="load", zone=ZONE).series
    assert (str(series.grid.local[0]), series.values.tolist()) == ("2018-01-01T00:00", list(range(96)))


def test_the_zone_of_the_file_comes_before_that_of_the_park() -> None:
    raw = RawColumn("load.csv", TextStamps(quarters(4)), np.ones(4), {}, np.arange(2, 6))
    source = FileSource(file="load.csv", column="kw", unit="kW", zone="Europe/Berlin")
    assert str(take_in(raw, source, name="load", zone=ZONE).series.grid.start) == "2024-12-31T23:00"


# ---------------------------------------------------------------------------------------------- order and doubles


def test_newest_first_is_turned_round() -> None:
    reading = take(quarters(4)[::-1], [4, 3, 2, 1])
    assert reading.series.values.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert notes(reading)[1] == "rows stood newest first and were turned round"


def test_disorder_is_refused_and_sorted_when_asked() -> None:
    stamps = quarters(4)
    stamps[1], stamps[2] = stamps[2], stamps[1]
    assert refused(stamps, [1, 3, 2, 4]) == [
        "load.csv:4: series.unordered: load: the stamps are not in order; got 1 ×, first at 2025-01-01 00:15. "
        "If the clock was put back there, give its `zone`; if the stamps are right, write `sort: true`."
    ]
    reading = take(stamps, [1, 3, 2, 4], sort=True)
    assert reading.series.values.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert notes(reading)[1] == "rows out of order, sorted as asked: 1"


@pytest.mark.parametrize(("how", "value"), [("first", 2.0), ("last", 4.0), ("mean", 3.0)])
def test_doubles_are_refused_and_settled_when_asked(how: str, value: float) -> None:
    stamps = [*quarters(3)[:2], *quarters(3)[1:]]
    assert refused(stamps, [1, 2, 4, 5]) == [
        "load.csv:4: series.double-stamp: load: some stamps occur more than once, with different values; "
        "got 1 ×, first at 2025-01-01 00:15. Correct them, or write which one counts: `duplicates: first`, `last` "
        "or `mean`."
    ]
    assert take(stamps, [1, 2, 4, 5], duplicates=how).series.values.tolist() == [1.0, value, 5.0]


def test_doubled_rows_with_the_same_value_are_their_own_finding() -> None:
    stamps = [*quarters(3)[:2], *quarters(3)[1:]]
    assert refused(stamps, [1, 2, 2, 5]) == [
        "load.csv:4: series.double-row: load: some stamps occur more than once, with the same value; "
        "got 1 ×, first at 2025-01-01 00:15. Remove the doubles, or write `duplicates: first`."
    ]
    assert notes(take(stamps, [1, 2, 2, 5], duplicates="last"))[1] == ("doubled stamps, settled by 'last' as asked: 1")


def test_a_mean_of_doubles_ignores_the_empty_one() -> None:
    stamps = [*quarters(3)[:2], *quarters(3)[1:]]
    assert take(stamps, [1, NAN, 4, 5], duplicates="mean").series.values.tolist() == [1.0, 4.0, 5.0]


def test_the_double_hour_of_autumn_is_no_double() -> None:
    """Sorted by wall clock, the two hours would be mixed; dropped, the year would have 8,759."""
    stamps = [f"2025-10-26 {hour:02}:00" for hour in (1, 2, 2, 3)]
    reading = take(stamps, [1, 2, 3, 4], zone="Europe/Berlin")
    assert reading.series.values.tolist() == [1.0, 2.0, 3.0, 4.0]


def test_rows_between_the_steps_are_refused() -> None:
    stamps = quarters(8)
    stamps[5] = "2025-01-01 01:17"
    assert refused(stamps, np.ones(8)) == [
        "load.csv:7: series.irregular-step: load: the stamps are not a whole number of steps apart; "
        "expected 15 min, got 1 ×, first at 2025-01-01 01:17. Bring the rows to one regular step."
    ]


def test_one_row_has_no_step() -> None:
    assert refused(quarters(1), [1.0]) == [
        "load.csv: series.too-short: load: two rows at least are needed to know the step; got stamps: 1. "
        "Give more rows, or use `constant`."
    ]


def test_a_step_that_cuts_no_day_is_refused_with_the_file() -> None:
    assert refused(quarters(5, step=7), np.ones(5))[0].startswith("load.csv: clock.bad-step: ")


# ---------------------------------------------------------------------------------------------- gaps


def test_a_gap_is_filled_only_when_asked_and_marked() -> None:
    stamps = quarters(8)[:3] + quarters(8)[5:]
    reading = take(stamps, [1, 2, 3, 6, 7, 8], repair="interpolate")
    assert reading.series.values.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    assert np.flatnonzero(reading.series.quality == Quality.REPAIRED).tolist() == [3, 4]
    assert notes(reading)[1] == "missing steps, filled by 'interpolate' as asked: 2 (25.00% of all), gaps: 1"


def test_a_gap_beyond_the_allowed_length_stays_an_error() -> None:
    stamps = quarters(20)[:2] + quarters(20)[12:]
    assert refused(stamps, np.ones(10), repair="interpolate") == [
        "load.csv:3: series.long-gap: load: a gap is longer than may be repaired; expected at most 120 min, "
        "got gaps: 1, steps: 10, the longest 150 min from 2025-01-01 00:30 on. Fill it in, or raise "
        "`max_gap_minutes` if the repair is still right for it."
    ]
    assert take(stamps, np.ones(10), repair="interpolate", max_gap_minutes=150).series.grid.steps == 20


def test_a_gap_copies_the_same_clock_of_the_day_before() -> None:
    values = np.concatenate([np.arange(24.0), 100 + np.arange(24.0)])
    values[30:33] = NAN
    reading = take(quarters(48, step=60), values, repair="previous_day", max_gap_minutes=180)
    assert reading.series.values[30:33].tolist() == [6.0, 7.0, 8.0]


def test_the_day_before_keeps_its_wall_clock_through_a_clock_change() -> None:
    """24 hours before 12:00 of the spring day is 11:00 of the day before: the factory whistle would blow late."""
    hours = [stamp for stamp in quarters(48, "2025-03-29T00:00", 60) if not stamp.startswith("2025-03-30T02")]
    values = np.array([float(stamp[11:13]) for stamp in hours])
    values[hours.index("2025-03-30T12:00")] = NAN
    series = take(hours, values, zone="Europe/Berlin", repair="previous_day").series
    assert series.values[hours.index("2025-03-30T12:00")] == 12.0


def test_a_gap_of_two_days_copies_the_last_day_twice() -> None:
    values = np.tile(np.arange(24.0), 4)
    values[48:96] = NAN
    reading = take(quarters(96, step=60), values, repair="previous_day", max_gap_minutes=2880)
    assert reading.series.values.tolist() == np.tile(np.arange(24.0), 4).tolist()


def test_a_gap_without_a_week_before_cannot_be_copied() -> None:
    values = np.ones(48)
    values[30] = NAN
    assert refused(quarters(48, step=60), values, repair="previous_week") == [
        "load.csv:32: series.no-pattern: load: a gap cannot be repaired, for what it would be filled from is missing, "
        "too; got 1 ×, first at 2025-01-02 06:00. Fill it in, or choose another repair."
    ]


def test_nothing_at_all_cannot_be_interpolated() -> None:
    assert [text.split(": ")[1] for text in refused(quarters(4), [NAN] * 4, repair="interpolate")] == [
        "series.no-pattern"
    ]


def test_zero_is_written_only_on_request() -> None:
    assert take(quarters(3), [1, NAN, 3], repair="zero").series.values.tolist() == [1.0, 0.0, 3.0]


# ---------------------------------------------------------------------------------------------- doubtful values


def test_a_sentinel_far_from_all_others_is_an_error() -> None:
    """9,999 kW in a load of 300 kW would set the demand charge of a year."""
    values = np.linspace(200, 300, 8)
    values[3] = 9999
    assert refused(quarters(8), values) == [
        "load.csv:5: series.sentinel: load: a value that often stands for 'no reading' occurs, far from all others; "
        "got 1 × '9999'. Write `sentinels: [9999]` if it means no reading, or `sentinels: []` if it is real."
    ]
    assert take(quarters(8), values, sentinels=[]).series.values[3] == 9999.0
    assert "series.gap" in refused(quarters(8), values, sentinels=[9999])[0]
    mended = take(quarters(8), values, sentinels=[9999], repair="interpolate")
    assert mended.series.values.max() == 300.0
    assert notes(mended)[1] == "values that mean no reading, taken out: 1"


def test_a_real_value_among_its_likes_is_no_sentinel() -> None:
    assert take(quarters(4), [9998, 9999, 10001, 9990]).series.values[1] == 9999.0


def test_negative_loads_are_refused_or_zeroed() -> None:
    load = Expectation("load")
    assert refused(quarters(4), [1, -2, -0.5, 3], expected=load) == [
        "load.csv:3: series.negative: load: values below zero occur where none can be; expected ≥ 0, "
        "got 2 ×, the lowest -2. Correct their sign, or write `negative: zero` if they are noise or own use."
    ]
    reading = take(quarters(4), [1, -2, -0.5, 3], expected=load, negative="zero")
    assert reading.series.values.tolist() == [1.0, 0.0, 0.0, 3.0]
    assert reading.series.quality.tolist() == [0, 1, 1, 0]
    assert take(quarters(4), [1, -2, -0.5, 3], expected=Expectation("price"), unit="CNY/kWh").series.values[1] == -2.0


def warnings(reading: Reading) -> list[str]:
    assert all(found.severity is Severity.WARNING for found in reading.findings)
    return [found.text() for found in reading.findings]


def test_a_meter_that_hangs_is_told() -> None:
    values = np.arange(96.0)
    values[20:80] = 7.0
    assert warnings(take(quarters(96), values, expected=Expectation("load"))) == [
        "load.csv:22: series.frozen: load: the value does not move for a long time, as of a meter that hangs; "
        "got 7 for 15 h from 2025-01-01 05:00 on. Check the meter in these hours."
    ]
    assert warnings(take(quarters(96), values, expected=Expectation("price"))) == []


@pytest.mark.parametrize("still", [0.0, 95.0], ids=["night", "full power"])
def test_calm_nights_and_full_power_are_no_hanging_meter(still: float) -> None:
    values = np.arange(96.0)
    values[20:80] = still
    assert warnings(take(quarters(96), values, expected=Expectation("wind"))) == []


def solar_day(noon: int) -> np.ndarray:
    return np.tile(np.clip(np.cos((np.arange(24) + 0.5 - noon) * np.pi / 12), 0, None), 10)


@pytest.mark.parametrize(
    ("noon", "longitude", "text"),
    [
        (12, None, None),
        (14, 87.6, None),  # Urumqi in Beijing time
        (4, None, "8.5 h too early"),  # Beijing values with stamps of UTC
        (20, 116.4, "7.8 h too late"),
        (15, 76.0, None),  # Kashgar: the sun is that late there
        (15, 121.5, "3.1 h too late"),  # Shanghai: it is not
    ],
)
def test_the_sun_of_another_zone_is_noticed(noon: int, longitude: float | None, text: str | None) -> None:
    """Stamps of UTC under a Beijing clock put the noon of PV at 20:00: storage would be sized for an evening sun."""
    expected = Expectation("solar", longitude=longitude)
    reading = take(quarters(240, step=60), solar_day(noon), expected=expected, unit="1")
    assert warnings(reading) == (
        []
        if text is None
        else [
            "load.csv: series.noon: load: the middle of the sun's work lies far from noon, as with stamps of another "
            f"zone; got {text}. Check `zone` and `stamps`."
        ]
    )


@pytest.mark.parametrize(
    ("unit", "values", "expected", "detail"),
    [
        ("1", [0.0, 55.0], Expectation("solar"), "expected 0 to 1, where 1 is full power, got up to 55"),
        ("%", [0.0, 55.0], Expectation("solar"), None),
        ("kW", [10.0, 240.0], Expectation("load", peak=250_000.0), "expected about 250000 kW, got up to 240 kW"),
        ("MW", [10.0, 240.0], Expectation("load", peak=250_000.0), None),
        ("MW", [1e4, 2.4e5], Expectation("load", peak=250_000.0), "expected about 250000 kW, got up to 2.4e+08 kW"),
    ],
)
def test_a_unit_off_by_a_thousand_is_noticed(
    unit: str, values: list[float], expected: Expectation, detail: str | None
) -> None:
    reading = take(quarters(2), values, unit=unit, expected=expected)
    doubts = [text for text in warnings(reading) if "series.unit-doubtful" in text]
    frame = "load.csv: series.unit-doubtful: load: the values do not fit their unit; {}. Check `unit` and `factor`."
    assert doubts == ([] if detail is None else [frame.format(detail)])
