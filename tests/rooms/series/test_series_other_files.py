"""Reading workbooks and Parquet, and writing tables."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
import xlsxwriter

from lingtan.clock import TimeGrid
from lingtan.excel import read as excel
from lingtan.findings import InputError
from lingtan.series import FileSource, Reading, Table, read_series, read_table, write_parquet

QUARTERS = [datetime(2025, 1, 1) + timedelta(minutes=15 * step) for step in range(4)]


def read(folder: Path, name: str, column: str = "kw", **rest: Any) -> Reading:
    source = FileSource(file=name, column=column, unit="kW", **rest)
    return read_series(source, name="load", folder=folder, zone="Asia/Shanghai")


def refused(folder: Path, name: str, **rest: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        read(folder, name, **rest)
    return [found.text().replace(f"{folder}/", "") for found in error.value.findings]


def workbook(folder: Path, rows: list[list[Any]], sheet: str = "负荷") -> Path:
    path = folder / "load.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        book.add_worksheet("cover").write(0, 0, "nothing here")
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def test_a_sheet_with_times_and_numbers(tmp_path: Path) -> None:
    """A sheet keeps 00:15 as 0.010416…: cut to the minute without rounding, some quarters would become 00:14."""
    rows = [[stamp, value] for stamp, value in zip(QUARTERS, [1, 2.5, "3e1", None], strict=True)]
    workbook(tmp_path, [["时间", "kw"], *rows[:3], [QUARTERS[3], 4], [None, None]])
    series = read(tmp_path, "load.xlsx", sheet="负荷").series
    assert series.values.tolist() == [1.0, 2.5, 30.0, 4.0]
    assert (str(series.grid.start), series.grid.step_minutes) == ("2024-12-31T16:00", 15)


def test_a_whole_year_of_sheet_times_is_rounded_to_the_minute(tmp_path: Path) -> None:
    days = [[datetime(2025, 1, 1) + timedelta(minutes=5 * step), 1] for step in range(2000)]
    workbook(tmp_path, [["time", "kw"], *days])
    assert read(tmp_path, "load.xlsx", sheet="负荷").series.grid.steps == 2000


def test_what_a_sheet_may_hold_in_place_of_numbers(tmp_path: Path) -> None:
    rows = [[QUARTERS[0], True], [QUARTERS[1], "#DIV/0!"], [QUARTERS[2], QUARTERS[2]], [QUARTERS[3], 4]]
    workbook(tmp_path, [["title"], ["time", "kw"], *rows])
    assert refused(tmp_path, "load.xlsx", sheet="负荷", header_line=2) == [
        "load.xlsx:3: series.not-a-number: load: a value is not a number; got 3 × 'True'. "
        "Correct it, or leave the field empty where the value is not known."
    ]


def test_stamps_as_text_and_dates_in_a_sheet(tmp_path: Path) -> None:
    workbook(tmp_path, [["time", "kw"], ["2025-01-01", 1], [date(2025, 1, 2), 2], ["2025年1月3日", 3]])
    series = read(tmp_path, "load.xlsx", sheet="负荷").series
    assert (series.values.tolist(), series.grid.step_minutes) == ([1.0, 2.0, 3.0], 1440)


def test_a_sheet_that_is_not_there_and_one_without_rows(tmp_path: Path) -> None:
    workbook(tmp_path, [["time", "kw"]])
    assert refused(tmp_path, "load.xlsx", sheet="负载") == [
        "load.xlsx: series.no-sheet: load: the workbook has no such sheet; expected cover, 负荷, got 负载. "
        "Choose one of its sheets."
    ]
    assert [text.split(": ")[1] for text in refused(tmp_path, "load.xlsx", sheet="负荷")] == ["series.no-rows"]
    assert [text.split(": ")[1] for text in refused(tmp_path, "load.xlsx", header_line=9)] == ["series.no-rows"]
    assert [text.split(": ")[1] for text in refused(tmp_path, "load.xlsx")] == ["series.no-column"]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04"])
def test_a_workbook_that_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "load.xlsx").write_bytes(content)
    assert [text.split(": ")[1] for text in refused(tmp_path, "load.xlsx")] == ["series.unreadable"]


def test_an_archive_that_is_no_workbook_or_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "load.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000)
    assert [text.split(": ")[1] for text in refused(tmp_path, "load.xlsx")] == ["series.unreadable"]
    monkeypatch.setattr(excel, "MAX_BYTES", 50_000)
    assert [text.split(": ")[1] for text in refused(tmp_path, "load.xlsx")] == ["series.too-large"]


def parquet(folder: Path, query: str) -> Path:
    path = folder / "load.parquet"
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize(
    ("stamp", "start"),
    [
        ("TIMESTAMP '2025-01-01 00:00' + i * INTERVAL 15 MINUTE", "2024-12-31T16:00"),
        ("(TIMESTAMP '2025-01-01 00:00' + i * INTERVAL 15 MINUTE)::TIMESTAMP_NS", "2024-12-31T16:00"),
        ("make_timestamptz(1735689600000000 + i * 900000000)", "2025-01-01T00:00"),
        ("(DATE '2025-01-01' + i::INTEGER)", "2024-12-31T16:00"),
        ("strftime(TIMESTAMP '2025-01-01 00:00' + i * INTERVAL 15 MINUTE, '%Y/%m/%d %H:%M')", "2024-12-31T16:00"),
    ],
    ids=["timestamp", "nanoseconds", "with zone", "date", "text"],
)
@pytest.mark.parametrize("value", ["i * 2.5", "(i * 2.5)::FLOAT", "(i * 2.5)::DECIMAL(9, 3)", "(i * 2.5)::VARCHAR"])
def test_every_type_that_parquet_has_for_stamps_and_numbers(tmp_path: Path, stamp: str, start: str, value: str) -> None:
    """A naive stamp is Shanghai's clock, one with a zone is an instant: mixed up, the load moves by eight hours."""
    if "make_timestamptz" in stamp:
        stamp = "to_timestamp(1735689600 + i * 900)"
    parquet(tmp_path, f'SELECT {stamp} AS time, {value} AS "k""w" FROM range(4) r(i)')
    series = read(tmp_path, "load.parquet", column='k"w').series
    assert (str(series.grid.start), series.values.tolist()) == (start, [0.0, 2.5, 5.0, 7.5])


