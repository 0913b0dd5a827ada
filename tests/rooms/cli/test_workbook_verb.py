"""`lingtan workbook`: a park out and back, its series and history with it, findings at their cells, nothing half-written."""

from __future__ import annotations

import gzip
import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from lingtan.cli import app
from lingtan.cli.park_workbook import chinese_name, title_of
from lingtan.cli.series_sheets import FileSheet, carried_files
from lingtan.park.forms import forms
from lingtan.park.history import HistoryEntry, history_of_text, history_text
from lingtan.park.read import read_park
from lingtan.wording.park_workbook import SHEET_WORDS
from tests.small_parks import SHIPPED_PARKS

ELECTRIC = ("load", "pv", "wind", "firm_line", "battery")
"""Families with a sheet in every workbook."""
STARTER = SHIPPED_PARKS["starter"]
LOADS = "time;works;note\n2025-01-01 00:00;0.80;007\n2025-01-01 01:00;1.25;\n"


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["workbook", *map(str, args)], env={"LINGTAN_LANG": "en"})


@pytest.fixture(scope="module")
def park_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter park with its load in a packed file beside it, and with three years of energy."""
    folder = tmp_path_factory.mktemp("park")
    text = (STARTER / "park.yaml").read_text(encoding="utf-8")
    old = "works: {monthly: [9, 7, 9, 9, 9, 10, 11, 11, 10, 9, 9, 9], unit: MW, shape: load, seed: 1}"
    assert old in text
    text = text.replace(old, "works: {file: loads.csv.gz, column: works, unit: MW}")
    (folder / "park.yaml").write_text(text, encoding="utf-8")
    (folder / "loads.csv.gz").write_bytes(gzip.compress(LOADS.encode(), mtime=0))
    (folder / "energy_history.csv").write_text(history_text(history()), encoding="utf-8")
    return folder


def history() -> list[HistoryEntry]:
    return [
        HistoryEntry(year=year, month=month, energy="electricity", use="bought", quantity=1000.5 * month)
        for year in (2022, 2023, 2024)
        for month in range(1, 13)
    ]


@pytest.fixture(scope="module")
def written(park_folder: Path) -> Path:
    book = park_folder / "park.xlsx"
    result = run(park_folder, "--out", book)
    assert (result.exit_code, result.stdout) == (0, f"{book}: workbook of starter\n")
    return book


Edit = Callable[[Any], None]


@pytest.fixture
def edited(written: Path, tmp_path: Path) -> Callable[[Edit], Result]:
    """The workbook after a change by somebody with a spreadsheet program, read into a new folder."""

    def change_and_read(change: Edit) -> Result:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(written)
            change(book)
            book.save(tmp_path / "edited.xlsx")
        return run(tmp_path / "edited.xlsx", "--out", tmp_path / "back")

    return change_and_read


def sheet_of(book: Any, name: str) -> Any:
    return book[title_of(name)]


def cell_of(book: Any, name: str, row_key: str, column: str) -> Any:
    """The cell of a thing or of a key, by the names in the first column and in the line of names."""
    sheet = sheet_of(book, name)
    head = next(row for row in sheet.iter_rows() if row[0].value in {"key", "name", "number", "energy"})
    at = next(cell.column for cell in head if cell.value == column)
    return next(row[at - 1] for row in sheet.iter_rows(min_row=head[0].row + 1) if row[0].value == row_key)


# ---------------------------------------------------------------------------------------------- out and back


def test_a_park_comes_back_with_its_series_and_its_history(written: Path, park_folder: Path, tmp_path: Path) -> None:
    """Rules out a workbook that describes a park and leaves its measurements behind."""
    result = run(written, "--out", tmp_path / "back", "--json")
    assert result.exit_code == 0, result.output
    names = ["park.yaml", "loads.csv.gz", "energy_history.csv"]
    assert json.loads(result.stdout) == [str(tmp_path / "back" / name) for name in names]
    assert read_park(tmp_path / "back") == read_park(park_folder)
    carried = gzip.decompress((tmp_path / "back" / "loads.csv.gz").read_bytes()).decode()
    assert carried == LOADS.replace("0.80", "0.8")
    text = (tmp_path / "back" / "energy_history.csv").read_text(encoding="utf-8")
    assert history_of_text(text, "")[0] == tuple(history())


def test_the_same_park_gives_the_same_workbook(written: Path, park_folder: Path, tmp_path: Path) -> None:
    """Rules out the time of writing in the file."""
    assert run(park_folder, "--out", tmp_path / "park.xlsx").exit_code == 0
    assert (tmp_path / "park.xlsx").read_bytes() == written.read_bytes()


def test_sheets_speak_both_languages(written: Path) -> None:
    """Rules out a column that only readers of English can fill in."""
    book = openpyxl.load_workbook(written)
    names = [form.name for form in forms() if form.at != ("assets",) or form.name in ELECTRIC]
    assert {form.name for form in forms()} <= SHEET_WORDS.keys()
    assert book.sheetnames == [*(title_of(name) for name in ["guide", *names, "series", "rules", "history"]), "file 1"]
    assert [one.key for form in forms() for one in form.fields if not chinese_name(form, one)] == []
    assert [one.key for form in forms() for one in form.fields if not one.about] == []
    for name in names:
        assert SHEET_WORDS[name].zh in sheet_of(book, name)["A1"].value
        assert SHEET_WORDS[name].en in sheet_of(book, name)["A1"].value


def test_a_family_has_a_sheet_where_it_is_used_and_one_may_be_added(
    edited: Callable[[Edit], Result], tmp_path: Path
) -> None:
    """A vent is added on a sheet of its own, and has a sheet when the park is written again. Rules out a workbook with a sheet for
    each of thirty families, and one that loses what it has no sheet for."""

    def change(book: Any) -> None:
        buses = sheet_of(book, "buses")
        head = [cell.value for cell in buses[5]]
        for column, value in (("name", "hot"), ("carrier", "heat")):
            buses.cell(7, head.index(column) + 1).value = value
        added = book.create_sheet("vent")
        for row in (["name", "bus", "cost"], ["cooler", "hot", 0.02]):
            added.append(row)

    result = edited(change)
    assert result.exit_code == 0, result.output
    park = read_park(tmp_path / "back")
    assert (park.assets["cooler"].family, park.assets["cooler"].bus) == ("vent", "hot")
    assert run(tmp_path / "back", "--out", tmp_path / "again.xlsx").exit_code == 0
    titles = openpyxl.load_workbook(tmp_path / "again.xlsx").sheetnames
    assert title_of("vent") in titles
    assert title_of("boiler") not in titles


def test_units_stand_above_their_columns(written: Path) -> None:
    """Rules out a price of kilowatts filled in per megawatt."""
    book = openpyxl.load_workbook(written)
    column = cell_of(book, "pv", "pv", "capex").column
    assert [sheet_of(book, "pv").cell(row, column).value for row in (2, 4, 5)] == ["单位投资", "[CNY/kW]", "capex"]
    assert cell_of(book, "battery", "battery", "energy.max").value == 20_000
    assert cell_of(book, "terms", "finance.discount_rate", "value").value == 0.06


# ---------------------------------------------------------------------------------------------- edits


def test_edits_in_other_units_and_new_rows_are_read(edited: Callable[[Edit], Result], tmp_path: Path) -> None:
    """Rules out that only what we wrote ourselves can be read."""

    def change(book: Any) -> None:
        cell_of(book, "pv", "pv", "power.max").value = "8 MW"
        cell_of(book, "terms", "reference.without", "value").value = "pv、battery"
        cell_of(book, "terms", "finance.loss_years", "value").value = "yaml: null"
        sheet_of(book, "members")["A7"], sheet_of(book, "members")["B7"] = "shop", "The shop"
        sheet_of(book, "members")["C7"] = "商店"

    result = edited(change)
    assert result.exit_code == 0, result.output
    park = read_park(tmp_path / "back")
    assert (park.assets["pv"].power.max, park.finance.loss_years) == (8000.0, None)  # type: ignore[union-attr]
    assert (park.members["shop"].name.zh, park.reference.without) == ("商店", ("pv", "battery"))


def test_all_findings_of_a_workbook_come_in_one_pass_at_their_cells(
    edited: Callable[[Edit], Result], tmp_path: Path
) -> None:
    """Rules out a finding that names a line of a file which the user never saw, and one finding at a time."""

    def change(book: Any) -> None:
        cell_of(book, "battery", "battery", "power.min").value = "6 MW"
        cell_of(book, "battery", "battery", "charge_efficiency").value = 1.2
        cell_of(book, "pv", "pv", "capex").value = None
        cell_of(book, "series", "sun", "seed").value = "seven"
        cell_of(book, "park", "site.zone", "key").value = "site.zones"
        sheet_of(book, "meters")["C9"] = 0.5
        sheet_of(book, "members")["A7"], sheet_of(book, "members")["B7"] = "works", "Again"
        sheet_of(book, "rules")["D6"] = "id: [open"

    result = edited(change)
    assert result.exit_code == 2
    assert lines_of(result, tmp_path / "edited.xlsx") == [
        "park 园区概况!A9: sheet.unknown-key: site.zones: this key is not known here; got site.zones. "
        "Did you mean 'site.zone'?",
        "members 企业!A7: workbook.name-twice: members.works: this stands twice; got works. "
        "Remove or rename one of the two.",
        "meters 计量表!A9: workbook.no-name: meters: this row is filled in but has no name. "
        "Give it a name in the first column, or clear the row.",
        "rules 规则记录!D6: sheet.not-yaml: rules[1]: the file is not readable as YAML here; "
        "got a bracket or quote that is not closed. Check indentation, quotes and colons near this line.",
        "pv 光伏!F6: sheet.missing-key: assets.pv.capex: this key is required and absent. Add it.",
        "battery 储能!C6: park.range-reversed: assets.battery.power.min: the least value is above the greatest; "
        "expected ≤ max 5000 kW, got 6000 kW. Swap them or drop one.",
        "battery 储能!Q6: units.out-of-range: assets.battery.charge_efficiency: the value is out of range; "
        "expected > 0, ≤ 1, got 1.2. Correct the value or its unit.",
        "series 序列来源!H7: sheet.wrong-kind: series.sun.seed: this value is of the wrong kind; "
        "expected a whole number, got seven. Write it as expected.",
    ]
    assert not (tmp_path / "back").exists()


def lines_of(result: Result, book: Path) -> list[str]:
    return [line.removeprefix(f"{book}:") for line in result.stderr.splitlines()]


def test_checks_of_the_whole_park_name_cells_too(edited: Callable[[Edit], Result], tmp_path: Path) -> None:
    """Rules out that only single cells are judged."""

    def change(book: Any) -> None:
        cell_of(book, "pv", "pv", "bus").value = "mian"
        cell_of(book, "load", "works", "member").value = "work"

    result = edited(change)
    assert [line.split(": ")[:3] for line in lines_of(result, tmp_path / "edited.xlsx")] == [
        ["load 负荷!F6", "park.no-such-member", "assets.works.member"],
        ["pv 光伏!B6", "park.no-such-bus", "assets.pv.bus"],
    ]


def test_a_history_with_gaps_is_refused_at_its_cells(edited: Callable[[Edit], Result], tmp_path: Path) -> None:
    """Rules out a month that counts as zero because nobody wrote it down, and a negative or foreign amount."""

    def change(book: Any) -> None:
        sheet = sheet_of(book, "history")
        sheet["G6"] = None
        sheet["H7"] = -5
        sheet["D8"] = "t"

    result = edited(change)
    found = lines_of(result, tmp_path / "edited.xlsx")
    assert found[0] == (
        "history 三年用能!G6: history.months-missing: history.electricity.bought: months are missing from the history; "
        "expected 12, got 2022-03. Fill in every month; where nothing was used, write 0."
    )
    assert found[1].startswith("history 三年用能!H7: sheet.out-of-range: quantity: ")
    assert [line.split(": ")[:2] for line in found[2:]] == [
        [f"history 三年用能!{letter}8", "units.wrong-dimension"] for letter in "EFGHIJKLMNOP"
    ]


def test_a_misspelled_sheet_is_told_and_the_rest_is_read(edited: Callable[[Edit], Result], tmp_path: Path) -> None:
    """Rules out a renamed sheet that is passed over without a word."""

    def change(book: Any) -> None:
        sheet_of(book, "green_purchases").title = "green_purchase"

    result = edited(change)
    assert result.exit_code == 0
    [line] = lines_of(result, tmp_path / "edited.xlsx")
    assert line.replace(" (warning)", "") == (
        "green_purchase!A1: workbook.unknown-sheet: green_purchase: no part of a park has this name; the sheet was passed "
        "over; expected green_purchases. Rename it if it was meant as the one expected; leave it if it holds notes of your "
        "own."
    )


def test_a_sheet_without_its_line_of_names_is_refused(edited: Callable[[Edit], Result]) -> None:
    """Rules out a sheet of assets that is read as empty."""

    def change(book: Any) -> None:
        sheet_of(book, "pv").delete_rows(5)

    result = edited(change)
    assert result.exit_code == 2
    assert "pv 光伏!A1: workbook.no-head: pv 光伏: this sheet has no line" in result.stderr


@pytest.mark.parametrize("name", ["../loads.csv", "/etc/loads.csv", ".profile", "park.yaml", "a\\b.csv", ""])
def test_a_carried_file_stays_in_its_folder(edited: Callable[[Edit], Result], tmp_path: Path, name: str) -> None:
    """Rules out a workbook that writes wherever its author likes."""

    def change(book: Any) -> None:
        book["file 1"]["B1"] = name

    result = edited(change)
    assert result.exit_code == 2
    assert "workbook.bad-file-name: file: this is not the name of a file" in result.stderr
    assert not (tmp_path / "back").exists()


# ---------------------------------------------------------------------------------------------- files


def test_what_is_no_workbook_is_said(tmp_path: Path, park_folder: Path) -> None:
    """Rules out a traceback of the zip reader, and a workbook under another name."""
    (tmp_path / "broken.xlsx").write_bytes(b"PK not a zip")
    broken = run(tmp_path / "broken.xlsx", "--out", tmp_path / "back")
    absent = run(tmp_path / "absent.xlsx", "--out", tmp_path / "back")
    other = run(park_folder, "--out", tmp_path / "park.ods")
    assert [result.exit_code for result in (broken, absent, other)] == [2, 2, 2]
    assert broken.stderr.startswith(f"{tmp_path}/broken.xlsx: workbook.unreadable: broken.xlsx: ")
    assert "No such file or directory" in absent.stderr
    assert other.stderr.startswith(
        f"workbook.not-xlsx: {tmp_path}/park.ods: a workbook is written to a file named .xlsx. "
    )
    assert sorted(file.name for file in tmp_path.iterdir()) == ["broken.xlsx"]


def test_a_workbook_of_something_else_is_no_park(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    result = run(tmp_path / "other.xlsx", "--out", tmp_path / "back")
    assert result.exit_code == 2
    assert "workbook.no-park: other.xlsx: this workbook has none of the sheets that describe a park" in result.stderr


def test_a_park_file_is_never_written_over(written: Path, park_folder: Path) -> None:
    """Rules out that the comments of a park file are lost to a workbook."""
    before = (park_folder / "park.yaml").read_bytes()
    result = run(written, "--out", park_folder)
    assert (result.exit_code, (park_folder / "park.yaml").read_bytes()) == (2, before)
    assert "park.exists-already" in result.stderr


def test_files_that_no_sheet_can_hold_are_told(tmp_path: Path) -> None:
    """Rules out a park that comes back without its series, and nobody knew."""
    (tmp_path / "load.parquet").write_bytes(b"PAR1")
    (tmp_path / "load.csv").write_text("time,kw\n2025-01-01 00:00,1.5\n", encoding="gb18030")
    series = {
        "a": {"file": "load.parquet"},
        "b": {"file": "load.csv", "column": "kw"},
        "c": {"file": "load.csv", "column": "kw"},
        "d": {"pv": {"weather": {"file": "absent.epw"}}},
        "e": {"package": "lingtan", "file": "inside.csv"},
    }
    files, findings = carried_files(series, tmp_path)
    assert files == [FileSheet("load.csv", ",", (("time", "kw"), ("2025-01-01 00:00", 1.5)))]
    assert [(found.code, found.who, found.got) for found in findings] == [
        ("workbook.file-left", "series.a", "load.parquet"),
        ("workbook.file-left", "series.d", "absent.epw"),
    ]
