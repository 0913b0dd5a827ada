"""The series shipped in examples/measured: what a user who opens the file may rely on."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "measured"
FILE = FOLDER / "profiles.csv.gz"


@pytest.fixture(scope="module")
def table() -> list[list[str]]:
    with gzip.open(FILE, "rt", encoding="ascii", newline="") as lines:
        return list(csv.reader(lines))


def test_extract_stays_small_enough_to_ship():
    assert FILE.stat().st_size <= 1_000_000


def test_extract_bears_no_time_and_no_file_name():
    """Rules out bytes that change with each run: of the ten bytes of the head, flags and time are 0."""
    assert FILE.read_bytes()[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


def test_extract_has_every_quarter_hour_of_the_german_year_2016(table):
    """Rules out stamps mended on the way: the clock change takes four stamps in March and doubles four in October."""
    stamps = [row[0] for row in table[1:]]
    assert len(stamps) == 366 * 96
    assert (stamps[0], stamps[-1]) == ("2016-01-01 00:00", "2016-12-31 23:45")
    night = [f"02:{minute}" for minute in ("00", "15", "30", "45")]
    assert not set(stamps) & {f"2016-03-27 {clock}" for clock in night}
    doubles = [stamp for stamp, count in Counter(stamps).items() if count > 1]
    assert doubles == [f"2016-10-30 {clock}" for clock in night]


def test_extract_holds_per_unit_values_without_gaps(table):
    """Rules out blanks, NaN, noise below 0 and watts: a value is a plain decimal of at most four places up to 1.5."""
    texts = {text for row in table[1:] for text in row[1:]}
    assert [text for text in texts if not re.fullmatch(r"[01](\.\d{1,4})?", text)] == []
    assert max(map(float, texts)) <= 1.5
    assert {len(row) for row in table} == {13}


def test_loads_peak_at_their_own_largest_value(table):
    """Rules out a reactive or foreign column: SimBench norms active loads to their peak."""
    peaks = {name: max(map(float, column)) for name, *column in list(zip(*table, strict=True))[1:]}
    loads = {name: peak for name, peak in peaks.items() if name.startswith(("commerce", "industry"))}
    assert len(loads) == 8
    assert set(loads.values()) == {1.0}


def test_three_shift_industry_rests_on_sunday_and_the_office_at_night(table):
    """Rules out columns in the wrong order."""
    at = {name: column for column, name in enumerate(table[0])}
    sunday_noon = [row for row in table[1:] if row[0] in {"2016-06-12 12:00", "2016-09-11 12:00", "2016-11-13 12:00"}]
    tuesday_night = [row for row in table[1:] if row[0] in {"2016-06-14 02:00", "2016-09-13 02:00", "2016-11-15 02:00"}]

    def mean(rows: list[list[str]], name: str) -> float:
        return sum(float(row[at[name]]) for row in rows) / len(rows)

    assert mean(sunday_noon, "industry_a_pu") < 0.2
    assert mean(tuesday_night, "industry_a_pu") > 0.5
    assert mean(tuesday_night, "commerce_b_pu") < 0.1


def test_every_column_is_told_in_origin(table):
    """Rules out a column that nobody can trace back."""
    origin = (FOLDER / "ORIGIN.md").read_text(encoding="utf-8")
    assert [name for name in table[0][1:] if f"| `{name}` | `" not in origin] == []


def test_license_notice_travels_with_the_data():
    """Rules out shipping the derived database without the notice that the ODbL asks for (sections 4.2 and 4.3)."""
    notice = " ".join((FOLDER / "LICENSE-ODbL.md").read_text(encoding="utf-8").replace(">", " ").split())
    for words in (
        "Contains information from SimBench, which is made available here under the Open Database License (ODbL) 1.0.",
        "Open Data Commons Open Database License (ODbL) v1.0",
        "Open Data Commons Database Contents License (DbCL) v1.0",
        "opendatacommons.org/licenses/odbl/1.0/",
        "opendatacommons.org/licenses/dbcl/1.0/",
    ):
        assert words in notice