def test_wrong_types_of_parquet(tmp_path: Path) -> None:
    parquet(tmp_path, "SELECT i AS time, i > 1 AS flag, i AS kw FROM range(4) r(i)")
    assert refused(tmp_path, "load.parquet") == [
        "load.parquet: series.wrong-type: load: the column is of a type that cannot be used here; got time: BIGINT. "
        "Choose another column, or convert it before."
    ]
    assert "got flag: BOOLEAN" in refused(tmp_path, "load.parquet", column="flag")[0]


def test_nulls_of_parquet_are_gaps_and_seconds_are_refused(tmp_path: Path) -> None:
    stamp = "TIMESTAMP '2025-01-01 00:00' + i * INTERVAL 15 MINUTE"
    parquet(tmp_path, f"SELECT {stamp} AS time, CASE WHEN i <> 2 THEN i END AS kw FROM range(4) r(i)")
    assert refused(tmp_path, "load.parquet")[0].startswith("load.parquet:3: series.gap: ")
    parquet(tmp_path, f"SELECT {stamp} + INTERVAL 7 SECOND AS time, i AS kw FROM range(4) r(i)")
    assert refused(tmp_path, "load.parquet")[0].startswith("load.parquet:1: clock.not-a-minute: load: ")
    parquet(tmp_path, f"SELECT CASE WHEN i <> 2 THEN {stamp} END AS time, i AS kw FROM range(4) r(i)")
    assert refused(tmp_path, "load.parquet")[0].startswith("load.parquet:3: clock.unreadable-stamp: load: ")


