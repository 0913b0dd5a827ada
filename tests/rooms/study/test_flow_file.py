"""Metered flows in a file: whatever the format and the zone of its stamps, the same hours cost the same money."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.study.billing import bill_of_file
from lingtan.study.carbon_account import carbon_of_file
from lingtan.study.flow_file import read_flows
from tests.small_parks import HOURS, pv, retail, small_case

ZONE = "Europe/Berlin"
MONTHS = TimeGrid.of_span(datetime(2025, 3, 1), datetime(2025, 5, 1), ZONE, 60)
"""March and April, with the day of 23 hours."""


@pytest.fixture(scope="module")
def case() -> Case:
    """50 kW through 100 kVA in Berlin; the price depends on the hour, the basic charge on each month's highest power."""
    return small_case(
        np.full(MONTHS.steps, 50.0),
        grid=MONTHS,
        records=[retail(0.5, factors=True, demand_price=40.0, capacity_price=100.0), HOURS],
        connection={"capacity": 100.0},
        site={"zone": ZONE},
    )


def csv_of(folder: Path, values: np.ndarray) -> Path:
    stamps = [str(at).replace("T", " ") for at in MONTHS.local]
    rows = [f"{at},{value}" for at, value in zip(stamps, values.tolist(), strict=True)]
    path = folder / "flows.csv"
    path.write_text("\n".join(["time,grid.import_kw", *rows]) + "\n", "utf-8")
    return path


def parquet_of(folder: Path, values: np.ndarray, stamp: str) -> Path:
    path = folder / "flows.parquet"
    with duckdb.connect() as database:
        flows = {"utc": MONTHS.utc.astype("M8[us]"), "local": MONTHS.local.astype("M8[us]"), "kw": values}
        database.register("flows", flows)
        database.execute(
            f"COPY (SELECT kw AS \"grid.import_kw\", {stamp} AS time FROM flows) TO '{path}' (FORMAT parquet)"
        )
    return path


def rising() -> np.ndarray:
    """No two hours alike, so that an hour moved is money moved; a meter's register would not fall as the first hour does."""
    return np.concatenate([[11.0], np.linspace(10.0, 90.0, MONTHS.steps)[1:]])


@pytest.mark.parametrize("stamp", ["local", "to_timestamp(epoch(utc))"], ids=["wall clock", "instants"])
def test_a_parquet_file_is_billed_as_the_csv_of_the_same_hours(case: Case, tmp_path: Path, stamp: str) -> None:
    """Read in UTC, 9 % more: the demand of a month in another one, and every hour in the band of its neighbor."""
    by_text = bill_of_file(case, csv_of(tmp_path, rising()), None).bill
    by_parquet = bill_of_file(case, parquet_of(tmp_path, rising(), stamp), None).bill
    assert (by_parquet.lines, by_parquet.total_cny) == (by_text.lines, by_text.total_cny)
    demand = [line.quantity for line in by_text.lines if line.component == "basic_charge"]
    march = 31 * 24 - 1
    assert demand == pytest.approx([rising()[march - 1], 90.0])


def test_the_bill_of_a_file_tells_what_a_sliding_meter_saw(case: Case, tmp_path: Path) -> None:
    """5-minute steps of 3, 60, 60 | 60, 3, 3 kW: blocks see 41 kW, a sliding meter 60. Rules out notes that only studies give."""
    flows = tmp_path / "flows.csv"
    rows = [f"2025-03-03 00:{5 * step:02d},{kw}" for step, kw in enumerate([3, 60, 60, 60, 3, 3])]
    flows.write_text("\n".join(["time,grid.import_kw", *rows]) + "\n", "utf-8")
    billed = bill_of_file(case, flows, None)
    told = [note.text() for note in billed.bill.notes if note.code == "market.sliding-demand"]
    assert told == [
        "market.sliding-demand: connections.grid: a demand meter that slides sees more than the means of 15-minute blocks; "
        "expected 41 kW, got 60 kW (+46.34 %). Give the connection a `demand_margin` of at least the difference."
    ]
    assert sum("a demand meter that slides" in each.what.en for each in billed.assumptions) == 1
    [demand] = [line for line in billed.bill.lines if line.component == "basic_charge"]
    assert demand.quantity == pytest.approx(41.0)  # as the meter of the grid integrates; of steps alone it would be 60


