"""Laws of files: what was written as text, Parquet or pandas comes back bit for bit."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lingtan.clock import TimeGrid
from lingtan.series import FileSource, Series, Table, read_series, read_table, write_parquet
from tests.laws.series_strategies import power_series

FEWER = settings(max_examples=max(10, settings().max_examples // 3))
"""Files cost a hundred times more than arrays."""


def written_and_read(stamps: list[str], series: Series) -> Series:
    lines = ["time;kw", *(f"{at};{value!r}" for at, value in zip(stamps, series.values.tolist(), strict=True))]
    with TemporaryDirectory() as folder:
        (Path(folder) / "load.csv").write_text("\n".join(lines), "utf-8")
        source = FileSource(file="load.csv", column="kw", unit="kW", sentinels=())
        return read_series(source, name="load", folder=folder, zone=series.grid.zone).series


@FEWER
@given(power_series())
def test_utc_stamps_give_back_what_was_written(series: Series) -> None:
    assert written_and_read([f"{at}Z" for at in series.grid.utc], series).same_as(series)


@FEWER
@given(power_series())
def test_wall_clock_stamps_give_back_what_was_written(series: Series) -> None:
    """Also through the hour that the clock shows twice, where the file has both passes."""
    assume(has_both_passes(series.grid))
    assert written_and_read([str(at) for at in series.grid.local], series).same_as(series)


def has_both_passes(grid: TimeGrid) -> bool:
    """Whether every wall-clock time of the grid that the zone shows twice stands in it twice."""
    around = TimeGrid(grid.start - np.timedelta64(180, "m"), 15, grid.steps + 24, grid.zone)
    stamps, counts = np.unique(around.local, return_counts=True)
    inside = grid.local[np.isin(grid.local, stamps[counts > 1])]
    return inside.size == 2 * np.unique(inside).size


@FEWER
@given(power_series(), st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]))
def test_our_parquet_given_as_a_series_of_a_park_is_the_same_series(series: Series, park_zone: str) -> None:
    """In whatever zone the park lies: stamps taken for its wall clock would move every load by the zone's offset."""
    with TemporaryDirectory() as folder:
        write_parquet(Path(folder) / "t.parquet", Table(series.grid, {"works.load_kw": series.values}))
        source = FileSource(file="t.parquet", column="works.load_kw", unit="kW", sentinels=())
        again = read_series(source, name="load", folder=folder, zone=park_zone).series
    assert again.grid == TimeGrid(series.grid.start, series.grid.step_minutes, series.grid.steps, park_zone)
    assert np.array_equal(again.values, series.values)


@FEWER
@given(power_series())
def test_parquet_and_pandas_give_back_what_was_written(series: Series) -> None:
    table = Table(series.grid, {"load_kw": series.values, "import_kw": series.values * 2})
    with TemporaryDirectory() as folder:
        write_parquet(Path(folder) / "t.parquet", table)
        again = read_table(Path(folder) / "t.parquet")
    for other in (again, Table.from_pandas(table.to_pandas())):
        assert other.grid == table.grid
        assert all(np.array_equal(other[name], table[name]) for name in table.names)