def test_a_table_comes_back_bit_for_bit(tmp_path: Path) -> None:
    grid = TimeGrid.of_year(2025, "Europe/Berlin").window(8_000, 2_000)
    table = Table(grid, {"load_kw": np.linspace(0.1, 0.7, 2_000), "pv.generation_kw": np.arange(2_000.0)})
    path = tmp_path / "o'clock [1].parquet"
    write_parquet(path, table)
    again = read_table(path)
    assert (again.grid, again.names) == (grid, table.names)
    assert all(np.array_equal(again[name], table[name]) for name in table.names)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    table = Table(TimeGrid.of_year(2025, "UTC"), {"load_kw": np.random.default_rng(1).normal(size=35_040)})
    for name in ("one.parquet", "two.parquet"):
        write_parquet(tmp_path / name, table)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_other_tools_see_instants(tmp_path: Path) -> None:
    """Written as a plain TIMESTAMP, the same stamps would be a wall clock, and pandas would have a naive index."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai").window(0, 2)
    write_parquet(tmp_path / "t.parquet", Table(grid, {"load_kw": np.ones(2)}))
    database = duckdb.connect()
    assert database.execute(f"DESCRIBE SELECT time FROM '{tmp_path}/t.parquet'").fetchall()[0][1] == (
        "TIMESTAMP WITH TIME ZONE"
    )
    at = datetime(2024, 12, 31, 16, tzinfo=UTC).timestamp()
    assert database.execute(f"SELECT epoch(time) FROM '{tmp_path}/t.parquet'").fetchall()[0][0] == at


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    table = Table(TimeGrid.of_year(2025, "UTC").window(0, 2), {"load_kw": np.ones(2)})
    with pytest.raises(InputError) as error:
        write_parquet(tmp_path / "absent" / "t.parquet", table)
    assert [(found.code, found.who) for found in error.value.findings] == [("series.not-written", "t.parquet")]


def test_a_table_that_is_none(tmp_path: Path) -> None:
    parquet(tmp_path, "SELECT i AS kw FROM range(4) r(i)")
    for name, code in (("load.parquet", "series.no-column"), ("absent.parquet", "series.no-file")):
        with pytest.raises(InputError) as error:
            read_table(tmp_path / name)
        assert [found.code for found in error.value.findings] == [code]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("i AS kw, 'on' AS note", "series.not-numbers"),
        ("CASE WHEN i <> 2 THEN i END AS kw", "series.not-finite"),
    ],
)
def test_a_table_of_somebody_else_is_not_believed(tmp_path: Path, columns: str, code: str) -> None:
    """Taken as it stands, the empty field of an array would hold whatever was in memory there."""
    parquet(tmp_path, f"SELECT to_timestamp(1735689600 + i * 900) AS time, {columns} FROM range(4) r(i)")
    with pytest.raises(InputError) as error:
        read_table(tmp_path / "load.parquet")
    assert [found.code for found in error.value.findings] == [code]


def test_a_table_with_plain_stamps_is_not_taken_for_utc(tmp_path: Path) -> None:
    """Half the world writes its wall clock so, half UTC."""
    parquet(
        tmp_path, "SELECT TIMESTAMP '2025-01-01 00:00' + i * INTERVAL 15 MINUTE AS time, i AS kw FROM range(4) r(i)"
    )
    with pytest.raises(InputError) as error:
        read_table(tmp_path / "load.parquet")
    assert [(found.code, found.got) for found in error.value.findings] == [("series.naive-index", "time: TIMESTAMP")]


def test_a_table_with_instants_of_somebody_else(tmp_path: Path) -> None:
    parquet(tmp_path, "SELECT to_timestamp(1735689600 + i * 900) AS time, i AS kw FROM range(4) r(i)")
    table = read_table(tmp_path / "load.parquet", zone="Asia/Shanghai")
    assert (str(table.grid.start), table.grid.zone, table["kw"].tolist()) == (
        "2025-01-01T00:00",
        "Asia/Shanghai",
        [0.0, 1.0, 2.0, 3.0],
    )


def test_a_table_whose_stamps_are_no_grid(tmp_path: Path) -> None:
    for stamp in ("to_timestamp(1735689600 + i * i * 900)", "CASE WHEN i <> 2 THEN now() END"):
        parquet(tmp_path, f"SELECT {stamp} AS time, i AS kw FROM range(4) r(i)")
        with pytest.raises(InputError) as error:
            read_table(tmp_path / "load.parquet")
        assert [found.code for found in error.value.findings] == ["series.irregular-index"]


def test_a_time_of_day_alone_is_no_stamp(tmp_path: Path) -> None:
    workbook(tmp_path, [["time", "kw"], [time(0, 0), 1], [time(0, 15), 2]])
    assert refused(tmp_path, "load.xlsx", sheet="负荷")[0].startswith("load.xlsx:2: clock.unreadable-stamp: load: ")
