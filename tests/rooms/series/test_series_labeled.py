"""Series and tables: what they hold, refuse and hand to pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.series import Quality, Series, Table

DAY = TimeGrid.of_year(2025, "Asia/Shanghai", 60).window(0, 24)


def texts(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [found.text() for found in error.value.findings]


def test_mean_and_energy_of_a_quarter_hour_series() -> None:
    """Two quarter-hours of 10 and 30 kW are 10 kWh: summing kW as kWh would say 40."""
    series = Series.of("load", [10.0, 30.0], "kW", TimeGrid(np.datetime64("2025-01-01T00:00"), 15, 2, "UTC"))
    assert (series.mean, series.energy_kwh) == (20.0, 10.0)


def test_energy_of_a_price_is_refused() -> None:
    price = Series.of("price", np.ones(24), "CNY/kWh", DAY)
    with pytest.raises(InputError) as error:
        _ = price.energy_kwh
    assert texts(error) == [
        "series.not-a-power: price: energy can be summed of a power only; expected kW, got CNY/kWh. "
        "Convert the series before."
    ]


def test_the_arrays_are_copies_that_nobody_can_write() -> None:
    given = np.ones(24)
    series = Series.of("load", given, "kW", DAY)
    given[0] = 99.0
    assert series.values[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 2.0
    assert series.window(3, 4).values.base is None


def test_a_wrong_length_is_refused() -> None:
    with pytest.raises(InputError) as error:
        Series.of("load", np.ones(23), "kW", DAY)
    assert texts(error)[0].startswith("series.wrong-length: load: ")
    with pytest.raises(InputError) as scalar:
        Series("load", np.ones(24), "kW", DAY, np.zeros((24, 1), np.uint8))
    assert "expected 24, got 24×1" in texts(scalar)[0]


def test_nan_needs_the_mark_missing_and_missing_needs_nan() -> None:
    """A NaN that is not said to be missing would spread into every sum; a number marked missing would be believed."""
    values = np.ones(24)
    values[5] = np.nan
    with pytest.raises(InputError) as error:
        Series.of("load", values, "kW", DAY)
    assert texts(error) == [
        "series.not-finite: load: a value is not a finite number; got nan at 2025-01-01 05:00. "
        "Give a number, or mark the step as missing."
    ]
    with pytest.raises(InputError, match=r"^series\.not-finite: load: .*; got 1\.0 at 2025-01-01 00:00\."):
        Series.of("load", np.ones(24), "kW", DAY, Quality.MISSING)


def test_no_figure_is_made_of_missing_values() -> None:
    values, quality = np.ones(24), np.zeros(24, np.uint8)
    values[5:7], quality[5:7] = np.nan, Quality.MISSING
    series = Series("load", values, "kW", DAY, quality)
    with pytest.raises(InputError) as error:
        _ = series.mean
    assert texts(error) == [
        "series.missing-values: load: no figure can be made, for values are missing; got 2 ×, first at "
        "2025-01-01 05:00. Repair the series before."
    ]
    assert error.value.findings[0].text("zh") == (
        "series.missing-values: load：数据缺失，无法计算；实为 2 处，首处 2025-01-01 05:00。请先修补该序列。"
    )
    assert series.share(Quality.MISSING) == pytest.approx(2 / 24)


def test_series_to_pandas_and_back_through_a_clock_change() -> None:
    """The autumn day of Berlin has 25 hours: an index of wall clocks without zone would have a double stamp."""
    day = TimeGrid.of_year(2025, "Europe/Berlin", 60).window(24 * 298 - 1, 25)  # after the lost hour of March
    series = Series.of("load", np.arange(25.0), "kW", day)
    frame = series.to_pandas()
    assert (str(frame.index[0]), str(frame.index[-1])) == ("2025-10-26 00:00:00+02:00", "2025-10-26 23:00:00+01:00")
    assert Series.from_pandas(frame, "kW").same_as(series)


def test_a_table_names_its_columns_and_offers_the_nearest() -> None:
    table = Table(DAY, {"load_kw": np.ones(24)}).with_columns({"import_kw": np.zeros(24)})
    assert table.names == ("load_kw", "import_kw")
    assert "import_kw" in table
    assert table.window(2, 3).to_pandas().shape == (3, 2)
    with pytest.raises(KeyError, match="no column 'imprt_kw'; did you mean 'import_kw'\\?"):
        _ = table["imprt_kw"]
    with pytest.raises(KeyError, match="no column 'zzz'"):
        _ = table["zzz"]


def test_a_table_reports_all_its_columns_at_once() -> None:
    with pytest.raises(InputError) as error:
        Table(DAY, {"short": np.ones(3), "endless": np.full(24, np.inf), "load_kw": np.ones(24)})
    assert [found.code for found in error.value.findings] == ["series.wrong-length", "series.not-finite"]


def test_pandas_round_trip_keeps_zone_and_bits() -> None:
    table = Table(DAY, {"load_kw": np.linspace(0.1, 0.3, 24), "price": np.arange(24.0)})
    again = Table.from_pandas(table.to_pandas())
    assert again.grid == table.grid
    assert all(np.array_equal(again[name], table[name]) for name in table.names)


@pytest.mark.parametrize(
    ("index", "code"),
    [
        (pd.date_range("2025-01-01", periods=4, freq="h"), "series.naive-index"),
        (pd.RangeIndex(4), "series.naive-index"),
        (pd.date_range("2025-01-01", periods=4, freq="h", tz="+08:00"), "series.unnamed-zone"),
        (pd.date_range("2025-01-01", periods=4, freq="ME", tz="UTC"), "series.irregular-index"),
        (pd.date_range("2025-01-01", periods=4, freq="-1h", tz="UTC"), "series.irregular-index"),
        (pd.date_range("2025-01-01 00:00:30", periods=4, freq="h", tz="UTC"), "series.irregular-index"),
    ],
    ids=["naive", "no stamps", "nameless zone", "months", "backward", "seconds"],
)
def test_an_index_that_is_no_grid_is_refused(index: pd.Index, code: str) -> None:
    with pytest.raises(InputError) as error:
        Table.from_pandas(pd.DataFrame({"load_kw": np.ones(4)}, index=index))
    assert [found.code for found in error.value.findings] == [code]


def test_a_nameless_zone_may_be_named_by_the_caller() -> None:
    index = pd.date_range("2025-01-01", periods=4, freq="h", tz="+08:00")
    table = Table.from_pandas(pd.DataFrame({"load_kw": np.ones(4)}, index=index), zone="Asia/Shanghai")
    assert (str(table.grid.start), table.grid.zone) == ("2024-12-31T16:00", "Asia/Shanghai")
    utc = Table.from_pandas(pd.DataFrame({"load_kw": np.ones(4)}, index=index.tz_convert("UTC")))
    assert utc.grid.zone == "UTC"


def test_a_column_of_words_is_refused() -> None:
    index = pd.date_range("2025-01-01", periods=2, freq="h", tz="UTC")
    with pytest.raises(InputError) as error:
        Table.from_pandas(pd.DataFrame({"load_kw": [1.0, 2.0], "note": ["on", "off"]}, index=index))
    assert [found.who for found in error.value.findings] == ["note"]
