"""Changing the step, and the units in which series are used."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.series import Quality, Series, Table, resample, resample_table
from lingtan.series.canonical import to_canonical

DAY = TimeGrid.of_year(2025, "Asia/Shanghai", 15).window(0, 96)


def test_power_is_averaged_and_energy_is_not_summed_as_power() -> None:
    """Four quarter-hours of 1 kWh are 1 kWh·4 = 4 kWh, a power of 4 kW: averaging kWh would give a quarter of it."""
    energy = Series.of("load", np.ones(96), "kWh", DAY)
    hourly = resample(energy, 60)
    assert (hourly.unit, hourly.values.tolist()) == ("kW", [4.0] * 24)
    assert hourly.energy_kwh == 96.0
    assert [note.en for note in hourly.origin if not isinstance(note, str)] == [
        "kWh per step divided by the length of the step",
        "steps of 15 min brought to 60 min",
    ]


def test_a_finer_step_holds_the_power() -> None:
    hourly = Series.of("load", [6.0, 12.0], "kW", TimeGrid(np.datetime64("2025-01-01T00:00"), 60, 2, "UTC"))
    fine = resample(hourly, 30)
    assert (fine.values.tolist(), fine.energy_kwh) == ([6.0, 6.0, 12.0, 12.0], hourly.energy_kwh)


def test_a_wide_step_is_as_bad_as_its_worst_part() -> None:
    quality = np.zeros(96, np.uint8)
    quality[5], quality[90] = Quality.REPAIRED, Quality.SYNTHETIC
    hourly = resample(Series("load", np.ones(96), "kW", DAY, quality), 60)
    assert np.flatnonzero(hourly.quality).tolist() == [1, 22]
    assert hourly.quality[[1, 22]].tolist() == [Quality.REPAIRED, Quality.SYNTHETIC]


def test_a_missing_part_leaves_the_wide_step_missing() -> None:
    """Averaging the three known quarters would invent the fourth."""
    values, quality = np.ones(96), np.zeros(96, np.uint8)
    values[5], quality[5] = np.nan, Quality.MISSING
    hourly = resample(Series("load", values, "kW", DAY, quality), 60)
    assert np.isnan(hourly.values[1])
    assert hourly.quality[1] == Quality.MISSING


def test_the_same_step_is_the_same_series() -> None:
    series = Series.of("load", np.ones(96), "kW", DAY)
    assert resample(series, 15) is series
    table = Table(DAY, {"load_kw": np.ones(96)})
    assert resample_table(table, 15) is table


@pytest.mark.parametrize("step", [20, 7, 0, -15])
def test_steps_that_do_not_divide_each_other_are_refused(step: int) -> None:
    with pytest.raises(InputError) as error:
        resample(Series.of("load", np.ones(96), "kW", DAY), step)
    assert [found.text() for found in error.value.findings] == [
        "series.no-common-step: load: one step is not a whole multiple of the other; expected 15 min, "
        f"got {step} min. Choose a step that divides, or is divided by, the one of the series."
    ]


@pytest.mark.parametrize(("first", "steps", "at"), [(1, 92, "2025-01-01 00:15"), (0, 93, "2025-01-01 23:00")])
def test_a_series_that_cuts_a_wide_step_is_refused(first: int, steps: int, at: str) -> None:
    with pytest.raises(InputError) as error:
        resample(Series.of("load", np.ones(96), "kW", DAY).window(first, steps), 60)
    assert [found.text() for found in error.value.findings] == [
        "series.not-aligned: load: the series does not begin and end on the wider step of the local clock; "
        f"expected 60 min, got {at}. Cut it to whole steps before."
    ]


def test_days_of_23_hours_are_no_whole_day_steps() -> None:
    """Cut every 24 hours, all days after the clock change would begin at 01:00."""
    grid = TimeGrid.of_year(2025, "Europe/Berlin", 60).window(24 * 80, 24 * 14)
    with pytest.raises(InputError) as error:
        resample(Series.of("load", np.ones(grid.steps), "kW", grid), 1440)
    assert error.value.findings[0].got == "2025-03-31 01:00"


def test_hours_of_a_half_hour_zone_follow_its_clock() -> None:
    """India is UTC+05:30: hours counted in UTC would begin at half past."""
    grid = TimeGrid.of_year(2025, "Asia/Kolkata", 30).window(0, 48)
    hourly = resample(Series.of("load", np.arange(48.0), "kW", grid), 60)
    assert (hourly.values[0], str(hourly.grid.local[0])) == (0.5, "2025-01-01T00:00")


def test_tables_keep_the_energy_of_every_column() -> None:
    table = Table(DAY, {"load_kw": np.arange(96.0), "import_kw": np.arange(96.0)[::-1]})
    wide, fine = resample_table(table, 60), resample_table(table, 5)
    for name in table.names:
        energy = table[name].sum() / 4
        assert (wide[name].sum(), fine[name].sum() / 12) == pytest.approx((energy, energy), rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "value", "to", "converted", "note"),
    [
        ("MW", 2.0, "kW", 2000.0, "converted from MW to kW"),
        ("GJ", 0.9, "kW", 1000.0, "GJ per step divided by the length of the step"),
        ("CNY/MWh", 350.0, "CNY/kWh", 0.35, "converted from CNY/MWh to CNY/kWh"),
        ("%", 35.0, "1", 0.35, "converted from % to 1"),
        ("pu", 0.35, "1", 0.35, None),
        ("K", 293.15, "°C", 20.0, "converted from K to °C"),
        ("kV", 10.0, "kV", 10.0, None),
    ],
)
def test_units_are_brought_to_the_one_in_use(
    unit: str, value: float, to: str, converted: float, note: str | None
) -> None:
    """0.9 GJ in a quarter-hour are 250 kWh, that is 1,000 kW."""
    series = to_canonical(Series.of("x", np.full(96, value), unit, DAY))
    assert (series.unit, series.values[0]) == (to, pytest.approx(converted, rel=1e-12))
    assert [said.en for said in series.origin if not isinstance(said, str)] == ([] if note is None else [note])
