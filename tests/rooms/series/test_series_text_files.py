"""Reading CSV files: what is read, and the one sentence about each trap."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.series import FileSource, PackageSource, Quality, Reading, read_series
from lingtan.series import read as reader
from lingtan.series.read import Recordings

HEADER = "time,kw"
ROWS = ["2025-01-01 00:00,1", "2025-01-01 00:15,2.5", "2025-01-01 00:30,3e1", "2025-01-01 00:45,0.25"]


def write(folder: Path, *lines: str, name: str = "load.csv", encoding: str = "utf-8", end: str = "\n") -> Path:
    path = folder / name
    path.write_bytes((end.join(lines) + end).encode(encoding))
    return path


def read(folder: Path, name: str = "load.csv", column: str = "kw", unit: str = "kW", **rest: Any) -> Reading:
    source = FileSource(file=name, column=column, unit=unit, **rest)
    return read_series(source, name="load", folder=folder, zone="Asia/Shanghai")


def refused(folder: Path, **rest: Any) -> list[str]:
    """The findings of a file, without the folder that the test lies in."""
    with pytest.raises(InputError) as error:
        read(folder, **rest)
    return [found.text().replace(f"{folder}/", "") for found in error.value.findings]


def test_a_plain_file(tmp_path: Path) -> None:
    write(tmp_path, HEADER, *ROWS)
    series = read(tmp_path).series
    assert series.values.tolist() == [1.0, 2.5, 30.0, 0.25]
    assert (str(series.grid.start), series.grid.step_minutes, series.unit) == ("2024-12-31T16:00", 15, "kW")
    assert set(series.quality.tolist()) == {Quality.MEASURED}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_names_in_every_usual_form(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    lines = ["时间,功率,备注", "2025/1/1 0:00,1,正常", "2025/1/1 0:15,2,检修"]
    write(tmp_path, *(line.replace(",", delimiter) for line in lines), encoding=encoding, end=end)
    series = read(tmp_path, column="功率").series
    assert series.values.tolist() == [1.0, 2.0]
    is_utf8 = encoding.startswith("utf-8")
    assert [note.zh for note in series.origin] == [
        "load.csv，列“功率”",
        *([] if is_utf8 else [f"按 {encoding} 编码读取"]),
    ]


def test_gzip_and_a_name_that_looks_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "load[1].csv.gz").write_bytes(gzip.compress("\n".join([HEADER, *ROWS]).encode()))
    assert read(tmp_path, name="load[1].csv.gz").series.values[1] == 2.5


def test_a_title_above_the_names(tmp_path: Path) -> None:
    write(tmp_path, "某园区 2025 年负荷", HEADER, *ROWS)
    assert read(tmp_path, header_line=2).series.values[1] == 2.5


def test_energy_per_step_becomes_power(tmp_path: Path) -> None:
    """1 kWh in a quarter-hour is 4 kW; read as it stands, a bill would be a quarter of the true one."""
    write(tmp_path, "time,kwh", *(row for row in ROWS))
    series = read(tmp_path, column="kwh", unit="MWh").series
    assert (series.values.tolist(), series.unit) == ([4000.0, 10000.0, 120000.0, 1000.0], "kW")
    assert series.origin[-1] == ("MWh per step divided by the length of the step", "将各时段的 MWh 除以时长得功率")


def test_a_factor_and_a_unit(tmp_path: Path) -> None:
    write(tmp_path, HEADER, *ROWS)
    series = read(tmp_path, unit="CNY/MWh", factor=2.0).series
    assert series.values == pytest.approx([0.002, 0.005, 0.06, 0.0005], rel=1e-12)
    assert series.unit == "CNY/kWh"


def test_blank_lines_and_empty_rows_hold_nothing(tmp_path: Path) -> None:
    write(tmp_path, HEADER, *ROWS[:2], "", ",", *ROWS[2:], "", ",")
    assert read(tmp_path).series.values.size == 4


def test_every_bad_number_is_counted_and_the_first_has_its_line(tmp_path: Path) -> None:
    write(tmp_path, HEADER, ROWS[0], "", "2025-01-01 00:15,fault", ROWS[2], "2025-01-01 00:45,2 kW")
    assert refused(tmp_path) == [
        "load.csv:4: series.not-a-number: load: a value is not a number; got 2 × 'fault'. "
        "Correct it, or leave the field empty where the value is not known."
    ]


@pytest.mark.parametrize("number", ["1234,5", "1,234.5", "1.234,5"])
def test_a_comma_in_a_number_is_never_guessed(tmp_path: Path, number: str) -> None:
    """1,234 is 1.234 in Berlin and 1234 in Boston."""
    write(tmp_path, "time;kw", "2025-01-01 00:00;1", f"2025-01-01 00:15;{number}")
    assert refused(tmp_path) == [
        "load.csv:3: series.comma-in-number: load: a number is written with a comma, which may mark decimals or "
        f"thousands; got 1 × '{number}'. Write decimals with a point and nothing between thousands, such as 1234.5."
    ]


def test_a_decimal_comma_in_a_file_of_commas(tmp_path: Path) -> None:
    write(tmp_path, HEADER, ROWS[0], "2025-01-01 00:15,2,5", "2025-01-01 00:30")
    assert refused(tmp_path) == [
        "load.csv:3: series.ragged-row: load: a row has more or fewer fields than there are columns; "
        "expected 2 fields, got 2 × '2025-01-01 00:15,2,5'. Correct the row; decimal commas in a file separated by "
        "commas look like this, too."
    ]


def test_a_number_beyond_all_bounds(tmp_path: Path) -> None:
    write(tmp_path, HEADER, ROWS[0], "2025-01-01 00:15,1e999", ROWS[2])
    assert [text.split(": ")[1] for text in refused(tmp_path)] == ["series.not-finite"]


def test_a_gap_an_empty_field_and_a_word_for_nothing_are_gaps(tmp_path: Path) -> None:
    write(tmp_path, HEADER, ROWS[0], "2025-01-01 00:15,", "2025-01-01 00:30,NaN", "2025-01-01 01:00,4")
    assert refused(tmp_path) == [
        "load.csv:3: series.gap: load: values are missing; got gaps: 1, steps: 3, the longest 45 min from "
        "2025-01-01 00:15 on. Fill them in, or ask for a repair: `repair: interpolate`, `previous_day`, "
        "`previous_week` or `zero`."
    ]


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, "time,load_kw,price", "2025-01-01 00:00,1,2", "2025-01-01 00:15,1,2")
    assert refused(tmp_path, column="lod_kw") == [
        "load.csv: series.no-column: load: the file has no such column; got lod_kw. Did you mean 'load_kw'?"
    ]
    assert refused(tmp_path, column="功率") == [
        "load.csv: series.no-column: load: the file has no such column; got 功率. "
        "The columns are: time, load_kw, price."
    ]
    assert refused(tmp_path, column="time") == [
        "load.csv: series.same-column: load: the values and the stamps are read from the same column; got time. "
        "Name the column of the stamps as `time_column`; it is the first one unless you do."
    ]


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, "time,kw,kw", "2025-01-01 00:00,1,2", "2025-01-01 00:15,1,2")
    assert refused(tmp_path) == [
        "load.csv: series.double-column: load: the file has this column twice; got kw. Rename one of them."
    ]


def test_the_stamps_may_stand_anywhere(tmp_path: Path) -> None:
    write(tmp_path, "kw,time", "1,2025-01-01 00:00", "2,2025-01-01 00:15")
    assert read(tmp_path, time_column="time").series.values.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("absent.csv", None, "series.no-file"),
        ("load.csv", b"", "series.no-rows"),
        ("load.csv", b"time,kw\n", "series.no-rows"),
        ("load.csv", b"time,kw\n\n\n", "series.no-rows"),
        ("load.csv", b"time,kw\n,\n,\n", "series.no-rows"),
        ("load.csv", b"\x00\x01\x02time", "series.binary"),
        ("load.csv", b"time,kw\n\xff\xff\xff,1\n", "series.binary"),
        ("load.csv.gz", b"not packed", "series.unreadable"),
        ("load.csv.gz", gzip.compress(b"time,kw\n2025-01-01,1\n", mtime=0)[:-6], "series.unreadable"),
        ("load.xls", b"old", "series.unknown-format"),
        ("load.parquet", b"PAR1 but nothing else", "series.unreadable"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_is_none(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert [text.split(": ")[1] for text in refused(tmp_path, name=name)] == [code]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "load.csv").mkdir()
    assert [text.split(": ")[1] for text in refused(tmp_path)] == ["series.unreadable"]


def test_a_small_file_that_unpacks_to_a_large_one_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 10_000)
    (tmp_path / "load.csv.gz").write_bytes(gzip.compress(b"time,kw\n" + b"2025-01-01 00:00,1\n" * 10_000))
    assert refused(tmp_path, name="load.csv.gz") == [
        "load.csv.gz: series.too-large: load: the file is too large; expected ≤ 10000 B, got > 10000 B. "
        "Keep the columns and the years that are needed."
    ]


def test_too_many_bytes_or_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, HEADER, *ROWS)
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    assert [text.split(": ")[1] for text in refused(tmp_path)] == ["series.too-large"]
    monkeypatch.setattr(reader, "MAX_BYTES", 20)
    assert [text.split(": ")[1] for text in refused(tmp_path)] == ["series.too-large"]


def test_a_file_of_an_installed_package_is_read_without_importing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "profiles_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    write(package, HEADER, *ROWS)
    write(tmp_path, HEADER, *ROWS, name="outside.csv")
    monkeypatch.syspath_prepend(tmp_path)
    source = PackageSource(package=package.name, file="load.csv", column="kw", unit="kW")
    assert read_series(source, name="load", folder=tmp_path, zone="UTC").series.values[1] == 2.5
    for change in ({"file": "../outside.csv"}, {"package": "no_such_package"}, {"file": "absent.csv"}):
        with pytest.raises(InputError) as error:
            read_series(source.model_copy(update=change), name="load", folder=tmp_path, zone="UTC")
        assert [found.code for found in error.value.findings] == ["series.no-package"]


def test_all_findings_come_in_one_pass(tmp_path: Path) -> None:
    write(tmp_path, HEADER, ROWS[0], "tomorrow,1", "2025-01-01 00:30,9999", "2025-01-01 00:45,n0")
    assert [text.split(": ")[1] for text in refused(tmp_path)] == [
        "series.not-a-number",
        "clock.unreadable-stamp",
        "series.sentinel",
    ]


def test_a_year_of_quarter_hours_is_read_at_once(tmp_path: Path) -> None:
    """35,040 rows with a clock change: the count would be 35,036 or 35,044 if an hour were lost or doubled."""
    stamps = np.datetime_as_string(np.arange("2025-01-01", "2026-01-01", np.timedelta64(15, "m"), dtype="M8[m]"))
    path = write(tmp_path, HEADER, *(f"{stamp},{number}" for number, stamp in enumerate(stamps)))
    series = read(tmp_path).series
    assert (series.values.size, series.values[-1], path.stat().st_size > 600_000) == (35_040, 35_039.0, True)


@pytest.mark.parametrize("name", ["load.csv", "load.csv.gz", "load.parquet", "load.xlsx"])
def test_a_pipe_that_nobody_writes_to_is_no_file(tmp_path: Path, name: str) -> None:
    """Opened, it would be waited for without end; a device would never stop."""
    os.mkfifo(tmp_path / name)
    assert refused(tmp_path, name=name) == [
        f"{name}: series.unreadable: load: the file cannot be read; got not a regular file. "
        "Check that it is whole, that it is what its name says, and that you may read it."
    ]


def test_a_file_is_parsed_once_for_all_of_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve columns of a year were unpacked, decoded and parsed twelve times."""
    (tmp_path / "load.csv").write_text("time,a,b,c\n2025-01-01 00:00,1,2,x\n2025-01-01 01:00,3,4,5\n")
    opened: list[Path] = []
    whole = reader._unpacked
    monkeypatch.setattr(reader, "_unpacked", lambda path, place: (opened.append(path), whole(path, place))[1])
    with Recordings(tmp_path) as recordings:
        for column, values in (("a", [1.0, 3.0]), ("b", [2.0, 4.0])):
            source = FileSource(file="load.csv", column=column, unit="kW")
            assert recordings.read(source, name=column, zone="UTC").series.values.tolist() == values
        with pytest.raises(InputError) as error:
            recordings.read(FileSource(file="load.csv", column="c", unit="kW"), name="c", zone="UTC")
    assert [(found.code, found.who, found.line) for found in error.value.findings] == [("series.not-a-number", "c", 2)]
    assert opened == [tmp_path / "load.csv"]
