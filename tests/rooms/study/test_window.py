"""A window of a case: its start on the park's clock, and the sizes of a summary.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.study.calc import calculate
from lingtan.study.window import built_sizes, read_sizes, window_of
from tests.small_parks import battery, pv, retail, small_case

BERLIN = TimeGrid.of_year(2025, "Europe/Berlin", 60)


@pytest.fixture(scope="module")
def case() -> Case:
    """A year in Berlin: 100 kVA are fixed, the roof is free up to 80 kW, the store has fixed power and free energy."""
    return small_case(
        np.full(BERLIN.steps, 50.0),
        {"roof": pv({"min": 0, "max": 80}), "store": battery(10.0, {"min": 0, "max": 40})},
        series={"sun": [0.5] * BERLIN.steps},
        grid=BERLIN,
        connection={"capacity": 100.0},
        site={"zone": "Europe/Berlin"},
    )


SIZES = {"roof": {"power_kw": 60.0}, "store": {"energy_kwh": 20.0}}


def said(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [found.text() for found in error.value.findings]


@pytest.mark.parametrize(
    ("start", "utc"),
    [
        ("2025-03-30T03:00", "2025-03-30T01:00"),
        ("2025-10-26T01:00", "2025-10-25T23:00"),
        ("2025-10-26T02:00+02:00", "2025-10-26T00:00"),
        ("2025-10-26T02:00+01:00", "2025-10-26T01:00"),
        ("2025-10-26T03:00", "2025-10-26T02:00"),
    ],
)
def test_a_window_starts_where_the_clock_says(case: Case, start: str, utc: str) -> None:
    assert str(window_of(case, start, 2, SIZES).grid.start) == utc


def test_a_start_that_the_clock_skips_or_shows_twice_is_no_guess(case: Case) -> None:
    """Taken silently, 02:00 of 26 October is either of two hours, and of 30 March none at all."""
    with pytest.raises(InputError) as skipped:
        window_of(case, "2025-03-30T02:00", 2, SIZES)
    assert said(skipped) == [
        "clock.absent-stamp: start: this local time does not exist: the clock skips it when it is put forward; "
        "got 2025-03-30 02:00:00. Correct the stamp, write it with its UTC offset, or check the time zone."
    ]
    with pytest.raises(InputError) as twice:
        window_of(case, "2025-10-26 02:00", 2, SIZES)
    assert said(twice) == [
        "clock.repeated-stamp: start: the clock shows this local time twice, when it is put back; "
        "expected 2025-10-26T02:00+02:00 · 2025-10-26T02:00+01:00, got 2025-10-26 02:00. "
        "Write the one that is meant, with its UTC offset."
    ]


@pytest.mark.parametrize(
    ("start", "code"), [("2025-03-30T02:00", "clock.absent-stamp"), ("2025-10-26T02:00", "clock.repeated-stamp")]
)
def test_a_calculator_does_not_guess_either(start: str, code: str) -> None:
    data = {"start": start, "zone": "Europe/Berlin", "import_kw": [1.0], "capacity_kva": 100, "rules": [retail()]}
    with pytest.raises(InputError) as error:
        calculate("bill", data)
    assert [found.code for found in error.value.findings] == [code]


def summary(folder: Path, sizes: Any) -> Path:
    path = folder / "summary.json"
    path.write_text(json.dumps({"sizes": sizes}), "utf-8")
    return path


def test_the_sizes_of_a_study_stand_beside_the_fixed_ones(case: Case, tmp_path: Path) -> None:
    assert built_sizes(case, summary(tmp_path, SIZES)) == {
        "grid.capacity_kva": 100.0,
        "store.power_kw": 10.0,
        "roof.power_kw": 60.0,
        "store.energy_kwh": 20.0,
    }


def test_sizes_of_another_park_are_not_taken(case: Case, tmp_path: Path) -> None:
    """A summary of 1 kVA silently stood in for what the park file fixes, and a size of -5 gave money back."""
    sizes = {
        "grid": {"capacity_kva": 1.0},
        "roof": {"power_kw": -5.0, "energy_kwh": 3.0},
        "store": {"energy_kwh": 41.0},
        "mill.north": {"power_kw": 1.0},
    }
    path = summary(tmp_path, sizes)
    with pytest.raises(InputError) as error:
        built_sizes(case, path)
    again = "Give the summary of this park as it stands, or change the size in the park file."
    assert said(error) == [
        f"{path}: case.other-size: grid.capacity_kva: the park file says another size; expected 100 kVA, got 1 kVA. {again}",
        f"{path}: case.no-size: roof.power_kw: this is not a size; expected ≥ 0 kW, got -5. "
        "Give the summary as the study wrote it.",
        f"{path}: case.no-such-size: roof.energy_kwh: the park has nothing of this size; got 3. "
        "Give the summary of a study of this very park.",
        f"{path}: case.other-size: store.energy_kwh: the park file says another size; expected 0 … 40 kWh, got 41 kWh. {again}",
        f"{path}: case.no-such-size: mill.north.power_kw: the park has nothing of this size; got 1. "
        "Give the summary of a study of this very park.",
    ]
    with pytest.raises(InputError) as live:
        window_of(case, "2025-03-01", 2, {"grid": {"capacity_kva": 1.0}})
    assert [found.code for found in live.value.findings] == ["case.other-size"]


@pytest.mark.parametrize("value", ["true", '"5"', "null", "[1]"])
def test_what_is_no_number_is_no_summary(tmp_path: Path, value: str) -> None:
    path = tmp_path / "summary.json"
    path.write_text(f'{{"sizes": {{"roof": {{"power_kw": {value}}}}}}}', "utf-8")
    with pytest.raises(InputError) as error:
        read_sizes(path)
    assert [found.code for found in error.value.findings] == ["cli.not-a-summary"]


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "1e999"])
def test_a_number_beyond_all_numbers_is_no_size(case: Case, tmp_path: Path, value: str) -> None:
    """NaN went through the whole bill: `total_cny NaN`."""
    path = tmp_path / "summary.json"
    path.write_text(f'{{"sizes": {{"roof": {{"power_kw": {value}}}}}}}', "utf-8")
    with pytest.raises(InputError) as error:
        built_sizes(case, path)
    assert [found.code for found in error.value.findings] == ["case.no-size"]