def test_blocks_of_the_note_are_those_of_the_clock(case: Case, tmp_path: Path) -> None:
    """From 00:05 on 3, 3 | 3, 60, 60 | 60, 3, 3 kW: quarter-hours of 41 at most, a sliding meter 60. Blocks from the first step on,
    (3, 3, 3) and (60, 60, 60), hide that."""
    flows = tmp_path / "flows.csv"
    rows = [f"2025-03-03 00:{5 + 5 * step:02d},{each}" for step, each in enumerate([3, 3, 3, 60, 60, 60, 3, 3])]
    flows.write_text("\n".join(["time,grid.import_kw", *rows]) + "\n", "utf-8")
    [told] = [note for note in bill_of_file(case, flows, None).bill.notes if note.code == "market.sliding-demand"]
    assert (told.expected, told.got) == ("41 kW", "60 kW (+46.34 %)")


def findings_of(case: Case, flows: Path) -> list[str]:
    """What is refused, or told beside the table."""
    found: tuple[Finding, ...] | list[Finding]
    try:
        found = read_flows(case, flows, {"grid.import_kw"}).findings
    except InputError as error:
        found = error.findings
    return [one.text().replace(f"{flows}", "flows") + (" (told)" if one.severity == "warning" else "") for one in found]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (1.0, []),
        (
            -1.0,
            [
                "flows:1: series.negative: grid.import_kw: values below zero occur where none can be; expected ≥ 0, "
                "got 1463 ×, the lowest -90. Correct their sign, or write `negative: zero` if they are noise or own use."
            ],
        ),
        (
            1.2,
            [
                "flows:1372: series.above-limit: grid.import_kw: more flows than the plant is built for; expected ≤ 100 kW, "
                "got 92 ×, the highest 108 kW, first at 2025-04-27 04:00. Check `unit` of the meter, and the size. (told)"
            ],
        ),
        (
            1000.0,
            [
                "flows:1: series.far-above-limit: grid.import_kw: many times more flows than the plant can carry: the values "
                "are in another unit; expected ≤ 100 kW, got 1463 ×, the highest 90000 kW, first at 2025-03-01 00:00. "
                "Give the flow in kW, or correct the size."
            ],
        ),
    ],
    ids=["right", "sign", "overload", "watts"],
)
def test_a_wrong_sign_or_unit_is_not_billed(
    case: Case, tmp_path: Path, kind: str, factor: float, said: list[str]
) -> None:
    """Billed, a turned sign is an income of millions and watts for kilowatts a bill of billions, both without a word."""
    values = rising() * factor
    flows = csv_of(tmp_path, values) if kind == "csv" else parquet_of(tmp_path, values, "local")
    told = findings_of(case, flows)
    shift = 1 if kind == "csv" else 0  # below the line of names
    expected = [
        text.replace("flows:1:", f"flows:{1 + shift}:").replace("flows:1372:", f"flows:{1372 + shift}:")
        for text in said
    ]
    assert told == expected


def test_a_meter_that_hangs_is_said(case: Case, tmp_path: Path) -> None:
    values = rising()
    values[100:200] = 20.0
    assert findings_of(case, csv_of(tmp_path, values)) == [
        "flows:102: series.frozen: grid.import_kw: the value does not move for a long time, as of a meter that hangs; "
        "got 20 for 100 h from 2025-03-05 04:00 on. Check the meter in these hours. (told)"
    ]


def test_what_a_solver_leaves_of_zero_is_no_sign(case: Case, tmp_path: Path) -> None:
    values = rising()
    values[7] = -1e-7
    assert findings_of(case, csv_of(tmp_path, values)) == []


def test_every_flow_of_an_account_is_looked_at(tmp_path: Path) -> None:
    """Carbon and finance read the same door; generation of a roof is at most its size, a load what could feed it."""
    case = small_case(np.full(24, 100.0), {"roof": pv(80.0)}, series={"sun": [0.5] * 24})
    stamps = [str(at).replace("T", " ") for at in case.grid.local]
    rows = [f"{at},60,0,90,-1" for at in stamps]
    path = tmp_path / "flows.csv"
    path.write_text("\n".join(["time,grid.import_kw,grid.export_kw,roof.generation_kw,works.load_kw", *rows]), "utf-8")
    with pytest.raises(InputError) as error:
        carbon_of_file(case, path)
    assert [(found.code, found.who, str(found.expected)) for found in error.value.findings] == [
        ("series.above-limit", "roof.generation_kw", "≤ 80 kW"),
        ("series.negative", "works.load_kw", "≥ 0"),
    ]
